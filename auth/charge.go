package auth

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"anteroom/auth/vault"
)

// An attempt is counted before it is judged: a failure is counted and committed, then
// the password or code is checked, then a success resets the count. So a crash in
// between gives nobody a guess that is not counted.

// charge is an attempt that is counted and not yet judged.
type charge struct {
	of            func(*change) *failures                        // whose; nil: there is nobody any more
	try           func(*change) (left time.Duration, moved bool) // counts it, as failures.charge does
	before, after failures
	anchor        anchor
}

// chargedPassword is a charge, and what the password has to be stretched with.
type chargedPassword struct {
	charge
	salt []byte
	cost vault.Cost
}

// chargePassword counts a password attempt for a username, known or not; one that
// was typed at the sign-in counts as a name tried at this computer, too.
func (p *Practice) chargePassword(ctx context.Context, username string, isSignIn bool) (chargedPassword, error) {
	out := chargedPassword{charge: charge{of: func(c *change) *failures { return &c.guessesOf(username).Failures }}}
	out.try = func(c *change) (time.Duration, bool) { return c.chargeName(username, p.computer, isSignIn) }
	err := p.charge(ctx, &out.charge, func(c *change) error {
		// An unknown name costs the same work, with a salt of its own.
		sum := c.unknownNamesKey().Subkey("strangers' salt").MAC([]byte(usernameKey(username)))
		out.salt, out.cost = sum[:16], c.Users[int(sum[16])%len(c.Users)].Password.Cost
		if u := c.userByName(username); u != nil {
			out.salt, out.cost = u.Password.Salt, u.Password.Cost
		}
		return nil
	})
	return out, err
}

// charge counts an attempt and commits that, unless a wait is still running.
// The anchor is not written yet.
func (p *Practice) charge(ctx context.Context, out *charge, look func(*change) error) error {
	var refusal *Refusal
	a, err := p.commit(ctx, func(c *change) error {
		if err := look(c); err != nil {
			return err
		}
		out.before = *out.of(c)
		wait, moved := out.try(c)
		out.after = *out.of(c)
		if wait > 0 {
			refusal = &Refusal{Reason: ErrWait, Wait: wait, Now: c.now}
			if !moved {
				return refusal
			}
		}
		return nil
	})
	out.anchor = a
	if err == nil && refusal != nil {
		if err := p.advanceAnchor(ctx, a); err != nil {
			return err
		}
		return refusal
	}
	return err
}

// undoCharge takes back the count of an attempt that was not judged, because its anchor
// could not be written or it was canceled. What was counted since stays.
func (p *Practice) undoCharge(ch charge) {
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

// stretchWhileAnchoring writes the charge's anchor while argon2id runs: both have to be
// done before the attempt is judged.
func (p *Practice) stretchWhileAnchoring(ctx context.Context, text string, charged chargedPassword) (vault.Stretched, error) {
	anchored := make(chan error, 1)
	go func() { anchored <- p.advanceAnchor(ctx, charged.anchor) }()
	stretched, err := vault.Stretch(text, charged.salt, charged.cost)
	if err := errors.Join(<-anchored, ctx.Err()); err != nil {
		p.undoCharge(charged.charge)
		return vault.Stretched{}, err
	}
	return stretched, err
}

// refusePassword notes a wrong password; whose, only where there is somebody.
func (c *change) refusePassword(u *user, wait time.Duration) *Refusal {
	e := Entry{Event: EventPasswordRefused}
	if u != nil {
		e.Whom = u.ID
	}
	c.note(e)
	return &Refusal{Reason: ErrCredentials, Wait: wait, Now: c.now}
}
