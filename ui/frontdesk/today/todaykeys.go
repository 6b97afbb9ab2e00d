package today

import (
	"maps"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/widgets"
)

// setKeys says what the keys do in the day, the week and the waiting room.
func (t *Page) setKeys() {
	d, w := t.day, t.week
	t.grid.body.Keys = map[fyne.KeyName]func(){
		fyne.KeyUp:     func() { d.vertical(-1) },
		fyne.KeyDown:   func() { d.vertical(1) },
		fyne.KeyLeft:   func() { d.horizontal(-1) },
		fyne.KeyRight:  func() { d.horizontal(1) },
		fyne.KeyReturn: t.onSeen(d.enter),
		fyne.KeyEnter:  t.onSeen(d.enter),
		fyne.KeyDelete: t.onSeen(d.cancel),

		fyne.KeyBackspace: t.onSeen(d.cancel), // the key called delete on a Mac
		fyne.KeyEscape:    t.escape,
	}
	longer, shorter := t.onSeen(func() { d.lengthen(lengthStep) }), t.onSeen(func() { d.lengthen(-lengthStep) })
	t.grid.body.Runes = map[rune]func(){
		'+': longer, '-': shorter, '−': shorter,
		'm': t.onSeen(d.moveChosen), 'n': d.nextFree, 'w': t.openWalkIn, 'g': t.openDate, 'v': t.toggleWeek, 'b': t.book,
	}
	upper(t.grid.body.Runes)
	t.table.Keys = map[fyne.KeyName]func(){
		fyne.KeyUp:     func() { w.move(-1, 0) },
		fyne.KeyDown:   func() { w.move(1, 0) },
		fyne.KeyLeft:   func() { w.move(0, -1) },
		fyne.KeyRight:  func() { w.move(0, 1) },
		fyne.KeyReturn: w.enter,
		fyne.KeyEnter:  w.enter,
		fyne.KeyEscape: t.toggleWeek,
	}
	t.table.Runes = map[rune]func(){'v': t.toggleWeek, 'g': t.openDate, 'w': t.openWalkIn, 'b': t.book}
	upper(t.table.Runes)
	t.table.choose, t.table.Open = w.choose, w.openThat

	open := func() {
		if v, ok := t.waitingChosen(); ok {
			t.openVisit(v)
		}
	}
	t.panel.list.Keys = map[fyne.KeyName]func(){fyne.KeyReturn: open, fyne.KeyEnter: open}
	maps.Copy(t.panel.list.Keys, widgets.MenuKeys(t.panel.list.openMenu))
	maps.Copy(t.grid.body.Keys, widgets.MenuKeys(t.onSeen(t.grid.body.openMenu)))
	t.panel.list.open, t.panel.list.now = open, d.now
	t.panel.list.sendIn = func(id string) {
		if v, ok := d.visit(id); ok {
			d.stepOn(v)
		}
	}
	t.panel.list.menu, t.grid.body.menu = t.visitMenu, t.cursorMenu
}

// pageOptions are the keys that are heard wherever no field is typed into.
func (t *Page) pageOptions() widgets.PageOptions {
	o := widgets.PageOptions{
		Keys: map[fyne.KeyName]func(){
			fyne.KeyF3:        t.NextStep,
			fyne.KeyPageUp:    func() { t.goOn(-1) },
			fyne.KeyPageDown:  func() { t.goOn(1) },
			fyne.KeyHome:      t.goToday,
			fyne.KeyDelete:    t.grid.body.Keys[fyne.KeyDelete],
			fyne.KeyBackspace: t.grid.body.Keys[fyne.KeyBackspace],
		},
		Runes: map[rune]func(){},
	}
	for r := range t.grid.body.Runes {
		o.Runes[r] = func() { t.hear(r) }
	}
	return o
}

// escape leaves what is being moved where it was, or the booking that is open.
func (t *Page) escape() {
	switch {
	case t.day.moving != nil:
		t.day.cancelMove()
	case t.bookingDialog != nil:
		t.bookingDialog.Cancel().Tapped(nil)
	}
}

// hear has a letter do what it does in the day, or the week. The keys after it go there, too.
func (t *Page) hear(r rune) {
	act := t.grid.body.Runes[r]
	var shown fyne.Focusable = t.grid.body
	if t.isWeek {
		act, shown = t.table.Runes[r], t.table
	}
	onCursor := strings.ContainsRune("+-−mM", r)
	if act == nil || onCursor && t.waitingHasKeys() || t.empty.Visible() {
		return
	}
	t.params.Window.Canvas().Focus(shown)
	act()
}

// waitingHasKeys says that what is highlighted is in the waiting room.
func (t *Page) waitingHasKeys() bool {
	return t.params.Window.Canvas().Focused() == fyne.Focusable(t.panel.list)
}

// onSeen is an act on what the cursor is at, or on what is being moved, while that is
// to be seen.
func (t *Page) onSeen(act func()) func() {
	return func() {
		if t.cursorIsSeen() {
			act()
		}
	}
}

// cursorIsSeen says that the cursor is in sight and highlighted. One that had scrolled away
// is brought back: the next key then means what is seen.
func (t *Page) cursorIsSeen() bool {
	switch {
	case t.isWeek, t.waitingHasKeys():
		return false
	case t.grid.isCursorInSight():
		return true
	}
	t.grid.revealCursor()
	t.day.say(hint, lang.L("This had scrolled out of sight. Press the key again to act on it."))
	t.day.show()
	return false
}

// isCursorInSight says that a line of the cursor, or of what is being moved, is.
func (g *grid) isCursorInSight() bool {
	column, at := g.view.Cursor.Column, g.view.Cursor.span
	if g.view.Ghost.Column >= 0 {
		column, at = g.view.Ghost.Column, g.view.Ghost.span
	}
	if column < 0 || g.scroll.Size().Height <= 0 {
		return true // there is nothing to see yet
	}
	from, to := g.inSight()
	const line = gap
	return g.y(at.to) > from.Y+line && g.y(at.from) < to.Y-line && g.x(column+1) > from.X+line && g.x(column) < to.X-line
}

// upper has capital letters do the same.
func upper(runes map[rune]func()) {
	for r := 'a'; r <= 'z'; r++ {
		if act := runes[r]; act != nil {
			runes[r-'a'+'A'] = act
		}
	}
}
