package settings

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
)

// fakeProofDialog notes what a proof shows.
type fakeProofDialog struct {
	proof   *proof
	view    proofView
	shown   int
	retyped int
	closed  bool
}

func (d *fakeProofDialog) show(v proofView) { d.view = v; d.shown++ }
func (d *fakeProofDialog) retype()          { d.retyped++ }
func (d *fakeProofDialog) close()           { d.closed = true }

// asker opens proofs in fake dialogs.
type asker struct {
	dialogs []*fakeProofDialog
}

func (a *asker) open(p *proof) proofDialog {
	d := &fakeProofDialog{proof: p}
	a.dialogs = append(a.dialogs, d)
	return d
}

func (a *asker) last() *fakeProofDialog { return a.dialogs[len(a.dialogs)-1] }

func newStepUp(b *bubbled) (*stepUp, *asker) {
	a := &asker{}
	return &stepUp{session: b.session, runner: b.runner, open: a.open}, a
}

// run runs an action with step-up as a presenter does; the error is there when
// it is over.
func run(b *bubbled, s *stepUp, action func(context.Context) error) (over *bool, result *error) {
	over, result = new(bool), new(error)
	b.runner.Go(b.ctx, func(ctx context.Context) error { return s.do(ctx, action) }, func(err error) { *over, *result = true, err })
	b.Settle()
	return over, result
}

func deactivateBen(b *bubbled) func(context.Context) error {
	return func(ctx context.Context) error { return b.session.Deactivate(ctx, "b") }
}

func TestStepUpAsksAndTriesAgain(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s, a := newStepUp(b)
		over, result := run(b, s, deactivateBen(b))
		if *over || len(a.dialogs) != 1 {
			t.Fatalf("over: %v, dialogs: %d", *over, len(a.dialogs))
		}
		a.last().proof.submit(rightPassword, "")
		a.last().proof.submit(rightPassword, "") // a second Enter
		b.Settle()
		if !*over || *result != nil || !a.last().closed {
			t.Errorf("over: %v, %v, closed: %v", *over, *result, a.last().closed)
		}
		wantChanges(t, b.session, "Deactivate b", "StepUp", "Deactivate b")
	})
}

func TestStepUpIsNotAskedWhileFresh(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s, a := newStepUp(b)
		if over, result := run(b, s, deactivateBen(b)); !*over || *result != nil || len(a.dialogs) != 0 {
			t.Errorf("over: %v, %v, dialogs: %d", *over, *result, len(a.dialogs))
		}
	})
}

func TestStepUpCancelledDoesNothing(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s, a := newStepUp(b)
		over, result := run(b, s, deactivateBen(b))
		a.last().proof.cancel()
		b.Settle()
		if !*over || !errors.Is(*result, errCancelled) || !a.last().closed {
			t.Errorf("over: %v, %v, closed: %v", *over, *result, a.last().closed)
		}
		wantChanges(t, b.session, "Deactivate b")
	})
}

// A keyring that hangs keeps nobody from taking it back.
func TestStepUpCancelledWhileItHangs(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s, a := newStepUp(b)
		over, result := run(b, s, deactivateBen(b))
		b.session.set(func(f *fakeSession) { f.last, f.deaf = time.Minute, true })
		a.last().proof.submit(rightPassword, "")
		b.Settle()
		if !a.last().view.Busy {
			t.Fatal("it does not hang")
		}
		a.last().proof.cancel()
		b.Settle()
		if !*over || !errors.Is(*result, errCancelled) || !a.last().closed {
			t.Errorf("over: %v, %v, closed: %v", *over, *result, a.last().closed)
		}
		time.Sleep(time.Minute)
		b.Settle()
		wantChanges(t, b.session, "Deactivate b", "StepUp")
	})
}

