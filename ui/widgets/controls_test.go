package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestButtonKeys(t *testing.T) {
	tapped, tap := counter()
	b := NewButton("OK", tap)
	w := newPlainWindow(t, b)
	if b.MinSize().Width != minButtonWidth {
		t.Errorf("a short button is %v wide", b.MinSize().Width)
	}
	w.Canvas().Focus(b)
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyA} {
		press(w, key)
	}
	wantCount(t, "tapped", tapped, 3)
	if w.Canvas().Focused() != fyne.Focusable(b) {
		t.Error("the button lost the focus")
	}
	b.Disable()
	press(w, fyne.KeyReturn)
	wantCount(t, "tapped while disabled", tapped, 3)
}

func TestCheckKeys(t *testing.T) {
	submitted, submit := counter()
	c := NewCheck("Enable", nil)
	c.OnSubmit = submit
	w := newPlainWindow(t, c)
	w.Canvas().Focus(c)
	press(w, fyne.KeySpace)
	if !c.Checked {
		t.Error("Space did not tick it")
	}
	press(w, fyne.KeyReturn)
	if !c.Checked {
		t.Error("Enter unticked it")
	}
	wantCount(t, "OnSubmit", submitted, 1)
}

func TestSelectKeys(t *testing.T) {
	submitted, submit := counter()
	var changes []string
	s := NewSelect([]string{"A", "B", "C"}, func(choice string) { changes = append(changes, choice) })
	s.OnSubmit = submit
	s.Selected = "B"
	w := newPlainWindow(t, s)
	w.Canvas().Focus(s)
	press(w, fyne.KeyRight)
	press(w, fyne.KeyReturn)
	wantCount(t, "OnSubmit", submitted, 1)
	if len(changes) != 0 {
		t.Errorf("changed to %q while closed", changes)
	}

	press(w, fyne.KeyDown)
	press(w, fyne.KeyDown)
	press(w, fyne.KeyReturn)
	if s.Selected != "C" {
		t.Errorf("chose %q, want the one after B", s.Selected)
	}
	if w.Canvas().Focused() != fyne.Focusable(s) {
		t.Errorf("the focus is on %T", w.Canvas().Focused())
	}
	press(w, fyne.KeySpace)
	press(w, fyne.KeyUp)
	press(w, fyne.KeyEscape)
	if s.Selected != "C" {
		t.Errorf("Esc changed it to %q", s.Selected)
	}
	wantCount(t, "OnSubmit after choosing", submitted, 1)
}
