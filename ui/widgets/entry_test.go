package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestEntryKeys(t *testing.T) {
	e := NewEntry()
	w := newPlainWindow(t, e)
	submitted, submit := counter()
	escaped, escape := counter()
	down, goDown := counter()
	e.OnSubmit, e.OnEscape, e.Keys = submit, escape, map[fyne.KeyName]func(){fyne.KeyDown: goDown}
	w.Canvas().Focus(e)
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeyEscape, fyne.KeyDown} {
		press(w, key)
	}
	e.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	wantCount(t, "OnSubmit", submitted, 3)
	wantCount(t, "OnEscape", escaped, 1)
	wantCount(t, "OnKey Down", down, 1)
}

func TestEntryIsReplaced(t *testing.T) {
	first, second := NewEntry(), NewEntry()
	w := newPlainWindow(t, NewColumn(first, second))
	second.SetText("9:45")
	second.IsReplaced = true
	w.Canvas().Focus(first)
	w.Canvas().FocusNext()
	test.Type(second, "10:15")
	if second.Text != "10:15" {
		t.Errorf("typing after Tab left %q", second.Text)
	}
}

func TestEntryPasteDropsLineEnds(t *testing.T) {
	p := NewPasswordEntry()
	newPlainWindow(t, p)
	paste(p, " secret word\r\n")
	if p.Text != " secret word" {
		t.Errorf("pasted %q", p.Text)
	}
}

// TestPasswordEntryShows: by the link and by the method that a menu key calls; Tab passes the link by.
func TestPasswordEntryShows(t *testing.T) {
	p, next := NewPasswordEntry(), NewPasswordEntry()
	w := newPlainWindow(t, NewColumn(p, next))
	submitted, submit := counter()
	p.OnSubmit = submit
	w.Canvas().Focus(p)
	test.Type(p, "secret")
	press(w, fyne.KeyReturn)
	wantCount(t, "OnSubmit", submitted, 1)

	for _, c := range []struct {
		toggle func()
		hidden bool
		text   string
	}{{p.ToggleShown, false, "Hide"}, {func() { test.Tap(p.toggle) }, true, "Show"}} {
		c.toggle()
		if p.Password != c.hidden || p.toggle.label.Text != c.text {
			t.Errorf("hidden %v, toggle %q", p.Password, p.toggle.label.Text)
		}
	}
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != fyne.Focusable(next) {
		t.Fatalf("Tab went to %T, want the next field", w.Canvas().Focused())
	}
}

// TestSetTextEndsTheSelection, or a letter would be lost that is typed after it.
func TestSetTextEndsTheSelection(t *testing.T) {
	test.NewTempApp(t)
	e := NewEntry()
	test.NewTempWindow(t, e).Canvas().Focus(e)
	test.Type(e, "ann")
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	e.SetText("")
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	if test.Type(e, "zoe"); e.Text != "zoe" {
		t.Errorf("typing “zoe” gave %q", e.Text)
	}
}
