package screen_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/uitest/practice"
)

// proving is Anna, who has not proven who she is for an hour.
type proving struct {
	*screentest.Bubble
	*practice.Practice
	screentest.Asker
	acts int // how often the act was tried
}

func prove(t *testing.T, fn func(t *testing.T, s *proving)) {
	t.Helper()
	screentest.Run(t, func(t *testing.T, b *screentest.Bubble) {
		s := &proving{Bubble: b, Practice: practice.New(t, practice.Records{})}
		time.Sleep(time.Hour) // of the bubble's time
		defer s.Anna.Answer()
		fn(t, s)
	})
}

// turnOn has step-up ask for a code, too.
func (s *proving) turnOn() {
	s.TurnOn()
	time.Sleep(time.Hour)
}

// outcome is what became of an act.
type outcome struct {
	isOver bool
	err    error
}

// deactivateBen does it with step-up, as a presenter does.
func (s *proving) deactivateBen(ctx context.Context, open func(*screen.Proof) screen.ProofDialog) *outcome {
	stepUp, o := screen.NewStepUp(s.Anna.Session, s.Runner, open), &outcome{}
	act := func(ctx context.Context) error {
		s.acts++
		return s.Anna.Session.Deactivate(ctx, s.Ben.Session.User())
	}
	s.Runner.Go(s.Ctx, func(context.Context) error { return stepUp.Do(ctx, act) }, func(err error) { *o = outcome{true, err} })
	s.Settle()
	return o
}

// ask is deactivateBen with proofs that the test answers.
func (s *proving) ask() *outcome { return s.deactivateBen(s.Ctx, s.Open) }

// submit answers the last question.
func (s *proving) submit(password, code string) {
	s.Last().Submit(password, code)
	s.Settle()
}

