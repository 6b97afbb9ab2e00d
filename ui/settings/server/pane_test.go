package server

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest/practice"
)

// paneSample is the pane alone in its window.
type paneSample struct {
	*panetest.Sample
	server *fakeServer
}

func runPane(t *testing.T, fn func(t *testing.T, s *paneSample)) {
	t.Helper()
	panetest.Run(t, practice.Records{}, func(all *panetest.Sample) { fn(all.T, &paneSample{all, newFakeServer()}) })
}

// runPaneProven is runPane with who is there just proven.
func runPaneProven(t *testing.T, fn func(t *testing.T, s *paneSample)) {
	t.Helper()
	runPane(t, func(t *testing.T, s *paneSample) {
		s.Anna.StepUp()
		fn(t, s)
	})
}

// at shows the pane, with the practice somewhere.
func (s *paneSample) at(kind sharing.Kind, address string) {
	s.server.on(kind, address)
	s.Show(func(p pane.Params) pane.Pane {
		return New(Params{Params: p, Server: s.server, OnSwitching: s.server.switched, OnMoved: s.server.wasMoved})
	})
}

// link links other computers.
func (s *paneSample) link(names ...string) {
	s.T.Helper()
	for _, name := range names {
		s.Link(auth.Computer{Name: name, Account: "desk"})
	}
}

// openShare opens the dialog "Share with other computers".
func (s *paneSample) openShare() {
	s.T.Helper()
	s.Anna.StepUp()
	s.at(sharing.Alone, "")
	s.Push("Share with other computers…")
}

// openSwitching begins to share, up to where it can't be called off.
func (s *paneSample) openSwitching() {
	s.T.Helper()
	s.openShare()
	s.server.set(func(f *fakeServer) { f.last = time.Second })
	s.Push("Move and share")
	s.Pass(4500 * time.Millisecond)
}

// canPress says whether a button is there and does something.
func (s *paneSample) canPress(text string) bool {
	b := s.Button(text)
	return b != nil && !b.Disabled()
}

func TestShareByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.server.set(func(f *fakeServer) { f.bad = allBad()[:1] })
		s.openShare()
		s.WantDialog("Move and share")
		if !s.Dialog().Primary().Disabled() || !s.Shows("PostgreSQL is not installed, or too old") {
			t.Error("it can be moved, or does not say why not")
		}
		if got := s.FocusOn(); got != "Cancel" {
			t.Errorf("an Enter too many presses %q", got)
		}
		s.server.set(func(f *fakeServer) { f.bad = nil })
		s.Push("Look again")
		if s.Dialog().Primary().Disabled() || !s.Shows("PostgreSQL is installed") {
			t.Error("all is well, and it can't be moved")
		}
		s.Pass(time.Hour) // the proof is over
		s.Push("Move and share")
		s.Prove()
		if s.Dialog() != nil || len(s.server.moved) != 1 || s.server.moved[0].address != "192.168.1.20" {
			t.Errorf("dialog %v, moved %v", s.Dialog(), s.server.moved)
		}
	})
}

// While it switches over neither Cancel nor Esc closes the dialog.
func TestShareSwitchingStays(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.openSwitching()
		d := s.Dialog()
		s.Press(fyne.KeyEscape)
		if s.Dialog() != d || d == nil || !d.Cancel().Disabled() || !s.Shows("Switching over…") {
			t.Fatalf("dialog %v", s.Dialog())
		}
		s.Pass(time.Second)
		if s.Dialog() != nil || len(s.server.moved) != 1 {
			t.Errorf("dialog %v, moved %v", s.Dialog(), s.server.moved)
		}
	})
}

