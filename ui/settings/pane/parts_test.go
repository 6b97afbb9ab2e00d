package pane_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"anteroom/data"
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/settings/practitioners"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
)

func TestMain(m *testing.M) { uitest.Main(m) }

// TestRemovePractitionerIsAsked, as all that is taken off a list.
func TestRemovePractitionerIsAsked(t *testing.T) {
	details := data.DefaultDetails()
	details.Practitioners = []data.Practitioner{{ID: "o", Name: "Dr Osei"}, {ID: "l", Name: "Dr Lind"}}
	panetest.Run(t, practice.Records{Details: details}, func(s *panetest.Sample) {
		isGone := func(i int) bool { return s.Details().Practitioners[i].Gone }
		s.Show(func(p pane.Params) pane.Pane { return practitioners.New(p, s.Anna.Desk, false) })
		s.TabTo("Remove…")
		s.Press(fyne.KeyReturn)
		s.WantDialog("Remove")
		s.Press(fyne.KeyReturn) // the focus is on Cancel
		if isGone(0) || s.Dialog() != nil {
			t.Fatal("an Enter too many removed")
		}
		s.Press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
		if !isGone(0) || isGone(1) || s.FocusOn() != "Bring back" {
			t.Errorf("the focus is on %q", s.FocusOn())
		}
		s.Press(fyne.KeyReturn)
		if isGone(0) {
			t.Error("not brought back")
		}
	})
}
