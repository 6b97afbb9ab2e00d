package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// TestToolbarGivesWay makes a bar narrower and narrower: first words go, then buttons, into the menu, from which they work;
// and all comes back.
func TestToolbarGivesWay(t *testing.T) {
	test.NewTempApp(t)
	tapped := map[string]int{}
	button := func(name string) *Button {
		return NewFlatButton(theme.HomeIcon(), name, func() { tapped[name]++ })
	}
	place, week, print := button("Patients"), button("Week"), button("Print")
	bar := NewToolbar(8,
		ToolbarItem{Object: place, Rank: 3, Stays: true}, ToolbarItem{Object: week, Rank: 1, Right: true}, ToolbarItem{Object: print, Rank: 2})
	w := test.NewTempWindow(t, bar)
	w.SetPadded(false)
	at := func(width float32) { w.Resize(fyne.NewSize(width, 60)) }
	words := func() (all []string) {
		for _, b := range []*Button{place, week, print} {
			switch {
			case b.inMenu:
				all = append(all, "in the menu")
			case b.isShort:
				all = append(all, "sign")
			default:
				all = append(all, "words")
			}
		}
		return all
	}
	want := func(what string, texts ...string) {
		t.Helper()
		for i, got := range words() {
			if got != texts[i] {
				t.Errorf("%s: %v, want %v", what, words(), texts)
				return
			}
		}
	}

	at(600)
	want("wide", "words", "words", "words")
	if end := print.Position().X + print.Size().Width; end < 600-9 || end > 600-7 {
		t.Errorf("what is at the right ends at %v of 600", end)
	}
	all := place.MinSize().Width + week.MinSize().Width + print.MinSize().Width + 2*barGap + 2*8
	at(all)
	want("as wide as all", "words", "words", "words")
	at(all - 1)
	want("a little narrower", "words", "sign", "words")
	short := 3*week.MinSize().Width + 2*barGap + 2*8
	at(short)
	want("as wide as the signs", "sign", "sign", "sign")
	at(short - 1)
	want("narrower than the signs", "sign", "in the menu", "in the menu")
	if place.tip() != "Patients" {
		t.Errorf("the sign of Patients has the tip %q", place.tip())
	}

	test.Tap(bar.more)
	menu := w.Canvas().Focused()
	menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if tapped["Print"] != 1 || tapped["Week"] != 0 {
		t.Errorf("the second item of the menu: %v", tapped)
	}
	at(600)
	want("wide again", "words", "words", "words")
	if bar.more.Visible() {
		t.Error("the menu stays where all has room")
	}
}
