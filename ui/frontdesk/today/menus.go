package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/looks"
	"anteroom/ui/widgets"
)

var _ fyne.SecondaryTappable = (*gridBody)(nil)

// TappedSecondary lets down what can be done with what is under the mouse, where the press put the cursor.
func (s *gridBody) TappedSecondary(e *fyne.PointEvent) {
	s.hover.end()
	column, minute, visit := s.grid.at(e.Position)
	if s.day.moving != nil || column < 0 {
		return
	}
	s.day.press(column, minute, visit)
	widgets.ShowMenu(s, e.Position, s.menu()...)
}

// openMenu does so for the keys, below what the cursor is at.
func (s *gridBody) openMenu() {
	s.hover.end()
	c := s.grid.view.Cursor
	if s.day.moving != nil || c.Column < 0 {
		return
	}
	widgets.ShowMenu(s, fyne.NewPos(s.grid.x(c.Column)+2*gap, s.grid.y(c.to)), s.menu()...)
}

// openMenu does so for who is chosen.
func (l *waitList) openMenu() {
	if row := l.at(); row >= 0 {
		widgets.ShowMenu(l, fyne.NewPos(2*gap, float32(row+1)*l.rowHeight()), l.menu(l.chosen)...)
	}
}

// cursorMenu is what can be done where the cursor is.
func (t *Page) cursorMenu() []widgets.MenuItem {
	if v, ok := t.day.chosen(); ok {
		return t.visitMenu(v.ID)
	}
	return []widgets.MenuItem{
		{Text: lang.L("Book here"), Sign: looks.SignBook, Act: t.day.enter},
		{Text: lang.L("Walk-in"), Sign: looks.SignWalkIn, Act: t.openWalkIn},
		{},
		{Text: lang.L("Next free"), Sign: looks.SignLater, Act: t.nextFree},
		{Text: lang.L("Go to a date…"), Sign: looks.SignToday, Act: t.openDate},
	}
}

// visitMenu is what can be done with an appointment.
func (t *Page) visitMenu(id string) []widgets.MenuItem {
	v, ok := t.day.visit(id)
	if !ok {
		return nil
	}
	items := []widgets.MenuItem{{Text: lang.L("Open"), Sign: looks.SignEdit, Act: func() { t.openVisit(v) }}, {}}
	for _, b := range visitButtons(v) {
		items = append(items, widgets.MenuItem{Text: b.Text, Sign: actionSign(b.Action), Act: func() { t.act(b.Action, v) }})
	}
	return items
}

func actionSign(a action) fyne.Resource {
	switch a {
	case actStep:
		return looks.SignDone
	case actAbsent:
		return looks.SignAbsent
	case actCancel:
		return looks.SignCancel
	case actMove:
		return looks.SignMove
	case actAgain:
		return looks.SignBook
	case actPatient:
		return looks.SignPatients
	}
	return looks.SignEdit
}

// act does what an item of the menu says.
func (t *Page) act(what action, v data.Visit) {
	switch what {
	case actStep:
		t.day.stepOn(v)
	case actAbsent:
		t.day.become(v, data.Absent, "", nil)
	default:
		t.leaveVisit(what, v)
	}
}
