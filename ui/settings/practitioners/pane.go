// Package practitioners is the pane of the settings in which those are whom patients come to see.
package practitioners

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/layouts"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// panel is what the pane "Practitioners" shows.
type panel struct {
	content   fyne.CanvasObject
	list      *widgets.Table[data.Practitioner]
	dialogs   *screen.Dialogs
	presenter *presenter

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
}

func newPanel(s *screen.Dialogs) *panel {
	w := &panel{dialogs: s}
	today := func() data.Date { return w.presenter.today() }
	w.list = widgets.NewTable(func(p data.Practitioner) string { return p.ID }, columns(today)...)
	w.list.OnSelected = func(row int) { w.presenter.choose(row) }
	w.list.OnActivated = func(int) { w.openEdit() }
	w.name, w.colour, w.hours, w.away = widgets.Label(""), widgets.Paragraph(""), widgets.Paragraph(""), widgets.Paragraph("")
	w.swatch, w.result = widgets.NewSwatch(""), widgets.NewNotice(widgets.Good, "")
	w.add = widgets.NewPrimaryButton(lang.L("Add practitioner…"), w.openNew)
	w.edit = widgets.NewButton(lang.L("Edit…"), w.openEdit)
	w.up = widgets.NewButton(lang.L("Move up"), func() { w.presenter.move(-1) })
	w.down = widgets.NewButton(lang.L("Move down"), func() { w.presenter.move(1) })
	w.remove = widgets.NewButton(lang.L("Remove…"), w.openRemove)

	w.facts = pane.Facts(
		widgets.Quiet(lang.L("Colour")).OneLine(), container.NewBorder(nil, nil, w.swatch, nil, w.colour),
		widgets.Quiet(lang.L("Hours")).OneLine(), w.hours,
		widgets.Quiet(lang.L("Days away")).OneLine(), w.away,
	)
	acts := widgets.NewFlow(w.edit, w.up, w.down, w.remove)
	head := container.NewBorder(nil, nil, nil, w.add, widgets.Heading(lang.L("Practitioners")))
	w.list.Menu = func(int) []widgets.MenuItem { return pane.MenuOf(w.edit, w.up, w.down, w.remove) }
	w.content = pane.OverList(head, widgets.NewListCard(w.list, w.result, w.name, w.facts, acts))
	return w
}

// columns are what the list shows of a practitioner.
func columns(today func() data.Date) []widgets.Column[data.Practitioner] {
	return []widgets.Column[data.Practitioner]{
		{Title: lang.L("Name"), Width: 180, Grow: true, Text: func(p data.Practitioner) string { return p.Name }},
		{Title: lang.L("This week"), Width: 260, Grow: true, Text: func(p data.Practitioner) string { return weekText(p, today()) }},
		{Title: lang.L("Days away"), Width: 150, Text: func(p data.Practitioner) string { return awayText(p, today()) }},
	}
}

func (w *panel) show(v view) {
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
	widgets.SetEnabled(w.edit, v.CanEdit)
	widgets.SetEnabled(w.remove, v.CanEdit)
	pane.EnableOr(w.dialogs, w.up, v.CanUp, w.down, v.CanDown, w.list.Focusable())
	pane.EnableOr(w.dialogs, w.down, v.CanDown, w.up, v.CanUp, w.list.Focusable())
	pane.ShowResult(w.result, v.Good, v.Error)
	layouts.Refresh(w.content)
}

// openNew opens the dialog for a new one. Who went on to another pane, or opened something, is not
// disturbed.
func (w *panel) openNew() {
	if w.content.Visible() && w.dialogs.Window.Canvas().Overlays().Top() == nil {
		openEdit(w.dialogs, w.presenter, w.presenter.proposed(looks.PractitionerColours))
	}
}

func (w *panel) openEdit() {
	if one, ok := w.presenter.one(); ok {
		openEdit(w.dialogs, w.presenter, one)
	}
}

// openRemove asks before somebody is removed.
func (w *panel) openRemove() {
	one, ok := w.presenter.one()
	switch {
	case !ok:
	case one.Gone:
		w.presenter.setGone(one, false)
	default:
		pane.AskToRemove(w.dialogs, lang.L("Remove practitioner"), one.Name,
			lang.L("The column goes from the days to come. Appointments that are booked stay, and are still shown. You can bring them back."),
			func() { w.presenter.setGone(one, true) })
	}
}

// New makes the pane. isNew has it begin with a new practitioner.
func New(p pane.Params, d *desk.Desk, isNew bool) pane.Pane {
	w := newPanel(p.Dialogs)
	w.presenter = newPresenter(p, d, screen.NewView(w.show), w.openNew)
	w.presenter.adds = isNew
	w.presenter.show()
	return pane.Pane{Content: w.content, Refresh: w.presenter.refresh, Focus: w.focus}
}

func (w *panel) focus(c fyne.Canvas) { c.Focus(w.list.Focusable()) }
