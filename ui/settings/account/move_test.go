package account

import (
	"errors"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
)

// fakeMoveDialog notes what the dialog for the old phone's code shows.
type fakeMoveDialog struct {
	view    moveView
	retyped int
	closed  bool
}

func (d *fakeMoveDialog) show(v moveView) { d.view = v }
func (d *fakeMoveDialog) retype()         { d.retyped++ }
func (d *fakeMoveDialog) Close()          { d.closed = true }

func TestMove(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s, d := newAccountSample(b), &fakeMoveDialog{}
		m := s.newMove(d)
		defer m.stop()
		m.submit("12")
		b.Settle()
		if d.view.Error != "An Auth Code has six digits. Type the one your app shows now." || d.retyped != 0 {
			t.Errorf("too short: %+v, retyped %d", d.view, d.retyped)
		}
		m.submit("000000")
		b.Settle()
		if !strings.HasPrefix(d.view.Error, "That code is wrong.") || d.retyped != 1 || !d.view.CanSubmit {
			t.Errorf("wrong: %+v, retyped %d", d.view, d.retyped)
		}
		b.session.refuse = auth.ErrServer
		m.submit(rightCode)
		b.Settle()
		if d.retyped != 2 {
			t.Errorf("no answer: %+v, retyped %d", d.view, d.retyped)
		}
		b.session.refuse = nil
		m.submit(rightCode)
		m.submit(rightCode) // it is complete, and Enter
		b.Settle()
		if len(s.shown.moves) != 1 || !d.closed || b.session.own.Enrolled.Day() != 3 {
			t.Fatalf("right: %d moves, %+v", len(s.shown.moves), d)
		}
		if err := s.confirmMove(b.ctx, s.shown.moves[0], "000000"); !errors.Is(err, auth.ErrCodeWrong) {
			t.Errorf("a wrong new code: %v", err)
		}
		if err := s.confirmMove(b.ctx, s.shown.moves[0], rightCode); err != nil {
			t.Error(err)
		}
		s.moved()
		b.Settle()
		if got := s.shown.view; got.Outcomes[partPhone].Said != "Moved. The old phone's codes count no more." || !strings.Contains(got.TwoFactor, "1 Jan 2000") {
			t.Errorf("moved: %+v", got)
		}
	})
}

func TestMoveCountsDown(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.own.NextCode = time.Now().Add(12 * time.Second)
		s, d := newAccountSample(b), &fakeMoveDialog{}
		m := s.newMove(d)
		m.refresh()
		pass := func(length time.Duration) {
			time.Sleep(length)
			b.Settle()
		}
		if d.view.NextCode != "Your last code is used up. The next one comes in 12 s." {
			t.Errorf("at first: %q", d.view.NextCode)
		}
		pass(2 * time.Second)
		if d.view.NextCode != "Your last code is used up. The next one comes in 10 s." {
			t.Errorf("later: %q", d.view.NextCode)
		}
		b.session.refuse = &auth.Refusal{Reason: auth.ErrCodeUsed, Now: time.Now(), Next: time.Now().Add(10 * time.Second)}
		m.submit(rightCode)
		b.Settle()
		pass(4 * time.Second)
		if d.view.Error != "That code was used already. Wait 6 s for the next one." {
			t.Errorf("used: %q", d.view.Error)
		}
		b.session.refuse = &auth.Refusal{Reason: auth.ErrWait, Wait: 30 * time.Second, Now: time.Now()}
		m.submit(rightCode)
		b.Settle()
		pass(10 * time.Second)
		if d.view.Error != "Too many failed attempts. Wait 20 s, then try again." || d.view.CanSubmit || d.view.NextCode != "" {
			t.Errorf("waits: %+v", d.view)
		}
		m.submit(rightCode)
		b.Settle()
		pass(20 * time.Second)
		if d.view.Error != "You can try again now." || !d.view.CanSubmit {
			t.Errorf("waited: %+v", d.view)
		}
		wantChanges(t, b.session, "MovePhone", "MovePhone") // none during the wait
		m.stop()
		shown := d.view
		pass(time.Minute)
		if d.view != shown {
			t.Error("it counts on when it is closed")
		}
	})
}

// TestMoveCancelledTooLate leads nowhere: the old phone stays.
func TestMoveCancelledTooLate(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.last, b.session.deaf = time.Second, true
		s, d := newAccountSample(b), &fakeMoveDialog{}
		m := s.newMove(d)
		m.submit(rightCode)
		m.cancel()
		m.stop()
		time.Sleep(time.Second)
		b.Settle()
		if len(s.shown.moves) != 0 || len(s.ends) != 0 {
			t.Errorf("moves: %v", s.shown.moves)
		}
		if s.now.NextCode.IsZero() {
			t.Error("the account was not read again")
		}
	})
}

func TestMoveLapsed(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newAccountSample(b)
		b.session.lapsed = true
		err := s.confirmMove(b.ctx, &auth.Move{}, rightCode)
		if !errors.Is(err, auth.ErrAttemptOver) { // the dialog closes
			t.Fatal(err)
		}
		s.moveFailed(err)
		b.Settle()
		want := "It took too long, or your authenticator was changed meanwhile. Nothing was moved: begin again."
		if got := s.shown.view.Outcomes[partPhone]; got != (outcome{Error: want}) {
			t.Errorf("%+v", got)
		}
		s.moveFailed(auth.ErrDiskFull)
		if got := s.shown.view.Outcomes[partPhone].Error; !strings.HasPrefix(got, "The disk is full") {
			t.Errorf("%q", got)
		}
	})
}
