package auth_test

import (
	"slices"
	"strings"
	"testing"

	"anteroom/auth"
	"anteroom/auth/totp"
)

// clinic is a practice with two-factor on: Anna, its admin, is at work and has
// just proven herself; Ben, who is Staff, is enrolled and signed in.
type clinic struct {
	*world
	benPhone *phone
	ben      *auth.Session
	benID    string
	codes    []string // Ben's recovery codes, which he has not put away yet
}

func newClinic(t testing.TB) *clinic { return newClinicAsking(t, auth.EverySignIn) }

// newClinicAsking is newClinic with another frequency.
func newClinicAsking(t testing.TB, f auth.Frequency) *clinic {
	c := &clinic{world: newWorld(t)}
	oneTime := c.addBen()
	c.turnOn(f)
	c.signInAnna(c.annaPhone)
	c.benID = c.idOf("Ben Jones")
	c.enrol(benPassword, oneTime)
	c.clock.Advance(totp.Period)
	return c
}

// enrol takes Ben to a session, with a new phone; a one-time password is
// changed on the way.
func (c *clinic) enrol(password, oneTime string) {
	c.t.Helper()
	a := c.practice.NewAttempt()
	var err error
	if oneTime != "" {
		_, err = a.Password(c.ctx, "bjones", oneTime)
		c.must(err)
		_, err = a.NewPassword(c.ctx, password)
	} else {
		_, err = a.Password(c.ctx, "bjones", password)
	}
	c.must(err)
	c.confirm(a)
}

// confirm sets Ben's phone up in a sign-in that asks for it.
func (c *clinic) confirm(a *auth.Attempt) {
	c.t.Helper()
	e, err := a.Enrolment(c.ctx)
	c.must(err)
	c.benPhone = scan(c.t, e)
	state, err := a.Confirm(c.ctx, c.benPhone.code(c.clock.Now()))
	c.must(err)
	c.ben, c.codes = state.Session, state.Recovery
}

// asked is a sign-in of Ben's that stands at a step after the password.
func (c *clinic) asked(step auth.Step) *auth.Attempt {
	c.t.Helper()
	a := c.practice.NewAttempt()
	state, err := a.Password(c.ctx, "bjones", benPassword)
	c.must(err)
	if state.Step != step {
		c.t.Fatalf("asked for %v, want %v", state.Step, step)
	}
	return a
}

// signInBen takes Ben through password and code.
func (c *clinic) signInBen() auth.State {
	c.t.Helper()
	return c.in(c.asked(auth.StepCode).Code(c.ctx, c.benPhone.code(c.clock.Now())))
}

// in is the state of a sign-in that led to a session.
func (c *clinic) in(state auth.State, err error) auth.State {
	c.t.Helper()
	c.must(err)
	if state.Step != auth.StepDone || state.Session == nil {
		c.t.Fatalf("%+v", state)
	}
	return state
}

// other gives a code instead of Ben's Auth Code.
func (c *clinic) other(code string) (auth.State, error) {
	c.t.Helper()
	return c.asked(auth.StepCode).OtherCode(c.ctx, code)
}

// prove steps Anna up, a step of the phone later.
func (c *clinic) prove() {
	c.t.Helper()
	c.stepUp(c.anna, annaPassword, c.annaPhone)
}

// oneTimeCode is what Anna reads out for Ben.
func (c *clinic) oneTimeCode() string {
	c.t.Helper()
	c.prove()
	code, err := c.anna.NewOneTimeCode(c.ctx, c.benID)
	c.must(err)
	return code.Code
}

// seen is Ben as Anna sees him.
func (c *clinic) seen() auth.UserInfo {
	c.t.Helper()
	c.dayOn()
	users, err := c.anna.Users(c.ctx)
	c.must(err)
	i := slices.IndexFunc(users, func(u auth.UserInfo) bool { return u.ID == c.benID })
	return users[i]
}

// failBen has codes guessed at Ben's account until n failed in a row.
func (c *clinic) failBen(n int) {
	c.t.Helper()
	for range n {
		a := c.asked(auth.StepCode)
		for {
			_, err := a.Code(c.ctx, wrongCode(c.benPhone.secret, c.clock.Now()))
			if err == nil {
				c.t.Fatal("a wrong code counted")
			}
			wait := waitOf(err)
			if reasonOf(err) != auth.ErrWait {
				break
			}
			c.clock.Advance(wait)
			a = c.asked(auth.StepCode)
		}
	}
}

// logged are the newest entries of the activity log, the newest first, each as
// its event and detail.
func (w *world) logged(n int) []string {
	w.t.Helper()
	w.dayOn()
	page, err := w.anna.Activity(w.ctx, auth.ActivityFilter{}, 0, n)
	w.must(err)
	var out []string
	for _, e := range page.Entries {
		out = append(out, strings.TrimSuffix(string(e.Event)+": "+e.Detail, ": "))
	}
	return out
}
