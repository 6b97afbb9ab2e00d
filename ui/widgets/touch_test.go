package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestAnyKeyTakesTheKeyAndGivesTheFocusBack(t *testing.T) {
	pressed := 0
	field := NewEntry()
	button := NewButton("Delete", func() { pressed++ })
	w := newPlainWindow(t, NewColumn(field, button))
	w.Canvas().Focus(button)
	keys := 0
	var a *AnyKey
	a = ShowAnyKey(w, "Going in 20 s", func() { keys++; a.Close() })
	if w.Canvas().Focused() != fyne.Focusable(a) || !a.IsShown() || a.Text() != "Going in 20 s" {
		t.Fatal("it is not on top")
	}
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if keys != 1 || pressed != 0 || a.IsShown() || w.Canvas().Focused() != fyne.Focusable(button) {
		t.Errorf("%d keys, %d presses, shown %v, focus %v", keys, pressed, a.IsShown(), w.Canvas().Focused())
	}
	a.Close()

	a.Show()
	a.MouseMoved(&desktop.MouseEvent{})
	a.Show()
	test.Tap(a)
	if keys != 3 || a.IsShown() {
		t.Errorf("%d keys and clicks", keys)
	}
}

func TestOnTouch(t *testing.T) {
	touches := 0
	OnTouch(func() { touches++ })
	defer OnTouch(func() {})
	heard := func(what string, do func()) {
		t.Helper()
		touches = 0
		if do(); touches == 0 {
			t.Errorf("%s was not heard", what)
		}
	}
	field, code, box := NewEntry(), NewCodeField(), NewCheck("Box", func(bool) {})
	choices := NewSelect([]string{"One"}, func(string) {})
	button, list := NewButton("Press", func() {}), NewList(Head{})
	list.SetRows([][]string{{"One"}, {"Two"}})
	w := newPlainWindow(t, NewColumn(field, code, box, choices, button, list))
	w.SetContent(NewPage(w.Content(), PageOptions{}))

	down := &fyne.KeyEvent{Name: fyne.KeyDown}
	heard("a letter", func() { field.TypedRune('a') })
	heard("a key in a field", func() { field.TypedKey(down) })
	heard("a shortcut", func() { field.TypedShortcut(&fyne.ShortcutSelectAll{}) })
	heard("a letter that is no digit", func() { code.entry.TypedRune('x') })
	heard("a key in a code", func() { code.entry.TypedKey(down) })
	heard("a key at a box", func() { box.TypedKey(down) })
	heard("a key at choices", func() { choices.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF2}) })
	heard("a key at a button", func() { button.TypedKey(down) })
	heard("a click on a button", func() { test.Tap(button) })
	heard("a key at a list", func() { list.rows.TypedKey(down) })
	heard("a click on a row", func() { newListRow(list.rows).MouseDown(nil) })
	hearUnfocusedKeys(w.Canvas())
	heard("a key at nothing", func() { w.Canvas().OnTypedKey()(down) })
}

func TestWipePasswords(t *testing.T) {
	note, secret := NewEntry(), NewPasswordEntry()
	note.SetText("kept")
	secret.SetText("secret")
	secret.SetShown(true)
	w := newPlainWindow(t, NewColumn())
	d := ShowDialog(w, DialogOptions{Title: "Proof", Content: NewColumn(note, NewField("Password", secret)), Cancel: "Close"})
	WipePasswords(nil)
	WipePasswords(d)
	if note.Text != "kept" || secret.Text != "" || !secret.Password {
		t.Errorf("%q, %q, bullets %v", note.Text, secret.Text, secret.Password)
	}
	secret.TypedShortcut(&fyne.ShortcutUndo{})
	if secret.Text != "" {
		t.Error("undo brings it back")
	}
}
