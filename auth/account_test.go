package auth_test

import (
	"errors"
	"strconv"
	"sync"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/totp"
)

// TestAccount: what a user sees of themselves.
func TestAccount(t *testing.T) {
	c := newClinic(t)
	account, err := c.ben.Account(c.ctx)
	c.must(err)
	want := auth.Account{Name: "Ben Jones", Username: "bjones", Role: auth.Staff, TwoFactor: true, RecoveryLeft: 10}
	enrolled := c.clock.Now().Add(-totp.Period)
	in := account.SignedIn
	if !account.Enrolled.Equal(enrolled) || !account.RecoveryMade.Equal(enrolled) || !account.NextCode.IsZero() ||
		len(in) != 1 || !in[0].This || in[0].Computer != "reception" || !in[0].Since.Equal(enrolled) {
		t.Fatalf("%+v", account)
	}
	account.Enrolled, account.RecoveryMade, account.SignedIn = time.Time{}, time.Time{}, nil
	if account.Name != want.Name || account.Username != want.Username || account.Role != want.Role ||
		account.TwoFactor != want.TwoFactor || account.RecoveryLeft != want.RecoveryLeft {
		t.Fatalf("%+v", account)
	}
}

// TestChangeName: cleaned, refused where it can't be, noted once.
func TestChangeName(t *testing.T) {
	c := newClinic(t)
	for name, problem := range map[string]auth.Problem{
		"": auth.ProblemEmpty, "  ": auth.ProblemEmpty, string(make([]rune, 201)): auth.ProblemLong, "Ben\u202eJones": auth.ProblemChars,
	} {
		var field *auth.FieldError
		if err := c.ben.ChangeName(c.ctx, name); !errors.As(err, &field) || field.Field != auth.FieldName || field.Problem != problem {
			t.Errorf("%q: %v", name, err)
		}
	}
	c.must(c.ben.ChangeName(c.ctx, " Ben Jones-Lind "))
	if got := c.seen().Name; got != "Ben Jones-Lind" {
		t.Fatalf("%q", got)
	}
	c.must(c.ben.ChangeName(c.ctx, "Ben Jones-Lind"))
	if got := c.logged(2); got[0] != string(auth.EventNameChanged)+": Ben Jones" || got[1] == got[0] {
		t.Fatalf("the log ends with %q", got)
	}
	c.must(c.ben.Check(c.ctx))
}

// TestAnothersName: who takes the name of another can be told from them in the log.
func TestAnothersName(t *testing.T) {
	c := newClinic(t)
	c.must(c.ben.ChangeName(c.ctx, "anna SMITH"))
	c.signInBen()
	if e := c.newest(); e.By != "anna SMITH (bjones)" {
		t.Errorf("%+v", e)
	}
	c.prove()
	if e := c.newest(); e.By != "Anna Smith (asmith)" {
		t.Errorf("%+v", e)
	}
	c.must(c.ben.ChangeName(c.ctx, "Ben"))
	if e := c.newest(); e.By != "Ben (bjones)" || e.Detail != "anna SMITH" {
		t.Errorf("%+v", e)
	}
}

// TestEndSession: one's own others, anywhere; not this one, not another's.
func TestEndSession(t *testing.T) {
	c := newClinic(t)
	desk := c.linkedByCode()
	there := desk.practice.NewAttempt()
	_, err := there.Password(c.ctx, "bjones", benPassword)
	c.must(err)
	other := c.in(there.Code(c.ctx, c.benPhone.code(c.clock.Now()))).Session
	account, err := c.ben.Account(c.ctx)
	c.must(err)
	if in := account.SignedIn; len(in) != 2 || in[0].Computer != "surgery" || in[0].This || !in[1].This {
		t.Fatalf("%+v", in)
	}
	annas, err := c.anna.Account(c.ctx)
	c.must(err)
	c.refused(c.ben.EndSession(c.ctx, account.SignedIn[1].ID), auth.ErrNotFound)
	c.refused(c.ben.EndSession(c.ctx, annas.SignedIn[0].ID), auth.ErrNotFound)
	c.refused(c.ben.EndSession(c.ctx, ""), auth.ErrNotFound)
	c.must(c.ben.EndSession(c.ctx, account.SignedIn[0].ID))
	c.refused(other.Check(c.ctx), auth.ErrSessionEnded)
	c.refused(c.ben.EndSession(c.ctx, account.SignedIn[0].ID), auth.ErrNotFound)
	c.must(c.ben.Check(c.ctx))
	c.must(c.anna.Check(c.ctx))
	if got := c.logged(1)[0]; got != "own session ended: surgery" {
		t.Fatalf("the log ends with %q", got)
	}
}

