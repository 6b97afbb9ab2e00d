package auth_test

import (
	"errors"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/totp"
)

// TestOneAnswer: unknown, wrong and deactivated are one message, and wait the
// same, attempt by attempt.
func TestOneAnswer(t *testing.T) {
	w := newWorld(t)
	w.addBen()
	gone, err := w.anna.AddUser(w.ctx, auth.UserForm{Name: "Cara Lind", Username: "clind", Role: auth.Staff})
	w.must(err)
	users, err := w.anna.Users(w.ctx)
	w.must(err)
	w.must(w.anna.Deactivate(w.ctx, users[2].ID))

	type answer struct {
		reason error
		wait   time.Duration
	}
	ask := func(username, password string) answer {
		_, err := w.practice.NewAttempt().Password(w.ctx, username, password)
		var r *auth.Refusal
		if !errors.As(err, &r) {
			t.Fatalf("%s: %v", username, err)
		}
		return answer{r.Reason, r.Wait}
	}
	want := []answer{
		{auth.ErrCredentials, 0}, {auth.ErrCredentials, 0}, {auth.ErrCredentials, 0}, {auth.ErrCredentials, 0},
		{auth.ErrCredentials, 30 * time.Second}, {auth.ErrWait, 30 * time.Second},
	}
	for i, expected := range want {
		for username, password := range map[string]string{"nobody": "x", "BJones ": "x", "clind": gone} {
			if got := ask(username, password); got != expected {
				t.Errorf("attempt %d of %q: got %v, want %v", i+1, username, got, expected)
			}
		}
	}
	// The waits double, up to a quarter of an hour, for all of them.
	for _, wait := range []time.Duration{1, 2, 4, 8, 15, 15} {
		w.clock.Advance(15 * time.Minute)
		for username, password := range map[string]string{"nobody": "x", "bjones": "x", "clind": gone} {
			if got := ask(username, password); got != (answer{auth.ErrCredentials, wait * time.Minute}) {
				t.Errorf("%q: got %v, want %v min", username, got, int(wait))
			}
		}
	}
}

// TestWaits: they hold to the second, over restarts, and a clock put back
// makes them neither shorter nor longer than their length.
func TestWaits(t *testing.T) {
	w := newWorld(t)
	wrong := func() error {
		_, err := w.practice.NewAttempt().Password(w.ctx, "asmith", "wrong")
		return err
	}
	for range 5 {
		w.refused(wrong(), auth.ErrCredentials)
	}
	w.clock.Advance(30*time.Second - time.Millisecond)
	w.refused(wrong(), auth.ErrWait)

	reopened, err := auth.Open(w.ctx, w.deps())
	w.must(err)
	w.practice = reopened
	w.refused(wrong(), auth.ErrWait)

	w.clock.Advance(-time.Hour)
	w.refused(wrong(), auth.ErrWait)
	w.clock.Advance(30*time.Second - time.Millisecond)
	w.refused(wrong(), auth.ErrWait)
	w.clock.Advance(time.Millisecond)
	w.signInAnna(nil)
}

// TestSuccessClears: the right password makes earlier failures forgotten.
func TestSuccessClears(t *testing.T) {
	w := newWorld(t)
	for range 3 {
		for range 4 {
			_, err := w.practice.NewAttempt().Password(w.ctx, "asmith", "wrong")
			w.refused(err, auth.ErrCredentials)
		}
		w.signInAnna(nil)
	}
}

