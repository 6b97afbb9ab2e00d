package activity

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/ui/looks"
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/words"
)

// paneSample is the pane in a window.
type paneSample struct {
	*panetest.Sample
	*panel
	ledTo []string // other panes
}

// runPane runs a test with a sample whose pane is not shown yet.
func runPane(t *testing.T, fn func(*testing.T, *paneSample)) {
	t.Helper()
	panetest.Run(t, practice.Records{}, func(p *panetest.Sample) { fn(p.T, &paneSample{Sample: p}) })
}

func (s *paneSample) begin() {
	s.Show(func(p pane.Params) pane.Pane {
		s.panel = newPanel(p, func(name string) { s.ledTo = append(s.ledTo, name) })
		return s.pane()
	})
}

// number is an entry's as the list's first row has it.
func number(seq int) string { return "Entry " + words.Number(int64(seq)) + "\n" }

// TestActivityByKeyboard goes through the whole pane without a mouse.
func TestActivityByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.begin()
		s.Press(fyne.KeyLeft, fyne.KeyHome, fyne.KeyEnd) // in the bars
		s.TabTo("Go to Recovery")
		s.TabTo("Verify")
		s.Press(panetest.ShiftTab)
		s.Typed("31.2.2026") // in "To"
		s.Press(fyne.KeyReturn)
		if !s.Shows("This is no day.") {
			t.Error("31.2.2026 is a day")
		}
		s.Replace("")
		s.Press(panetest.ShiftTab)
		s.Typed("2 Jan 2000") // in "From"
		s.Press(fyne.KeyReturn)
		if !s.Shows("No entry fits.") {
			t.Error("there are entries of tomorrow")
		}
		s.Replace("31 Dec 1999")
		s.Press(fyne.KeyReturn)
		if s.Shows("No entry fits.") {
			t.Error("there are no entries of today")
		}
		s.TabTo("Verify")
		s.Press(fyne.KeySpace)
		if !s.Shows(fmt.Sprintf("Intact: all %d entries are as they were written.", count(s.Sample))) {
			t.Error("the log is not verified")
		}
		s.Press(fyne.KeyTab)
		if s.FocusOn() != "Export CSV…" {
			t.Fatalf("the focus is on %q", s.FocusOn())
		}
		s.Press(fyne.KeyReturn)
		s.WantDialog("Export")
		s.Replace(authtest.Path("/usb/a.csv"))
		s.Press(fyne.KeyReturn)
		s.Prove()
		if s.Dialog() != nil || s.Files[authtest.Path("/usb/a.csv")] == "" {
			t.Fatalf("files: %v", s.Files)
		}
		s.Press(fyne.KeyTab, fyne.KeyDown, fyne.KeyReturn)
		if !s.Shows(number(count(s.Sample) - 1)) {
			t.Fatal(s.DialogText())
		}
		s.Press(fyne.KeyEscape)
		if s.Dialog() != nil {
			t.Error("Esc did not close the entry")
		}
	})
}

// TestFilesAreCalledOffUnasked: a path is nothing to be lost, also while it is written there.
func TestFilesAreCalledOffUnasked(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.begin()
		s.Push("Export CSV…")
		s.WantDialog("Export")
		s.Replace(authtest.Path("/usb/a.csv"))
		s.Press(fyne.KeyEscape)
		if s.Dialog() != nil {
			t.Errorf("it asks %q", s.DialogText())
		}
		s.Anna.StepUp()
		s.Anna.Delay(time.Second)
		s.Press(fyne.KeyReturn)
		s.Replace(authtest.Path("/usb/a.csv"))
		s.Press(fyne.KeyReturn, fyne.KeyEscape)
		s.Pass(time.Minute)
		if s.Dialog() != nil || len(s.Files) != 0 {
			t.Errorf("dialog: %v, files: %v", s.Dialog(), s.Files)
		}
	})
}

// TestActivityToTheEndOfTheLog presses End until there is nothing older.
func TestActivityToTheEndOfTheLog(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		fill(s.Sample, 1001, 0)
		s.begin()
		s.TabTo("Export CSV…")
		s.Press(fyne.KeyTab)
		for range 6 {
			s.Press(fyne.KeyEnd)
		}
		if !s.Shows("1,001 entries, all that there are.") {
			t.Error("older ones are left")
		}
		s.Press(fyne.KeyReturn)
		if !s.Shows(number(1)) {
			t.Error(s.DialogText())
		}
	})
}

