package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

func TestPageKeysGoInnermostFirst(t *testing.T) {
	inner, innerEnter := counter()
	outer, outerEnter := counter()
	back, goBack := counter()
	find, findPatient := counter()
	entry, outside := NewEntry(), NewEntry()
	pane := NewPage(NewColumn(NewField("Name", entry)), PageOptions{OnEnter: innerEnter})
	page := NewPage(container.NewBorder(outside, nil, nil, nil, container.NewVScroll(pane)), PageOptions{
		OnEnter: outerEnter, OnEscape: goBack, Keys: map[fyne.KeyName]func(){fyne.KeyF3: findPatient},
	})
	w := newPlainWindow(t)
	w.SetContent(page)

	w.Canvas().Focus(entry)
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEscape, fyne.KeyF3} {
		press(w, key)
	}
	w.Canvas().Focus(outside)
	press(w, fyne.KeyEnter)
	wantCount(t, "Enter in the pane", inner, 1)
	wantCount(t, "Enter outside it", outer, 1)
	wantCount(t, "Esc", back, 1)
	wantCount(t, "F3", find, 1)

	page.FocusFirst(w.Canvas())
	w.Canvas().Unfocus()
	press(w, fyne.KeyEscape)
	wantCount(t, "Esc with nothing focused", back, 2)
}

func TestFocusFirstTakesTheFirstEmptyField(t *testing.T) {
	name, password := NewEntry(), NewPasswordEntry()
	page := NewPage(NewColumn(NewButton("Help", nil), NewField("Name", name), NewField("Password", password)), PageOptions{})
	w := newPlainWindow(t)
	w.SetContent(page)
	page.FocusFirst(w.Canvas())
	if w.Canvas().Focused() != fyne.Focusable(name) {
		t.Errorf("the focus is on %T, want the name", w.Canvas().Focused())
	}
	name.SetText("asmith")
	page.FocusFirst(w.Canvas())
	if w.Canvas().Focused() != fyne.Focusable(password) {
		t.Errorf("the focus is on %T, want the password", w.Canvas().Focused())
	}
}