func TestStepUpEndsWithTheSession(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s, a := newStepUp(b)
		over, result := run(b, s, deactivateBen(b))
		b.session.refuse = auth.ErrSessionEnded
		a.last().proof.submit(rightPassword, "")
		b.Settle()
		if !*over || !errors.Is(*result, auth.ErrSessionEnded) || !a.last().closed {
			t.Errorf("over: %v, %v, closed: %v", *over, *result, a.last().closed)
		}
	})
}

func TestStepUpClosesWhenTheSettingsAreLeft(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s, a := newStepUp(b)
		over, _ := run(b, s, deactivateBen(b))
		b.leave()
		b.Settle()
		if *over || !a.last().closed {
			t.Errorf("over: %v, closed: %v", *over, a.last().closed)
		}
		shown := a.last().shown
		time.Sleep(time.Minute)
		b.Settle()
		if a.last().shown != shown {
			t.Error("it is shown after the end")
		}
	})
}

func TestProofSaysWhatWasWrong(t *testing.T) {
	for name, c := range map[string]struct {
		password, code string
		refuse         error
		want           string
	}{
		"no password":    {"", rightCode, nil, "Type your password."},
		"wrong password": {"wrong", rightCode, nil, "That password is wrong. Try again."},
		"wrong code":     {rightPassword, "000000", nil, "That code is wrong."},
		"no answer":      {rightPassword, rightCode, auth.ErrServer, "The practice's server does not answer"},
		"unknown":        {rightPassword, rightCode, auth.ErrUnknown, "It can't be told yet"},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, b *bubbled) {
				b.session.need.Code = true
				s, a := newStepUp(b)
				run(b, s, deactivateBen(b))
				d := a.last()
				b.session.refuse = c.refuse
				d.proof.submit(c.password, c.code)
				b.Settle()
				if !strings.HasPrefix(d.view.Error, c.want) || !d.view.CanSubmit || d.view.Busy {
					t.Errorf("%+v, want %q", d.view, c.want)
				}
				if d.retyped != 1 {
					t.Errorf("retyped: %d", d.retyped)
				}
			})
		})
	}
}

func TestProofCountsWaitsDown(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s, a := newStepUp(b)
		run(b, s, deactivateBen(b))
		d := a.last()
		b.session.refuse = &auth.Refusal{Reason: auth.ErrWait, Wait: 30 * time.Second, Now: time.Now()}
		d.proof.submit(rightPassword, "")
		b.Settle()
		if d.view.Error != "Too many failed attempts. Wait 30 s, then try again." || d.view.CanSubmit {
			t.Errorf("at first: %+v", d.view)
		}
		time.Sleep(10 * time.Second)
		b.Settle()
		if d.view.Error != "Too many failed attempts. Wait 20 s, then try again." || d.view.CanSubmit {
			t.Errorf("after 10 s: %+v", d.view)
		}
		d.proof.submit(rightPassword, "")
		b.Settle()
		wantChanges(t, b.session, "Deactivate b", "StepUp")
		time.Sleep(20 * time.Second)
		b.Settle()
		if d.view.Error != "You can try again now." || !d.view.CanSubmit {
			t.Errorf("at the end: %+v", d.view)
		}
	})
}

func TestProofCountsDownToTheNextCode(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.need = auth.StepUpNeed{Code: true, NextCode: time.Now().Add(12 * time.Second)}
		s, a := newStepUp(b)
		run(b, s, deactivateBen(b))
		if got := a.last().view.NextCode; got != "Your last code is used up. The next one comes in 12 s." {
			t.Errorf("at first: %q", got)
		}
		time.Sleep(5 * time.Second)
		b.Settle()
		if got := a.last().view.NextCode; got != "Your last code is used up. The next one comes in 7 s." {
			t.Errorf("after 5 s: %q", got)
		}
		time.Sleep(7 * time.Second)
		b.Settle()
		if got := a.last().view.NextCode; got != "" {
			t.Errorf("at the end: %q", got)
		}
	})
}
