package widgets

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestChips(t *testing.T) {
	test.NewTempApp(t)
	var took []string
	chips := NewChips("Sex", "Other…", func(text string) { took = append(took, text) })
	chips.SetChoices([]string{"female", "male"})
	w := test.NewTempWindow(t, chips)
	w.Resize(fyne.NewSize(400, 200))
	c := w.Canvas()
	c.Focus(chips)
	press := func(keys ...fyne.KeyName) {
		for _, key := range keys {
			c.Focused().TypedKey(&fyne.KeyEvent{Name: key})
		}
	}
	press(fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft, fyne.KeyBackspace)
	chips.TypedRune('m')
	if want := []string{"female", "male", "female", "", "male"}; !slices.Equal(took, want) {
		t.Fatalf("took %q, want %q", took, want)
	}
	if chips.AccessibilityLabel() != "Sex: male" {
		t.Errorf("read as %q", chips.AccessibilityLabel())
	}
	press(fyne.KeyRight) // the last one
	if !chips.entry.Visible() || chips.Text() != "" {
		t.Fatalf("the field is visible: %v, with %q", chips.entry.Visible(), chips.Text())
	}
	press(fyne.KeySpace)
	test.Type(chips.entry, "inter")
	if chips.Text() != "inter" || c.Focused() != fyne.Focusable(chips.entry) {
		t.Errorf("took %q; the focus is at %T", chips.Text(), c.Focused())
	}
	chips.Disable()
	test.Tap(chips.cells()[0])
	if chips.Text() != "inter" {
		t.Errorf("took %q while it is off", chips.Text())
	}
	chips.Enable()
	test.Tap(chips.cells()[0])
	if chips.Text() != "female" || chips.entry.Visible() {
		t.Errorf("a click took %q; the field is visible: %v", chips.Text(), chips.entry.Visible())
	}
	test.Tap(chips.cells()[0])
	if chips.Text() != "" {
		t.Errorf("a second click left %q", chips.Text())
	}
}

// TestChipsShowWhatIsThere: a word that nobody else has gets a chip.
func TestChipsShowWhatIsThere(t *testing.T) {
	test.NewTempApp(t)
	chips := NewChips("Sex", "Other…", func(string) {})
	chips.SetText("intersex")
	chips.SetChoices([]string{"female"})
	if cells := chips.cells(); len(cells) != 3 || cells[1].text != "intersex" || !cells[1].isOn() {
		t.Errorf("%d chips, %d is on", len(cells), chips.at())
	}
}
