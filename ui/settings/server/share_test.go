package server

import (
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
)

// shareSample is the dialog as it shows.
type shareSample struct {
	*sample
	share *share
	form  *screentest.Form
	ticks int // how often the list was shown
}

// runShare has it look, with who is there just proven.
func runShare(t *testing.T, change func(*fakeServer), fn func(t *testing.T, s *shareSample)) {
	t.Helper()
	runProven(t, sharing.Alone, "", func(t *testing.T, s *sample) {
		s.fake.set(change)
		fn(t, beginShare(s))
	})
}

func beginShare(s *sample) *shareSample {
	h := &shareSample{sample: s, form: &screentest.Form{}}
	h.share = newShare(s.presenter, h.form, screen.NewView(func(shareView) { h.ticks++ }))
	h.share.look()
	return h
}

func (s *shareSample) shown() shareView { return s.share.dialog.Shown() }

func TestShareTicksAsItLooks(t *testing.T) {
	runShare(t, func(f *fakeServer) { f.last = time.Second }, func(t *testing.T, s *shareSample) {
		for ticked := range sharing.Checks {
			s.Settle()
			got := 0
			for _, line := range s.shown().Lines {
				if line.State == checkGood {
					got++
				}
			}
			if text := s.shown().Lines[ticked].Text; !strings.HasSuffix(text, ": looking…") {
				t.Errorf("%q is being looked at", text)
			}
			if got != ticked || s.shown().CanMove || s.shown().CanLook {
				t.Errorf("after %d s: %d ticked, %+v", ticked, got, s.shown())
			}
			s.share.move() // too early
			time.Sleep(time.Second)
		}
		s.Settle()
		var texts []string
		for _, line := range s.shown().Lines {
			texts = append(texts, line.Text+line.Help)
		}
		want := []string{"PostgreSQL is installed", "Room on the disk: 2.1 GB", "A recovery kit exists", "Today's backup is good",
			"This computer stays awake while it is the server", "Nobody else is signed in"}
		if !slices.Equal(texts, want) || !s.shown().CanMove || len(s.fake.acts()) != 0 {
			t.Errorf("%q, %+v, did %q", texts, s.shown(), s.fake.acts())
		}
	})
}

func TestShareSaysWhatToDo(t *testing.T) {
	for _, c := range []struct {
		bad        sharing.Check
		text, help string
	}{
		{sharing.Check{Kind: sharing.Installed, Err: sharing.ErrNotInstalled}, "PostgreSQL is not installed", "Install PostgreSQL 15 or newer"},
		{sharing.Check{Kind: sharing.Installed, Err: sharing.ErrOneAccount}, "Anteroom is not installed for anyone", "For this Windows asks for"},
		{sharing.Check{Kind: sharing.Room, Room: 100_000_000}, "Room on the disk: 100.0 MB", "That is too little."},
		{sharing.Check{Kind: sharing.Room, Err: auth.ErrDisk}, "Room on the disk", "The disk reports an error"},
		{sharing.Check{Kind: sharing.Kit}, "The recovery kit opens no server", "Make a new recovery kit first: this one is from before a restore, or from before several computers could share."},
		{sharing.Check{Kind: sharing.Kit, Err: auth.ErrNoKit}, "There is no recovery kit", "Make it first"},
		{sharing.Check{Kind: sharing.Backup}, "There is no good backup of today", "Make one first"},
		{sharing.Check{Kind: sharing.Awake}, "This computer may go to sleep", "Switch sleep off"},
		{sharing.Check{Kind: sharing.Nobody, Names: []string{"Ben Jones", "Cleo Marsh"}}, "Signed in besides you: Ben Jones, Cleo Marsh", "Ask them to sign out"},
	} {
		runShare(t, func(f *fakeServer) { f.bad = []sharing.Check{c.bad} }, func(t *testing.T, s *shareSample) {
			s.Settle()
			line := s.shown().Lines[slices.Index(sharing.Checks, c.bad.Kind)]
			if line.State != checkBad || !strings.HasPrefix(line.Text, c.text) || !strings.HasPrefix(line.Help, c.help) {
				t.Errorf("%+v", line)
			}
			if s.shown().CanMove || !s.shown().CanLook {
				t.Errorf("%+v", s.shown())
			}
			s.fake.set(func(f *fakeServer) { f.bad = nil })
			s.share.look()
			s.Settle()
			if !s.shown().CanMove || s.shown().CanLook {
				t.Errorf("looked again: %+v", s.shown())
			}
		})
	}
}

