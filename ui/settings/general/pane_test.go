package general

import (
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/widgets"
)

// paneSample is the pane alone in its window, with what it led to.
type paneSample struct {
	*panetest.Sample
	*panel
	kits     []*auth.Kit
	drafts   []*Draft // that they came with
	enrolled []*auth.Enrolment
	phones   int // that are said to be set up
}

func runPane(t *testing.T, fn func(t *testing.T, s *paneSample)) {
	t.Helper()
	panetest.Run(t, records, func(all *panetest.Sample) { fn(all.T, &paneSample{Sample: all}) })
}

// show shows the pane; draft is what it begins with.
func (s *paneSample) show(draft *Draft) {
	s.Show(func(p pane.Params) pane.Pane {
		s.panel = newPanel(Params{Params: p, Draft: draft, OnEnrolled: func() { s.phones++ }, OnNewKit: func(k *auth.Kit, d *Draft) {
			s.kits, s.drafts = append(s.kits, k), append(s.drafts, d)
		}})
		enrol := s.presenter.enrol
		s.presenter.enrol = func(e *auth.Enrolment, form auth.SettingsForm) {
			s.enrolled = append(s.enrolled, e)
			enrol(e, form)
		}
		return s.panel.asPane()
	})
}

// tickAndSave goes from the name to the box, ticks it, and saves.
func (s *paneSample) tickAndSave() { s.Press(fyne.KeyTab, fyne.KeySpace, fyne.KeyReturn) }

// askToTurnOn is tickAndSave in a practice with a kit.
func (s *paneSample) askToTurnOn() {
	s.MakeKit()
	s.Pass(time.Hour) // the proof is over
	s.show(nil)
	s.tickAndSave()
}

// isOn says whether two-factor is on, which signs everybody out.
func (s *paneSample) isOn() bool {
	now, err := s.Anna.Session.Settings(s.T.Context())
	return now.Policy.TwoFactor || errors.Is(err, auth.ErrSessionEnded)
}

func (s *paneSample) wantUnticked(when string) {
	s.T.Helper()
	if check, ok := s.Window.Canvas().Focused().(*widgets.Check); s.Dialog() != nil || !ok || check.Checked {
		s.T.Errorf("%s: dialog %v, focus on %T", when, s.Dialog(), s.Window.Canvas().Focused())
	}
}

func TestTurnOnByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.askToTurnOn()
		s.WantDialog("Turn on")
		s.Press(fyne.KeyTab, fyne.KeyReturn) // the focus is on Cancel
		s.Prove()
		s.WantDialog("Confirm") // of the enrolment
		s.Anna.Scan(s.enrolled[0])
		s.Typed(s.Anna.WrongCode())
		if s.isOn() || s.Dialog() == nil || s.Dialog().Error() == "" {
			t.Errorf("a wrong code: on: %v, dialog %v", s.isOn(), s.Dialog())
		}
		s.Typed(s.Anna.Code())
		if !s.isOn() || len(s.Ends) != 1 || s.Dialog() != nil || s.phones != 1 {
			t.Errorf("on: %v, ends: %v, dialog: %v, phones: %d", s.isOn(), s.Ends, s.Dialog(), s.phones)
		}
	})
}

func TestTurnOnCancelledByEscape(t *testing.T) {
	for dialogs := range 3 {
		runPane(t, func(t *testing.T, s *paneSample) {
			s.askToTurnOn()
			if dialogs > 0 {
				s.Press(fyne.KeyTab, fyne.KeyReturn)
			}
			if dialogs > 1 {
				s.Prove()
			}
			s.Press(fyne.KeyEscape)
			if s.isOn() || len(s.Ends) != 0 {
				t.Errorf("Esc in dialog %d: on %v, ends %v", dialogs, s.isOn(), s.Ends)
			}
			s.wantUnticked("after Esc")
			s.Press(fyne.KeySpace, fyne.KeyReturn)
			s.WantDialog("Turn on") // it can be tried again
		})
	}
}

