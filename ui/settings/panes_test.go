package settings

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"anteroom/ui/settings/pane"
)

// TestActivityLeadsIntoOtherPanes: a link shows another pane, with the focus in it.
func TestActivityLeadsIntoOtherPanes(t *testing.T) {
	for link, name := range map[string]string{"Go to Recovery": pane.Recovery, "Go to Backup": pane.Backup, "Go to General": pane.General} {
		runAsAdmin(t, func(t *testing.T, s *sample) {
			s.enter(pane.Activity)
			s.Push(link)
			if got := s.visible(); !slices.Equal(got, []string{name}) || s.nav.Selected() != s.rowOf(name) {
				t.Errorf("%s: shown are %q, row %d", link, got, s.nav.Selected())
			}
			focused, isNav := s.Window.Canvas().Focused(), s.Window.Canvas().Focused() == s.nav.Focusable()
			if focused == nil || isNav {
				t.Errorf("%s: the focus is on %T", link, focused)
			}
			s.Press(fyne.KeyEscape)
			if s.backs != 1 {
				t.Errorf("%s: Esc leads back %d times", link, s.backs)
			}
		})
	}
}

// TestLeavingTheAccountUnsavedIsAsked, also for another password.
func TestLeavingTheAccountUnsavedIsAsked(t *testing.T) {
	passwords := 0
	run(t, Params{Pane: pane.Account, OnPassword: func() { passwords++ }}, func(t *testing.T, s *sample) {
		s.enter(pane.Account)
		s.Typed("Dr ")
		s.Press(fyne.KeyEscape)
		s.WantDialog("Leave")
		s.Press(fyne.KeyEscape)
		s.Push("Change password…")
		s.WantDialog("Leave")
		s.Press(fyne.KeyReturn) // the focus is on Stay
		if passwords != 0 || s.backs != 0 {
			t.Errorf("to another password %d times, back %d times", passwords, s.backs)
		}
		s.Press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
		if passwords != 1 {
			t.Error("Leave did not lead to the password")
		}
	})
}
