package auth

import (
	"context"
	"time"

	"anteroom/auth/totp"
)

// Enrolment is an authenticator being set up. Its secret is only in memory, and has no
// effect before a right code confirms it.
type Enrolment struct {
	secret totp.Secret
	uri    string
}

func newEnrolment(practice, username string) *Enrolment {
	secret := totp.NewSecret()
	return &Enrolment{secret: secret, uri: totp.URI(secret, practice, username)}
}

// URI is the barcode's content.
func (e *Enrolment) URI() string { return e.uri }

// Key is the secret for typing, in groups of four.
func (e *Enrolment) Key() string { return group(e.secret.String(), " ") }

// confirm is the authenticator that a right code confirms, with the code used up. A wrong
// code is not counted: the user sees the secret anyway.
func (e *Enrolment) confirm(text string, now time.Time) (*authenticator, error) {
	return e.confirmOff(text, now, 0)
}

// confirmOff is confirm where the phone's clock is offset by some steps from the
// computer's.
func (e *Enrolment) confirmOff(text string, now time.Time, offset totp.Step) (*authenticator, error) {
	code, err := totp.Parse(text)
	if err != nil {
		return nil, &Refusal{Reason: ErrCodeFormat, Now: now}
	}
	switch verdict, step := totp.Judge(e.secret, code, now.Add(offset.Length()), 0); verdict {
	case totp.Right:
		return &authenticator{Secret: e.secret, Last: step, Since: timestamp(now)}, nil
	case totp.Expired:
		return nil, &Refusal{Reason: ErrCodeExpired, Now: now}
	default:
		return nil, &Refusal{Reason: ErrCodeWrong, Now: now}
	}
}

// enrol gives u an authenticator and tells every admin.
func (c *change) enrol(u *user, a *authenticator) {
	u.dropAuthenticator()
	u.Authenticator = a
	c.addNews(NewsEnrolled, u.ID, "", c.now)
	c.note(Entry{Event: EventEnrolled, By: u.ID})
}

// Enrolment begins to set up an authenticator, with a fresh secret each time.
func (a *Attempt) Enrolment(ctx context.Context) (*Enrolment, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.check(StepEnrol); err != nil {
		return nil, err
	}
	err := a.p.view(ctx, func(r *register, _ anchor) error {
		u, err := a.userNow(r)
		if err != nil {
			return err
		}
		a.enrolment = newEnrolment(r.Name, u.Username)
		return nil
	})
	if err != nil {
		a.end()
		return nil, err
	}
	return a.enrolment, nil
}

// Confirm enrols the authenticator whose code it is given. A code that is not
// right is a Refusal, which is not counted as a failure.
func (a *Attempt) Confirm(ctx context.Context, text string) (State, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.check(StepEnrol); err != nil {
		return a.state, err
	}
	if a.enrolment == nil {
		a.end()
		return a.state, &Refusal{Reason: ErrAttemptOver, Now: a.p.now()}
	}
	confirmed, err := a.enrolment.confirm(text, a.p.now())
	if err != nil {
		return a.state, err
	}
	return a.outcome(a.p.update(ctx, func(c *change) error {
		u, err := a.userNow(c.register)
		if err != nil {
			return err
		}
		if u.Authenticator != nil { // by another window, meanwhile
			return &Refusal{Reason: ErrAttemptOver, Now: c.now}
		}
		c.enrol(u, confirmed)
		a.codeGiven = a.p.now()
		c.addTrust(u, a.p.computer, c.now)
		return a.advance(c, u)
	}), nil)
}
