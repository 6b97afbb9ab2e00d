package server

import (
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/screen/screentest"
)

// fakeShare notes what the dialog shows.
type fakeShare struct {
	screentest.Form
	view shareView
}

func (f *fakeShare) showChecks(v shareView) { f.view = v }

func newShareSample(b *bubbled, change func(*fakeServer)) (*serverSample, *share, *fakeShare) {
	b.session.fresh = true
	s, d := newServerSample(b, sharing.Alone, ""), &fakeShare{}
	s.fake.set(change)
	h := newShare(s.server, d)
	h.look()
	return s, h, d
}

func TestShareTicksAsItLooks(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s, h, d := newShareSample(b, func(f *fakeServer) { f.last = time.Second })
		for ticked := range sharing.Checks {
			s.Settle()
			got := 0
			for _, line := range d.view.Lines {
				if line.State == checkGood {
					got++
				}
			}
			if text := d.view.Lines[ticked].Text; !strings.HasSuffix(text, ": looking…") {
				t.Errorf("%q is being looked at", text)
			}
			if got != ticked || d.view.CanMove || d.view.CanLook {
				t.Errorf("after %d s: %d ticked, %+v", ticked, got, d.view)
			}
			h.move() // too early
			time.Sleep(time.Second)
		}
		s.Settle()
		var texts []string
		for _, line := range d.view.Lines {
			texts = append(texts, line.Text+line.Help)
		}
		want := []string{"PostgreSQL is installed", "Room on the disk: 2.1 GB", "A recovery kit exists", "Today's backup is good",
			"This computer stays awake while it is the server", "Nobody else is signed in"}
		if !slices.Equal(texts, want) || !d.view.CanMove || len(s.fake.acts()) != 0 {
			t.Errorf("%q, %+v, did %q", texts, d.view, s.fake.acts())
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
		bubble(t, func(t *testing.T, b *bubbled) {
			s, h, d := newShareSample(b, func(f *fakeServer) { f.bad = []sharing.Check{c.bad} })
			s.Settle()
			line := d.view.Lines[slices.Index(sharing.Checks, c.bad.Kind)]
			if line.State != checkBad || !strings.HasPrefix(line.Text, c.text) || !strings.HasPrefix(line.Help, c.help) {
				t.Errorf("%+v", line)
			}
			if d.view.CanMove || !d.view.CanLook {
				t.Errorf("%+v", d.view)
			}
			s.fake.set(func(f *fakeServer) { f.bad = nil })
			h.look()
			s.Settle()
			if !d.view.CanMove || d.view.CanLook {
				t.Errorf("looked again: %+v", d.view)
			}
		})
	}
}

func TestShareMovesAndTellsTheAddress(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s, h, d := newShareSample(b, func(*fakeServer) {})
		s.Settle()
		h.move()
		h.move()
		s.Settle()
		if !d.IsClosed || !slices.Equal(s.fake.acts(), []string{"Share"}) {
			t.Fatalf("closed: %v, did %q", d.IsClosed, s.fake.acts())
		}
		if len(s.fake.moved) != 1 || s.fake.moved[0].address != "192.168.1.20" || s.fake.moved[0].said == "" {
			t.Errorf("%v", s.fake.moved)
		}
	})
}

// What was ready may not be any more: it says so, and looks again.
func TestShareNotReadyAnyMore(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s, h, d := newShareSample(b, func(*fakeServer) {})
		s.Settle()
		s.fake.set(func(f *fakeServer) {
			f.refuse = sharing.ErrNotReady
			f.bad = []sharing.Check{{Kind: sharing.Nobody, Names: []string{"Ben Jones"}}}
		})
		h.move()
		s.Settle()
		if d.IsClosed || !strings.HasPrefix(d.Last().Error, "Not all is as it must be") || d.view.CanMove || d.view.Lines[5].State != checkBad {
			t.Errorf("closed: %v, %q, %+v", d.IsClosed, d.Last().Error, d.view)
		}
	})
}

func TestShareLookEndsWithTheDialog(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s, h, d := newShareSample(b, func(f *fakeServer) { f.last = time.Second })
		s.Settle()
		h.close()
		d.view = shareView{}
		time.Sleep(10 * time.Second)
		s.Settle()
		if d.view.Lines != nil {
			t.Errorf("shown after it was closed: %+v", d.view)
		}
	})
}

// A backup may be made for the list: who is there is asked before.
func TestShareLookNeedsStepUp(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s, d := newServerSample(b, sharing.Alone, ""), &fakeShare{}
		newShare(s.server, d).look()
		s.Settle()
		if len(s.Proofs) != 1 || d.view.Lines[0].State != checkOpen {
			t.Fatalf("asked %d times, %+v", len(s.Proofs), d.view)
		}
		s.Last().Submit(rightPassword, "")
		s.Settle()
		if !d.view.CanMove {
			t.Errorf("%+v", d.view)
		}
	})
}

func TestShareCantLook(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s, _, d := newShareSample(b, func(f *fakeServer) { f.fail = auth.ErrBusy })
		s.Settle()
		if d.Last().Error == "" || d.view.CanMove || !d.view.CanLook {
			t.Errorf("%+v, %+v", d.Last(), d.view)
		}
	})
}
