package widgets

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/looks"
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

// TestLabelsWithKeys has the keys of a menu in one column, as Fyne draws them.
func TestLabelsWithKeys(t *testing.T) {
	app := test.NewTempApp(t)
	labels := []string{"Find a patient", "Undo", "Nothing", "i"}
	for range 60 {
		labels = append(labels, labels[len(labels)-1]+"i") // some end at a tab stop
	}
	keys := make([]string, len(labels))
	for i := range keys {
		keys[i] = "Ctrl+F"
	}
	keys[2] = ""
	for _, scale := range []float32{1, 1.3, 2} {
		app.Settings().SetTheme(looks.New(looks.Light, scale))
		width := func(text string) float32 { return fyne.MeasureText(text, theme.TextSize(), fyne.TextStyle{}).Width }
		all := LabelsWithKeys(labels, keys)
		if all[2] != "Nothing" {
			t.Errorf("without a key it is %q", all[2])
		}
		column := width(strings.TrimSuffix(all[0], keys[0]))
		for i, text := range all {
			label, hasKey := strings.CutSuffix(text, "Ctrl+F")
			if !hasKey {
				continue
			}
			if at := width(label); at != column || at < width(labels[i])+gap {
				t.Errorf("scale %v: the key of %q is at %v, others at %v", scale, labels[i], at, column)
			}
		}
	}
}
