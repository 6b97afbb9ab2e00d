package appointments

import (
	"testing"

	"fyne.io/fyne/v2"

	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/panetest"
)

func show(s *panetest.Sample) {
	s.Show(func(p pane.Params) pane.Pane { return New(p, s.Anna.Desk) })
}

func isUnsaved(s *panetest.Sample) bool {
	_, _, unsaved := s.Pane.Unsaved()
	return unsaved
}

func TestTypesByKeyboard(t *testing.T) {
	panetest.Run(t, records(), func(s *panetest.Sample) {
		t := s.T
		show(s)
		s.TabTo("Add kind…")
		s.Press(fyne.KeyReturn)
		s.Typed("Vaccination")
		s.Press(fyne.KeyTab)
		s.Replace("10")
		s.Press(fyne.KeyReturn)
		if added := stored(s, "Vaccination"); s.Dialog() != nil || len(s.Details().Types) != 3 || added.Minutes != 10 {
			t.Fatalf("%+v", added)
		}
		s.TabTo("Remove…")
		s.Press(fyne.KeyTab)
		s.Replace("25")
		if !isUnsaved(s) {
			t.Error("leaving the settings loses what was typed")
		}
		s.Press(fyne.KeyReturn)
		if got := s.Details().WaitLimit; got != 25 || isUnsaved(s) {
			t.Errorf("%d is saved, and asked for: %v", got, isUnsaved(s))
		}
		s.Press(fyne.KeyTab)
		s.Replace("AHV")
		s.Press(fyne.KeyReturn)
		if got := s.Details().HealthNumber; got != "AHV" || isUnsaved(s) {
			t.Errorf("%q is saved, and asked for: %v", got, isUnsaved(s))
		}
	})
}

// TestWrongFieldHasTheFocus, and keeps what was typed.
func TestWrongFieldHasTheFocus(t *testing.T) {
	panetest.Run(t, records(), func(s *panetest.Sample) {
		t := s.T
		show(s)
		s.TabTo("Remove…")
		s.Press(fyne.KeyTab)
		limit := s.Window.Canvas().Focused()
		s.Replace("soon")
		s.Press(fyne.KeyTab, fyne.KeyReturn)
		if s.Window.Canvas().Focused() != limit || !s.Shows("Type a number of minutes from 1 to 240.") || s.Details().WaitLimit != 20 {
			t.Errorf("the focus is on %T: %s", s.Window.Canvas().Focused(), panetest.Text(s.Pane.Content))
		}
		s.Replace("25") // the error is about another text
		if s.Shows("Type a number of minutes") {
			t.Error("the error stays")
		}
	})
}
