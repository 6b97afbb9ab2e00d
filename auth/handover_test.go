package auth_test

import (
	"regexp"
	"testing"
	"time"

	"anteroom/auth"
)

// askForHandOver has the policy ask for a hand-over code after a reset.
func (c *clinic) askForHandOver() {
	c.t.Helper()
	p := c.policy()
	was := p
	p.HandOver = true
	c.must(c.anna.SaveSettings(c.ctx, auth.SettingsForm{Name: c.practice.Name(), Policy: p, Was: was}))
}

// reset is what Anna is given to hand over to Ben.
func (c *clinic) reset() string {
	c.t.Helper()
	c.prove()
	code, err := c.anna.ResetTwoFactor(c.ctx, c.benID, "phone lost")
	c.must(err)
	return code
}

// TestHandOver: with it, the barcode comes after eight digits; without, at once.
func TestHandOver(t *testing.T) {
	c := newClinic(t)
	if code := c.reset(); code != "" {
		t.Fatalf("not asked for, yet there is %q", code)
	}
	if i := c.seen(); i.ResetAgain || i.Lapsed {
		t.Fatalf("%+v", i)
	}
	c.confirm(c.asked(auth.StepEnrol))

	c.askForHandOver()
	code := c.reset()
	if !regexp.MustCompile(`^\d{4} \d{4}$`).MatchString(code) {
		t.Fatalf("%q", code)
	}
	if i := c.seen(); !i.ResetAgain || i.Lapsed {
		t.Fatalf("%+v", i)
	}
	a := c.practice.NewAttempt()
	state, err := a.Password(c.ctx, "bjones", benPassword)
	c.must(err)
	if state.Step != auth.StepHandOver || state.Reset == nil || state.Reset.By != "Anna Smith" || state.Refused != nil {
		t.Fatalf("%+v", state)
	}
	_, err = a.Enrolment(c.ctx)
	c.refused(err, auth.ErrAttemptOver)
	a = c.asked(auth.StepHandOver)
	state, err = a.HandOver(c.ctx, code)
	c.must(err)
	if state.Step != auth.StepEnrol || state.Reset == nil {
		t.Fatalf("%+v", state)
	}
	if got := c.logged(1)[0]; got != string(auth.EventHandedOver) {
		t.Fatalf("the log ends with %q", got)
	}
	late := c.asked(auth.StepHandOver)
	c.clock.Advance(5 * time.Minute)
	_, err = late.HandOver(c.ctx, code)
	c.refused(err, auth.ErrAttemptOver)
	a.End() // half-way: the same code counts until a phone is confirmed
	a = c.asked(auth.StepHandOver)
	_, err = a.HandOver(c.ctx, code)
	c.must(err)
	c.confirm(a)
	if i := c.seen(); i.ResetAgain || i.Enrolled.IsZero() {
		t.Fatalf("%+v", i)
	}
	_, err = c.asked(auth.StepCode).HandOver(c.ctx, code)
	c.refused(err, auth.ErrAttemptOver)
}

// TestHandOverBeforePassword: a one-time password is changed after it.
func TestHandOverBeforePassword(t *testing.T) {
	c := newClinic(t)
	c.askForHandOver()
	code := c.reset()
	oneTime, err := c.anna.ResetPassword(c.ctx, c.benID)
	c.must(err)
	a := c.practice.NewAttempt()
	state, err := a.Password(c.ctx, "bjones", oneTime)
	c.must(err)
	if state.Step != auth.StepHandOver {
		t.Fatalf("%+v", state)
	}
	state, err = a.HandOver(c.ctx, code)
	c.must(err)
	if state.Step != auth.StepNewPassword {
		t.Fatalf("%+v", state)
	}
	state, err = a.NewPassword(c.ctx, "copper lantern by the sea")
	c.must(err)
	if state.Step != auth.StepEnrol {
		t.Fatalf("%+v", state)
	}
}

// TestHandOverRefused: an older one, another user's, a mistyped one; each counts.
func TestHandOverRefused(t *testing.T) {
	c := newClinic(t)
	c.askForHandOver()
	cara := c.addAdmin()
	annas, err := cara.ResetTwoFactor(c.ctx, c.idOf("Anna Smith"), "phone lost")
	c.must(err)
	c.anna = cara
	older, err := cara.ResetTwoFactor(c.ctx, c.benID, "phone lost")
	c.must(err)
	code, err := cara.ResetTwoFactor(c.ctx, c.benID, "code lost")
	c.must(err)
	mistyped := code[1:] + string('0'+(code[8]-'0'+1)%10)
	a := c.asked(auth.StepHandOver)
	for _, text := range []string{"", "1234 567", "aaaa-aaaa-aaaa-aaaa", "123456"} {
		_, err := a.HandOver(c.ctx, text)
		c.refused(err, auth.ErrCodeShape)
	}
	for _, bad := range []string{older, annas, mistyped, "0000 0000"} {
		_, err := a.HandOver(c.ctx, bad)
		c.refused(err, auth.ErrHandOverWrong)
		if got := c.logged(1)[0]; got != "code refused: the hand-over code is wrong" {
			t.Fatalf("the log ends with %q", got)
		}
	}
	_, err = a.HandOver(c.ctx, older)
	c.refused(err, auth.ErrAttemptOver)
	if waitOf(err) != 30*time.Second {
		t.Fatalf("a wait of %v", waitOf(err))
	}
	_, err = c.asked(auth.StepHandOver).HandOver(c.ctx, code)
	c.refused(err, auth.ErrWait)
	c.clock.Advance(30 * time.Second)
	_, err = c.asked(auth.StepHandOver).HandOver(c.ctx, code)
	c.must(err)
	_, err = c.asked(auth.StepHandOver).HandOver(c.ctx, older) // and what failed is forgotten
	if waitOf(err) != 0 {
		t.Fatalf("a wait of %v", waitOf(err))
	}
}

