package auth_test

import (
	"slices"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/totp"
)

// TestHundred: the hundredth code is judged like those before it. A right one
// lets in; a wrong one disables the authenticator, and the log says so.
func TestHundred(t *testing.T) {
	c := newClinic(t)
	c.failBen(99)
	c.clock.Advance(time.Hour)
	c.signInBen()
	if c.seen().Disabled {
		t.Fatal("disabled by 99 failures")
	}

	c.clock.Advance(time.Hour)
	c.failBen(99)
	c.clock.Advance(time.Hour)
	c.dayOn()
	_, err := c.asked(auth.StepCode).Code(c.ctx, wrongCode(c.benPhone.secret, c.clock.Now()))
	c.refused(err, auth.ErrAuthenticatorDisabled)
	if !c.seen().Disabled {
		t.Fatal("not disabled by a hundred failures")
	}
	log := c.logged(2)
	slices.Sort(log)
	want := []string{string(auth.EventDisabled), string(auth.EventCodeRefused) + ": " + auth.ErrCodeWrong.Error()}
	slices.Sort(want)
	if !slices.Equal(log, want) {
		t.Fatalf("the log ends with %q", log)
	}
}

// TestDisabled: no Auth Code counts any more, and lifting the wait changes
// nothing about that.
func TestDisabled(t *testing.T) {
	c := newClinic(t)
	c.failBen(100)
	a := c.practice.NewAttempt()
	state, err := a.Password(c.ctx, "bjones", benPassword)
	c.must(err)
	c.refused(state.Refused, auth.ErrAuthenticatorDisabled)
	c.prove()
	c.must(c.anna.LiftWait(c.ctx, c.benID))
	c.clock.Advance(time.Hour)
	_, err = c.asked(auth.StepCode).Code(c.ctx, c.benPhone.code(c.clock.Now()))
	c.refused(err, auth.ErrAuthenticatorDisabled)
	_, err = c.asked(auth.StepCode).TwoCodes(c.ctx, c.benPhone.code(c.clock.Now().Add(-totp.Period)), c.benPhone.code(c.clock.Now()))
	c.refused(err, auth.ErrAuthenticatorDisabled)
	c.must(c.ben.Renew(c.ctx, c.in(c.other(c.oneTimeCode())).Session))
	c.refused(c.ben.StepUp(c.ctx, benPassword, c.benPhone.code(c.clock.Now())), auth.ErrAuthenticatorDisabled)
	_, err = c.ben.MovePhone(c.ctx, c.benPhone.code(c.clock.Now()))
	c.refused(err, auth.ErrAuthenticatorDisabled)
	if !c.seen().Disabled {
		t.Fatal("not disabled any more")
	}
}

// TestLift: an admin ends a wait that somebody's guesses caused. What was
// counted towards the hundred stays counted.
func TestLift(t *testing.T) {
	c := newClinic(t)
	c.prove()
	c.refused(c.anna.LiftWait(c.ctx, c.benID), auth.ErrConflict)
	c.refused(c.anna.LiftWait(c.ctx, "nobody"), auth.ErrNotFound)
	c.refused(c.ben.LiftWait(c.ctx, c.benID), auth.ErrForbidden)
	c.failBen(50)
	if wait := c.seen().WaitUntil.Sub(c.clock.Now()); wait != time.Hour {
		t.Fatalf("a wait of %v", wait)
	}
	for range 6 {
		c.practice.NewAttempt().Password(c.ctx, "bjones", "guess")
	}
	_, err := c.practice.NewAttempt().Password(c.ctx, "bjones", benPassword)
	c.refused(err, auth.ErrWait)

	c.prove()
	c.must(c.anna.LiftWait(c.ctx, c.benID))
	if !c.seen().WaitUntil.IsZero() {
		t.Fatal("there is a wait yet")
	}
	if got := c.logged(1)[0]; got != string(auth.EventWaitLifted) {
		t.Fatalf("the log ends with %q", got)
	}

	// Four more are free, then the waits begin again; at a hundred it is over.
	for range 4 {
		_, err := c.asked(auth.StepCode).Code(c.ctx, wrongCode(c.benPhone.secret, c.clock.Now()))
		c.refused(err, auth.ErrCodeWrong)
		if waitOf(err) != 0 {
			t.Fatalf("a wait of %v", waitOf(err))
		}
	}
	_, err = c.asked(auth.StepCode).Code(c.ctx, wrongCode(c.benPhone.secret, c.clock.Now()))
	c.refused(err, auth.ErrCodeWrong)
	if waitOf(err) != 30*time.Second {
		t.Fatalf("a wait of %v", waitOf(err))
	}
	c.clock.Advance(30 * time.Second)
	c.failBen(44)
	if c.seen().Disabled {
		t.Fatal("disabled by 99")
	}
	c.failBen(1)
	if !c.seen().Disabled {
		t.Fatal("not disabled by 100: the lift forgot what was counted")
	}
}

