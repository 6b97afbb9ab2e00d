package auth_test

import (
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/totp"
)

// TestStaffRefused: auth refuses Staff everything that Settings can do, not
// only the screen.
func TestStaffRefused(t *testing.T) {
	w := newWorld(t)
	oneTime := w.addBen()
	a := w.practice.NewAttempt()
	_, err := a.Password(w.ctx, "bjones", oneTime)
	w.must(err)
	state, err := a.NewPassword(w.ctx, benPassword)
	w.must(err)
	ben := state.Session
	w.must(ben.StepUp(w.ctx, benPassword, ""))
	users, err := w.anna.Users(w.ctx)
	w.must(err)
	anna := users[0].ID
	form := auth.UserForm{Name: "x", Username: "x", Role: auth.Admin}
	for name, do := range map[string]func() error{
		"Settings":     func() error { _, err := ben.Settings(w.ctx); return err },
		"Users":        func() error { _, err := ben.Users(w.ctx); return err },
		"NewEnrolment": func() error { _, err := ben.NewEnrolment(w.ctx); return err },
		"SaveSettings": func() error {
			return ben.SaveSettings(w.ctx, auth.SettingsForm{Name: "x", Policy: auth.Policy{Idle: auth.DefaultIdle, Frequency: auth.Daily}})
		},
		"AddUser":        func() error { _, err := ben.AddUser(w.ctx, form); return err },
		"EditUser":       func() error { return ben.EditUser(w.ctx, anna, form, form) },
		"ResetPassword":  func() error { _, err := ben.ResetPassword(w.ctx, anna); return err },
		"ResetTwoFactor": func() error { _, err := ben.ResetTwoFactor(w.ctx, anna, "x"); return err },
		"Deactivate":     func() error { return ben.Deactivate(w.ctx, anna) },
		"Reactivate":     func() error { _, err := ben.Reactivate(w.ctx, anna); return err },
	} {
		before := w.memory.Rows().Register.Version
		w.refused(do(), auth.ErrForbidden)
		if w.memory.Rows().Register.Version != before {
			t.Errorf("%s changed the register", name)
		}
	}
	o, err := ben.Overview(w.ctx)
	w.must(err)
	if len(o.News) != 0 {
		t.Errorf("Staff are told %+v", o.News)
	}
}

// TestLastAdmin stays, whichever way somebody tries.
func TestLastAdmin(t *testing.T) {
	w := newWorld(t)
	phone := w.turnOn(auth.EverySignIn)
	w.signInAnna(phone)
	users, err := w.anna.Users(w.ctx)
	w.must(err)
	anna := users[0].ID
	_, err = w.anna.ResetPassword(w.ctx, anna)
	w.refused(err, auth.ErrSelf)
	_, err = w.anna.ResetTwoFactor(w.ctx, anna, "x")
	w.refused(err, auth.ErrLastAdmin)
	w.refused(w.anna.Deactivate(w.ctx, anna), auth.ErrLastAdmin)
	w.refused(w.edit(anna, auth.UserForm{Name: "Anna", Username: "asmith", Role: auth.Staff}), auth.ErrLastAdmin)
	w.must(w.edit(anna, auth.UserForm{Name: "Anna Smith-Lind", Username: "asmith", Role: auth.Admin}))
	w.must(w.anna.Check(w.ctx))

	// With a second admin the first may go.
	oneTime, err := w.anna.AddUser(w.ctx, auth.UserForm{Name: "Cara Lind", Username: "clind", Role: auth.Admin})
	w.must(err)
	w.refused(w.anna.Deactivate(w.ctx, anna), auth.ErrLastAdmin) // Cara has never signed in
	cara := w.practice.NewAttempt()
	_, err = cara.Password(w.ctx, "clind", oneTime)
	w.must(err)
	_, err = cara.NewPassword(w.ctx, benPassword)
	w.must(err)
	w.must(w.edit(anna, auth.UserForm{Name: "Anna", Username: "asmith", Role: auth.Staff}))
	w.refused(w.anna.Check(w.ctx), auth.ErrSessionEnded)
}

