package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/layouts"
	"anteroom/ui/looks"
	"anteroom/ui/widgets"
)

// practitionersWidgets is the pane "Practitioners".
type practitionersWidgets struct {
	*tablePane
	list          *widgets.Table[data.Practitioner]
	sheets        *sheets
	practitioners *practitioners

	name   *widgets.Text
	swatch *widgets.Swatch
	colour *widgets.Text
	hours  *widgets.Text
	away   *widgets.Text
	facts  *fyne.Container
	add    *widgets.Button
	edit   *widgets.Button
	up     *widgets.Button
	down   *widgets.Button
	remove *widgets.Button
	result *widgets.Notice

	shown practitionersView
}

func newPractitionersWidgets(s *sheets) *practitionersWidgets {
	w := &practitionersWidgets{sheets: s}
	list := widgets.NewTable(func(p data.Practitioner) string { return p.ID }, practitionerColumns(func() data.Date { return w.practitioners.today(w.practitioners.desk) })...)
	list.OnSelected = func(row int) { w.practitioners.choose(row) }
	list.OnActivated = func(int) { w.openEdit() }
	w.name, w.colour, w.hours, w.away = widgets.Label(""), widgets.Paragraph(""), widgets.Paragraph(""), widgets.Paragraph("")
	w.swatch, w.result = widgets.NewSwatch(""), widgets.NewNotice(widgets.Good, "")
	w.add = widgets.NewPrimaryButton(lang.L("Add practitioner…"), w.openNew)
	w.edit = widgets.NewButton(lang.L("Edit…"), w.openEdit)
	w.up = widgets.NewButton(lang.L("Move up"), func() { w.practitioners.move(-1) })
	w.down = widgets.NewButton(lang.L("Move down"), func() { w.practitioners.move(1) })
	w.remove = widgets.NewButton(lang.L("Remove…"), w.openRemove)

	w.facts = newFacts(
		widgets.Quiet(lang.L("Colour")).OneLine(), container.NewBorder(nil, nil, w.swatch, nil, w.colour),
		widgets.Quiet(lang.L("Hours")).OneLine(), w.hours,
		widgets.Quiet(lang.L("Days away")).OneLine(), w.away,
	)
	acts := widgets.NewFlow(w.edit, w.up, w.down, w.remove)
	head := widgets.NewColumn(
		widgets.Quiet(lang.L("Practice details")),
		container.NewBorder(nil, nil, nil, w.add, widgets.Heading(lang.L("Practitioners"))),
	)
	w.list, w.tablePane = list, newTablePane(head, list, widgets.NewColumn(w.result, w.name, w.facts, acts))
	w.show(practitionersView{Chosen: -1, Colour: -1})
	return w
}

// show implements practitionersPane.
func (w *practitionersWidgets) show(v practitionersView) {
	w.shown = v
	w.list.SetRows(v.Rows)
	w.list.SetEmpty(v.Empty)
	w.list.Select(v.Chosen)
	w.name.SetText(v.Name)
	w.colour.SetText(v.ColourName)
	w.swatch.Set("")
	if v.Colour >= 0 {
		w.swatch.Set(looks.Practitioner(v.Colour))
	}
	w.hours.SetText(v.Hours)
	w.away.SetText(v.Away)
	w.facts.Hidden = v.Name == ""
	w.remove.SetText(lang.L("Remove…"))
	if v.Gone {
		w.remove.SetText(lang.L("Bring back"))
	}
	enable(w.edit, v.CanEdit)
	enable(w.remove, v.CanEdit)
	w.sheets.enableOr(w.up, v.CanUp, w.down, v.CanDown, w.list.Focusable())
	w.sheets.enableOr(w.down, v.CanDown, w.up, v.CanUp, w.list.Focusable())
	showResult(w.result, v.Good, v.Error)
	layouts.Refresh(w.content)
}

// showResult says how something went; nothing was asked for: nothing.
func showResult(n *widgets.Notice, good, bad string) {
	n.Set(widgets.Good, good)
	if bad != "" {
		n.Set(widgets.Error, bad)
	}
	n.Hidden = good+bad == ""
}

// enableOr turns a button on or off. If it goes off with the focus on it, the focus
// goes to another that is on, or else to what is always there.
func (s *sheets) enableOr(b *widgets.Button, on bool, other *widgets.Button, otherOn bool, always fyne.Focusable) {
	enable(b, on)
	if c := s.window.Canvas(); !on && c.Focused() == fyne.Focusable(b) {
		if otherOn {
			enable(other, true)
			c.Focus(other)
		} else {
			c.Focus(always)
		}
	}
}

// openNew implements practitionersPane. Who went on to another pane, or opened something, is not
// disturbed.
func (w *practitionersWidgets) openNew() {
	if !w.content.Visible() || w.sheets.window.Canvas().Overlays().Top() != nil {
		return
	}
	w.sheets.openPractitioner(w.practitioners, w.practitioners.proposed(looks.PractitionerColours))
}

func (w *practitionersWidgets) openEdit() {
	if one, ok := w.practitioners.one(); ok {
		w.sheets.openPractitioner(w.practitioners, one)
	}
}

// openRemove asks before somebody is removed.
func (w *practitionersWidgets) openRemove() {
	one, ok := w.practitioners.one()
	switch {
	case !ok:
	case one.Gone:
		w.practitioners.setGone(one, false)
	default:
		w.sheets.openRemove(lang.L("Remove practitioner"), one.Name,
			lang.L("The column goes from the days to come. Appointments that are booked stay, and are still shown. You can bring them back."),
			func() { w.practitioners.setGone(one, true) })
	}
}

// openRemove asks before something is taken off a list.
func (s *sheets) openRemove(title, name, text string, remove func()) {
	var d *sheet
	d = s.show(widgets.DialogOptions{
		Title:   title,
		Content: widgets.NewColumn(widgets.Label(name), widgets.Paragraph(text)),
		Careful: true,
		Primary: lang.L("Remove"),
		OnPrimary: func() {
			d.close()
			remove()
		},
		Cancel: lang.L("Cancel"),
	}, nothingToWipe)
}

// practitionerColumns are what the list shows of a practitioner.
func practitionerColumns(today func() data.Date) []widgets.Column[data.Practitioner] {
	return []widgets.Column[data.Practitioner]{
		{Title: lang.L("Name"), Width: 180, Grow: true, Text: func(p data.Practitioner) string { return p.Name }},
		{Title: lang.L("This week"), Width: 260, Grow: true, Text: func(p data.Practitioner) string { return weekText(p, today()) }},
		{Title: lang.L("Days away"), Width: 150, Text: func(p data.Practitioner) string { return awayText(p, today()) }},
	}
}