// TestHandOverGuesses never disable an authenticator that is not there.
func TestHandOverGuesses(t *testing.T) {
	c := newClinic(t)
	c.askForHandOver()
	code := c.reset()
	for range 25 {
		a := c.asked(auth.StepHandOver)
		for range 4 {
			_, err := a.HandOver(c.ctx, "0000 0000")
			c.refused(err, auth.ErrHandOverWrong)
		}
		_, err := a.HandOver(c.ctx, "0000 0000")
		c.refused(err, auth.ErrAttemptOver)
		c.must(c.anna.LiftWait(c.ctx, c.benID)) // within five minutes of the reset
	}
	for _, line := range c.logged(300) {
		if line == string(auth.EventDisabled) {
			t.Fatal("the log says that the authenticator is disabled")
		}
	}
	c.clock.Advance(time.Hour)
	_, err := c.asked(auth.StepHandOver).HandOver(c.ctx, code)
	c.must(err)
}

// TestHandOverLapses after a day; then the reset is made again.
func TestHandOverLapses(t *testing.T) {
	c := newClinic(t)
	c.askForHandOver()
	code := c.reset()
	at := c.clock.Now()
	c.clock.Advance(24*time.Hour - time.Millisecond)
	_, err := c.asked(auth.StepHandOver).HandOver(c.ctx, code)
	c.must(err)
	a := c.asked(auth.StepHandOver)
	c.clock.Advance(time.Millisecond)
	for range 6 { // none counts as a guess
		a = c.asked(auth.StepHandOver)
		_, err = a.HandOver(c.ctx, code)
		c.refused(err, auth.ErrResetLapsed)
		if waitOf(err) != 0 {
			t.Fatalf("a wait of %v", waitOf(err))
		}
	}
	state, err := a.Password(c.ctx, "bjones", benPassword)
	c.must(err)
	c.refused(state.Refused, auth.ErrResetLapsed) // said before it is typed
	c.signInAnna(c.annaPhone)
	if i := c.seen(); !i.ResetAgain || !i.Lapsed {
		t.Fatalf("%+v", i)
	}
	c.clock.Advance(at.Add(time.Hour).Sub(c.clock.Now())) // back: what was stored tells
	_, err = c.asked(auth.StepHandOver).HandOver(c.ctx, code)
	c.refused(err, auth.ErrResetLapsed)
	if i := c.seen(); !i.Lapsed {
		t.Fatalf("lapsed for the user, not for the admin: %+v", i)
	}
	c.clock.Advance(23 * time.Hour)
	again := c.reset()
	if i := c.seen(); i.Lapsed {
		t.Fatalf("%+v", i)
	}
	_, err = c.asked(auth.StepHandOver).HandOver(c.ctx, code)
	c.refused(err, auth.ErrHandOverWrong)
	_, err = c.asked(auth.StepHandOver).HandOver(c.ctx, again)
	c.must(err)
}

// TestHandOverClockMoved: a clock put back a little behind the reset is the same
// to the user and to the admin who looks.
func TestHandOverClockMoved(t *testing.T) {
	c := newClinic(t)
	c.askForHandOver()
	code := c.reset()
	c.clock.Advance(-time.Minute)
	if i := c.seen(); i.Lapsed {
		t.Fatal("lapsed for the admin, not for the user")
	}
	_, err := c.asked(auth.StepHandOver).HandOver(c.ctx, code)
	c.must(err)
}

// TestHandOverOff: what was asked for when the reset was made stays asked for.
func TestHandOverOff(t *testing.T) {
	c := newClinic(t)
	c.askForHandOver()
	code := c.reset()
	p := c.policy()
	was := p
	p.HandOver = false
	c.must(c.anna.SaveSettings(c.ctx, auth.SettingsForm{Name: c.practice.Name(), Policy: p, Was: was}))
	a := c.asked(auth.StepHandOver)
	_, err := a.HandOver(c.ctx, code)
	c.must(err)
	c.confirm(a)
	if code := c.reset(); code != "" {
		t.Fatalf("off, yet there is %q", code)
	}
	c.asked(auth.StepEnrol)
}

// TestHandOverNoAdmin: an admin whose reset waits for its code is no
// replacement for the last other one.
func TestHandOverNoAdmin(t *testing.T) {
	c := newClinic(t)
	c.askForHandOver()
	c.addAdmin()
	c.prove()
	_, err := c.anna.ResetTwoFactor(c.ctx, c.idOf("Cara Lind"), "phone lost")
	c.must(err)
	c.refused(c.anna.Deactivate(c.ctx, c.idOf("Anna Smith")), auth.ErrLastAdmin)
}