// TestChangePassword: the user's others end, with trusts and sign-ins under way;
// this one goes on.
func TestChangePassword(t *testing.T) {
	c := newClinicAsking(t, auth.Monthly)
	other := c.in(c.practice.NewAttempt().Password(c.ctx, "bjones", benPassword)).Session
	const next = "copper lantern by the sea"
	version, err := c.ben.PutRecord(c.ctx, patient, "a", 0, []byte("before"))
	c.must(err)
	a := c.practice.NewAttempt()
	c.clock.Advance(31 * 24 * time.Hour)
	_, err = a.Password(c.ctx, "bjones", benPassword)
	c.must(err)
	c.must(c.ben.Renew(c.ctx, c.signInBen().Session))
	c.dayOn()
	c.clock.Advance(totp.Period)

	c.must(c.ben.ChangePassword(c.ctx, benPassword, next))
	c.must(c.ben.Check(c.ctx))
	c.must(c.anna.Check(c.ctx))
	c.refused(other.Check(c.ctx), auth.ErrSessionEnded)
	_, err = other.Record(c.ctx, patient, "a")
	c.refused(err, auth.ErrSessionEnded)
	_, err = a.Code(c.ctx, c.benPhone.code(c.clock.Now()))
	c.refused(err, auth.ErrAttemptOver)
	if got := c.logged(1)[0]; got != string(auth.EventPasswordChanged) {
		t.Fatalf("the log ends with %q", got)
	}
	for range 2 {
		r, err := c.ben.Record(c.ctx, patient, "a")
		c.must(err)
		version, err = c.ben.PutRecord(c.ctx, patient, "a", version, append(r.Plain, '!'))
		c.must(err)
	}
	_, err = c.practice.NewAttempt().Password(c.ctx, "bjones", benPassword)
	c.refused(err, auth.ErrCredentials)
	a = c.practice.NewAttempt()
	state, err := a.Password(c.ctx, "bjones", next)
	c.must(err)
	if state.Step != auth.StepCode {
		t.Fatalf("trusted with another password: %+v", state)
	}
	again := c.in(a.Code(c.ctx, c.benPhone.code(c.clock.Now()))).Session
	r, err := again.Record(c.ctx, patient, "a")
	c.must(err)
	if string(r.Plain) != "before!!" {
		t.Fatalf("%q", r.Plain)
	}

	// Once more, and back, and the same session goes on.
	c.must(c.ben.Check(c.ctx))
	c.must(c.ben.ChangePassword(c.ctx, next, benPassword))
	_, err = c.ben.Record(c.ctx, patient, "a")
	c.must(err)
}

// TestChangePasswordRefused: a wrong present one is an attempt like any other.
func TestChangePasswordRefused(t *testing.T) {
	c := newClinic(t)
	for text, problem := range map[string]auth.Problem{
		"": auth.ProblemEmpty, "short": auth.ProblemShort, "password1234": auth.ProblemCommon,
		"my name is jones!": auth.ProblemHasName, benPassword: auth.ProblemSame,
	} {
		var field *auth.FieldError
		if err := c.ben.ChangePassword(c.ctx, benPassword, text); !errors.As(err, &field) || field.Problem != problem {
			t.Errorf("%q: %v", text, err)
		}
	}
	const next = "copper lantern by the sea"
	for i := range 5 {
		err := c.ben.ChangePassword(c.ctx, "wrong "+strconv.Itoa(i), next)
		c.refused(err, auth.ErrCredentials)
		if want := 30 * time.Second * time.Duration(i/4); waitOf(err) != want {
			t.Fatalf("after %d: a wait of %v", i+1, waitOf(err))
		}
	}
	err := c.ben.ChangePassword(c.ctx, benPassword, next)
	c.refused(err, auth.ErrWait)
	if waitOf(err) != 30*time.Second {
		t.Fatalf("a wait of %v", waitOf(err))
	}
	_, err = c.practice.NewAttempt().Password(c.ctx, "bjones", benPassword)
	c.refused(err, auth.ErrWait)
	c.must(c.ben.Check(c.ctx))
	c.clock.Advance(30 * time.Second)
	c.must(c.ben.ChangePassword(c.ctx, benPassword, next))
}

