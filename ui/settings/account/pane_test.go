package account

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"anteroom/auth"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/widgets"
)

// paneSample is the pane in a window, and what it led to.
type paneSample struct {
	*panetest.Sample
	said      string // as the pane begins
	passwords int    // how often it led to another one
	codes     [][]string
}

// runPane runs a test with a sample whose pane is not shown yet.
func runPane(t *testing.T, fn func(*testing.T, *paneSample)) {
	t.Helper()
	panetest.Run(t, practice.Records{}, func(p *panetest.Sample) { fn(p.T, &paneSample{Sample: p}) })
}

func (s *paneSample) show() {
	s.Show(func(p pane.Params) pane.Pane {
		return New(Params{
			Params: p, Said: s.said,
			OnPassword:      func() { s.passwords++ },
			OnRecoveryCodes: func(codes []string) { s.codes = append(s.codes, codes) },
		})
	})
}

// name is what stands in the field that has the focus.
func (s *paneSample) name() string {
	s.T.Helper()
	entry, ok := s.Window.Canvas().Focused().(*widgets.Entry)
	if !ok {
		s.T.Fatalf("the focus is on %T", s.Window.Canvas().Focused())
	}
	return entry.Text
}

func TestStaffSeeTheirAccount(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.Params.Session = s.Ben.Session
		s.show()
		if !s.Shows("Username: bjones · Staff") {
			t.Error(panetest.Text(s.Pane.Content))
		}
	})
}

func TestNameByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.show()
		s.Typed("Dr ")
		s.Press(fyne.KeyReturn)
		if stored(s.Sample).Name != "Dr Anna Smith" || !s.Shows("Saved.") {
			t.Errorf("the name is %q", stored(s.Sample).Name)
		}
		s.Press(fyne.KeyTab)
		if s.FocusOn() != "Change password…" {
			t.Errorf("Tab leads to %q", s.FocusOn())
		}
		s.Press(fyne.KeyReturn)
		if s.passwords != 1 || s.Left != 1 {
			t.Error("Enter does not lead to the password")
		}
	})
}

// TestAccountUnsavedIsAsked: who leaves, wherever to, is asked, and what was typed stays.
func TestAccountUnsavedIsAsked(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.Params.LeaveFor = func(func()) { s.Left++ } // somebody stays
		s.show()
		if _, _, isUnsaved := s.Pane.Unsaved(); isUnsaved {
			t.Error("nothing was typed")
		}
		s.Typed("Dr ")
		if title, text, isUnsaved := s.Pane.Unsaved(); !isUnsaved || title != "Leave without saving?" || text != "What you changed in your account is not saved." {
			t.Errorf("%q, %q, %v", title, text, isUnsaved)
		}
		s.Push("Change password…")
		if s.passwords != 0 || s.Left != 1 {
			t.Errorf("left %d times, to the password %d times", s.Left, s.passwords)
		}
		s.Pane.Refresh()
		s.Settle()
		s.Press(panetest.ShiftTab)
		if s.FocusOn() == "Save" {
			s.Press(panetest.ShiftTab)
		}
		if s.name() != "Dr Anna Smith" {
			t.Errorf("%q", s.name())
		}
	})
}

// enrolmentKey is the key in the dialog of the enrolment.
func (s *paneSample) enrolmentKey() string {
	return regexp.MustCompile(`(?m)^[A-Z2-7]{4}(\s[A-Z2-7]{4})+$`).FindString(s.DialogText())
}

// move goes to the first dialog of the move, and types a code there.
func (s *paneSample) move(code string) {
	s.T.Helper()
	s.Push("Move to a new phone")
	s.WantDialog("Continue")
	s.Typed(code)
}

func TestMoveByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.TurnOn()
		s.show()
		s.move(s.Anna.WrongCode())
		s.WantDialog("Continue")
		s.Typed(s.Anna.Code())
		s.WantDialog("Confirm") // of the enrolment
		s.Anna.ScanKey(s.enrolmentKey())
		s.Typed(s.Anna.WrongCode())
		s.WantDialog("Confirm")
		if s.Dialog().Error() == "" {
			t.Error("a wrong code says nothing")
		}
		s.Typed(s.Anna.Code())
		if s.Dialog() != nil || !s.Shows("Moved. The old phone's codes count no more.") || s.FocusOn() != "Move to a new phone" {
			t.Errorf("dialog: %v, focus on %q", s.Dialog(), s.FocusOn())
		}
		if !stored(s.Sample).Enrolled.Equal(time.Now()) || noted(s.Sample, auth.EventMoved) != 1 {
			t.Errorf("%+v", stored(s.Sample))
		}
	})
}

// TestMoveCancelledByEscape changes nothing, in either dialog.
func TestMoveCancelledByEscape(t *testing.T) {
	for dialogs := range 2 {
		runPane(t, func(t *testing.T, s *paneSample) {
			s.TurnOn()
			s.show()
			if dialogs > 0 {
				s.move(s.Anna.Code())
			} else {
				s.move("1234")
			}
			s.Press(fyne.KeyEscape)
			if s.Dialog() != nil || noted(s.Sample, auth.EventMoved) != 0 || s.FocusOn() != "Move to a new phone" {
				t.Errorf("Esc in dialog %d: dialog %v, focus on %q", dialogs, s.Dialog(), s.FocusOn())
			}
			s.Press(fyne.KeyReturn)
			s.WantDialog("Continue") // it can be tried again
			if dialogs > 0 && !s.Shows("Your last code is used up") {
				t.Errorf("it does not say that the code is used up: %q", s.DialogText())
			}
		})
	}
}

