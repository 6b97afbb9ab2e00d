package widgets

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
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

// TestListMenu: the right mouse button and the menu keys let down the menu of a row.
func TestListMenu(t *testing.T) {
	test.NewTempApp(t)
	var done []int
	list := NewList(Head{Width: 100})
	list.SetRows([][]string{{"a"}, {"b"}, {"c"}})
	list.Menu = func(row int) []MenuItem {
		return []MenuItem{{Text: "Open", Act: func() { done = append(done, row) }}}
	}
	w := test.NewTempWindow(t, list)
	w.Resize(fyne.NewSize(300, 200))
	c := w.Canvas()
	c.Focus(list.Focusable())
	press := func(keys ...fyne.KeyName) {
		for _, key := range keys {
			c.Focused().TypedKey(&fyne.KeyEvent{Name: key})
		}
	}
	press(fyne.KeyF10) // of no row
	if c.Overlays().Top() != nil {
		t.Fatal("there is a menu of no row")
	}
	press(fyne.KeyDown, desktop.KeyMenu, fyne.KeyReturn)
	press(fyne.KeyDown, fyne.KeyF10, fyne.KeyReturn)
	for _, o := range test.LaidOutObjects(list) {
		if row, ok := o.(*listRow); ok && row.row == 2 {
			row.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonSecondary})
			row.TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(10, 5)})
			press(fyne.KeyReturn)
		}
	}
	if !slices.Equal(done, []int{0, 1, 2}) {
		t.Errorf("the menu was of rows %v", done)
	}
	if c.Focused() != list.Focusable() {
		t.Errorf("after the menu %T has the focus", c.Focused())
	}
}
