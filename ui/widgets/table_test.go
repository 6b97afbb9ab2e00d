package widgets

import (
	"slices"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
)

type animal struct {
	name string
	legs int
}

func newAnimals(t *testing.T) (*Table[animal], fyne.Window) {
	t.Helper()
	table := NewTable(func(a animal) string { return a.name },
		Column[animal]{Title: "Name", Width: 80, Grow: true, Text: func(a animal) string { return a.name }},
		Column[animal]{Title: "Legs", Width: 80, Text: func(a animal) string { return strconv.Itoa(a.legs) }},
	)
	return table, newPlainWindow(t, table)
}

func TestTableShowsItsColumns(t *testing.T) {
	table, w := newAnimals(t)
	table.SetRows([]animal{{"ant", 6}, {"cat", 4}})
	if table.Len() != 2 || !slices.Equal(table.textsOf(1), []string{"cat", "4"}) || table.name() != "Name, Legs" {
		t.Errorf("%d rows, %q, called %q", table.Len(), table.textsOf(1), table.name())
	}
	table.Focus()
	if w.Canvas().Focused() != table.Focusable() {
		t.Error("it has not got the focus")
	}
	press(w, fyne.KeyDown)
	press(w, fyne.KeyDown)
	table.SetRows([]animal{{"bee", 6}, {"ant", 6}, {"cat", 4}})
	if table.Selected() != 2 {
		t.Errorf("the cat was chosen, and now row %d is", table.Selected())
	}
}

// TestTableFollowsAmongAlike: two that say the same change places.
func TestTableFollowsAmongAlike(t *testing.T) {
	table := NewTable(strconv.Itoa, Column[int]{Width: 80, Text: func(int) string { return "cat" }})
	newPlainWindow(t, table)
	table.SetRows([]int{1, 2})
	table.Select(0)
	table.SetRows([]int{2, 1})
	if table.Selected() != 1 {
		t.Errorf("row %d is chosen", table.Selected())
	}
	table.SetRows([]int{2, 3})
	if table.Selected() != -1 {
		t.Errorf("row %d is chosen, which is another", table.Selected())
	}
}

// TestTableKeepsQuiet: what says the same again is not drawn again, but it is what is asked for then.
func TestTableKeepsQuiet(t *testing.T) {
	asked := 0
	table := NewTable(func(n int) string { return "" }, Column[int]{Width: 80, Text: func(n int) string { asked++; return strconv.Itoa(n % 10) }})
	newPlainWindow(t, table)
	table.SetRows([]int{1, 2, 3})
	asked = 0
	table.SetRows([]int{11, 12, 13})
	if asked != 3 || table.at(0) != 11 {
		t.Errorf("%d cells asked for, the first is %d", asked, table.at(0))
	}
	table.SetRows([]int{1, 2, 4})
	if asked <= 6 {
		t.Errorf("the new ones are not drawn: %d cells", asked)
	}
}
