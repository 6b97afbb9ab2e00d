package widgets

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"anteroom/ui/looks"
)

// rowsOf are the rows of a list that are in sight, by their numbers.
func rowsOf(list *List) map[int]*listRow {
	rows := map[int]*listRow{}
	for _, o := range test.LaidOutObjects(list) {
		if row, ok := o.(*listRow); ok && row.Visible() {
			rows[row.row] = row
		}
	}
	return rows
}

// TestListShowsFocusAtItsRow: the ring is around the chosen row, or the one that the arrows begin with, and around the
// whole list only where that has none.
func TestListShowsFocusAtItsRow(t *testing.T) {
	w := newTestWindow(t, looks.New(looks.Light, 1))
	list := NewList(Head{Title: "Name", Grow: true})
	list.SetRows([][]string{{"A"}, {"B"}, {"C"}})
	w.SetContent(list)
	ringed := func() (at []int) {
		for i, row := range rowsOf(list) {
			if row.mark.ring.Visible() {
				at = append(at, i)
			}
		}
		return at
	}
	want := func(what string, rows ...int) {
		t.Helper()
		if got := ringed(); !slices.Equal(got, rows) {
			t.Errorf("%s: the rows %v have a ring, want %v", what, got, rows)
		}
	}
	want("without the focus")
	list.Focus()
	want("none is chosen", 0)
	press(w, fyne.KeyDown)
	press(w, fyne.KeyDown)
	want("the second is chosen", 1)
	w.Canvas().Unfocus()
	want("the focus is gone")
	if !rowsOf(list)[1].mark.bar.Visible() {
		t.Error("nothing shows what is chosen")
	}
}

// TestRowMenu lets it down by the right mouse button, the Menu key and "…"; what it does is done to the row that it was
// let down for.
func TestRowMenu(t *testing.T) {
	w := newTestWindow(t, looks.New(looks.Light, 1))
	list := NewList(Head{Title: "Name", Grow: true})
	var done []string
	list.Menu = func(int) []MenuItem {
		return []MenuItem{{Text: "Edit", Act: func() { done = append(done, fmt.Sprint("edit ", list.Selected())) }}}
	}
	list.SetRows([][]string{{"A"}, {"B"}, {"C"}})
	w.SetContent(list)
	isDown := func() bool { return w.Canvas().Overlays().Top() != nil }

	row := rowsOf(list)[1]
	row.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonSecondary})
	row.TappedSecondary(&fyne.PointEvent{})
	if !isDown() || list.Selected() != 1 {
		t.Fatalf("the menu is down: %v, row %d is chosen", isDown(), list.Selected())
	}
	press(w, fyne.KeyReturn)

	press(w, fyne.KeyDown)
	press(w, desktop.KeyMenu)
	press(w, fyne.KeyReturn)
	for i, r := range rowsOf(list) {
		if r.more.Visible() != (i == 2) {
			t.Errorf("row %d has %q: %v", i, "…", r.more.Visible())
		}
	}
	rowsOf(list)[2].more.Tapped(nil)
	if w.Canvas().Focused() == fyne.Focusable(list.rows) {
		t.Error("the menu has not the keys")
	}
	list.SetRows([][]string{{"A"}, {"B"}}) // C was taken away meanwhile
	list.Select(0)
	press(w, fyne.KeyReturn)
	if want := []string{"edit 1", "edit 2"}; !slices.Equal(done, want) {
		t.Errorf("done %v, want %v", done, want)
	}
	list.Unselect()
	list.Focus()
	if press(w, desktop.KeyMenu); isDown() {
		t.Error("a menu of no row")
	}
}

// TestListCardHoldsItsRows: what can be done stands right below the rows, and a list that has more of them than there is
// room for scrolls.
func TestListCardHoldsItsRows(t *testing.T) {
	w := newTestWindow(t, looks.New(looks.Light, 1))
	list := NewList(Head{Title: "Name", Grow: true})
	edit := NewButton("Edit…", nil)
	card := NewListCard(list, edit)
	w.SetContent(card)
	need := func(rows int) float32 {
		texts := make([][]string, rows)
		for i := range texts {
			texts[i] = []string{fmt.Sprint(i)}
		}
		list.SetRows(texts)
		return card.FullHeight(400)
	}
	if one, five := need(1), need(5); five-one != 4*lineHeight() {
		t.Errorf("four rows more need %v more, want %v", five-one, 4*lineHeight())
	}
	if need(1) < card.MinSize().Height {
		t.Errorf("one row needs %v, the card takes at least %v", need(1), card.MinSize().Height)
	}
	full := need(50)
	card.Resize(fyne.NewSize(400, 300))
	if full < 300 || edit.Position().Y+edit.Size().Height > 300 || list.Size().Height >= full {
		t.Errorf("in 300 of %v the list is %v high, the button at %v", full, list.Size().Height, edit.Position())
	}
}

// TestRowMenuStaysInSight where the list is wider than its card, wherever that is scrolled to.
func TestRowMenuStaysInSight(t *testing.T) {
	w := newTestWindow(t, looks.New(looks.Light, 2))
	list := NewList(Head{Title: "Name", Width: 400}, Head{Title: "Role", Width: 400})
	list.Menu = func(int) []MenuItem { return nil }
	list.SetRows([][]string{{"A", "a"}, {"B", "b"}})
	card := NewListCard(list)
	w.SetContent(card)
	w.Resize(fyne.NewSize(500, 400))
	list.Select(1)
	for _, offset := range []float32{0, 200, 1e6} {
		card.table.ScrollToOffset(fyne.NewPos(offset, 0))
		more := rowsOf(list)[1].more
		end := more.Position().X + more.Size().Width - card.table.Offset.X // the row begins where the scroller's content does
		if want := card.table.Size().Width; end != want {
			t.Errorf("scrolled to %v it ends at %v, want %v", card.table.Offset.X, end, want)
		}
	}
}