func TestShareMovesAndTellsTheAddress(t *testing.T) {
	runShare(t, func(*fakeServer) {}, func(t *testing.T, s *shareSample) {
		s.Settle()
		s.share.move()
		s.share.move()
		s.Settle()
		if !s.form.IsClosed || !slices.Equal(s.fake.acts(), []string{"Share"}) {
			t.Fatalf("closed: %v, did %q", s.form.IsClosed, s.fake.acts())
		}
		if len(s.fake.moved) != 1 || s.fake.moved[0].address != "192.168.1.20" || s.fake.moved[0].said == "" {
			t.Errorf("%v", s.fake.moved)
		}
	})
}

// What was ready may not be any more: it says so, and looks again.
func TestShareNotReadyAnyMore(t *testing.T) {
	runShare(t, func(*fakeServer) {}, func(t *testing.T, s *shareSample) {
		s.Settle()
		s.fake.set(func(f *fakeServer) {
			f.refuse = sharing.ErrNotReady
			f.bad = []sharing.Check{{Kind: sharing.Nobody, Names: []string{"Ben Jones"}}}
		})
		s.share.move()
		s.Settle()
		if s.form.IsClosed || !strings.HasPrefix(s.form.Last().Error, "Not all is as it must be") || s.shown().CanMove || s.shown().Lines[5].State != checkBad {
			t.Errorf("closed: %v, %q, %+v", s.form.IsClosed, s.form.Last().Error, s.shown())
		}
	})
}

func TestShareLookEndsWithTheDialog(t *testing.T) {
	runShare(t, func(f *fakeServer) { f.last = time.Second }, func(t *testing.T, s *shareSample) {
		s.Settle()
		s.share.close()
		s.ticks = 0
		if s.Pass(10 * time.Second); s.ticks != 0 {
			t.Errorf("shown after it was closed: %+v", s.shown())
		}
	})
}

// A backup may be made for the list: who is there is asked before.
func TestShareLookNeedsStepUp(t *testing.T) {
	run(t, sharing.Alone, "", func(t *testing.T, all *sample) {
		s := beginShare(all)
		s.Settle()
		if len(s.Proofs) != 1 || s.shown().Lines[0].State != checkOpen {
			t.Fatalf("asked %d times, %+v", len(s.Proofs), s.shown())
		}
		s.Last().Submit(s.Anna.Password, "")
		s.Settle()
		if !s.shown().CanMove {
			t.Errorf("%+v", s.shown())
		}
	})
}

// TestShareLookEndsWithTheSession: it is told once.
func TestShareLookEndsWithTheSession(t *testing.T) {
	run(t, sharing.Alone, "", func(t *testing.T, s *sample) {
		_ = s.Anna.Session.SignOut(t.Context())
		beginShare(s)
		if s.Settle(); len(s.Ends) != 1 {
			t.Errorf("ended %d times", len(s.Ends))
		}
	})
}

func TestShareCantLook(t *testing.T) {
	runShare(t, func(f *fakeServer) { f.fail = auth.ErrBusy }, func(t *testing.T, s *shareSample) {
		s.Settle()
		if s.form.Last().Error == "" || s.shown().CanMove || !s.shown().CanLook {
			t.Errorf("%+v, %+v", s.form.Last(), s.shown())
		}
	})
}