// TestCodes: each bad code has its own answer, and what was counted is counted.
func TestCodes(t *testing.T) {
	w := newWorld(t)
	phone := w.turnOn(auth.EverySignIn)
	a := w.practice.NewAttempt()
	state, err := a.Password(w.ctx, "asmith", annaPassword)
	w.must(err)
	if !state.NextCode.IsZero() {
		t.Fatalf("a new step has begun, yet the next code is at %v", state.NextCode)
	}
	for _, text := range []string{"", "12345", "abcdef", "1234567"} {
		_, err := a.Code(w.ctx, text)
		w.refused(err, auth.ErrCodeFormat)
	}
	w.clock.Advance(5 * time.Minute / 2)
	_, err = a.Code(w.ctx, phone.code(w.clock.Now().Add(-2*totp.Period)))
	w.refused(err, auth.ErrCodeExpired)
	_, err = a.Code(w.ctx, wrongCode(phone.secret, w.clock.Now()))
	w.refused(err, auth.ErrCodeWrong)
	code := phone.code(w.clock.Now())
	state, err = a.Code(w.ctx, " "+code[:3]+" "+code[3:]+"\n")
	w.must(err)
	if state.Step != auth.StepDone {
		t.Fatalf("%+v", state)
	}
}

// TestUsedAtEnrolment: the code that confirmed the authenticator is used up,
// and the screen knows when the next one comes.
func TestUsedAtEnrolment(t *testing.T) {
	w := newWorld(t)
	phone := w.turnOn(auth.EverySignIn)
	w.clock.Advance(-totp.Period + 10*time.Second)
	a := w.practice.NewAttempt()
	state, err := a.Password(w.ctx, "asmith", annaPassword)
	w.must(err)
	if wait := state.NextCode.Sub(w.clock.Now()); wait != 20*time.Second {
		t.Fatalf("next code in %v", wait)
	}
	_, err = a.Code(w.ctx, phone.code(w.clock.Now()))
	w.refused(err, auth.ErrCodeUsed)
	var r *auth.Refusal
	if errors.As(err, &r); r.Next.Sub(r.Now) != 20*time.Second {
		t.Fatalf("%+v", r)
	}
}

// TestFiveCodes end the attempt; then there is a wait, and a hundred disable
// the authenticator until a reset.
func TestFiveCodes(t *testing.T) {
	w := newWorld(t)
	oneTime := w.addBen()
	anna := w.turnOn(auth.EverySignIn)
	w.signInAnna(anna)
	ben, _ := w.enrolBen(oneTime)

	try := func(a *auth.Attempt, code string) error {
		_, err := a.Code(w.ctx, code)
		return err
	}
	attempt := func() *auth.Attempt {
		a := w.practice.NewAttempt()
		state, err := a.Password(w.ctx, "bjones", benPassword)
		w.must(err)
		if state.Step != auth.StepCode {
			t.Fatalf("%+v", state)
		}
		return a
	}
	wrong := wrongCode(ben.secret, w.clock.Now())
	a := attempt()
	for range 4 {
		w.refused(try(a, wrong), auth.ErrCodeWrong)
	}
	w.refused(try(a, wrong), auth.ErrAttemptOver)
	w.refused(try(a, wrong), auth.ErrAttemptOver)
	state, err := w.practice.NewAttempt().Password(w.ctx, "bjones", benPassword)
	w.must(err)
	w.refused(state.Refused, auth.ErrWait) // said before a code is typed
	w.refused(try(attempt(), ben.code(w.clock.Now())), auth.ErrWait)

	for n := 6; n < 100; n++ {
		w.clock.Advance(time.Hour)
		w.refused(try(attempt(), wrongCode(ben.secret, w.clock.Now())), auth.ErrCodeWrong)
	}
	w.clock.Advance(time.Hour)
	w.refused(try(attempt(), wrongCode(ben.secret, w.clock.Now())), auth.ErrAuthenticatorDisabled)
	w.clock.Advance(time.Hour)
	w.refused(try(attempt(), ben.code(w.clock.Now())), auth.ErrAuthenticatorDisabled)

	w.stepUp(w.anna, annaPassword, anna)
	users, err := w.anna.Users(w.ctx)
	w.must(err)
	if !users[1].Disabled {
		t.Fatalf("%+v", users[1])
	}
	_, err = w.anna.ResetTwoFactor(w.ctx, users[1].ID, "disabled")
	w.must(err)
	state, err = w.practice.NewAttempt().Password(w.ctx, "bjones", benPassword)
	w.must(err)
	if state.Step != auth.StepEnrol {
		t.Fatalf("after the reset: %+v", state)
	}
}

