package patients

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"anteroom/data"
	"anteroom/ui/layouts"
	"anteroom/ui/looks"
	"anteroom/ui/widgets"
)

// visitsCard has a patient's appointments: those to come with what can be done to them, then those before.
type visitsCard struct {
	of   *PatientPage
	card *widgets.Card

	count  *widgets.Text
	none   *widgets.Text
	next   *fyne.Container
	rows   map[string]*visitRow // by the id of the appointment
	book   *widgets.Button
	print  *widgets.Button
	before *fyne.Container // has the next two
	past   *widgets.List
	unfold *widgets.Button
}

func newVisitsCard(of *PatientPage) *visitsCard {
	c := &visitsCard{of: of, rows: map[string]*visitRow{}, count: widgets.Quiet(""), next: container.New(layouts.Column{Gap: gap + gap/2})}
	c.none = widgets.Quiet(lang.L("No appointments yet. “Book…” makes the first one."))
	c.book = widgets.NewPrimaryButton(lang.L("Book…"), func() { of.params.OnBook(of.record.now.patient, nil) })
	c.book.Sign = looks.SignBook
	c.print = widgets.NewButton(lang.L("Print next appointments"), of.print)
	c.print.Sign = looks.SignPrint
	c.past = widgets.NewList(
		widgets.Head{Width: 170}, widgets.Head{Width: 75, Grow: true}, widgets.Head{Width: 75, Grow: true}, widgets.Head{Width: 130},
	)
	c.past.Spoken = lang.L("Appointments before")
	c.past.ID = func(row int) string { return of.record.past()[row].ID }
	c.past.OnSelected = of.record.choose
	c.past.OnActivated = func(row int) { of.params.OnVisit(of.record.past()[row].Appointment) }
	c.past.Menu = func(row int) []widgets.MenuItem { return of.visitMenu(of.record.past()[row]) }
	c.unfold = widgets.NewLink("", of.record.unfoldVisits)
	inLine := layouts.Inset{Left: layouts.Fixed(-gap), Right: layouts.Fixed(-gap)} // the words of the rows, with those above
	c.before = widgets.NewColumn(widgets.NewGap(), widgets.Small(lang.L("Before")), container.New(inLine, c.past), c.unfold)
	c.card = widgets.NewCard(
		newTight(widgets.Subheading(lang.L("Appointments")), c.count), c.none, c.next, widgets.NewFlow(c.book, c.print), c.before,
	)
	return c
}

func (c *visitsCard) show(v recordView) {
	setText(c.count, v.Count)
	widgets.SetVisible(c.none, v.Ready && v.Count == "")
	c.showNext(v)
	widgets.SetVisible(c.before, len(v.Past) > 0 || v.Unfold != "")
	c.past.SetRows(v.Past)
	c.past.ShowRows(max(1, v.PastRows))
	if v.Chosen >= 0 && v.Chosen != c.past.Selected() {
		c.past.Select(v.Chosen)
	}
	c.unfold.SetText(v.Unfold)
	widgets.SetVisible(c.unfold, v.Unfold != "")
	widgets.SetEnabled(c.book, v.Ready && v.Busy == "")
	c.book.Importance = widget.HighImportance
	if v.IsExpected {
		c.book.Importance = widget.MediumImportance
	}
	c.book.Refresh()
	widgets.SetEnabled(c.print, v.CanPrint)
}

// showNext keeps the row of each appointment that stays, and with it the focus on one of its buttons.
func (c *visitsCard) showNext(v recordView) {
	rows := map[string]*visitRow{}
	c.next.Objects = nil
	for _, shown := range v.Next {
		row := c.rows[shown.ID]
		if row == nil {
			row = newVisitRow(c.of, shown.ID)
		}
		row.show(shown, v.Ready && v.Busy == "")
		rows[shown.ID] = row
		c.next.Objects = append(c.next.Objects, row)
	}
	for id, row := range c.rows {
		if rows[id] == nil && row.hasFocus() {
			c.of.canvas().Focus(c.book)
		}
	}
	c.rows = rows
	widgets.SetVisible(c.next, len(v.Next) > 0)
}

// visitMenu is what can be done to an appointment.
func (w *PatientPage) visitMenu(v data.Visit) (items []widgets.MenuItem) {
	add := func(isOffered bool, sign fyne.Resource, text string, act func()) {
		if isOffered {
			items = append(items, widgets.MenuItem{Text: text, Sign: sign, Act: act})
		}
	}
	row := w.record.nextRow(v)
	add(row.CanArrive, nil, lang.L("Arrived"), func() { w.params.OnArrived(v, w.record.told) })
	add(row.CanMove, looks.SignMove, lang.L("Move…"), func() { w.params.OnMove(v) })
	add(row.CanCancel, looks.SignClose, lang.L("Cancel appointment…"), func() { w.params.OnCancel(v, w.record.told) })
	add(row.CanBookLike, looks.SignBook, lang.L("Book again…"), func() { w.params.OnBook(w.record.now.patient, &v.Appointment) })
	add(true, looks.SignToday, lang.L("Show on the day"), func() { w.params.OnVisit(v.Appointment) })
	return items
}