func TestTurnOnWithoutAKitLeadsToIt(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.Anna.StepUp()
		s.show(nil)
		s.tickAndSave()
		s.WantDialog("Make the kit")
		s.Press(fyne.KeyEscape)
		s.wantUnticked("cancelled")
		s.Press(fyne.KeySpace, fyne.KeyReturn)
		s.WantDialog("Make the kit")
		s.Press(fyne.KeyReturn)
		if len(s.kits) != 1 || s.Dialog() != nil || s.isOn() {
			t.Errorf("kits: %v, dialog: %v", s.kits, s.Dialog())
		}
		s.MakeKit()
		s.show(s.drafts[0])
		s.Press(fyne.KeyTab)
		if check, ok := s.Window.Canvas().Focused().(*widgets.Check); !ok || !check.Checked {
			t.Fatal("the tick is lost")
		}
		s.Press(fyne.KeyReturn)
		s.WantDialog("Turn on")
	})
}

func TestSecretsAreWipedWhenTheSettingsAreLeft(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.askToTurnOn()
		s.Press(fyne.KeyTab, fyne.KeyReturn)
		s.WantDialog("Confirm")
		s.Typed(s.Anna.Password)
		password := s.Window.Canvas().Focused().(*widgets.PasswordEntry)
		s.Leave()
		if password.Text != "" || s.Dialog() != nil {
			t.Errorf("the field holds %q, dialog: %v", password.Text, s.Dialog())
		}
	})
}

// TestUnsaved: what was typed would be lost, until it is saved.
func TestUnsaved(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.show(nil)
		s.Typed("!")
		if _, _, isUnsaved := s.Pane.Unsaved(); !isUnsaved {
			t.Error("what was typed counts for nothing")
		}
		s.Press(fyne.KeyReturn)
		if _, _, isUnsaved := s.Pane.Unsaved(); isUnsaved || !s.Shows("Saved.") {
			t.Errorf("unsaved: %v", isUnsaved)
		}
	})
}

// TestFilledFieldsAreNoEdits: what another admin stored fills the fields, and is no change to be
// saved.
func TestFilledFieldsAreNoEdits(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.show(nil)
		s.Typed("The ")
		(&sample{Sample: s.Sample}).elsewhere(func(f *auth.SettingsForm) { f.Name, f.Policy.HandOver = "Brook Lane", true })
		s.Pane.Refresh()
		s.Settle()
		if _, _, isUnsaved := s.Pane.Unsaved(); isUnsaved || s.name.Text != "Brook Lane" || !s.handOver.Checked || s.presenter.message == "" || !s.Shows(s.presenter.message) {
			t.Errorf("unsaved: %v, name %q, hand-over %v, it says %q", isUnsaved, s.name.Text, s.handOver.Checked, s.presenter.message)
		}
	})
}

// What is wrong in General gets the focus, so that it is in sight.
func TestGeneralErrorGetsTheFocus(t *testing.T) {
	runPane(t, func(t *testing.T, s *paneSample) {
		s.show(nil)
		idle := fyne.Focusable(s.idle)
		for _, typed := range []string{"9", "x", "-"} { // before the 10
			s.Press(fyne.KeyTab)
			for s.Window.Canvas().Focused() != idle {
				s.Press(fyne.KeyTab)
			}
			s.Typed(typed)
			s.Push("Save")
			if s.Window.Canvas().Focused() != idle || s.idleField.Error() == "" {
				t.Errorf("%q: the focus is on %T, it says %q", typed, s.Window.Canvas().Focused(), s.idleField.Error())
			}
			s.Press(fyne.KeyBackspace)
		}
		if now, err := s.Anna.Session.Settings(t.Context()); err != nil || now.Policy.Idle != auth.DefaultIdle {
			t.Errorf("%+v, %v", now.Policy, err)
		}
	})
}
