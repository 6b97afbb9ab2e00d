package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Enter begins a line in a dialog that has a primary button, and Tab goes on.
func TestTextAreaTakesEnterAndLeavesTab(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, NewColumn())
	area := NewTextArea(3)
	pressed, cancelled := 0, 0
	ShowDialog(w, DialogOptions{Content: area, Primary: "Save", OnPrimary: func() { pressed++ }, Cancel: "Cancel", OnCancel: func() { cancelled++ }, KeepOpen: true})
	test.Type(area, "one")
	area.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	test.Type(area, "two")
	if area.Text != "one\ntwo" || pressed != 0 || area.AcceptsTab() {
		t.Errorf("%q, pressed %d times, takes Tab: %v", area.Text, pressed, area.AcceptsTab())
	}
	area.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	w.Canvas().Overlays().Top().(*Dialog).Primary().Tapped(nil) // Throw away
	if cancelled != 1 {
		t.Error("Esc did not cancel")
	}
}
