package today

import (
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/looks"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

// dateBar is what the page has in the bar of the front desk: which day, or week, is shown.
type dateBar struct {
	page           *Page
	earlier, later *widgets.Button
	date           *widgets.Button
	now            *widgets.Button // to today, or to this week
	week           *widgets.Button
}

func newDateBar(t *Page) *dateBar {
	b := &dateBar{page: t}
	b.earlier = sign(widgets.NewFlatButton(looks.SignEarlier, "", func() { t.goOn(-1) }), lang.L("Earlier"), "Page Up")
	b.later = sign(widgets.NewFlatButton(looks.SignLater, "", func() { t.goOn(1) }), lang.L("Later"), "Page Down")
	b.date = widgets.NewFlatButton(nil, "", t.openDate)
	b.date.Tip = withKey(lang.L("Go to a date"), "G")
	b.now = widgets.NewFlatButton(looks.SignToday, lang.L("Go to today"), t.goToday)
	b.now.Tip = withKey(lang.L("Go to today"), "Home")
	b.week = widgets.NewTab(looks.SignWeek, lang.L("Week"), t.toggleWeek)
	b.week.Tip = withKey(lang.L("Day or week"), "V")
	return b
}

// sign is a button that has only a sign, so it needs to say what it is for.
func sign(b *widgets.Button, name, key string) *widgets.Button {
	b.Spoken, b.Tip = name, withKey(name, key)
	return b
}

// withKey is what a tip says: what is done, and by which key.
func withKey(name, key string) string {
	return lang.L("{{.Name}} ({{.Key}})", map[string]any{"Name": name, "Key": key})
}

// Bar is what the bar of the front desk has of the page.
func (t *Page) Bar() []widgets.ToolbarItem {
	b := t.bar
	return []widgets.ToolbarItem{
		{Object: b.earlier}, {Object: b.date}, {Object: b.later},
		{Object: b.now, Rank: 1}, {Object: b.week, Rank: 1},
	}
}

// show shows which day or week it is.
func (b *dateBar) show(date string, isNow bool) {
	if b.date.Text != date {
		b.date.SetText(date)
		b.page.params.OnBar()
	}
	widgets.SetEnabled(b.now, !isNow)
}

func (b *dateBar) setWeek(isWeek bool) {
	b.week.SetOn(isWeek)
	b.now.Text = lang.L("Go to today")
	if isWeek {
		b.now.Text = lang.L("This week")
	}
	b.now.Refresh()
	b.page.params.OnBar()
}

// acts are what is done at the desk, above the waiting room.
type acts struct {
	bar                 *widgets.Toolbar
	book, walkIn, print *widgets.Button
}

func newActs(t *Page) *acts {
	a := &acts{
		book:   widgets.NewPrimaryButton(lang.L("Book"), t.book),
		walkIn: widgets.NewFlatButton(looks.SignWalkIn, lang.L("Walk-in"), t.openWalkIn),
		print:  widgets.NewFlatButton(looks.SignPrint, lang.L("Print"), func() { t.params.OnPrint(t.day.date) }),
	}
	a.book.Sign, a.book.Narrow = looks.SignBook, true
	a.book.Tip, a.walkIn.Tip = withKey(lang.L("Book an appointment"), "B"), withKey(lang.L("Somebody came without an appointment"), "W")
	a.print.Tip = withKey(lang.L("Print the day"), words.Shortcut("P"))
	a.bar = widgets.NewToolbar(0,
		widgets.ToolbarItem{Object: a.book, Rank: 3, Stays: true},
		widgets.ToolbarItem{Object: a.walkIn, Rank: 2, Stays: true},
		widgets.ToolbarItem{Object: a.print, Rank: 1, Right: true},
	)
	return a
}

// enable says whether there is a practitioner, whom all this needs.
func (a *acts) enable(on bool) {
	for _, b := range []*widgets.Button{a.book, a.walkIn, a.print} {
		widgets.SetEnabled(b, on)
	}
}