// TestLiftNeedsProof as everything does that gives access.
func TestLiftNeedsProof(t *testing.T) {
	c := newClinic(t)
	c.failBen(5)
	c.clock.Advance(5 * time.Minute)
	c.failBen(1)
	c.refused(c.anna.LiftWait(c.ctx, c.benID), auth.ErrStepUp)
	c.prove()
	c.must(c.anna.LiftWait(c.ctx, c.benID))
}

// TestCodeWaits hold over restarts, in other windows, and whatever happens to
// the clock, for every kind of second factor alike.
func TestCodeWaits(t *testing.T) {
	c := newClinic(t)
	code := c.oneTimeCode()
	c.failBen(5)
	other := c.reopened()
	state, err := other.NewAttempt().Password(c.ctx, "bjones", benPassword)
	c.must(err)
	if reasonOf(state.Refused) != auth.ErrWait || waitOf(state.Refused) != 30*time.Second {
		t.Fatalf("another window says %v, %v", state.Refused, waitOf(state.Refused))
	}
	tries := map[string]func(a *auth.Attempt) error{
		"Auth Code": func(a *auth.Attempt) error { _, err := a.Code(c.ctx, c.benPhone.code(c.clock.Now())); return err },
		"two codes": func(a *auth.Attempt) error {
			_, err := a.TwoCodes(c.ctx, c.benPhone.code(c.clock.Now()), c.benPhone.code(c.clock.Now().Add(totp.Period)))
			return err
		},
		"recovery code": func(a *auth.Attempt) error { _, err := a.OtherCode(c.ctx, c.codes[0]); return err },
		"one-time code": func(a *auth.Attempt) error { _, err := a.OtherCode(c.ctx, code); return err },
	}
	for _, d := range []time.Duration{30*time.Second - time.Millisecond, -time.Hour, 30*time.Second - time.Millisecond, -time.Minute} {
		c.clock.Advance(d)
		for name, try := range tries {
			if err := try(c.asked(auth.StepCode)); reasonOf(err) != auth.ErrWait || waitOf(err) > 30*time.Second {
				t.Fatalf("%s after %v: %v, %v", name, d, err, waitOf(err))
			}
		}
	}
	c.clock.Advance(30 * time.Second)
	if err := tries["recovery code"](c.asked(auth.StepCode)); err != nil {
		t.Fatal(err)
	}
}

// TestOneCount: all second factors share one count of failures.
func TestOneCount(t *testing.T) {
	c := newClinic(t)
	wrong := []func(a *auth.Attempt) (auth.State, error){
		func(a *auth.Attempt) (auth.State, error) { return a.OtherCode(c.ctx, "0000 0000") },
		func(a *auth.Attempt) (auth.State, error) { return a.OtherCode(c.ctx, "aaaa-aaaa-aaaa-aaaa") },
		func(a *auth.Attempt) (auth.State, error) { return a.TwoCodes(c.ctx, "000000", "000000") },
		func(a *auth.Attempt) (auth.State, error) {
			return a.Code(c.ctx, wrongCode(c.benPhone.secret, c.clock.Now()))
		},
	}
	for i, try := range append(wrong, wrong[0]) {
		_, err := try(c.asked(auth.StepCode))
		want := time.Duration(0)
		if i == 4 {
			want = 30 * time.Second
		}
		if waitOf(err) != want {
			t.Fatalf("after %d: a wait of %v", i+1, waitOf(err))
		}
	}
	// In one sign-in it is five of any kind, too.
	c.clock.Advance(30 * time.Second)
	c.signInBen()
	a := c.asked(auth.StepCode)
	for i, try := range append(wrong, wrong[0]) {
		_, err := try(a)
		if over := reasonOf(err) == auth.ErrAttemptOver; over != (i == 4) {
			t.Fatalf("after %d: %v", i+1, err)
		}
	}
}
