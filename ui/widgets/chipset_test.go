package widgets

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// TestChipSet takes what the keys and the mouse choose, and nothing that came under the mouse meanwhile.
func TestChipSet(t *testing.T) {
	test.NewTempApp(t)
	var tapped []int
	set := NewChipSet("Next free", func(i int) { tapped = append(tapped, i) })
	set.IsRadio = true
	w := test.NewTempWindow(t, set)
	w.Resize(fyne.NewSize(400, 100))
	set.Set([]string{"9:00", "9:15", "Later…"}, []bool{true, false, false})
	want := func(of string, want ...int) {
		t.Helper()
		if !slices.Equal(tapped, want) {
			t.Errorf("%s taps %v, want %v", of, tapped, want)
		}
		tapped = nil
	}
	chip := func(i int) *setChip { return set.row.Objects[i].(*setChip) }

	w.Canvas().Focus(set)
	for _, key := range []fyne.KeyName{fyne.KeyLeft, fyne.KeyRight, fyne.KeyEnd, fyne.KeyRight, fyne.KeyHome, fyne.KeySpace} {
		set.TypedKey(&fyne.KeyEvent{Name: key})
	}
	want("the keys", 1, 2, 0, 0)
	if set.AccessibilityLabel() != "Next free: 9:00" {
		t.Errorf("it is told as %q", set.AccessibilityLabel())
	}
	chip(1).MouseDown(&desktop.MouseEvent{})
	chip(1).Tapped(nil)
	want("a click", 1)
	chip(1).MouseDown(&desktop.MouseEvent{})
	set.Set([]string{"10:00", "10:15", "Later…"}, []bool{true, false, false})
	chip(1).Tapped(nil)
	want("a click on what is another offer by then")
	chip(1).Tapped(nil)
	want("the next click", 1)
}
