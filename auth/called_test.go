package auth_test

import (
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/totp"
)

// TestNewsNamesTheRightPerson: Ben takes Anna's name for a minute and moves to a
// new phone. What is told of it names him, then and later.
func TestNewsNamesTheRightPerson(t *testing.T) {
	c := newClinic(t)
	c.must(c.ben.ChangeName(c.ctx, "Anna Smith"))
	c.clock.Advance(totp.Period)
	m, err := c.ben.MovePhone(c.ctx, c.benPhone.code(c.clock.Now()))
	c.must(err)
	c.must(c.ben.ConfirmMove(c.ctx, m, scan(t, m.Enrolment).code(c.clock.Now())))
	c.told(auth.NewsMoved, "Anna Smith (bjones)", "")
	c.must(c.ben.ChangeName(c.ctx, "Ben Jones"))
	c.told(auth.NewsMoved, "Ben Jones (bjones)", "")
	if e := c.newest(); e.By != "Ben Jones (bjones)" {
		t.Errorf("the activity says it was %q", e.By)
	}
}

// TestNothingStoresNames: after everything that names people, the register has
// each name once, with its user, and the activity has a name nowhere but where
// the name itself was changed.
func TestNothingStoresNames(t *testing.T) {
	c := newClinic(t)
	c.asksForHelp()
	c.prove()
	_, err := c.anna.ResetTwoFactor(c.ctx, c.benID, "lost")
	c.must(err)
	_, err = authtest.MakeKit(c.ctx, c.anna)
	c.must(err)
	c.prove()
	s, err := c.anna.Settings(c.ctx)
	c.must(err)
	off := s.Policy
	off.TwoFactor = false
	c.must(c.anna.SaveSettings(c.ctx, auth.SettingsForm{Name: s.Name, Policy: off, Was: s.Policy}))
	c.must(c.anna.SaveSettings(c.ctx, auth.SettingsForm{Name: s.Name, Policy: s.Policy, Was: off}))
	c.clock.Advance(totp.Period)
	c.signInAnna(c.annaPhone)
	plain, err := auth.OpenedRegister(c.ctx, c.practice)
	c.must(err)
	for _, name := range []string{"Anna Smith", "Ben Jones"} {
		if n := strings.Count(string(plain), name); n != 1 {
			t.Errorf("the register has %q %d times: %s", name, n, plain)
		}
	}
	page, err := c.anna.Activity(c.ctx, auth.ActivityFilter{}, 0, 1000)
	c.must(err)
	for _, e := range page.Entries {
		if strings.Contains(e.Detail, "Anna") || strings.Contains(e.Detail, "Ben") {
			t.Errorf("%+v", e)
		}
	}
	if n := c.practice.Notice(); n == nil || n.By != "Anna Smith" {
		t.Errorf("the sign-in screen says %+v", n)
	}
	c.must(c.anna.ChangeName(c.ctx, "Anna Berg"))
	if n := c.practice.Notice(); n.By != "Anna Berg" {
		t.Errorf("after another name it says %+v", n)
	}
	state, err := c.practice.NewAttempt().Password(c.ctx, "bjones", benPassword)
	c.must(err)
	if state.Reset == nil || state.Reset.By != "Anna Berg" {
		t.Errorf("Ben is told of a reset by %+v", state.Reset)
	}
	if k, err := c.anna.Kit(c.ctx); err != nil || k.By != "Anna Berg (asmith)" {
		t.Errorf("the kit was made by %+v, %v", k, err)
	}
}

// TestStoredNamesAreShown: what an earlier release wrote names people still.
func TestStoredNamesAreShown(t *testing.T) {
	w := newWorld(t)
	oneTime := w.addBen()
	at := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
	w.must(auth.TellAsBefore(w.ctx, w.practice, at, "Anna Smith", "Ben Jones"))
	o, err := w.anna.Overview(w.ctx)
	w.must(err)
	if len(o.News) != 1 || o.News[0].Who != "Anna Smith" || o.News[0].What != "Ben Jones" {
		t.Errorf("%+v", o.News)
	}
	if n := w.practice.Notice(); n == nil || n.By != "Anna Smith" {
		t.Errorf("%+v", n)
	}
	if k, err := w.anna.Kit(w.ctx); err != nil || k.By != "Anna Smith" {
		t.Errorf("%+v, %v", k, err)
	}
	w.turnOn(auth.EverySignIn)
	a := w.practice.NewAttempt()
	_, err = a.Password(w.ctx, "bjones", oneTime)
	w.must(err)
	state, err := a.NewPassword(w.ctx, benPassword)
	w.must(err)
	if state.Reset == nil || state.Reset.By != "Anna Smith" {
		t.Errorf("%+v", state.Reset)
	}
}
