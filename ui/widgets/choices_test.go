package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestTextEntryKeys(t *testing.T) {
	e, next := NewTextArea(3), NewEntry()
	submitted, submit := counter()
	w := newPlainWindow(t)
	w.SetContent(NewPage(NewColumn(e, next), PageOptions{OnEnter: submit}))
	w.Canvas().Focus(e)
	test.Type(e, "one")
	press(w, fyne.KeyReturn)
	test.Type(e, "two")
	if e.Text != "one\ntwo" || *submitted != 0 {
		t.Fatalf("%q, submitted %d times", e.Text, *submitted)
	}
	e.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	wantCount(t, "Ctrl+Enter", submitted, 1)
	if e.AcceptsTab() {
		t.Error("Tab stays in the field")
	}
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != fyne.Focusable(next) {
		t.Errorf("Tab went to %T", w.Canvas().Focused())
	}
}

func TestChoiceEntry(t *testing.T) {
	var heard string
	c := NewChoiceEntry(func(text string) { heard = text })
	w := newPlainWindow(t, c)
	c.SetChoices([]string{"female", "male", "Mixed"})
	w.Canvas().Focus(c.Focusable())
	for _, want := range []string{"female", "male", "Mixed", "", "female"} {
		press(w, fyne.KeyDown)
		if c.Text() != want || heard != want {
			t.Fatalf("Down: %q, heard %q, want %q", c.Text(), heard, want)
		}
	}
	press(w, fyne.KeyUp)
	test.Type(c.entry, "m")
	for _, want := range []string{"male", "Mixed", "m", "male"} {
		press(w, fyne.KeyDown)
		if c.Text() != want {
			t.Fatalf("Down after m: %q, want %q", c.Text(), want)
		}
	}
	w.Canvas().Unfocus()
	c.links.Objects[0].(fyne.Tappable).Tapped(nil)
	if heard != "female" || w.Canvas().Focused() != c.Focusable() {
		t.Errorf("a click: %q, focus %T", heard, w.Canvas().Focused())
	}
}

func TestPick(t *testing.T) {
	p := NewVersionPicker([]Version{{"Yours", "a"}, {"Theirs", "b"}, {"Both", "a b"}}, 0)
	w := newPlainWindow(t, p)
	var heard []int
	p.OnChanged = func(version int) { heard = append(heard, version) }
	w.Canvas().Focus(p)
	for _, key := range []fyne.KeyName{fyne.KeyLeft, fyne.KeyRight, fyne.KeyDown, fyne.KeyRight, fyne.KeyUp, fyne.KeySpace} {
		press(w, key)
	}
	test.Tap(p.cells[0])
	want := []int{1, 2, 1, 2, 0}
	if len(heard) != len(want) {
		t.Fatalf("heard %v, want %v", heard, want)
	}
	for i := range want {
		if heard[i] != want[i] {
			t.Fatalf("heard %v, want %v", heard, want)
		}
	}
}

// TestPickIsBelowItselfWhereItIsNarrow: at any width each version has the room it needs.
func TestPickIsBelowItselfWhereItIsNarrow(t *testing.T) {
	p := NewVersionPicker([]Version{{"Yours", "a"}, {"Theirs", "b"}}, 0)
	newPlainWindow(t, p)
	p.Resize(fyne.NewSize(600, 200))
	wide := p.MinSize().Height
	if p.cells[1].Position().Y != 0 {
		t.Error("not beside each other")
	}
	p.Resize(fyne.NewSize(300, 200))
	if p.cells[1].Position().Y == 0 || p.MinSize().Height <= wide {
		t.Error("not below each other")
	}
}

func TestResultListBelongsToAField(t *testing.T) {
	r, next := NewResultList("Found"), NewEntry()
	first := NewEntry()
	w := newPlainWindow(t, first, r, next)
	r.SetSource(100_000, -1, func(int) Result { return Result{Title: "A", Sign: "⚠ Alert", Warn: true} })
	w.Canvas().Focus(first)
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != r.Focusable() {
		t.Fatal("Tab does not reach the list")
	}
	var opened []int
	r.OnActivated = func(row int) { opened = append(opened, row) }
	press(w, fyne.KeyEnd)
	press(w, fyne.KeyReturn)
	if len(opened) != 1 || opened[0] != 99_999 {
		t.Fatalf("opened %v", opened)
	}
	r.BelongTo(func() {})
	w.Canvas().Focus(first)
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != fyne.Focusable(next) {
		t.Errorf("Tab went to %T", w.Canvas().Focused())
	}
}
