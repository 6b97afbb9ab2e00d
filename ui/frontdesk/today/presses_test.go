package today

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/data"
)

// TestDoubleClickInTheWaitingRoom opens who was hit twice, not who came under the
// mouse.
func TestDoubleClickInTheWaitingRoom(t *testing.T) {
	x := visitOf("x", "osei", 3, 8*60, 15, data.Arrived, 8*60)
	y := visitOf("y", "osei", 0, 8*60+15, 15, data.Arrived, 8*60+15)
	onPage(t, usualDayAnd(x, y), func(s *sample) {
		list := s.page.panel.list
		second := fyne.NewPos(30, list.rowHeight()*1.5)
		s.mouseDown(list, second)
		s.benSets("x", data.With) // so that everybody goes up
		s.page.Refresh()
		s.Settle()
		s.mouseDown(list, second)
		list.DoubleTapped(nil)
		s.Settle()
		if s.dialog() != nil {
			t.Fatal("it opens somebody else")
		}
		s.mouseDown(list, second)
		s.mouseDown(list, second)
		s.benSets("b", data.With) // goes in before Fyne tells of the double click
		s.page.Refresh()
		s.Settle()
		list.DoubleTapped(nil)
		s.Settle()
		if s.dialog() != nil {
			t.Fatal("it opens who is next")
		}
		s.mouseDown(list, second)
		s.mouseDown(list, second)
		list.DoubleTapped(nil)
		s.Settle()
		if s.dialog() == nil {
			t.Error("a double click does not open")
		}
	})
}

// TestDoubleClickInTheWeek, where another week comes between the presses, or
// another practitioner's row.
func TestDoubleClickInTheWeek(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.typed("v")
		at := fyne.NewPos(300, 60)
		s.mouseDown(s.page.table, at)
		s.press(fyne.KeyPageDown)
		s.mouseDown(s.page.table, at)
		s.page.table.DoubleTapped(nil)
		s.Settle()
		if !s.page.isWeek {
			t.Fatal("it goes to a day of another week")
		}
		s.mouseDown(s.page.table, at)
		s.saveDetails(func(d *data.Details) { d.Practitioners = d.Practitioners[1:] })
		s.page.Refresh()
		s.pass(time.Second)
		s.page.Refresh()
		s.Settle()
		s.mouseDown(s.page.table, at)
		s.page.table.DoubleTapped(nil)
		s.Settle()
		if !s.page.isWeek {
			t.Error("it goes to somebody else's day")
		}
	})
}

// TestDoubleClickInTheMonth: the first press on a grey day shows its month, so
// that the second hits another day.
func TestDoubleClickInTheMonth(t *testing.T) {
	today := tuesday
	m, went := newMonthGrid(today), 0
	m.changed, m.submit = func(data.Date) {}, func() { went++ }
	m.Resize(fyne.NewSize(280, 300))
	width, height := m.cell()
	last := fyne.NewPos(6.5*width, 7.5*height) // a day of December
	for range 2 {
		m.MouseDown(mouseAt(last))
	}
	m.DoubleTapped(nil)
	if went != 0 {
		t.Errorf("it goes to %v", m.date)
	}
	for range 2 {
		m.MouseDown(mouseAt(fyne.NewPos(3.5*width, 4.5*height)))
	}
	m.DoubleTapped(nil)
	if went != 1 {
		t.Error("a double click does not go there")
	}
}
