package server

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

func TestShareByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.server.set(func(f *fakeServer) { f.bad = allBad()[:1] })
		s.share(t)
		s.wantDialog(t, "Move and share")
		if !s.dialog().Primary().Disabled() || !s.dialogShows("PostgreSQL is not installed, or too old") {
			t.Error("it can be moved, or does not say why not")
		}
		if got := s.focusedButton(); got != "Cancel" {
			t.Errorf("an Enter too many presses %q", got)
		}
		s.server.set(func(f *fakeServer) { f.bad = nil })
		s.tabTo(t, "Look again")
		s.press(fyne.KeyReturn)
		if s.dialog().Primary().Disabled() || !s.dialogShows("PostgreSQL is installed") {
			t.Error("all is well, and it can't be moved")
		}
		b.session.fresh = false // it was long ago
		s.tabTo(t, "Move and share")
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Confirm")
		s.typed(rightPassword)
		s.press(fyne.KeyReturn)
		if s.dialog() != nil || len(s.server.moved) != 1 || s.server.moved[0].address != "192.168.1.20" {
			t.Errorf("dialog %v, moved %v", s.dialog(), s.server.moved)
		}
	})
}

// While it switches over neither Cancel nor Esc closes the dialog.
func TestShareSwitchingStays(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		serverSamples["share-switching"](t, s)
		d := s.dialog()
		s.press(fyne.KeyEscape)
		if s.dialog() != d || d == nil || !d.Cancel().Disabled() || !s.dialogShows("Switching over…") {
			t.Fatalf("dialog %v", s.dialog())
		}
		time.Sleep(time.Second)
		s.Settle()
		if s.dialog() != nil || len(s.server.moved) != 1 {
			t.Errorf("dialog %v, moved %v", s.dialog(), s.server.moved)
		}
	})
}

func TestAloneByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newPlainSample(t, b)
		s.serverAt(sharing.Host, "")
		s.openServer(t, "Work on this computer only…")
		s.wantDialog(t, "Work on this computer only")
		if !s.dialogShows("These can't work with the practice any more: RECEPTION-1, RECEPTION-2.") {
			t.Error("it does not say who is out")
		}
		s.press(fyne.KeyReturn)
		s.typed("alon")
		s.press(fyne.KeyReturn)
		if len(s.server.acts()) != 0 {
			t.Fatal("done without the word")
		}
		s.typed("e")
		s.press(fyne.KeyReturn)
		if got := s.server.acts(); !slices.Equal(got, []string{"WorkAlone"}) || s.dialog() != nil || len(s.server.moved) != 1 {
			t.Errorf("did %q, dialog %v, moved %v", got, s.dialog(), s.server.moved)
		}
	})
}

// TestServerButtonsWhileAway: all are there, those that need the server can't be pressed, and a line says why.
func TestServerButtonsWhileAway(t *testing.T) {
	for _, c := range []struct {
		kind  sharing.Kind
		press map[string]bool
		says  string
	}{
		{sharing.Host, map[string]bool{"Link a computer…": false, "Work on this computer only…": false},
			"This computer is the practice's server, but the database on it does not answer."},
		{sharing.Desk, map[string]bool{"Change address…": true, "Leave the server…": false}, "192.168.1.20 does not answer."},
		{sharing.Managed, map[string]bool{"Link a computer…": false, "Work on this computer only…": false}, "192.168.1.20 does not answer."},
	} {
		bubble(t, func(t *testing.T, b *bubbled) {
			b.session.set(func(f *fakeSession) { f.fail = &auth.AwayError{} })
			s := newPlainSample(t, b)
			s.server.set(func(f *fakeServer) { f.fail = &auth.AwayError{} })
			s.serverAt(c.kind, "192.168.1.20")
			if !s.shows(c.says) {
				t.Errorf("kind %d: it does not say %q", c.kind, c.says)
			}
			for button, can := range c.press {
				if s.button(button) == nil || s.canPress(button) != can {
					t.Errorf("kind %d: %q is there: %v, can be pressed: %v", c.kind, button, s.button(button) != nil, s.canPress(button))
				}
			}
			b.session.set(func(f *fakeSession) { f.fail = nil })
			s.server.set(func(f *fakeServer) { f.fail = nil })
			time.Sleep(pane.LookTime)
			s.Settle()
			for button := range c.press {
				if !s.canPress(button) || s.shows(c.says) {
					t.Errorf("kind %d, it answers: %q can't be pressed, or it still says why", c.kind, button)
				}
			}
		})
	}
}

func TestLeaveTheServerByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newPlainSample(t, b)
		s.serverAt(sharing.Desk, "192.168.1.20")
		s.openServer(t, "Leave the server…")
		s.wantDialog(t, "Leave the server")
		s.press(fyne.KeyReturn) // an Enter too many
		if len(s.server.acts()) != 0 || s.dialog() != nil {
			t.Fatal("the first Enter leaves the server")
		}
		s.press(fyne.KeyReturn)
		s.tabTo(t, "Leave the server")
		s.press(fyne.KeyReturn)
		if got := s.server.acts(); !slices.Equal(got, []string{"Leave"}) || s.dialog() != nil || len(s.server.moved) != 1 {
			t.Errorf("did %q, dialog %v, moved %v", got, s.dialog(), s.server.moved)
		}
	})
}

func TestChangeAddressByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newPlainSample(t, b)
		s.serverAt(sharing.Desk, "192.168.1.20")
		s.openServer(t, "Change address…")
		s.wantDialog(t, "Change address")
		s.typed("1")
		s.press(fyne.KeyEscape) // nothing to ask for
		s.openServer(t, "Change address…")
		s.typed("10.0.0.5") // in the place of the old one
		s.press(fyne.KeyReturn)
		if got := s.server.acts(); !slices.Equal(got, []string{"ChangeAddress 10.0.0.5"}) || len(s.server.moved) != 1 || s.server.moved[0].address != "" {
			t.Errorf("did %q, moved %v", got, s.server.moved)
		}
	})
}

func TestMoveToByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newPlainSample(t, b)
		s.enter(rowServer)
		s.openServer(t, "Move to another server…")
		s.wantDialog(t, "Move")
		for i, text := range []string{"db:5433", "clinic", "owner", "secret"} {
			if i > 0 {
				s.press(fyne.KeyTab)
			}
			s.typed(text)
		}
		s.press(fyne.KeyReturn)
		want := sharing.Target{Address: "db:5433", Database: "clinic", User: "owner", Password: "secret"}
		if got := s.server.target; got.Address != want.Address || got.Database != want.Database || got.User != want.User || got.Password != want.Password {
			t.Errorf("%+v", got)
		}
		if len(s.server.moved) != 1 || s.dialog() != nil {
			t.Errorf("moved %v, dialog %v", s.server.moved, s.dialog())
		}
	})
}

// Cancel during a move asks nothing and calls it off; another one begins when that is done.
func TestMoveToCancelled(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newPlainSample(t, b)
		s.server.set(func(f *fakeServer) { f.last = time.Second })
		b.session.set(func(f *fakeSession) { f.deaf = true }) // takes its time to end
		s.enter(rowServer)
		s.openServer(t, "Move to another server…")
		for _, text := range []string{"db", "clinic", "owner"} {
			s.typed(text)
			s.press(fyne.KeyTab)
		}
		s.press(fyne.KeyReturn)
		s.press(fyne.KeyEscape)
		if s.dialog() != nil {
			t.Fatal("it asks, or stays")
		}
		if s.canPress("Share with other computers…") || s.canPress("Move to another server…") || !s.shows("A move is under way, or being cleared away…") {
			t.Error("a second move can begin while the first clears away, or nothing is said of it")
		}
		b.session.set(func(f *fakeSession) { f.deaf = false })
		time.Sleep(time.Second)
		s.Settle()
		if s.shows("A move is under way") {
			t.Error("it says so for ever")
		}
		s.openServer(t, "Share with other computers…")
		s.wantDialog(t, "Move and share")
	})
}

func TestServerLinkingCodeByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		serverSamples["server-code"](t, s)
		s.wantDialog(t, "Done")
		for _, text := range []string{"192.168.1.20", "7K2QM R9XB4 0DHVE ZT51P"} {
			if !s.dialogShows(text) {
				t.Errorf("it does not show %q", text)
			}
		}
	})
}

func TestServerAddressIsCopied(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.serverAt(sharing.Host, "")
		s.openServer(t, "Copy the address")
		if got := fyne.CurrentApp().Clipboard().Content(); got != "192.168.1.20" {
			t.Errorf("copied %q", got)
		}
	})
}

// canPress says whether a button is there and does something.
func (s *screenSample) canPress(text string) bool {
	b := s.button(text)
	return b != nil && !b.Disabled()
}

// button is the one with a text, or nil where it is not to be seen.
func (s *screenSample) button(text string) *widgets.Button {
	for _, o := range test.LaidOutObjects(s.Content()) {
		if b, ok := o.(*widgets.Button); ok && b.Text == text && b.Visible() {
			return b
		}
	}
	return nil
}

// dialogShows says whether a text stands in the topmost dialog.
func (s *screenSample) dialogShows(text string) bool {
	d := s.dialog()
	return d != nil && strings.Contains(shownIn(d), text)
}

// Without a server there is no pane for it.
func TestNoServerNoPane(t *testing.T) {
	s := &Screen{params: Params{}}
	if s.addresses() != nil {
		t.Error("there is an address")
	}
}
