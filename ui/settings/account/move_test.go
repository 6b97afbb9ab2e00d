package account

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"anteroom/auth"
	"anteroom/ui/screen"
)

// moveDialogNotes are what the dialog for the old phone's code was told.
type moveDialogNotes struct {
	view     *screen.View[moveView]
	retyped  int
	isClosed bool
}

// move begins a move at a dialog that notes what it is told.
func (s *sample) move(d *moveDialogNotes) *move {
	d.view = screen.NewView(func(moveView) {})
	m := s.newMove(move{dialog: d.view, retype: func() { d.retyped++ }, close: func() { d.isClosed = true }})
	m.show()
	return m
}

func TestMove(t *testing.T) {
	run(t, true, func(t *testing.T, s *sample) {
		d := &moveDialogNotes{}
		m := s.move(d)
		defer m.stop()
		m.submit("12")
		s.Settle()
		if v := d.view.Shown(); v.Error != "An Auth Code has six digits. Type the one your app shows now." || d.retyped != 0 {
			t.Errorf("too short: %+v, retyped %d", v, d.retyped)
		}
		m.submit(s.Anna.WrongCode())
		s.Settle()
		if v := d.view.Shown(); !strings.HasPrefix(v.Error, "That code is wrong.") || d.retyped != 1 || !v.CanSubmit {
			t.Errorf("wrong: %+v, retyped %d", v, d.retyped)
		}
		s.Anna.Stop(auth.ErrServer)
		m.submit(s.Anna.Code())
		s.Settle()
		if d.retyped != 2 {
			t.Errorf("no answer: %+v, retyped %d", d.view.Shown(), d.retyped)
		}
		s.Anna.Answer()
		m.submit(s.Anna.Code())
		m.submit(s.Anna.Code()) // it is complete, and Enter
		s.Settle()
		if len(s.moves) != 1 || !d.isClosed || noted(s.Sample, auth.EventMoved) != 0 {
			t.Fatalf("right: %d moves, %+v", len(s.moves), d)
		}
		s.Anna.Scan(s.moves[0].Enrolment)
		if err := s.confirmMove(t.Context(), s.moves[0], s.Anna.WrongCode()); !errors.Is(err, auth.ErrCodeWrong) {
			t.Errorf("a wrong new code: %v", err)
		}
		if err := s.confirmMove(t.Context(), s.moves[0], s.Anna.Code()); err != nil {
			t.Error(err)
		}
		s.moved()
		s.Settle()
		if got := s.shown().Outcomes[partPhone].Said; got != "Moved. The old phone's codes count no more." {
			t.Errorf("moved: %q", got)
		}
		if !stored(s.Sample).Enrolled.Equal(time.Now()) || !s.now.Enrolled.Equal(time.Now()) || noted(s.Sample, auth.EventMoved) != 1 {
			t.Errorf("stored: %+v, read: %+v", stored(s.Sample), s.now)
		}
	})
}

func TestMoveCountsDown(t *testing.T) {
	run(t, true, func(t *testing.T, s *sample) {
		used := s.Anna.Code()
		if err := s.session.StepUp(t.Context(), s.Anna.Password, used); err != nil {
			t.Fatal(err)
		}
		s.read()
		d := &moveDialogNotes{}
		m := s.move(d)
		wantNext := func(want string) {
			t.Helper()
			if got := d.view.Shown().NextCode; got != want {
				t.Errorf("%q, want %q", got, want)
			}
		}
		wantNext("Your last code is used up. The next one comes in 30 s.")
		s.Pass(2 * time.Second)
		wantNext("Your last code is used up. The next one comes in 28 s.")
		m.submit(used)
		s.Settle()
		s.Pass(4 * time.Second)
		if v := d.view.Shown(); v.Error != "That code was used already. Wait 24 s for the next one." {
			t.Errorf("used: %q", v.Error)
		}
		for range 4 { // elsewhere
			_ = s.session.StepUp(t.Context(), s.Anna.Password, s.Anna.WrongCode())
		}
		m.submit(s.Anna.WrongCode())
		s.Settle()
		s.Pass(10 * time.Second)
		if v := d.view.Shown(); v.Error != "Too many failed attempts. Wait 20 s, then try again." || v.CanSubmit {
			t.Errorf("waits: %+v", v)
		}
		asked := s.Anna.Asked()
		m.submit(s.Anna.Code())
		s.Settle()
		if s.Anna.Asked() != asked {
			t.Error("a code was judged during the wait")
		}
		s.Pass(20 * time.Second)
		if v := d.view.Shown(); v.Error != "You can try again now." || !v.CanSubmit || v.NextCode != "" {
			t.Errorf("waited: %+v", v)
		}
		m.submit(used)
		s.Settle()
		m.stop()
		shown := d.view.Shown()
		s.Pass(time.Minute)
		if d.view.Shown() != shown {
			t.Error("it counts on when it is closed")
		}
	})
}

// TestMoveCancelledTooLate leads nowhere: the old phone stays.
func TestMoveCancelledTooLate(t *testing.T) {
	run(t, true, func(t *testing.T, s *sample) {
		m := s.move(&moveDialogNotes{})
		m.submit(s.Anna.Code())
		synctest.Wait() // the code is judged; nobody was told yet
		m.cancel()
		m.stop()
		s.Settle()
		if len(s.moves) != 0 || len(s.Ends) != 0 {
			t.Errorf("moves: %v", s.moves)
		}
		if s.now.NextCode.IsZero() {
			t.Error("the account was not read again")
		}
	})
}

func TestMoveLapsed(t *testing.T) {
	run(t, true, func(t *testing.T, s *sample) {
		m := s.move(&moveDialogNotes{})
		defer m.stop()
		m.submit(s.Anna.Code())
		s.Settle()
		begun := s.moves[0]
		s.Anna.Scan(begun.Enrolment)
		time.Sleep(15 * time.Minute)
		err := s.confirmMove(t.Context(), begun, s.Anna.Code())
		if !errors.Is(err, auth.ErrAttemptOver) { // the dialog closes
			t.Fatal(err)
		}
		s.moveFailed(err)
		s.Settle()
		want := "It took too long, or your authenticator was changed meanwhile. Nothing was moved: begin again."
		if got := s.shown().Outcomes[partPhone]; got != (outcome{Error: want}) {
			t.Errorf("%+v", got)
		}
		s.moveFailed(auth.ErrDiskFull)
		if got := s.shown().Outcomes[partPhone].Error; !strings.HasPrefix(got, "The disk is full") {
			t.Errorf("%q", got)
		}
	})
}