func TestActivityLeadsToOtherPanes(t *testing.T) {
	for link, c := range map[string]struct {
		pane string
		isOn bool // two-factor
	}{
		"Go to Users": {pane.Users, true}, "Go to Recovery": {pane.Recovery, false},
		"Go to Backup": {pane.Backup, false}, "Go to General": {pane.General, false},
	} {
		runPane(t, func(t *testing.T, s *paneSample) {
			if c.isOn {
				s.TurnOn()
				s.Ben.AskForHelp()
			}
			s.begin()
			s.Push(link)
			if len(s.ledTo) != 1 || s.ledTo[0] != c.pane {
				t.Errorf("%s leads to %q", link, s.ledTo)
			}
		})
	}
}

// The focus stays in the pane when a link or a button goes that has it.
func TestActivityKeepsTheFocus(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.begin()
		bars := s.Window.Canvas().Focused()
		s.TabTo("Go to Recovery")
		s.MakeKit()
		s.Pane.Refresh()
		s.Settle()
		if s.Window.Canvas().Focused() != bars {
			t.Errorf("the focus is on %T", s.Window.Canvas().Focused())
		}
		s.TabTo("Verify")
		s.Anna.Delay(2 * time.Second)
		s.Press(fyne.KeyReturn)
		s.Pass(1500 * time.Millisecond)
		s.TabTo("Cancel")
		s.Pass(time.Minute)
		if s.FocusOn() != "Verify" || !s.Shows("Intact") {
			t.Errorf("the focus is on %T", s.Window.Canvas().Focused())
		}
	})
}

// What came of the verification is in sight, also where the button that asked for it is at the end.
func TestVerifyScrollsToItsResult(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.Look(looks.New(looks.Light, 2))
		s.begin()
		s.Push("Verify")
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.result)
		if end := at.Y + s.result.Size().Height; at.Y < 0 || end > panetest.Size.Height || !s.Shows("Intact") {
			t.Errorf("it is at %v, and ends at %v", at, end)
		}
	})
}

// What is in sight is read, and no more.
func TestActivityReadsNoMoreThanIsSeen(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		fill(s.Sample, 700, 0)
		s.Look(looks.New(looks.Dark, 2))
		s.begin()
		for range 2 {
			if rows := s.presenter.view().Rows; rows != pageSize {
				t.Errorf("%d entries were read", rows)
			}
			s.scrollDown()
		}
	})
}

// scrollDown scrolls the pane to its end.
func (s *paneSample) scrollDown() {
	s.Pane.Content.(*container.Scroll).ScrollToBottom()
	s.Settle()
}

func TestActivityForgetsOldFaults(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.Anna.Stop(auth.ErrBusy)
		s.begin()
		if !s.Shows("Another program is using") {
			t.Error("it does not say what is wrong")
		}
		s.Anna.Answer()
		s.Pane.Refresh()
		s.Settle()
		if s.Shows("Another program is using") {
			t.Error("the fault stays")
		}
		s.TabTo("Export CSV…")
		s.Press(fyne.KeyTab, fyne.KeyReturn)
		if !s.Shows(number(count(s.Sample))) {
			t.Error(s.DialogText())
		}
	})
}

// A filter that somebody chooses is applied; what the pane itself shows there is not.
func TestFiltersByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.Ben.Guess()
		s.begin()
		asked := s.Anna.Asked()
		s.Pane.Refresh()
		s.Settle()
		if n := s.Anna.Asked() - asked; n != 3 {
			t.Errorf("asked %d times", n)
		}
		s.TabTo("Verify")
		s.Press(panetest.ShiftTab, panetest.ShiftTab, panetest.ShiftTab)
		s.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn) // opens the kinds, and goes to "Refusals"
		if !s.Shows("5 entries, all that there are.") || s.list.Len() != 5 {
			t.Errorf("%d entries", s.list.Len())
		}
	})
}