// TestOneTimeBehindCode: who has an authenticator gives a code before a
// one-time password may be changed.
func TestOneTimeBehindCode(t *testing.T) {
	w := newWorld(t)
	oneTime := w.addBen()
	anna := w.turnOn(auth.EverySignIn)
	w.signInAnna(anna)
	ben, _ := w.enrolBen(oneTime)
	w.stepUp(w.anna, annaPassword, anna)
	users, err := w.anna.Users(w.ctx)
	w.must(err)
	oneTime, err = w.anna.ResetPassword(w.ctx, users[1].ID)
	w.must(err)

	a := w.practice.NewAttempt()
	_, err = a.Password(w.ctx, "bjones", benPassword)
	w.refused(err, auth.ErrCredentials)
	state, err := a.Password(w.ctx, "bjones", oneTime)
	w.must(err)
	if state.Step != auth.StepCode {
		t.Fatalf("%+v", state)
	}
	_, err = a.NewPassword(w.ctx, "copper lantern by the sea")
	w.refused(err, auth.ErrAttemptOver)

	w.clock.Advance(totp.Period)
	_, err = a.Password(w.ctx, "bjones", oneTime)
	w.must(err)
	state, err = a.Code(w.ctx, ben.code(w.clock.Now()))
	w.must(err)
	if state.Step != auth.StepNewPassword {
		t.Fatalf("%+v", state)
	}
	for text, problem := range map[string]auth.Problem{
		oneTime: auth.ProblemSame, "short": auth.ProblemShort, "my name is bjones!": auth.ProblemHasName,
		"password1234": auth.ProblemCommon,
	} {
		_, err = a.NewPassword(w.ctx, text)
		var field *auth.FieldError
		if !errors.As(err, &field) || field.Problem != problem {
			t.Errorf("%q: %v, want %v", text, err, problem)
		}
	}
	state, err = a.NewPassword(w.ctx, "copper lantern by the sea")
	w.must(err)
	w.must(state.Session.Check(w.ctx))
}

// TestAttemptEnds: time, and an admin's change meanwhile, end an attempt.
func TestAttemptEnds(t *testing.T) {
	w := newWorld(t)
	phone := w.turnOn(auth.EverySignIn)
	a := w.practice.NewAttempt()
	_, err := a.Password(w.ctx, "asmith", annaPassword)
	w.must(err)
	w.clock.Advance(5 * time.Minute)
	_, err = a.Code(w.ctx, phone.code(w.clock.Now()))
	w.refused(err, auth.ErrAttemptOver)

	// A step asked out of its turn ends it as well.
	_, err = a.Password(w.ctx, "asmith", annaPassword)
	w.must(err)
	_, err = a.Enrolment(w.ctx)
	w.refused(err, auth.ErrAttemptOver)
	_, err = a.Code(w.ctx, phone.code(w.clock.Now()))
	w.refused(err, auth.ErrAttemptOver)
}

