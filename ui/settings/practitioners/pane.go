package practitioners

import (
	"crypto/rand"
	"slices"

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

// practitionersWidgets is the pane "Practitioners".
type practitionersWidgets struct {
	*pane.Table
	dialogs       *screen.Dialogs
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

func newPractitionersWidgets(s *screen.Dialogs) *practitionersWidgets {
	w := &practitionersWidgets{dialogs: s}
	list := widgets.NewList(
		widgets.Head{Title: lang.L("Name"), Width: 180, Grow: true},
		widgets.Head{Title: lang.L("This week"), Width: 260, Grow: true},
		widgets.Head{Title: lang.L("Days away"), Width: 150},
	)
	list.ID = pane.IDIn(func() []data.Practitioner { return w.practitioners.list() }, func(p data.Practitioner) string { return p.ID })
	list.OnSelected = func(row int) { w.practitioners.choose(row) }
	list.OnActivated = func(int) { w.openEdit() }
	w.name, w.colour, w.hours, w.away = widgets.Label(""), widgets.Paragraph(""), widgets.Paragraph(""), widgets.Paragraph("")
	w.swatch, w.result = widgets.NewSwatch(""), widgets.NewNotice(widgets.Good, "")
	w.add = widgets.NewPrimaryButton(lang.L("Add practitioner…"), w.openNew)
	w.edit = widgets.NewButton(lang.L("Edit…"), w.openEdit)
	w.up = widgets.NewButton(lang.L("Move up"), func() { w.practitioners.move(-1) })
	w.down = widgets.NewButton(lang.L("Move down"), func() { w.practitioners.move(1) })
	w.remove = widgets.NewButton(lang.L("Remove…"), w.openRemove)

	w.facts = pane.Facts(
		widgets.Quiet(lang.L("Colour")).OneLine(), container.NewBorder(nil, nil, w.swatch, nil, w.colour),
		widgets.Quiet(lang.L("Hours")).OneLine(), w.hours,
		widgets.Quiet(lang.L("Days away")).OneLine(), w.away,
	)
	acts := widgets.NewFlow(w.edit, w.up, w.down, w.remove)
	head := widgets.NewColumn(
		widgets.Quiet(lang.L("Practice details")),
		container.NewBorder(nil, nil, nil, w.add, widgets.Heading(lang.L("Practitioners"))),
	)
	w.Table = pane.NewTable(head, list, widgets.NewColumn(w.result, w.name, w.facts, acts))
	w.show(practitionersView{Chosen: -1, Colour: -1})
	return w
}

// show implements practitionersPane.
func (w *practitionersWidgets) show(v practitionersView) {
	rowsChanged := !slices.EqualFunc(w.shown.Rows, v.Rows, slices.Equal[[]string])
	w.shown = v
	if rowsChanged {
		w.List.SetRows(v.Rows)
	}
	w.List.SetEmpty(v.Empty)
	w.List.Select(v.Chosen)
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
	pane.Enable(w.edit, v.CanEdit)
	pane.Enable(w.remove, v.CanEdit)
	pane.EnableOr(w.dialogs, w.up, v.CanUp, w.down, v.CanDown, w.List.Focusable())
	pane.EnableOr(w.dialogs, w.down, v.CanDown, w.up, v.CanUp, w.List.Focusable())
	pane.ShowResult(w.result, v.Good, v.Error)
	layouts.Refresh(w.Content)
}

// openNew implements practitionersPane. Who went on to another pane, or opened something, is not
// disturbed.
func (w *practitionersWidgets) openNew() {
	if !w.Content.Visible() || w.dialogs.Window.Canvas().Overlays().Top() != nil {
		return
	}
	openPractitioner(w.dialogs, w.practitioners, w.practitioners.proposed(looks.PractitionerColours))
}

func (w *practitionersWidgets) openEdit() {
	if one, ok := w.practitioners.one(); ok {
		openPractitioner(w.dialogs, w.practitioners, one)
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
		pane.AskToRemove(w.dialogs, lang.L("Remove practitioner"), one.Name,
			lang.L("The column goes from the days to come. Appointments that are booked stay, and are still shown. You can bring them back."),
			func() { w.practitioners.setGone(one, true) })
	}
}

// New makes the pane. isNew has it begin with a new practitioner.
func New(p pane.Params, d *desk.Desk, isNew bool) pane.Pane {
	w := newPractitionersWidgets(p.Dialogs)
	w.practitioners = &practitioners{Details: pane.Details{Scope: p.Scope, Desk: d}, pane: w, order: p.Order, newID: rand.Text, adds: isNew}
	return pane.Pane{Content: w.Content, Refresh: w.practitioners.refresh, Focus: w.Focus}
}
