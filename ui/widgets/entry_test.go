package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestEntryKeys(t *testing.T) {
	e := NewEntry()
	w := newPlainWindow(t, e)
	submitted, submit := counter()
	escaped, escape := counter()
	down, goDown := counter()
	e.OnSubmit, e.OnEscape, e.OnKey = submit, escape, map[fyne.KeyName]func(){fyne.KeyDown: goDown}
	w.Canvas().Focus(e)
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeyEscape, fyne.KeyDown} {
		press(w, key)
	}
	wantCount(t, "OnSubmit", submitted, 2)
	wantCount(t, "OnEscape", escaped, 1)
	wantCount(t, "OnKey Down", down, 1)
}

func TestEntryPasteDropsLineEnds(t *testing.T) {
	p := NewPasswordEntry()
	newPlainWindow(t, p)
	paste(p, " secret word\r\n")
	if p.Text != " secret word" {
		t.Errorf("pasted %q", p.Text)
	}
}

func TestPasswordEntryShowsByKeyboard(t *testing.T) {
	p := NewPasswordEntry()
	w := newPlainWindow(t, p)
	submitted, submit := counter()
	p.OnSubmit = submit
	w.Canvas().Focus(p)
	test.Type(p, "secret")
	press(w, fyne.KeyReturn)
	wantCount(t, "OnSubmit", submitted, 1)

	w.Canvas().FocusNext()
	if w.Canvas().Focused() != fyne.Focusable(p.toggle) {
		t.Fatalf("Tab went to %T, want the toggle", w.Canvas().Focused())
	}
	for _, c := range []struct {
		key    fyne.KeyName
		hidden bool
		text   string
	}{{fyne.KeySpace, false, "Hide"}, {fyne.KeyReturn, true, "Show"}} {
		press(w, c.key)
		if p.Password != c.hidden || p.toggle.Text != c.text {
			t.Errorf("after %s: hidden %v, toggle %q", c.key, p.Password, p.toggle.Text)
		}
	}
	wantCount(t, "OnSubmit after the toggle", submitted, 1)
}