// TestFreshSecret: leaving the enrolment leaves the user unenrolled, and the
// next one has another key.
func TestFreshSecret(t *testing.T) {
	w := newWorld(t)
	oneTime := w.addBen()
	w.turnOn(auth.EverySignIn)
	a := w.practice.NewAttempt()
	_, err := a.Password(w.ctx, "bjones", oneTime)
	w.must(err)
	_, err = a.NewPassword(w.ctx, benPassword)
	w.must(err)
	first, err := a.Enrolment(w.ctx)
	w.must(err)
	a.End()
	state, err := a.Password(w.ctx, "bjones", benPassword)
	w.must(err)
	if state.Step != auth.StepEnrol {
		t.Fatalf("%+v", state)
	}
	second, err := a.Enrolment(w.ctx)
	w.must(err)
	if first.Key() == second.Key() || first.URI() == second.URI() {
		t.Fatal("the same secret again")
	}
	_, err = a.Confirm(w.ctx, scan(t, first).code(w.clock.Now()))
	w.refused(err, auth.ErrCodeWrong)
	_, err = a.Confirm(w.ctx, "12 34")
	w.refused(err, auth.ErrCodeFormat)
	_, err = a.Confirm(w.ctx, scan(t, second).code(w.clock.Now()))
	w.must(err)
}

// TestTwoEnrolments: of two windows that enrol one user, one does.
func TestTwoEnrolments(t *testing.T) {
	w := newWorld(t)
	oneTime := w.addBen()
	w.turnOn(auth.EverySignIn)
	first := w.practice.NewAttempt()
	_, err := first.Password(w.ctx, "bjones", oneTime)
	w.must(err)
	_, err = first.NewPassword(w.ctx, benPassword)
	w.must(err)
	second := w.practice.NewAttempt()
	_, err = second.Password(w.ctx, "bjones", benPassword)
	w.must(err)
	for i, a := range []*auth.Attempt{first, second} {
		e, err := a.Enrolment(w.ctx)
		w.must(err)
		_, err = a.Confirm(w.ctx, scan(t, e).code(w.clock.Now()))
		if i == 0 {
			w.must(err)
		} else {
			w.refused(err, auth.ErrAttemptOver)
		}
	}
}

// TestChargedBeforeJudged: a crash after the charge leaves the failure counted.
func TestChargedBeforeJudged(t *testing.T) {
	w := newWorld(t)
	crash := errors.New("crash")
	for range 5 {
		commits := 0
		w.memory.Fail = func() error {
			if commits++; commits == 2 {
				return crash
			}
			return nil
		}
		_, err := w.practice.NewAttempt().Password(w.ctx, "asmith", annaPassword)
		w.refused(err, crash)
	}
	w.memory.Fail = nil
	_, err := w.practice.NewAttempt().Password(w.ctx, "asmith", annaPassword)
	w.refused(err, auth.ErrWait)
}

// TestStoreFails: a store or keyring that can't answer lets nobody in.
func TestStoreFails(t *testing.T) {
	w := newWorld(t)
	broken := errors.New("broken")
	for n := range 2 {
		commits := -1
		w.memory.Fail = func() error {
			if commits++; commits == n {
				return broken
			}
			return nil
		}
		state, err := w.practice.NewAttempt().Password(w.ctx, "asmith", annaPassword)
		w.refused(err, broken)
		if state.Session != nil || state.Step != auth.StepPassword {
			t.Fatalf("%+v", state)
		}
	}
	w.memory.Fail = nil
	w.keyring.Fail = func(op, _ string) error { return broken }
	state, err := w.practice.NewAttempt().Password(w.ctx, "asmith", annaPassword)
	w.refused(err, broken)
	if state.Session != nil {
		t.Fatalf("%+v", state)
	}
	w.keyring.Fail = nil
	w.signInAnna(nil)
}

// TestTwoCommits: a step of a sign-in writes the register at most twice.
func TestTwoCommits(t *testing.T) {
	w := newWorld(t)
	phone := w.turnOn(auth.EverySignIn)
	commits := 0
	w.memory.Fail = func() error { commits++; return nil }
	a := w.practice.NewAttempt()
	_, err := a.Password(w.ctx, "asmith", annaPassword)
	w.must(err)
	if commits > 2 {
		t.Errorf("the password took %d commits", commits)
	}
	commits = 0
	_, err = a.Code(w.ctx, phone.code(w.clock.Now()))
	w.must(err)
	if commits > 2 {
		t.Errorf("the code took %d commits", commits)
	}
}
