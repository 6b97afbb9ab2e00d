package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
)

// TestCapsLockIsSaid in the password field that has the focus, and nothing moves for it.
func TestCapsLockIsSaid(t *testing.T) {
	t.Cleanup(func() { SetCapsLock(false) })
	first, second, name := NewPasswordEntry(), NewPasswordEntry(), NewEntry()
	fields := []*Field{NewField("Password", first), NewField("Confirm password", second), NewField("Name", name)}
	w := newPlainWindow(t, fields[0], fields[1], fields[2])
	w.Canvas().Focus(first)
	size := w.Content().MinSize()
	for _, c := range []struct {
		does  string
		do    func()
		first bool // says it
		other bool
	}{
		{"at first", func() {}, false, false},
		{"on", func() { SetCapsLock(true) }, true, false},
		{"while typing", func() { first.TypedRune('A') }, true, false},
		{"in the next", func() { w.Canvas().Focus(second) }, false, true},
		{"off", func() { SetCapsLock(false) }, false, false},
		{"on again", func() { SetCapsLock(true) }, false, true},
		{"in no password", func() { w.Canvas().Focus(name) }, false, false},
		{"back", func() { w.Canvas().Focus(first) }, true, false},
		{"nowhere", func() { w.Canvas().Unfocus() }, false, false},
	} {
		c.do()
		if saysCapsLock(first) != c.first || saysCapsLock(second) != c.other {
			t.Errorf("%s: %v, %v", c.does, saysCapsLock(first), saysCapsLock(second))
		}
		if w.Content().MinSize() != size {
			t.Errorf("%s: what was %v needs %v", c.does, size, w.Content().MinSize())
		}
	}
}

// saysCapsLock asks as a screen reader does.
func saysCapsLock(o fyne.CanvasObject) bool {
	for _, found := range readIn(o, nil) {
		if found.(*read).AccessibilityLabel() == "Caps Lock is on" && found.Visible() {
			return true
		}
	}
	return false
}
