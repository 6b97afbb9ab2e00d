package auth

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"anteroom/auth/totp"
	"anteroom/auth/vault"
)

// An attempt is charged before it is judged: the failure is counted and
// committed, then password or code is checked, then a success clears it. A
// crash in between gives nobody a free guess.

// charge is an attempt that is counted and not yet judged.
type charge struct {
	of            func(*change) *failures // whose; nil: there is nobody any more
	before, after failures
	mark          mark
}

// chargedPassword is a charge, and what the password has to be stretched with.
type chargedPassword struct {
	charge
	salt []byte
	cost vault.Cost
}

// chargePassword counts a password attempt for a username, known or not.
func (p *Practice) chargePassword(ctx context.Context, username string) (chargedPassword, error) {
	out := chargedPassword{charge: charge{of: func(c *change) *failures {
		return c.strangerOrUser(c.userByName(username), username)
	}}}
	err := p.charge(ctx, &out.charge, maxPasswordWait, func(c *change) error {
		if u := c.userByName(username); u != nil {
			out.salt, out.cost = u.Password.Salt, u.Password.Cost
			return nil
		}
		// Nobody's password costs the same work, under a salt of its own.
		sum := c.strangersKey().Subkey("strangers' salt").MAC([]byte(usernameKey(username)))
		out.salt, out.cost = sum[:16], c.Users[int(sum[16])%len(c.Users)].Password.Cost
		return nil
	})
	return out, err
}

// charge counts an attempt and commits that, unless a wait is still running.
// The mark is not written yet.
func (p *Practice) charge(ctx context.Context, out *charge, limit time.Duration, look func(*change) error) error {
	var refusal *Refusal
	m, err := p.commit(ctx, func(c *change) error {
		if err := look(c); err != nil {
			return err
		}
		f := out.of(c)
		out.before = *f
		wait, moved := f.charge(c.now, limit)
		out.after = *f
		if wait > 0 {
			refusal = &Refusal{Reason: ErrWait, Wait: wait, Now: c.now}
			if !moved {
				return refusal
			}
		}
		return nil
	})
	out.mark = m
	if err == nil && refusal != nil {
		if err := p.mark(ctx, m); err != nil {
			return err
		}
		return refusal
	}
	return err
}

// takeBack undoes a charge of which no verdict came: the keyring did not take
// its mark, or the person called it off. Whatever was charged since stays.
func (p *Practice) takeBack(ch charge) {
	ctx, cancel := context.WithTimeout(context.Background(), cleanUpTime)
	defer cancel()
	_, err := p.commit(ctx, func(c *change) error {
		f := ch.of(c)
		if f == nil || f.Count != ch.after.Count || !f.Last.Equal(ch.after.Last) {
			return ErrConflict
		}
		*f = ch.before
		return nil
	})
	if err != nil {
		slog.Warn("an attempt without a verdict stays counted", "error", err)
	}
}

// strangerOrUser are the password failures that a typed username leads to.
func (c *change) strangerOrUser(u *user, username string) *failures {
	if u != nil {
		return &u.Password.Failures
	}
	return c.strangerByName(username, c.now)
}

// stretchWhileMarking writes the charge's mark while argon2id works: neither
// waits for the other, both come before the verdict.
func (p *Practice) stretchWhileMarking(ctx context.Context, text string, charged chargedPassword) (vault.Stretched, error) {
	marked := make(chan error, 1)
	go func() { marked <- p.mark(ctx, charged.mark) }()
	stretched, err := vault.Stretch(text, charged.salt, charged.cost)
	if err := errors.Join(<-marked, ctx.Err()); err != nil {
		p.takeBack(charged.charge)
		return vault.Stretched{}, err
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
	ch := charge{of: func(c *change) *failures {
		if u := c.userByID(userID); u != nil {
			return &u.Codes
		}
		return nil
	}}
	err := p.charge(ctx, &ch, maxCodeWait, func(c *change) error { return c.mayTryCode(userID) })
	if err != nil {
		return err
	}
	if err := errors.Join(p.mark(ctx, ch.mark), ctx.Err()); err != nil {
		p.takeBack(ch)
		return err
	}
	return nil
}

// mayTryCode refuses codes of who has no authenticator, or a disabled one.
func (c *change) mayTryCode(userID string) error {
	u := c.userByID(userID)
	if u == nil || !u.Active || u.Authenticator == nil {
		return &Refusal{Reason: ErrAttemptOver, Now: c.now}
	}
	if err := u.refusesCodes(c.now); errors.Is(err, ErrAuthenticatorDisabled) {
		return err
	}
	return nil
}

// refusesCodes says why a code would be refused unseen, for the screen to say
// so before somebody types one.
func (u *user) refusesCodes(now time.Time) error {
	if u.Codes.Count >= maxCodeFailures {
		return &Refusal{Reason: ErrAuthenticatorDisabled, Now: now}
	}
	f := u.Codes // a copy: nothing is charged here
	if left, _ := f.charge(now, maxCodeWait); left > 0 {
		return &Refusal{Reason: ErrWait, Wait: left, Now: now}
	}
	return nil
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