// TestChangePasswordMeanwhile: others use the session all the while, and lose
// nothing.
func TestChangePasswordMeanwhile(t *testing.T) {
	c := newClinic(t)
	stop := make(chan struct{})
	begun := make(chan struct{})
	var work sync.WaitGroup
	errs := make(chan error, 2)
	var written int64
	work.Go(func() {
		for {
			version, err := c.ben.PutRecord(c.ctx, patient, "a", written, []byte("x"))
			if err != nil {
				errs <- err
				return
			}
			if written = version; written == 1 {
				close(begun)
			}
			select {
			case <-stop:
				return
			default:
			}
		}
	})
	work.Go(func() {
		<-begun
		for {
			if _, err := c.ben.Record(c.ctx, patient, "a"); err != nil {
				errs <- err
				return
			}
			select {
			case <-stop:
				return
			default:
			}
		}
	})
	<-begun
	present, next := benPassword, "copper lantern by the sea"
	for range 20 {
		c.must(c.ben.ChangePassword(c.ctx, present, next))
		present, next = next, present
	}
	close(stop)
	work.Wait()
	select {
	case err := <-errs:
		t.Fatal(err)
	default:
	}
	r, err := c.ben.Record(c.ctx, patient, "a")
	c.must(err)
	if r.Version != written {
		t.Fatalf("version %d, written %d", r.Version, written)
	}
}

// TestChangePasswordFails: what could not be stored changes nothing, and the
// session goes on with the password that counts.
func TestChangePasswordFails(t *testing.T) {
	c := newClinic(t)
	_, err := c.ben.PutRecord(c.ctx, patient, "a", 0, []byte("x"))
	c.must(err)
	broken := errors.New("broken")
	for n := range 3 {
		commits := -1
		c.memory.Fail = func() error {
			if commits++; commits == n {
				return broken
			}
			return nil
		}
		c.refused(c.ben.ChangePassword(c.ctx, benPassword, "copper lantern by the sea"), broken)
		c.memory.Fail = nil
		_, err := c.ben.Record(c.ctx, patient, "a")
		c.must(err)
	}
	c.clock.Advance(time.Minute)
	c.asked(auth.StepCode)
}

// newPhone is a move to another phone, begun with a code of the old one.
func (c *clinic) newPhone() (*auth.Move, *phone) {
	c.t.Helper()
	m, err := c.ben.MovePhone(c.ctx, c.benPhone.code(c.clock.Now()))
	c.must(err)
	return m, scan(c.t, m.Enrolment)
}

// TestMovePhone: the old one counts until the new one is confirmed.
func TestMovePhone(t *testing.T) {
	c := newClinic(t)
	c.must(c.ben.KeptRecoveryCodes(c.ctx))
	m, next := c.newPhone()
	_, err := c.asked(auth.StepCode).Code(c.ctx, next.code(c.clock.Now()))
	c.refused(err, auth.ErrCodeWrong)
	c.clock.Advance(totp.Period)
	c.signInBen() // with the old one
	c.refused(c.ben.ConfirmMove(c.ctx, m, "12345"), auth.ErrCodeFormat)
	c.refused(c.ben.ConfirmMove(c.ctx, m, c.benPhone.code(c.clock.Now())), auth.ErrCodeWrong)
	for range 10 { // who sets up sees the secret: it counts nowhere
		c.refused(c.ben.ConfirmMove(c.ctx, m, wrongCode(next.secret, c.clock.Now())), auth.ErrCodeWrong)
	}
	c.must(c.ben.ConfirmMove(c.ctx, m, next.code(c.clock.Now())))
	c.told(auth.NewsMoved, "Ben Jones (bjones)", "")
	if got := c.logged(1)[0]; got != string(auth.EventMoved) {
		t.Fatalf("the log ends with %q", got)
	}
	c.must(c.ben.Check(c.ctx))
	_, err = c.asked(auth.StepCode).Code(c.ctx, next.code(c.clock.Now()))
	c.refused(err, auth.ErrCodeUsed)
	c.clock.Advance(totp.Period)
	_, err = c.asked(auth.StepCode).Code(c.ctx, c.benPhone.code(c.clock.Now()))
	c.refused(err, auth.ErrCodeWrong)
	c.benPhone = next
	c.signInBen()
	c.in(c.other(c.codes[0])) // the recovery codes stay
	c.refused(c.ben.ConfirmMove(c.ctx, m, next.code(c.clock.Now())), auth.ErrConflict)
}