// TestStepUp: what gives access asks for it; it lasts five minutes; a sign-in
// with a code counts, one with only a password doesn't.
func TestStepUp(t *testing.T) {
	w := newWorld(t)
	form := auth.UserForm{Name: "Ben Jones", Username: "bjones", Role: auth.Staff}
	_, err := w.anna.AddUser(w.ctx, form)
	w.refused(err, auth.ErrStepUp)
	w.refused(w.anna.StepUp(w.ctx, "wrong", ""), auth.ErrCredentials)
	_, err = w.anna.AddUser(w.ctx, form)
	w.refused(err, auth.ErrStepUp)
	w.must(w.anna.StepUp(w.ctx, annaPassword, ""))
	w.clock.Advance(5*time.Minute - time.Millisecond)
	_, err = w.anna.AddUser(w.ctx, form)
	w.must(err)
	w.clock.Advance(time.Millisecond)
	form.Username = "bjones2"
	_, err = w.anna.AddUser(w.ctx, form)
	w.refused(err, auth.ErrStepUp)

	phone := w.turnOn(auth.EverySignIn)
	w.signInAnna(phone)
	_, err = w.anna.AddUser(w.ctx, form)
	w.must(err)
	w.clock.Advance(5 * time.Minute)
	need, err := w.anna.StepUpNeed(w.ctx)
	w.must(err)
	if need.Fresh || !need.Code {
		t.Fatalf("%+v", need)
	}
	code := phone.code(w.clock.Now())
	w.refused(w.anna.StepUp(w.ctx, annaPassword, ""), auth.ErrCodeFormat)
	w.refused(w.anna.StepUp(w.ctx, annaPassword, wrongCode(phone.secret, w.clock.Now())), auth.ErrCodeWrong)
	w.must(w.anna.StepUp(w.ctx, annaPassword, code))

	// Its code is used up, for the next sign-in too.
	a := w.practice.NewAttempt()
	_, err = a.Password(w.ctx, "asmith", annaPassword)
	w.must(err)
	_, err = a.Code(w.ctx, code)
	w.refused(err, auth.ErrCodeUsed)
}

// TestStepUpWaits: guesses at step-up cost the same waits as at sign-in.
func TestStepUpWaits(t *testing.T) {
	w := newWorld(t)
	for range 5 {
		w.refused(w.anna.StepUp(w.ctx, "wrong", ""), auth.ErrCredentials)
	}
	w.refused(w.anna.StepUp(w.ctx, annaPassword, ""), auth.ErrWait)
	_, err := w.practice.NewAttempt().Password(w.ctx, "asmith", annaPassword)
	w.refused(err, auth.ErrWait)
}

// TestPolicy: weaker needs step-up, stricter and a new name don't, and turning
// on needs the admin's own authenticator; refused, nothing has changed.
func TestPolicy(t *testing.T) {
	w := newWorld(t)
	save := func(on bool, f auth.Frequency) error {
		return w.anna.SaveSettings(w.ctx, auth.SettingsForm{
			Name: "New name", WasName: w.practice.Name(),
			Policy: auth.Policy{Idle: auth.DefaultIdle, TwoFactor: on, Frequency: f}, Was: w.policy(),
		})
	}
	w.must(save(false, auth.Daily)) // off: the frequency gives no access
	if w.practice.Name() != "New name" || w.memory.Rows().Practice.Name != "New name" {
		t.Fatalf("%q, in clear %q", w.practice.Name(), w.memory.Rows().Practice.Name)
	}
	w.refused(save(true, auth.Daily), auth.ErrStepUp)
	w.must(w.anna.StepUp(w.ctx, annaPassword, ""))
	w.refused(save(true, auth.Daily), auth.ErrEnrolmentNeeded)
	e, err := w.anna.NewEnrolment(w.ctx)
	w.must(err)
	w.refused(w.anna.SaveSettings(w.ctx, auth.SettingsForm{
		Name: "New name", Policy: auth.Policy{Idle: auth.DefaultIdle, TwoFactor: true, Frequency: auth.Daily}, Was: w.policy(),
		Enrolment: e, Code: wrongCode(readSecret(t, e.URI()), w.clock.Now()),
	}), auth.ErrCodeWrong)
	s, err := w.anna.Settings(w.ctx)
	w.must(err)
	if s.Policy.TwoFactor || s.SelfEnrolled || w.anna.Check(w.ctx) != nil {
		t.Fatalf("a refused change changed something: %+v", s)
	}

	phone := w.turnOn(auth.Daily)
	w.signInAnna(phone)
	w.clock.Advance(5 * time.Minute)
	w.must(save(true, auth.EverySignIn))
	w.refused(save(true, auth.Daily), auth.ErrStepUp)
	w.refused(save(false, auth.EverySignIn), auth.ErrStepUp)
	w.refused(w.anna.SaveSettings(w.ctx, auth.SettingsForm{Name: "x", Policy: auth.Policy{Idle: auth.DefaultIdle, Frequency: "often"}}), auth.ErrInvalid)
	w.stepUp(w.anna, annaPassword, phone)
	w.must(save(false, auth.EverySignIn))
	if w.practice.Notice() != nil {
		t.Fatal("the notice outlives two-factor")
	}
	w.asks(false)
}

// TestTurnOnEndsAll: everyone's sessions and trusts, in every window.
func TestTurnOnEndsAll(t *testing.T) {
	w := newWorld(t)
	other, err := auth.Open(w.ctx, w.deps()) // another window
	w.must(err)
	state, err := other.NewAttempt().Password(w.ctx, "asmith", annaPassword)
	w.must(err)
	w.must(state.Session.Check(w.ctx))
	settings, err := w.anna.Settings(w.ctx)
	w.must(err)
	if len(settings.SignedIn) != 2 || !settings.SignedIn[0].Self || settings.SignedIn[0].Computer != "reception" {
		t.Fatalf("%+v", settings.SignedIn)
	}
	w.turnOn(auth.EverySignIn)
	w.refused(state.Session.Check(w.ctx), auth.ErrSessionEnded)
	w.refused(w.anna.Check(w.ctx), auth.ErrSessionEnded)
	if n := other.Notice(); n == nil || n.By != "Anna Smith" {
		t.Fatalf("the other window says %+v", n)
	}
}