func TestTheMoveClosesWhenTheSettingsAreLeft(t *testing.T) {
	for dialogs := range 2 {
		runPane(t, func(t *testing.T, s *paneSample) {
			s.TurnOn()
			s.show()
			s.move("")
			if dialogs > 0 {
				s.Typed(s.Anna.Code())
				s.WantDialog("Confirm")
			}
			s.Leave()
			if s.Dialog() != nil {
				t.Errorf("dialog %d stays", dialogs)
			}
		})
	}
}

func TestNewCodesByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.TurnOn()
		s.show()
		s.Push("Make new ones…")
		s.WantDialog("Make new ones")
		s.Press(fyne.KeyReturn)
		if s.Dialog() != nil || len(s.codes) != 0 || s.Left != 1 {
			t.Fatal("an Enter too many makes new codes")
		}
		s.Press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
		s.Prove()
		if len(s.codes) != 1 || s.Dialog() != nil || !stored(s.Sample).RecoveryMade.Equal(time.Now()) {
			t.Errorf("codes: %v, dialog: %v", s.codes, s.Dialog())
		}
	})
}

// TestEndSessionsByKeyboard ends the second of three, then the last, then the first: the focus
// stays near.
func TestEndSessionsByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.TurnOn()
		for _, name := range []string{"OFFICE", "LAB", "STORE"} {
			s.Link(auth.Computer{Name: name}, s.Anna)
		}
		s.show()
		s.TabTo("End")
		s.Press(fyne.KeyTab)
		for _, c := range []struct{ left, focus string }{
			{"STORE OFFICE RECEPTION-1", "End"}, {"STORE RECEPTION-1", "End"}, {"RECEPTION-1", "Make new ones…"},
		} {
			s.Press(fyne.KeyReturn)
			var left []string
			for _, o := range stored(s.Sample).SignedIn {
				left = append(left, o.Computer)
			}
			if got := strings.Join(left, " "); got != c.left || s.FocusOn() != c.focus || !s.Shows("Signed out there.") {
				t.Errorf("left: %s, focus on %q; want %s, %q", got, s.FocusOn(), c.left, c.focus)
			}
		}
		if noted(s.Sample, auth.EventSessionEnded) != 3 {
			t.Error("it is not in the activity log")
		}
	})
}

func TestAccountCancelKeepsTheFocus(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.show()
		s.Anna.Delay(time.Hour)
		s.Typed("Dr ")
		s.Press(fyne.KeyReturn)
		if entry, ok := s.Window.Canvas().Focused().(*widgets.Entry); !ok || !entry.Disabled() {
			t.Error("the name can be changed while it is saved")
		}
		s.Pass(screen.StalledAfter)
		s.Push("Cancel")
		if s.name() != "Dr Anna Smith" || !s.Shows("Cancelled.") {
			t.Errorf("the field has %q", s.name())
		}
	})
}

// TestAccountTakesNoNameMeanwhile: while something else is stored the field keeps what it had.
func TestAccountTakesNoNameMeanwhile(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.Link(auth.Computer{Name: "OFFICE"}, s.Anna)
		s.show()
		field := s.Window.Canvas().Focused()
		s.Anna.Delay(time.Second)
		s.Push("End")
		s.Window.Canvas().Focus(field)
		s.Typed("Dr ")
		if s.name() != "Anna Smith" {
			t.Errorf("the field has %q", s.name())
		}
		s.Pass(time.Minute)
		s.Typed("Dr ")
		if !strings.Contains(s.name(), "Dr ") {
			t.Errorf("afterwards it has %q", s.name())
		}
	})
}

// TestAccountIsReadByKeyboard to its end, where nothing takes the focus.
func TestAccountIsReadByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.TurnOn()
		s.Look(looks.New(looks.Light, 2))
		s.show()
		var scroll *container.Scroll
		for _, o := range s.Pane.Content.(*widgets.Page).Children() {
			scroll = o.(*container.Scroll)
		}
		for range 10 {
			s.Press(fyne.KeyPageDown)
		}
		if end := scroll.Content.Size().Height - scroll.Size().Height; scroll.Offset.Y != end || end < 500 {
			t.Errorf("at %v of %v", scroll.Offset.Y, end)
		}
		for range 10 {
			s.Press(fyne.KeyPageUp)
		}
		if scroll.Offset.Y != 0 {
			t.Errorf("back at %v", scroll.Offset.Y)
		}
	})
}

func TestAccountSaysWhatWasDone(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.said = "Your password is changed."
		s.show()
		if !s.Shows("Your password is changed.") {
			t.Error("it is not said")
		}
		s.Typed("A")
		if s.Shows("Your password is changed.") {
			t.Error("it stays")
		}
	})
}
