package today

import (
	"fyne.io/fyne/v2"
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
	book := widgets.NewPrimaryButton(lang.L("Book…"), t.book)
	walkIn := widgets.NewButton(lang.L("Walk-in…"), t.openWalkIn)
	free := widgets.NewButton(lang.L("Next free"), t.nextFree)
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
	widgets.SetEnabled(b.today, !isNow)
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
		widgets.SetEnabled(act, on)
	}
}
