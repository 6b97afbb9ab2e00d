package auth

import (
	"context"
	"time"

	"anteroom/auth/totp"
	"anteroom/auth/vault"
)

// An attempt is charged before it is judged: the failure is counted and
// committed, then password or code is checked, then a success clears it. A
// crash in between gives nobody a free guess.

// chargedPassword is a password attempt that is counted and not yet judged.
type chargedPassword struct {
	mark mark
	salt []byte
	cost vault.Cost
}

// chargePassword counts a password attempt for a username, known or not.
func (p *Practice) chargePassword(ctx context.Context, username string) (chargedPassword, error) {
	var out chargedPassword
	var refusal *Refusal
	m, err := p.commit(ctx, func(c *change) error {
		u := c.userByName(username)
		wait, moved := c.strangerOrUser(p.key, u, username).charge(c.now, maxPasswordWait)
		if wait > 0 {
			refusal = &Refusal{Reason: ErrWait, Wait: wait, Now: c.now}
			if !moved {
				return refusal
			}
		}
		if u != nil {
			out.salt, out.cost = u.Password.Salt, u.Password.Cost
		} else {
			// Nobody's password costs the same work, under a salt of its own.
			out.salt = p.key.Subkey("strangers' salt").MAC([]byte(usernameKey(username)))[:16]
			out.cost = p.cost
		}
		return nil
	})
	if err != nil {
		return chargedPassword{}, err
	}
	out.mark = m
	if refusal != nil {
		return chargedPassword{}, refusal
	}
	return out, nil
}

// strangerOrUser are the password failures that a typed username leads to.
func (c *change) strangerOrUser(key vault.Key, u *user, username string) *failures {
	if u != nil {
		return &u.Password.Failures
	}
	return c.strangerByName(key, username)
}

// stretchWhileMarking writes the charge's mark while argon2id works: neither
// waits for the other, both come before the verdict.
func (p *Practice) stretchWhileMarking(ctx context.Context, text string, charged chargedPassword) (vault.Stretched, error) {
	marked := make(chan error, 1)
	go func() { marked <- p.mark(ctx, charged.mark) }()
	stretched, err := vault.Stretch(text, charged.salt, charged.cost)
	if markErr := <-marked; markErr != nil {
		return vault.Stretched{}, markErr
	}
	return stretched, err
}

// refusePassword notes a wrong password; whose, only where there is somebody.
func (c *change) refusePassword(u *user, f *failures) *Refusal {
	e := Entry{Event: EventPasswordRefused}
	if u != nil {
		e.Whom = u.ID
	}
	c.note(e)
	return &Refusal{Reason: ErrCredentials, Wait: f.length(maxPasswordWait), Now: c.now}
}

// chargeCode counts an attempt with a second factor.
func (p *Practice) chargeCode(ctx context.Context, userID string) error {
	var refusal *Refusal
	err := p.update(ctx, func(c *change) (err error) {
		refusal, err = c.chargeCode(userID)
		return err
	})
	if err != nil {
		return err
	}
	if refusal != nil {
		return refusal
	}
	return nil
}

// chargeCode counts an attempt with a second factor. A refusal without an
// error has something to store.
func (c *change) chargeCode(userID string) (refusal *Refusal, err error) {
	u := c.userByID(userID)
	if u == nil || !u.Active || u.Authenticator == nil {
		return nil, &Refusal{Reason: ErrAttemptOver, Now: c.now}
	}
	if u.Codes.Count >= maxCodeFailures {
		return nil, &Refusal{Reason: ErrAuthenticatorDisabled, Now: c.now}
	}
	wait, moved := u.Codes.charge(c.now, maxCodeWait)
	if wait > 0 {
		refusal = &Refusal{Reason: ErrWait, Wait: wait, Now: c.now}
		if !moved {
			return nil, refusal
		}
		return refusal, nil
	}
	return nil, nil
}

// refuseCode notes a code that was not right and says what to do next.
func (c *change) refuseCode(u *user, reason error) *Refusal {
	c.note(Entry{Event: EventCodeRefused, Whom: u.ID, Detail: reason.Error()})
	refusal := &Refusal{Reason: reason, Wait: u.Codes.length(maxCodeWait), Now: c.now}
	if u.Codes.Count >= maxCodeFailures {
		c.note(Entry{Event: EventDisabled, Whom: u.ID})
		refusal.Reason, refusal.Wait = ErrAuthenticatorDisabled, 0
	}
	if reason == ErrCodeUsed {
		refusal.Next = u.nextCode(c.now)
	}
	return refusal
}

// nextCode is when the app shows a code that is not used up yet; zero if it
// shows one now.
func (u *user) nextCode(now time.Time) time.Time {
	if u.Authenticator == nil || totp.StepAt(now) > u.Authenticator.Last {
		return time.Time{}
	}
	return (u.Authenticator.Last + 1).Start()
}
