package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestShowMenu(t *testing.T) {
	test.NewTempApp(t)
	var done []string
	act := func(name string) MenuItem { return MenuItem{Text: name, Act: func() { done = append(done, name) }} }
	button := NewMenuButton(nil, "Ann", nil)
	button.OnTapped = func() {
		ShowMenuBelow(button, act("My account"), MenuItem{}, act("Sign out"))
	}
	w := test.NewTempWindow(t, button)
	w.Resize(fyne.NewSize(300, 200))
	c := w.Canvas()
	c.Focus(button)

	press := func(keys ...fyne.KeyName) {
		for _, key := range keys {
			c.Focused().TypedKey(&fyne.KeyEvent{Name: key})
		}
	}
	press(fyne.KeyReturn, fyne.KeyReturn)
	press(fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn)
	if len(done) != 2 || done[0] != "My account" || done[1] != "Sign out" {
		t.Errorf("Enter, then Down and Enter, did %v", done)
	}
	press(fyne.KeyReturn, fyne.KeyEscape)
	if len(done) != 2 || c.Overlays().Top() != nil {
		t.Errorf("Esc left the menu open, or did %v", done)
	}
	if c.Focused() != fyne.Focusable(button) {
		t.Errorf("after the menu %T has the focus, not its button", c.Focused())
	}
}