// TestOrphaned: sessions of a killed program end when it starts again.
func TestOrphaned(t *testing.T) {
	w := newWorld(t)
	again, err := auth.Open(w.ctx, w.deps())
	w.must(err)
	w.must(again.EndOrphanedSessions(w.ctx))
	w.refused(w.anna.Check(w.ctx), auth.ErrSessionEnded)
	before := w.memory.Rows().Register.Version
	w.must(again.EndOrphanedSessions(w.ctx))
	if w.memory.Rows().Register.Version != before {
		t.Fatal("nothing was to be ended, yet the register changed")
	}
}

// TestDeactivated: out at once, keys gone, and back only with a one-time password.
func TestDeactivated(t *testing.T) {
	w := newWorld(t)
	w.addBen()
	users, err := w.anna.Users(w.ctx)
	w.must(err)
	ben := users[1].ID
	w.must(w.anna.Deactivate(w.ctx, ben))
	_, err = w.anna.ResetPassword(w.ctx, ben)
	w.refused(err, auth.ErrConflict)
	oneTime, err := w.anna.Reactivate(w.ctx, ben)
	w.must(err)
	state, err := w.practice.NewAttempt().Password(w.ctx, "bjones", oneTime)
	w.must(err)
	if state.Step != auth.StepNewPassword {
		t.Fatalf("%+v", state)
	}
	_, err = w.anna.AddUser(w.ctx, auth.UserForm{Name: "Other", Username: " BJÖNES", Role: auth.Staff})
	w.must(err)
	_, err = w.anna.AddUser(w.ctx, auth.UserForm{Name: "Other", Username: "bjo\u0308nes", Role: auth.Staff})
	w.refused(err, auth.ErrInvalid)
	w.refused(w.anna.Deactivate(w.ctx, "nobody"), auth.ErrNotFound)
}

// TestNews: every admin is told of a new authenticator until they saw it.
func TestNews(t *testing.T) {
	w := newWorld(t)
	phone := w.turnOn(auth.EverySignIn)
	w.signInAnna(phone)
	o, err := w.anna.Overview(w.ctx)
	w.must(err)
	if len(o.News) != 1 || o.News[0].Who != "Anna Smith (asmith)" || o.News[0].Kind != auth.NewsEnrolled {
		t.Fatalf("%+v", o.News)
	}
	w.must(w.anna.MarkNewsSeen(w.ctx, o.News[0].Seq))
	w.clock.Advance(totp.Period)
	o, err = w.anna.Overview(w.ctx)
	w.must(err)
	if len(o.News) != 0 {
		t.Fatalf("%+v", o.News)
	}
}

// TestStepUpInACodeWait: the right password is no failure, although the code
// still has to wait.
func TestStepUpInACodeWait(t *testing.T) {
	w := newWorld(t)
	phone := w.turnOn(auth.EverySignIn)
	w.signInAnna(phone)
	for range 5 {
		w.refused(w.anna.StepUp(w.ctx, annaPassword, wrongCode(phone.secret, w.clock.Now())), auth.ErrCodeWrong)
	}
	for range 6 {
		w.refused(w.anna.StepUp(w.ctx, annaPassword, phone.code(w.clock.Now())), auth.ErrWait)
	}
	state, err := w.practice.NewAttempt().Password(w.ctx, "asmith", annaPassword)
	w.must(err)
	if state.Step != auth.StepCode {
		t.Fatalf("%+v", state)
	}
}

// TestSettingsOvertaken: who saves over a policy they have not seen changes
// nothing.
func TestSettingsOvertaken(t *testing.T) {
	w := newWorld(t)
	phone := w.turnOn(auth.EverySignIn)
	w.signInAnna(phone)
	err := w.anna.SaveSettings(w.ctx, auth.SettingsForm{
		Name: "Renamed only", WasName: w.practice.Name(),
		Policy: auth.Policy{Idle: auth.DefaultIdle, TwoFactor: true, Frequency: auth.Monthly},
		Was:    auth.Policy{Idle: auth.DefaultIdle, TwoFactor: true, Frequency: auth.Monthly},
	})
	w.refused(err, auth.ErrConflict)
	if w.policy().Frequency != auth.EverySignIn || w.practice.Name() == "Renamed only" {
		t.Fatal("it changed something")
	}
}

// TestUnseenCharacters don't make one name look like another.
func TestUnseenCharacters(t *testing.T) {
	w := newWorld(t)
	w.stepUp(w.anna, annaPassword, nil)
	for _, username := range []string{"asmith\u200b", "as\u00admith", "asmith\u200d", "\u200d", "\u202easmith"} {
		_, err := w.anna.AddUser(w.ctx, auth.UserForm{Name: "Ben Jones", Username: username, Role: auth.Staff})
		w.refused(err, auth.ErrInvalid)
	}
}
