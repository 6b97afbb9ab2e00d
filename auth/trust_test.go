package auth_test

import (
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/totp"
)

// TestFrequencies: each is kept to the millisecond, per computer, from the code.
func TestFrequencies(t *testing.T) {
	for _, f := range auth.Frequencies {
		t.Run(string(f), func(t *testing.T) {
			w := newWorld(t)
			phone := w.turnOn(f)
			w.signInAnna(phone)
			given := w.clock.Now()
			if f == auth.EverySignIn {
				w.clock.Advance(totp.Period)
				w.asks(true)
				return
			}
			w.clock.Advance(time.Minute)
			w.asks(false)
			w.clock.Advance(f.Length() - w.clock.Now().Sub(given) - time.Millisecond)
			w.asks(false) // does not prolong it
			w.clock.Advance(time.Millisecond)
			w.asks(true)
		})
	}
}

// asks says whether Anna's password leads to the Auth Code.
func (w *world) asks(want bool) {
	w.t.Helper()
	a := w.practice.NewAttempt()
	state, err := a.Password(w.ctx, "asmith", annaPassword)
	w.must(err)
	if got := state.Step == auth.StepCode; got != want {
		w.t.Fatalf("asked for a code: %v, want %v", got, want)
	}
}

// TestTrustEnds: a stricter policy, a reset and a clock put back end it.
func TestTrustEnds(t *testing.T) {
	w := newWorld(t)
	phone := w.turnOn(auth.Monthly)
	w.signInAnna(phone)
	w.asks(false)

	w.clock.Advance(-3 * time.Minute)
	w.asks(true)
	w.clock.Advance(3 * time.Minute)
	w.asks(false)

	save := func(f auth.Frequency) {
		w.must(w.anna.SaveSettings(w.ctx, auth.SettingsForm{
			Name: w.practice.Name(), Policy: auth.Policy{Idle: auth.DefaultIdle, TwoFactor: true, Frequency: f}, Was: w.policy(),
		}))
	}
	save(auth.Weekly)
	w.asks(true)
	w.clock.Advance(totp.Period)
	w.signInAnna(phone)
	w.asks(false)
	given := w.clock.Now()
	save(auth.Monthly) // laxer: the trust there is keeps its end
	w.clock.Advance(7*24*time.Hour - w.clock.Now().Sub(given))
	w.asks(true)
}

// TestTrustEndsWithKeys: a reset password ends the user's trusts, so that the
// one-time password alone is not enough on a trusted computer.
func TestTrustEndsWithKeys(t *testing.T) {
	w := newWorld(t)
	oneTime := w.addBen()
	anna := w.turnOn(auth.Monthly)
	w.signInAnna(anna)
	w.enrolBen(oneTime)
	state, err := w.practice.NewAttempt().Password(w.ctx, "bjones", benPassword)
	w.must(err)
	if state.Step != auth.StepDone {
		t.Fatalf("a trusted computer asks for %v", state.Step)
	}
	users, err := w.anna.Users(w.ctx)
	w.must(err)
	oneTime, err = w.anna.ResetPassword(w.ctx, users[1].ID)
	w.must(err)
	state, err = w.practice.NewAttempt().Password(w.ctx, "bjones", oneTime)
	w.must(err)
	if state.Step != auth.StepCode {
		t.Fatalf("after a password reset: %+v", state)
	}
}