// TestMovePhoneRefused: the old code is an attempt like any other.
func TestMovePhoneRefused(t *testing.T) {
	c := newClinic(t)
	move := func(code string) error { _, err := c.ben.MovePhone(c.ctx, code); return err }
	c.refused(move("12345"), auth.ErrCodeFormat)
	c.refused(move(c.benPhone.code(c.clock.Now().Add(-totp.Period))), auth.ErrCodeUsed)
	for range 3 {
		c.refused(move(wrongCode(c.benPhone.secret, c.clock.Now())), auth.ErrCodeWrong)
	}
	err := move(c.annaPhone.code(c.clock.Now().Add(5 * time.Minute)))
	c.refused(err, auth.ErrCodeWrong)
	if waitOf(err) != 30*time.Second {
		t.Fatalf("a wait of %v", waitOf(err))
	}
	c.refused(move(c.benPhone.code(c.clock.Now())), auth.ErrWait)
}

// TestMovePhoneOver: too late, after a reset, and after another move meanwhile.
func TestMovePhoneOver(t *testing.T) {
	c := newClinic(t)
	m, next := c.newPhone()
	c.clock.Advance(15*time.Minute - time.Millisecond)
	second, err := c.ben.MovePhone(c.ctx, c.benPhone.code(c.clock.Now()))
	c.must(err)
	c.clock.Advance(time.Millisecond)
	c.refused(c.ben.ConfirmMove(c.ctx, m, next.code(c.clock.Now())), auth.ErrConflict)
	c.clock.Advance(totp.Period)
	m, next = c.newPhone()
	c.must(c.ben.ConfirmMove(c.ctx, second, scan(t, second.Enrolment).code(c.clock.Now())))
	c.refused(c.ben.ConfirmMove(c.ctx, m, next.code(c.clock.Now())), auth.ErrConflict)

	c.benPhone = scan(t, second.Enrolment)
	c.clock.Advance(totp.Period)
	m, next = c.newPhone()
	c.prove()
	_, err = c.anna.ResetTwoFactor(c.ctx, c.benID, "phone lost")
	c.must(err)
	c.refused(c.ben.ConfirmMove(c.ctx, m, next.code(c.clock.Now())), auth.ErrSessionEnded)
	c.enrol(benPassword, "")
	c.refused(c.ben.ConfirmMove(c.ctx, m, next.code(c.clock.Now())), auth.ErrConflict)
}

// TestMovePhoneTrust: what the old phone gave ends with it.
func TestMovePhoneTrust(t *testing.T) {
	c := newClinicAsking(t, auth.Monthly)
	c.in(c.practice.NewAttempt().Password(c.ctx, "bjones", benPassword))
	m, next := c.newPhone()
	c.must(c.ben.ConfirmMove(c.ctx, m, next.code(c.clock.Now())))
	c.asked(auth.StepCode)
}

// TestMovePhoneOffset: where two codes showed how far the computer's clock is
// off, the new phone is confirmed with that, and goes on with it.
func TestMovePhoneOffset(t *testing.T) {
	c := newClinic(t)
	c.clock.Advance(2 * time.Hour)
	phones := func() time.Time { return c.clock.Now().Add(-10 * time.Minute) }
	c.ben = c.in(c.asked(auth.StepCode).TwoCodes(c.ctx, c.benPhone.code(phones().Add(-totp.Period)), c.benPhone.code(phones()))).Session
	c.clock.Advance(totp.Period)
	m, err := c.ben.MovePhone(c.ctx, c.benPhone.code(phones()))
	c.must(err)
	next := scan(t, m.Enrolment)
	c.must(c.ben.ConfirmMove(c.ctx, m, next.code(phones())))
	_, err = c.asked(auth.StepCode).Code(c.ctx, next.code(phones()))
	c.refused(err, auth.ErrCodeUsed)
	c.clock.Advance(totp.Period)
	c.in(c.asked(auth.StepCode).Code(c.ctx, next.code(phones())))

	// A phone that agrees with the computer is confirmed without.
	c.clock.Advance(totp.Period)
	m, err = c.ben.MovePhone(c.ctx, next.code(phones()))
	c.must(err)
	third := scan(t, m.Enrolment)
	c.must(c.ben.ConfirmMove(c.ctx, m, third.code(c.clock.Now())))
	c.clock.Advance(totp.Period)
	c.in(c.asked(auth.StepCode).Code(c.ctx, third.code(c.clock.Now())))
}
