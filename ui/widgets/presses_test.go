package widgets

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// itemsIn are the rows in sight, by their numbers.
func itemsIn[T interface {
	fyne.CanvasObject
	shown() int
}](o fyne.CanvasObject) map[int]T {
	found := map[int]T{}
	for _, o := range test.LaidOutObjects(o) {
		if item, ok := o.(T); ok && o.Visible() {
			found[item.shown()] = item
		}
	}
	return found
}

func (r *listRow) shown() int   { return r.row }
func (r *resultRow) shown() int { return r.row }

// names is a list of people, which changes under the mouse.
type names []string

func (n *names) showIn(l *List) {
	rows := make([][]string, len(*n))
	for i, name := range *n {
		rows[i] = []string{name, "staff"}
	}
	l.SetRows(rows)
}

func (n *names) showInResults(r *ResultList) {
	shown := slices.Clone(*n)
	r.SetSource(len(shown), -1, func(row int) Result { return Result{Title: shown[row]} })
}

// TestDoubleClickOpensWhatBothHit, also where the list is read anew meanwhile.
func TestDoubleClickOpensWhatBothHit(t *testing.T) {
	for _, c := range []struct {
		what                  string
		between, after        names // what the list has after the first press, and before the double click is told
		first, second, opened int
	}{
		{"nothing changes", names{"Ann", "Ben", "Cleo"}, names{"Ann", "Ben", "Cleo"}, 1, 1, 1},
		{"two rows", names{"Ann", "Ben", "Cleo"}, names{"Ann", "Ben", "Cleo"}, 1, 2, -1},
		{"another came under the mouse", names{"Aida", "Ann", "Ben", "Cleo"}, names{"Aida", "Ann", "Ben", "Cleo"}, 1, 1, -1},
		{"it moves with its place", names{"Ann", "Ben", "Cleo"}, names{"Aida", "Ann", "Ben", "Cleo"}, 1, 1, 2},
		{"it is gone", names{"Ann", "Ben", "Cleo"}, names{"Ann", "Cleo"}, 1, 1, -1},
	} {
		t.Run(c.what, func(t *testing.T) {
			list := NewList(Head{Grow: true}, Head{Width: 50})
			newPlainWindow(t, list)
			opened := -1
			list.OnActivated = func(row int) { opened = row }
			(&names{"Ann", "Ben", "Cleo"}).showIn(list)
			itemsIn[*listRow](list)[c.first].MouseDown(nil)
			c.between.showIn(list)
			second := itemsIn[*listRow](list)[c.second]
			second.MouseDown(nil)
			c.after.showIn(list)
			second.DoubleTapped(nil)
			if opened != c.opened {
				t.Errorf("opened %d, want %d", opened, c.opened)
			}
		})
	}
}

// TestClickOpensWhatItHit: a result opens when the button comes up, if it is the
// one on which that went down.
func TestClickOpensWhatItHit(t *testing.T) {
	list := NewResultList("Found")
	newPlainWindow(t, list)
	var opened []string
	shown := names{"Ann", "Ben", "Cleo"}
	list.OnActivated = func(row int) { opened = append(opened, shown[row]) }
	shown.showInResults(list)
	click := func(meanwhile names) {
		row := itemsIn[*resultRow](list)[1]
		row.MouseDown(nil)
		shown = meanwhile
		shown.showInResults(list)
		row.MouseUp(nil)
		row.Tapped(nil)
	}
	click(names{"Aida", "Ann", "Ben", "Cleo"})
	click(names{"Aida"})
	if opened != nil {
		t.Errorf("opened %q", opened)
	}
	shown = names{"Ann", "Ben", "Cleo"}
	shown.showInResults(list)
	click(shown)
	if !slices.Equal(opened, []string{"Ben"}) {
		t.Errorf("opened %q", opened)
	}
}

// TestChosenStaysChosen where rows come above it: the same person, in another row.
func TestChosenStaysChosen(t *testing.T) {
	list := NewList(Head{Grow: true}, Head{Width: 50})
	newPlainWindow(t, list)
	(&names{"Ann", "Ben", "Cleo"}).showIn(list)
	list.Select(1)
	(&names{"Aida", "Ann", "Ben", "Cleo"}).showIn(list)
	if list.Selected() != 2 {
		t.Errorf("row %d is chosen", list.Selected())
	}
	(&names{"Aida", "Ann", "Cleo"}).showIn(list)
	if list.Selected() != -1 {
		t.Errorf("row %d is chosen, and who was is gone", list.Selected())
	}
}

// TestClickDoesNotScroll, neither the list, whose last row is half in sight, nor
// the page around it; a key scrolls.
func TestClickDoesNotScroll(t *testing.T) {
	list, results := NewList(Head{Grow: true}, Head{Width: 50}), NewResultList("Found")
	button := NewButton("Merge…", func() {})
	all := make(names, 50)
	for i := range all {
		all[i] = fmt.Sprint("Person ", i)
	}
	all.showIn(list)
	all.showInResults(results)
	for _, o := range []fyne.CanvasObject{list, results, button} {
		scroll := container.NewVScroll(NewColumn(container.NewGridWrap(fyne.NewSize(300, 150), o), NewGap(), Paragraph("below\n\n\n\n\n\n\n\n\n\n\n\n\n")))
		w := newPlainWindow(t, NewColumn())
		w.SetContent(container.NewGridWrap(fyne.NewSize(300, 170), scroll))
		scroll.ScrollToOffset(fyne.NewPos(0, 20))
		inner := func() float32 {
			switch o := o.(type) {
			case *List:
				return o.rows.GetScrollOffset()
			case *ResultList:
				return o.list.rows.GetScrollOffset()
			}
			return 0
		}
		switch o := o.(type) {
		case *List:
			o.rows.ScrollToOffset(10)
			itemsIn[*listRow](o)[0].MouseDown(nil)
		case *ResultList:
			o.list.rows.ScrollToOffset(10)
			row := itemsIn[*resultRow](o)[0]
			row.MouseDown(nil)
			row.Tapped(nil)
		case *Button:
			test.Tap(o)
		}
		if scroll.Offset.Y != 20 || o != fyne.CanvasObject(button) && inner() != 10 {
			t.Errorf("%T: the page is at %v, the list at %v", o, scroll.Offset.Y, inner())
		}
		if l, ok := o.(*List); ok {
			press(w, fyne.KeyDown)
			press(w, fyne.KeyUp)
			if l.rows.GetScrollOffset() != 0 {
				t.Error("a key does not scroll")
			}
		}
	}
}
