package auth_test

import (
	"errors"
	"testing"
	"time"

	"anteroom/auth"
)

// TestSignOutUser: their sessions end, locked ones too, and their trusts and
// sign-ins under way; they are told by whom, where they were and at the next
// sign-in, until they have seen it; nobody else is.
func TestSignOutUser(t *testing.T) {
	c := newClinicAsking(t, auth.Monthly)
	here := c.in(c.practice.NewAttempt().Password(c.ctx, "bjones", benPassword)).Session // trusted
	here.Lock()
	under := c.practice.NewAttempt()
	c.clock.Advance(31 * 24 * time.Hour)
	_, err := under.Password(c.ctx, "bjones", benPassword)
	c.must(err)
	c.signInBen()
	c.dayOn()
	c.clock.Advance(5 * time.Minute)
	c.refused(c.anna.SignOutUser(c.ctx, c.benID), auth.ErrStepUp)
	c.prove()
	c.refused(c.anna.SignOutUser(c.ctx, "nobody"), auth.ErrNotFound)
	c.refused(c.anna.SignOutUser(c.ctx, c.idOf("Anna Smith")), auth.ErrSelf)
	news := len(c.news())
	c.must(c.anna.SignOutUser(c.ctx, c.benID))
	if got := c.logged(1)[0]; got != string(auth.EventUserSignedOut) {
		t.Fatalf("the log ends with %q", got)
	}
	for _, s := range []*auth.Session{c.ben, here} {
		var by *auth.SignedOutError
		if err := s.Check(c.ctx); !errors.Is(err, auth.ErrSessionEnded) || !errors.As(err, &by) || by.By != "Anna Smith" || !by.At.Equal(c.clock.Now()) {
			t.Fatalf("it says %+v", err)
		}
	}
	_, err = under.Code(c.ctx, c.benPhone.code(c.clock.Now()))
	c.refused(err, auth.ErrAttemptOver)
	c.clock.Advance(time.Second)
	c.must(c.anna.ChangeName(c.ctx, "Anna Lind")) // the id is kept, the name of now is shown

	told := func(s *auth.Session) []auth.News {
		t.Helper()
		o, err := s.Overview(c.ctx)
		c.must(err)
		return o.News
	}
	killed := c.in(c.asked(auth.StepCode).Code(c.ctx, c.benPhone.code(c.clock.Now()))).Session // no trust
	if n := told(killed); len(n) != 1 {
		t.Fatalf("told %+v", n)
	}
	again := c.in(c.practice.NewAttempt().Password(c.ctx, "bjones", benPassword)).Session // before it was seen
	n := told(again)
	if len(n) != 1 || n[0].Kind != auth.NewsSignedOut || n[0].Who != "Anna Lind (asmith)" {
		t.Fatalf("told %+v", n)
	}
	c.must(again.MarkNewsSeen(c.ctx, n[0].Seq))
	next := c.in(c.practice.NewAttempt().Password(c.ctx, "bjones", benPassword)).Session
	if n := append(told(again), told(next)...); len(n) != 0 {
		t.Fatalf("told again: %+v", n)
	}
	if len(c.news()) != news {
		t.Fatalf("admins are told %+v", c.news())
	}

	// What ends a session that began later is not said to be this.
	c.prove()
	_, err = c.anna.ResetPassword(c.ctx, c.benID)
	c.must(err)
	var by *auth.SignedOutError
	if err := again.Check(c.ctx); !errors.Is(err, auth.ErrSessionEnded) || errors.As(err, &by) {
		t.Fatalf("it says %v", err)
	}
	c.must(c.anna.Deactivate(c.ctx, c.benID))
	c.refused(c.anna.SignOutUser(c.ctx, c.benID), auth.ErrConflict)
}