func TestAloneByKeyboard(t *testing.T) {
	runPaneProven(t, func(t *testing.T, s *paneSample) {
		s.link("RECEPTION-3", "RECEPTION-2")
		s.at(sharing.Host, "")
		s.Push("Work on this computer only…")
		s.WantDialog("Work on this computer only")
		if !s.Shows("These can't work with the practice any more: RECEPTION-2, RECEPTION-3.") {
			t.Error("it does not say who is out")
		}
		s.Press(fyne.KeyReturn)
		s.Typed("alon")
		s.Press(fyne.KeyReturn)
		if len(s.server.acts()) != 0 {
			t.Fatal("done without the word")
		}
		s.Typed("e")
		s.Press(fyne.KeyReturn)
		if got := s.server.acts(); !slices.Equal(got, []string{"WorkAlone"}) || s.Dialog() != nil || len(s.server.moved) != 1 {
			t.Errorf("did %q, dialog %v, moved %v", got, s.Dialog(), s.server.moved)
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
		runPane(t, func(t *testing.T, s *paneSample) {
			s.Anna.Stop(&auth.AwayError{})
			s.server.set(func(f *fakeServer) { f.fail = &auth.AwayError{} })
			s.at(c.kind, "192.168.1.20")
			if !s.Shows(c.says) {
				t.Errorf("kind %d: it does not say %q", c.kind, c.says)
			}
			for button, can := range c.press {
				if s.Button(button) == nil || s.canPress(button) != can {
					t.Errorf("kind %d: %q is there: %v, can be pressed: %v", c.kind, button, s.Button(button) != nil, s.canPress(button))
				}
			}
			s.Anna.Answer()
			s.server.set(func(f *fakeServer) { f.fail = nil })
			s.Pass(pane.LookTime)
			for button := range c.press {
				if !s.canPress(button) || s.Shows(c.says) {
					t.Errorf("kind %d, it answers: %q can't be pressed, or it still says why", c.kind, button)
				}
			}
		})
	}
}

func TestLeaveTheServerByKeyboard(t *testing.T) {
	runPaneProven(t, func(t *testing.T, s *paneSample) {
		s.at(sharing.Desk, "192.168.1.20")
		s.Push("Leave the server…")
		s.WantDialog("Leave the server")
		s.Press(fyne.KeyReturn) // an Enter too many
		if len(s.server.acts()) != 0 || s.Dialog() != nil {
			t.Fatal("the first Enter leaves the server")
		}
		s.Press(fyne.KeyReturn)
		s.Push("Leave the server")
		if got := s.server.acts(); !slices.Equal(got, []string{"Leave"}) || s.Dialog() != nil || len(s.server.moved) != 1 {
			t.Errorf("did %q, dialog %v, moved %v", got, s.Dialog(), s.server.moved)
		}
	})
}

func TestChangeAddressByKeyboard(t *testing.T) {
	runPaneProven(t, func(t *testing.T, s *paneSample) {
		s.at(sharing.Desk, "192.168.1.20")
		s.Push("Change address…")
		s.WantDialog("Change address")
		s.Typed("1")
		s.Press(fyne.KeyEscape) // nothing to ask for
		s.Push("Change address…")
		s.Typed("10.0.0.5") // in the place of the old one
		s.Press(fyne.KeyReturn)
		if got := s.server.acts(); !slices.Equal(got, []string{"ChangeAddress 10.0.0.5"}) || len(s.server.moved) != 1 || s.server.moved[0].address != "" {
			t.Errorf("did %q, moved %v", got, s.server.moved)
		}
	})
}

func TestMoveToByKeyboard(t *testing.T) {
	runPaneProven(t, func(t *testing.T, s *paneSample) {
		s.at(sharing.Alone, "")
		s.Push("Move to another server…")
		s.WantDialog("Move")
		for i, text := range []string{"db:5433", "clinic", "owner", "secret"} {
			if i > 0 {
				s.Press(fyne.KeyTab)
			}
			s.Typed(text)
		}
		s.Press(fyne.KeyReturn)
		want := sharing.Target{Address: "db:5433", Database: "clinic", User: "owner", Password: "secret"}
		if got := s.server.target; got.Address != want.Address || got.Database != want.Database || got.User != want.User || got.Password != want.Password {
			t.Errorf("%+v", got)
		}
		if len(s.server.moved) != 1 || s.Dialog() != nil {
			t.Errorf("moved %v, dialog %v", s.server.moved, s.Dialog())
		}
	})
}

// Cancel during a move asks nothing and calls it off; another one begins when that is done.
func TestMoveToCancelled(t *testing.T) {
	runPaneProven(t, func(t *testing.T, s *paneSample) {
		s.server.set(func(f *fakeServer) { f.last, f.deaf = time.Second, true }) // takes its time to end
		s.at(sharing.Alone, "")
		s.Push("Move to another server…")
		for _, text := range []string{"db", "clinic", "owner"} {
			s.Typed(text)
			s.Press(fyne.KeyTab)
		}
		s.Press(fyne.KeyReturn)
		s.Press(fyne.KeyEscape)
		if s.Dialog() != nil {
			t.Fatal("it asks, or stays")
		}
		if s.canPress("Share with other computers…") || s.canPress("Move to another server…") || !s.Shows("A move is under way, or being cleared away…") {
			t.Error("a second move can begin while the first clears away, or nothing is said of it")
		}
		s.server.set(func(f *fakeServer) { f.deaf = false })
		s.Pass(time.Second)
		if s.Shows("A move is under way") {
			t.Error("it says so for ever")
		}
		s.Push("Share with other computers…")
		s.WantDialog("Move and share")
	})
}

// linkingCode is what one looks like.
var linkingCode = regexp.MustCompile(`\b[0-9A-Z]{5}( [0-9A-Z]{5}){3}\b`)

// openCode shows a linking code.
func (s *paneSample) openCode() {
	s.T.Helper()
	s.Anna.StepUp()
	s.at(sharing.Host, "")
	s.Push("Link a computer…")
}

func TestServerLinkingCodeByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.openCode()
		s.WantDialog("Done")
		if text := s.DialogText(); !strings.Contains(text, "192.168.1.20") || !linkingCode.MatchString(text) {
			t.Errorf("it shows %q", text)
		}
	})
}

func TestServerAddressIsCopied(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.at(sharing.Host, "")
		s.Push("Copy the address")
		if got := fyne.CurrentApp().Clipboard().Content(); got != "192.168.1.20" {
			t.Errorf("copied %q", got)
		}
	})
}

// TestNoServerNoAddresses: without a server other computers have nothing to connect to.
func TestNoServerNoAddresses(t *testing.T) {
	if Addresses(nil) != nil {
		t.Error("there is an address")
	}
}
