package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/widgets"
)

// toolbar is the line above the day.
type toolbar struct {
	content    *fyne.Container
	date, week *widgets.Button
	today      *widgets.Button
	print      *widgets.Button // the day's list
	isWeek     bool
	acts       []*widgets.Button // that need a practitioner
	grown      func()            // it needs more or less room
}

func newToolbar(t *Page) *toolbar {
	b := &toolbar{}
	before, after := narrow("‹", lang.L("Earlier"), func() { t.goOn(-1) }), narrow("›", lang.L("Later"), func() { t.goOn(1) })
	b.date = widgets.NewButton("", t.openDate)
	b.today = widgets.NewButton(lang.L("Today"), t.goToday)
	b.week = widgets.NewButton(lang.L("Week"), t.toggleWeek)
	book := widgets.NewPrimaryButton(lang.L("Book…"), t.day.book)
	walkIn := widgets.NewButton(lang.L("Walk-in…"), t.openWalkIn)
	free := widgets.NewButton(lang.L("Next free"), func() {
		if t.isWeek {
			t.toggleWeek()
		}
		t.day.nextFree()
		t.params.Window.Canvas().Focus(t.grid.sheet) // where Enter then books
	})
	b.print = narrow(lang.L("Print"), lang.L("Print the day"), func() { t.params.OnPrint(t.day.date) })
	for _, button := range []*widgets.Button{b.today, b.week, free, walkIn, b.date, book} {
		button.Narrow = true
	}
	b.acts = []*widgets.Button{b.week, book, walkIn, free, b.print}
	b.content = widgets.NewFlow(before, b.date, after, b.today, b.week, free, walkIn, book, b.print)
	return b
}

func narrow(text, spoken string, tapped func()) *widgets.Button {
	b := widgets.NewButton(text, tapped)
	b.Narrow, b.Spoken = true, spoken
	return b
}

// show shows which day or week it is.
func (b *toolbar) show(date string, isNow bool) {
	if b.date.Text != date {
		b.date.SetText(date)
		b.flow()
	}
	setEnabled(b.today, !isNow)
	b.placePrint()
}

// placePrint leaves the button out where it would be a second row for itself: the
// menu has it too.
func (b *toolbar) placePrint() {
	const largest = 18 // text, with which all fit in a row
	if hidden := b.isWeek || theme.TextSize() > largest; hidden != b.print.Hidden {
		b.print.Hidden = hidden
		b.content.Refresh()
	}
}

// flow puts the buttons in rows anew, as their words need it.
func (b *toolbar) flow() {
	before := b.content.Size().Height
	b.content.Refresh()
	if b.content.MinSize().Height != before {
		b.grown()
	}
}

func (b *toolbar) setWeek(isWeek bool) {
	b.isWeek = isWeek
	b.placePrint()
	if isWeek {
		b.week.SetText(lang.L("Day"))
		b.today.SetText(lang.L("This week"))
	} else {
		b.week.SetText(lang.L("Week"))
		b.today.SetText(lang.L("Today"))
	}
	b.flow()
}

func (b *toolbar) enable(on bool) {
	for _, act := range b.acts {
		setEnabled(act, on)
	}
}

func setEnabled(o fyne.Disableable, on bool) {
	switch {
	case on && o.Disabled():
		o.Enable()
	case !on && !o.Disabled():
		o.Disable()
	}
}

// statusBar says what is chosen, what the keys do there, and what was done.
type statusBar struct {
	content fyne.CanvasObject
	line    *widgets.Text
	alert   *widgets.Notice
	keys    *widgets.Text
	message *widgets.Notice
	busy    *widgets.Busy
	grown   func() // it needs more room
	goesOn  string
}

func newStatusBar() *statusBar {
	s := &statusBar{
		line: widgets.Label(""), alert: widgets.NewNotice(widgets.Warning, ""), keys: widgets.Small(""),
		message: widgets.NewNotice(widgets.Good, ""), busy: widgets.NewBusy(),
	}
	s.content = container.New(&statusLayout{}, s.line, s.alert, s.keys, s.message, s.busy)
	return s
}

func (s *statusBar) show(line, alert, keys, message string, about kind, busy string) {
	s.line.SetText(line)
	s.alert.SetText(alert)
	s.keys.SetText(keys)
	notice := widgets.Good
	if about == trouble {
		notice = widgets.Error
	}
	if s.message.Text() != message || message != "" {
		s.message.Set(notice, message)
	}
	s.goesOn = busy
	if busy == "" {
		s.busy.Stop()
	} else {
		s.busy.Start(busy)
	}
	before := s.content.MinSize().Height
	s.content.Refresh()
	if s.content.MinSize().Height != before {
		s.grown()
	}
}

// statusLayout keeps room for two lines and the keys, so that the day does not
// jump. It grows where a line needs more, and stays so.
type statusLayout struct {
	width, height, text float32
}

func (l *statusLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if text := theme.TextSize(); size.Width != l.width || text != l.text {
		l.width, l.height, l.text = size.Width, 0, text
	}
	l.height = max(l.height, l.arrange(objects, size.Width))
}

func (l *statusLayout) arrange(objects []fyne.CanvasObject, width float32) float32 {
	fitHeight := func(o fyne.CanvasObject, width float32) float32 {
		o.Resize(fyne.NewSize(width, o.Size().Height))
		return max(normalLine(), o.MinSize().Height)
	}
	busyWidth := halfScaled(160)
	line, alert, keys, message, busy := objects[0], objects[1], objects[2], objects[3], objects[4]
	half := width
	hasAlert := alert.(*widgets.Notice).Text() != ""
	if hasAlert { // beside the line, or with the third of the room that a long line leaves it
		words := fyne.MeasureText(line.(*widgets.Text).Text(), theme.TextSize(), fyne.TextStyle{Bold: true}).Width
		half = min(words+2*gap, (width-gap)*0.68)
	}
	first := fitHeight(line, half)
	if hasAlert {
		first = max(first, fitHeight(alert, width-half-gap))
	}
	second := fitHeight(message, width-busyWidth-gap)
	keys.Resize(fyne.NewSize(width, keys.Size().Height))
	third := max(smallLine(), keys.MinSize().Height)
	place(line, 0, 0, half, first)
	place(alert, half+gap, 0, width-half-gap, first)
	place(keys, 0, first+gap/2, width, third)
	place(message, 0, first+third+gap, width-busyWidth-gap, second)
	place(busy, width-busyWidth, first+third+gap-theme.InnerPadding(), busyWidth, busy.MinSize().Height)
	return first + second + third + gap
}

func (l *statusLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, max(l.height, 2*normalLine()+smallLine()+gap))
}

// pageLayout has the buttons above, the day and the waiting room in the middle,
// and what is chosen below.
type pageLayout struct{}

func (pageLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	const margin = 2 * gap
	bar, middle, panel, status := objects[0], objects[1], objects[2], objects[3]
	width := size.Width - 2*margin
	bar.Resize(fyne.NewSize(width, bar.Size().Height))
	status.Resize(fyne.NewSize(width, status.Size().Height))
	top, below := bar.MinSize().Height, status.MinSize().Height
	side := panel.MinSize().Width
	height := max(0, size.Height-top-below-4*gap)
	place(bar, margin, gap, width, top)
	place(status, margin, size.Height-gap-below, width, below)
	place(panel, size.Width-margin-side, top+2*gap, side+margin/2, height)
	place(middle, margin, top+2*gap, width-side-gap, height)
}

func (pageLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(halfScaled(panelWidth+leastColumn)+4*gap, objects[0].MinSize().Height+8*normalLine())
}
