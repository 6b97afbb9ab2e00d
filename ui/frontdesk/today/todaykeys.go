package today

import (
	"fyne.io/fyne/v2"
)

// setKeys says what the keys do in the day, the week and the waiting room.
func (t *Page) setKeys() {
	d, w := t.day, t.week
	t.grid.sheet.keys = map[fyne.KeyName]func(){
		fyne.KeyUp:     func() { d.vertical(-1) },
		fyne.KeyDown:   func() { d.vertical(1) },
		fyne.KeyLeft:   func() { d.horizontal(-1) },
		fyne.KeyRight:  func() { d.horizontal(1) },
		fyne.KeyReturn: d.enter,
		fyne.KeyEnter:  d.enter,
		fyne.KeyDelete: d.cancel,

		fyne.KeyBackspace: d.cancel, // the key called delete on a Mac
		fyne.KeyEscape:    d.giveUp,
	}
	t.grid.sheet.runes = map[rune]func(){
		'+': func() { d.lengthen(lengthStep) }, '-': func() { d.lengthen(-lengthStep) }, '−': func() { d.lengthen(-lengthStep) },
		'm': d.carryOn, 'n': d.nextFree, 'w': t.openWalkIn, 'g': t.openDate, 'v': t.toggleWeek,
	}
	upper(t.grid.sheet.runes)
	t.grid.sheet.focusChanged = t.focusChanged

	t.table.keys = map[fyne.KeyName]func(){
		fyne.KeyUp:     func() { w.move(-1, 0) },
		fyne.KeyDown:   func() { w.move(1, 0) },
		fyne.KeyLeft:   func() { w.move(0, -1) },
		fyne.KeyRight:  func() { w.move(0, 1) },
		fyne.KeyReturn: w.enter,
		fyne.KeyEnter:  w.enter,
		fyne.KeyEscape: t.toggleWeek,
	}
	t.table.runes = map[rune]func(){'v': t.toggleWeek, 'g': t.openDate, 'w': t.openWalkIn}
	upper(t.table.runes)
	t.table.choose, t.table.open = w.choose, w.openThat

	open := func() {
		if v, ok := t.waitingChosen(); ok {
			t.openVisit(v)
		}
	}
	t.panel.list.keys = map[fyne.KeyName]func(){fyne.KeyReturn: open, fyne.KeyEnter: open}
	t.panel.list.open = open
}

// upper has capital letters do the same.
func upper(runes map[rune]func()) {
	for r := 'a'; r <= 'z'; r++ {
		if act := runes[r]; act != nil {
			runes[r-'a'+'A'] = act
		}
	}
}
