package auth

import (
	"context"
	"errors"
	"log/slog"
	"time"

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
