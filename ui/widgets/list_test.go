package widgets

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/ui/looks"
)

func TestListKeys(t *testing.T) {
	w := newTestWindow(t, looks.New(looks.Light, 1))
	list := NewList(Head{Title: "Name", Grow: true}, Head{Title: "Role", Width: 100})
	const count = 100_000
	asked := 0
	list.SetSource(count, func(row, column int) string {
		asked++
		return fmt.Sprint(row, column)
	})
	w.SetContent(list)
	list.Focus()
	var opened []int
	list.OnActivated = func(row int) { opened = append(opened, row) }
	page := list.rows.rowsInSight()
	for _, step := range []struct {
		key  fyne.KeyName
		want int
	}{
		{fyne.KeyDown, 0}, {fyne.KeyDown, 1}, {fyne.KeyUp, 0}, {fyne.KeyUp, 0}, {fyne.KeyPageDown, page},
		{fyne.KeyEnd, count - 1}, {fyne.KeyDown, count - 1}, {fyne.KeyPageUp, count - 1 - page}, {fyne.KeyHome, 0},
	} {
		press(w, step.key)
		if list.Selected() != step.want {
			t.Fatalf("after %s row %d is chosen, want %d", step.key, list.Selected(), step.want)
		}
	}
	press(w, fyne.KeyReturn)
	if len(opened) != 1 || opened[0] != 0 {
		t.Errorf("opened %v", opened)
	}
	if asked > count/10 {
		t.Errorf("%d cells were asked for", asked)
	}
}

// The first row is at the top, and the chosen one in sight, also where it was chosen before the list had a
// height.
func TestListBeginsAtTheTop(t *testing.T) {
	rows := make([][]string, 100)
	for i := range rows {
		rows[i] = []string{fmt.Sprint(i)}
	}
	for _, row := range []int{0, 1, 90} {
		list := NewList(Head{Title: "Name", Grow: true})
		list.SetRows(rows)
		test.WidgetRenderer(list.rows) // as the window asks for it, before it lays out
		list.Select(row)
		newPlainWindow(t, list)
		top, height := float32(row)*lineHeight(), list.rows.Size().Height
		offset := list.rows.GetScrollOffset()
		if row < 2 && offset != 0 || offset > top || offset+height < top+lineHeight()-1 {
			t.Errorf("row %d at %g: it begins at %g, %g high", row, top, offset, height)
		}
	}
}

func TestListSelection(t *testing.T) {
	list := NewList(Head{Title: "Name", Grow: true})
	newPlainWindow(t, list)
	var chosen []int
	list.OnSelected = func(row int) { chosen = append(chosen, row) }
	list.SetRows([][]string{{"A"}, {"B"}, {"C"}})
	list.Select(2)
	list.Select(2)
	list.Select(7)
	if fmt.Sprint(chosen) != "[2]" {
		t.Errorf("reported %v", chosen)
	}
	list.SetRows([][]string{{"A"}})
	if list.Selected() != -1 {
		t.Errorf("row %d is chosen, though there is only one", list.Selected())
	}
	list.SetRows(nil)
}