// isActive says whether Ben still is.
func (s *proving) isActive(t *testing.T) bool {
	t.Helper()
	users, err := s.Anna.Session.Users(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return users[1].Active
}

// proofs is how often somebody proved who they are, by the activity log.
func (s *proving) proofs(t *testing.T) (n int) {
	t.Helper()
	page, err := s.Anna.Session.Activity(t.Context(), auth.ActivityFilter{}, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range page.Entries {
		if e.Event == auth.EventStepUp {
			n++
		}
	}
	return n
}

func TestStepUpAsksAndTriesAgain(t *testing.T) {
	prove(t, func(t *testing.T, s *proving) {
		before := s.proofs(t)
		o := s.ask()
		if o.isOver || len(s.Proofs) != 1 {
			t.Fatalf("%+v, questions: %d", o, len(s.Proofs))
		}
		s.Last().Submit(s.Anna.Password, "")
		s.submit(s.Anna.Password, "") // a second Enter
		if !o.isOver || o.err != nil || !s.Last().IsClosed {
			t.Errorf("%+v, closed: %v", o, s.Last().IsClosed)
		}
		if s.acts != 2 || s.proofs(t) != before+1 || s.isActive(t) {
			t.Errorf("tried %d times, proven %d times, Ben is active: %v", s.acts, s.proofs(t)-before, s.isActive(t))
		}
	})
}

func TestStepUpIsNotAskedWhileFresh(t *testing.T) {
	prove(t, func(t *testing.T, s *proving) {
		s.Anna.StepUp()
		if o := s.ask(); !o.isOver || o.err != nil || len(s.Proofs) != 0 || s.isActive(t) {
			t.Errorf("%+v, questions: %d", o, len(s.Proofs))
		}
	})
}

func TestStepUpCancelledDoesNothing(t *testing.T) {
	prove(t, func(t *testing.T, s *proving) {
		o := s.ask()
		s.Last().Cancel()
		s.Settle()
		if !o.isOver || !errors.Is(o.err, screen.ErrNotProven) || !s.Last().IsClosed || !s.isActive(t) {
			t.Errorf("%+v, closed: %v", o, s.Last().IsClosed)
		}
	})
}

// A keyring that hangs keeps nobody from taking it back.
func TestStepUpCancelledWhileItHangs(t *testing.T) {
	prove(t, func(t *testing.T, s *proving) {
		o := s.ask()
		s.Anna.Hang()
		s.submit(s.Anna.Password, "")
		if !s.Last().View.Busy {
			t.Fatal("it does not hang")
		}
		s.Last().Cancel()
		s.Settle()
		if !o.isOver || !errors.Is(o.err, screen.ErrNotProven) || !s.Last().IsClosed {
			t.Errorf("%+v, closed: %v", o, s.Last().IsClosed)
		}
		shown := s.Last().Shown
		s.Anna.Answer()
		if s.Pass(time.Minute); s.acts != 1 || !s.isActive(t) || s.Last().Shown != shown {
			t.Errorf("tried %d times, shown %d times more", s.acts, s.Last().Shown-shown)
		}
	})
}

func TestStepUpEndsWithTheSession(t *testing.T) {
	prove(t, func(t *testing.T, s *proving) {
		o := s.ask()
		if err := s.Anna.Session.SignOut(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.submit(s.Anna.Password, "")
		if !o.isOver || !errors.Is(o.err, auth.ErrSessionEnded) || !s.Last().IsClosed {
			t.Errorf("%+v, closed: %v", o, s.Last().IsClosed)
		}
	})
}

func TestStepUpClosesWhenTheSettingsAreLeft(t *testing.T) {
	prove(t, func(t *testing.T, s *proving) {
		o := s.ask()
		s.Leave()
		s.Settle()
		if o.isOver || !s.Last().IsClosed {
			t.Errorf("%+v, closed: %v", o, s.Last().IsClosed)
		}
		shown := s.Last().Shown
		if s.Pass(time.Minute); s.Last().Shown != shown {
			t.Error("it is shown after the end")
		}
	})
}

func TestProofSaysWhatWasWrong(t *testing.T) {
	for name, c := range map[string]struct {
		fails func(*practice.Window)
		typed func(*practice.Window) (password, code string)
		want  string
	}{
		"no password":    {nil, func(w *practice.Window) (string, string) { return "", w.Code() }, "Type your password."},
		"wrong password": {nil, func(w *practice.Window) (string, string) { return "wrong", w.Code() }, "That password is wrong. Try again."},
		"wrong code":     {nil, func(w *practice.Window) (string, string) { return w.Password, w.WrongCode() }, "That code is wrong."},
		"no answer":      {func(w *practice.Window) { w.Stop(auth.ErrServer) }, right, "The practice's server does not answer"},
		"unknown":        {func(w *practice.Window) { w.Lose(true) }, right, "It can't be told yet"},
	} {
		t.Run(name, func(t *testing.T) {
			prove(t, func(t *testing.T, s *proving) {
				s.turnOn()
				s.ask()
				password, code := c.typed(s.Anna)
				if c.fails != nil {
					c.fails(s.Anna)
				}
				s.submit(password, code)
				d := s.Last()
				if !strings.HasPrefix(d.View.Error, c.want) || !d.View.CanSubmit || d.View.Busy {
					t.Errorf("%+v, want %q", d.View, c.want)
				}
				if d.Retyped != 1 {
					t.Errorf("retyped: %d", d.Retyped)
				}
			})
		})
	}
}

func right(w *practice.Window) (password, code string) { return w.Password, w.Code() }

func TestProofCountsWaitsDown(t *testing.T) {
	prove(t, func(t *testing.T, s *proving) {
		o := s.ask()
		s.Anna.Guess()
		s.submit(s.Anna.Password, "")
		d := s.Last()
		if d.View.Error != "Too many failed attempts. Wait 30 s, then try again." || d.View.CanSubmit {
			t.Errorf("at first: %+v", d.View)
		}
		if s.Pass(10 * time.Second); d.View.Error != "Too many failed attempts. Wait 20 s, then try again." || d.View.CanSubmit {
			t.Errorf("after 10 s: %+v", d.View)
		}
		asked := s.Anna.Asked()
		if s.submit(s.Anna.Password, ""); s.Anna.Asked() != asked {
			t.Error("it was tried during the wait")
		}
		if s.Pass(20 * time.Second); d.View.Error != "You can try again now." || !d.View.CanSubmit {
			t.Errorf("at the end: %+v", d.View)
		}
		if s.submit(s.Anna.Password, ""); !o.isOver || o.err != nil {
			t.Errorf("%+v", o)
		}
	})
}

func TestProofCountsDownToTheNextCode(t *testing.T) {
	prove(t, func(t *testing.T, s *proving) {
		s.TurnOn()
		s.Anna.Session.Lock() // the proof at the sign-in is over
		if err := s.Anna.Session.Unlock(t.Context(), s.Anna.Password); err != nil {
			t.Fatal(err)
		}
		need, err := s.Anna.Session.StepUpNeed(t.Context())
		left := need.NextCode.Sub(s.Now())
		if err != nil || left < 10*time.Second || left%time.Second != 0 {
			t.Fatalf("the next code comes in %v, %v", left, err)
		}
		want := func(left time.Duration) string {
			return fmt.Sprintf("Your last code is used up. The next one comes in %.0f s.", left.Seconds())
		}
		o := s.ask()
		if got := s.Last().View.NextCode; got != want(left) {
			t.Errorf("at first: %q", got)
		}
		s.Pass(5 * time.Second)
		if got := s.Last().View.NextCode; got != want(left-5*time.Second) {
			t.Errorf("after 5 s: %q", got)
		}
		s.Pass(left - 5*time.Second)
		if got := s.Last().View.NextCode; got != "" {
			t.Errorf("at the end: %q", got)
		}
		if s.submit(s.Anna.Password, s.Anna.Code()); !o.isOver || o.err != nil {
			t.Errorf("%+v", o)
		}
	})
}
