package auth_test

import (
	"crypto/rand"
	"errors"
	"slices"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/totp"
)

// TestLock: it takes what the password gave, and touches no disk; the password
// alone brings it back, but no step-up.
func TestLock(t *testing.T) {
	c := newClinic(t)
	_, err := c.ben.PutRecord(c.ctx, patient, "a", 0, []byte("x"))
	c.must(err)
	c.clock.Advance(totp.Period)
	c.must(c.ben.StepUp(c.ctx, benPassword, c.benPhone.code(c.clock.Now())))
	before := c.memory.Rows()
	c.ben.Lock()
	c.unchanged(before)
	c.must(c.ben.Check(c.ctx))
	for name, do := range map[string]func() error{
		"Record":     func() error { _, err := c.ben.Record(c.ctx, patient, "a"); return err },
		"EachRecord": func() error { return c.ben.EachRecord(c.ctx, patient, func(auth.Record) error { return nil }) },
		"PutRecord":  func() error { _, err := c.ben.PutRecord(c.ctx, patient, "b", 0, nil); return err },
		"ChangePassword": func() error {
			return c.ben.ChangePassword(c.ctx, benPassword, "copper lantern by the sea")
		},
	} {
		if err := do(); !errors.Is(err, auth.ErrLocked) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err = c.ben.NewRecoveryCodes(c.ctx)
	c.refused(err, auth.ErrLocked)
	c.must(c.ben.Unlock(c.ctx, benPassword))
	if got := c.logged(1)[0]; got != string(auth.EventUnlocked) {
		t.Fatalf("the log ends with %q", got)
	}
	r, err := c.ben.Record(c.ctx, patient, "a")
	c.must(err)
	if string(r.Plain) != "x" {
		t.Fatalf("%q", r.Plain)
	}
	need, err := c.ben.StepUpNeed(c.ctx)
	c.must(err)
	if need.Fresh {
		t.Fatal("the step-up outlived the lock")
	}
}

// TestUnlockWaits: a password at the lock is an attempt like any other.
func TestUnlockWaits(t *testing.T) {
	c := newClinic(t)
	c.ben.Lock()
	for range 5 {
		c.refused(c.ben.Unlock(c.ctx, "guess"), auth.ErrCredentials)
	}
	c.refused(c.ben.Unlock(c.ctx, benPassword), auth.ErrWait)
	_, err := c.practice.NewAttempt().Password(c.ctx, "bjones", benPassword)
	c.refused(err, auth.ErrWait)
	_, err = c.ben.Record(c.ctx, patient, "a")
	c.refused(err, auth.ErrLocked)
	c.clock.Advance(30 * time.Second)
	c.refused(c.ben.Unlock(c.ctx, "guess"), auth.ErrCredentials) // and now it is a minute
	c.prove()
	c.must(c.anna.LiftWait(c.ctx, c.benID))
	c.must(c.ben.Unlock(c.ctx, benPassword))
}

// TestFullSignIn: a day after the sign-in the password alone is not enough.
func TestFullSignIn(t *testing.T) {
	c := newClinic(t)
	c.ben = c.signInBen().Session
	c.ben.Lock()
	c.clock.Advance(24*time.Hour - time.Millisecond)
	if c.ben.Left() <= 0 {
		t.Fatal("too early")
	}
	c.must(c.ben.Unlock(c.ctx, benPassword))
	c.ben.Lock()
	c.clock.Advance(time.Millisecond)
	if c.ben.Left() > 0 {
		t.Fatal("a day on")
	}
	c.refused(c.ben.Unlock(c.ctx, benPassword), auth.ErrFullSignIn)
	_, err := c.ben.Record(c.ctx, patient, "a")
	c.refused(err, auth.ErrLocked)
}

// TestADayByWhatIsStored: where this computer's clock is behind, the day is
// counted by what others store, from the sign-in on and not from before.
func TestADayByWhatIsStored(t *testing.T) {
	c := newClinic(t)
	reads := func() error {
		_, err := c.ben.PutRecord(c.ctx, patient, rand.Text(), 0, nil)
		return err
	}
	const behind = 23 * time.Hour
	c.ranAhead(behind)
	c.clock.Advance(totp.Period)
	c.ben = c.signInBen().Session
	if left := c.ben.Left(); left != 24*time.Hour {
		t.Fatalf("%v left", left)
	}
	c.ranAhead(behind - totp.Period + 24*time.Hour - time.Millisecond)
	c.must(reads())
	if left := c.ben.Left(); left != time.Millisecond {
		t.Fatalf("%v left", left)
	}
	c.ranAhead(behind - totp.Period + 24*time.Hour)
	c.refused(reads(), auth.ErrFullSignIn)
	if left := c.ben.Left(); left > 0 {
		t.Fatalf("%v left", left)
	}
}

// TestADayByNobodysClock: after the clock reference was reset nobody can tell
// how long ago a sign-in with a later time was: a full one is due.
func TestADayByNobodysClock(t *testing.T) {
	c := newClinic(t)
	c.clock.Advance(25*time.Hour + totp.Period)
	c.ben = c.signInBen().Session
	c.clock.Advance(-25 * time.Hour)
	_, err := c.ben.PutRecord(c.ctx, patient, "a", 0, nil)
	c.must(err)
	c.signInAnna(c.annaPhone) // she vouches for the clock
	_, err = c.ben.Record(c.ctx, patient, "a")
	c.refused(err, auth.ErrFullSignIn)
	if left := c.ben.Left(); left > 0 {
		t.Fatalf("%v left", left)
	}
}

// TestRenew: a full sign-in goes on with the session there was, and its work.
func TestRenew(t *testing.T) {
	c := newClinic(t)
	_, err := c.ben.PutRecord(c.ctx, patient, "a", 0, []byte("x"))
	c.must(err)
	c.ben.Lock()
	c.clock.Advance(25 * time.Hour)
	newer := c.signInBen().Session
	c.must(c.ben.Renew(c.ctx, newer))
	c.must(c.ben.Check(c.ctx))
	_, err = c.ben.Record(c.ctx, patient, "a")
	c.must(err)
	if c.ben.Left() <= 0 {
		t.Fatal("renewed, yet old")
	}
	need, err := c.ben.StepUpNeed(c.ctx)
	c.must(err)
	if !need.Fresh {
		t.Fatal("a sign-in with a code counts as a step-up")
	}
	account, err := c.ben.Account(c.ctx)
	c.must(err)
	if in := account.SignedIn; len(in) != 1 || !in[0].This || !in[0].Since.Equal(c.clock.Now()) {
		t.Fatalf("%+v", in)
	}
	_, err = newer.Record(c.ctx, patient, "a")
	c.refused(err, auth.ErrSessionEnded)
	c.ben.Lock()
	c.must(c.ben.Unlock(c.ctx, benPassword))

	c.refused(c.ben.Renew(c.ctx, c.anna), auth.ErrForbidden)
	c.must(c.ben.Check(c.ctx))
	c.must(c.anna.Check(c.ctx))
}

// TestRenewedByALocked: a sign-in that was locked before it took the session on
// leaves it locked, for its keys are gone.
func TestRenewedByALocked(t *testing.T) {
	c := newClinic(t)
	c.ben.Lock()
	newer := c.signInBen().Session
	newer.Lock()
	c.must(c.ben.Renew(c.ctx, newer))
	if !c.ben.IsLocked() {
		t.Fatal("the session is open")
	}
	c.must(c.ben.Unlock(c.ctx, benPassword))
}

// TestRenewedAfterCodesWereShown: codes that the session showed can be kept after a
// sign-in that showed none.
func TestRenewedAfterCodesWereShown(t *testing.T) {
	c := newClinic(t)
	c.must(c.ben.StepUp(c.ctx, benPassword, c.benPhone.code(c.clock.Now())))
	_, err := c.ben.NewRecoveryCodes(c.ctx)
	c.must(err)
	c.ben.Lock()
	newer := c.in(c.other(c.oneTimeCode())).Session
	c.must(c.ben.Renew(c.ctx, newer))
	c.must(c.ben.KeptRecoveryCodes(c.ctx))
}

// TestEndedWhileLocked: an admin's change ends a locked session too; what comes
// after it is a sign-in, whose session goes on with the work.
func TestEndedWhileLocked(t *testing.T) {
	c := newClinic(t)
	c.ben.Lock()
	c.prove()
	oneTime, err := c.anna.ResetPassword(c.ctx, c.benID)
	c.must(err)
	c.refused(c.ben.Check(c.ctx), auth.ErrSessionEnded)
	for _, password := range []string{benPassword, oneTime} {
		c.refused(c.ben.Unlock(c.ctx, password), auth.ErrSessionEnded)
	}
	_, err = c.ben.Record(c.ctx, patient, "a")
	c.refused(err, auth.ErrSessionEnded)
	a := c.practice.NewAttempt()
	_, err = a.Password(c.ctx, "bjones", oneTime)
	c.must(err)
	_, err = a.Code(c.ctx, c.benPhone.code(c.clock.Now()))
	c.must(err)
	newer := c.in(a.NewPassword(c.ctx, "copper lantern by the sea")).Session
	c.must(c.ben.Renew(c.ctx, newer))
	c.must(c.ben.Check(c.ctx))
	_, err = c.ben.PutRecord(c.ctx, patient, "a", 0, []byte("x"))
	c.must(err)
}

// TestLockMeanwhile: a lock that comes while a step-up is under way ends that too.
func TestLockMeanwhile(t *testing.T) {
	c := newClinic(t)
	c.clock.Advance(5 * time.Minute)
	c.memory.Fail = func() error { c.ben.Lock(); return nil }
	c.refused(c.ben.StepUp(c.ctx, benPassword, c.benPhone.code(c.clock.Now())), auth.ErrLocked)
	c.memory.Fail = nil
	c.must(c.ben.Unlock(c.ctx, benPassword))
	need, err := c.ben.StepUpNeed(c.ctx)
	c.must(err)
	if need.Fresh {
		t.Fatal("a step-up outlived the lock")
	}
}

// TestPeople: who signed in at this computer, the latest first; no others, and
// nobody who was deactivated.
func TestPeople(t *testing.T) {
	c := newClinic(t)
	names := func(p *auth.Practice) (names []string) {
		t.Helper()
		people, err := p.People(c.ctx)
		c.must(err)
		for _, one := range people {
			names = append(names, one.Name)
		}
		return names
	}
	if got := names(c.practice); !slices.Equal(got, []string{"Ben Jones", "Anna Smith"}) {
		t.Fatalf("%q", got)
	}
	c.prove()
	_, err := c.anna.AddUser(c.ctx, auth.UserForm{Name: "Dan Holt", Username: "dholt", Role: auth.Staff})
	c.must(err)
	desk := c.linkedByCode()
	if got := names(desk.practice); len(got) != 0 {
		t.Fatalf("%q", got)
	}
	c.clock.Advance(totp.Period)
	c.signInAnna(c.annaPhone)
	if got := names(c.practice); !slices.Equal(got, []string{"Anna Smith", "Ben Jones"}) {
		t.Fatalf("%q", got)
	}
	c.must(c.anna.Deactivate(c.ctx, c.benID))
	if got := names(c.practice); !slices.Equal(got, []string{"Anna Smith"}) {
		t.Fatalf("%q", got)
	}
}

// TestIdleAfter: what the policy says, in every window once it has looked; and
// nothing that no practice may ask.
func TestIdleAfter(t *testing.T) {
	c := newClinic(t)
	if got := c.practice.IdleAfter(); got != 10*time.Minute {
		t.Fatalf("%v", got)
	}
	other := c.reopened()
	save := func(minutes int) error {
		p := c.policy()
		was := p
		p.Idle = minutes
		return c.anna.SaveSettings(c.ctx, auth.SettingsForm{Name: c.practice.Name(), Policy: p, Was: was})
	}
	for _, minutes := range []int{0, -1, -1e9, 61, 1e9} {
		err := save(minutes)
		var field *auth.FieldError
		if !asField(err, &field) || field.Field != auth.FieldIdle || field.Problem != auth.ProblemRange {
			t.Fatalf("%d: %v", minutes, err)
		}
	}
	for _, minutes := range []int{1, 60} {
		c.prove()
		c.must(save(minutes))
		_, err := other.People(c.ctx)
		c.must(err)
		for _, p := range []*auth.Practice{c.practice, other} {
			if got := p.IdleAfter(); got != time.Duration(minutes)*time.Minute {
				t.Fatalf("%v, want %d", got, minutes)
			}
		}
	}
	c.must(save(30)) // stricter: no step-up
	c.clock.Advance(5 * time.Minute)
	c.must(save(29))
	c.refused(save(31), auth.ErrStepUp)
}

// TestIdleIsNoNews: a change of the idle minutes while two-factor is off does not
// tell anybody that somebody turned it off.
func TestIdleIsNoNews(t *testing.T) {
	w := newWorld(t)
	before := w.news()
	p := w.policy()
	was := p
	p.Idle = 5
	w.must(w.anna.SaveSettings(w.ctx, auth.SettingsForm{Name: w.practice.Name(), Policy: p, Was: was}))
	if got := w.news(); !slices.Equal(got, before) {
		t.Fatalf("told %q", got)
	}
}
