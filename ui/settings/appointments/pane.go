// Package appointments is the pane of the settings with the appointment types, and what holds for
// all appointments.
package appointments

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

// panel is what the pane "Appointments" shows.
type panel struct {
	page      *widgets.Page
	dialogs   *screen.Dialogs
	presenter *presenter
	view      *screen.View[view]

	list   *widgets.Table[data.AppointmentType]
	add    *widgets.Button
	edit   *widgets.Button
	remove *widgets.Button
	why    *widgets.Text
	result *widgets.Notice

	limit       *widgets.Entry
	number      *widgets.Entry
	limitField  *widgets.Field
	numberField *widgets.Field
	state       *widgets.Notice
	busy        *widgets.Busy
	save        *widgets.Button
}

// mostRows is how many kinds are in sight at once.
const mostRows = 8

// newMinutes is how long a new type is proposed to take.
const newMinutes = 15

func newPanel(s *screen.Dialogs) *panel {
	w := &panel{dialogs: s, why: widgets.Small(""), result: widgets.NewNotice(widgets.Good, "")}
	w.view = screen.NewView(w.show)
	w.list = widgets.NewTable(func(t data.AppointmentType) string { return t.ID }, columns()...)
	w.list.OnSelected = func(row int) { w.presenter.choose(row) }
	w.list.OnActivated = func(int) { w.openEdit() }
	w.add = widgets.NewButton(lang.L("Add kind…"), func() { openEdit(w.dialogs, w.presenter, data.AppointmentType{Minutes: newMinutes}) })
	w.edit = widgets.NewButton(lang.L("Edit…"), w.openEdit)
	w.remove = widgets.NewButton(lang.L("Remove…"), w.openRemove)
	w.list.Menu = func(int) []widgets.MenuItem { return pane.MenuOf(w.edit, w.remove) }
	w.list.ShowRows(mostRows)
	kinds := container.NewBorder(nil, nil, nil, w.add, widgets.Subheading(lang.L("Kinds of appointment")))
	first := widgets.NewListCard(w.list, w.result, widgets.NewFlow(w.edit, w.remove), w.why)
	second := w.newForm()
	column := widgets.NewColumn(widgets.Heading(lang.L("Appointments")), widgets.NewGap(), kinds, first, widgets.NewGap(), second)
	scroll := pane.Reading(column)
	last := container.NewBorder(nil, nil, nil, container.NewVBox(w.save), container.NewStack(w.busy, w.state))
	foot := container.New(pane.ReadingLayout(pane.FootMargin), last)
	all, _ := pane.OverFoot(scroll, foot)
	w.page = widgets.NewPage(all, widgets.PageOptions{OnEnter: func() { w.presenter.saveForm() }, Keys: widgets.PageKeys(scroll)})
	return w
}

// columns are what the list shows of a type.
func columns() []widgets.Column[data.AppointmentType] {
	return []widgets.Column[data.AppointmentType]{
		{Title: lang.L("Kind"), Width: 200, Grow: true, Text: words.KindName},
		{Title: lang.L("Takes"), Width: 90, Text: func(t data.AppointmentType) string { return minutesText(t.Minutes) }},
		{Width: 170, Text: offeredText},
	}
}

func (w *panel) newForm() *widgets.Card {
	w.limit, w.number = widgets.NewEntry(), widgets.NewEntry()
	w.limit.OnChanged = screen.Edited(w.view, func(string) { w.presenter.edit(form{Limit: w.limit.Text, Number: w.number.Text}) })
	w.number.OnChanged = w.limit.OnChanged
	w.number.SetPlaceHolder(lang.L("National health number"))
	w.limitField = widgets.NewField(lang.L("Red after"), pane.ShortField(w.limit, lang.L("minutes waiting"))).Reserve(1)
	w.limitField.SetHelp(lang.L("In the waiting room, who waits longer stands out."))
	w.numberField = widgets.NewField(lang.L("National health number is called"), w.number).Reserve(1)
	w.numberField.SetHelp(lang.L("As on your patients' cards, such as NHS number."))
	w.state, w.busy = widgets.NewNotice(widgets.Good, ""), widgets.NewBusy()
	w.save = widgets.NewPrimaryButton(lang.L("Save"), func() { w.presenter.saveForm() })
	return widgets.NewCard(w.limitField, w.numberField)
}

func (w *panel) focus(c fyne.Canvas) { c.Focus(w.list.Focusable()) }

func (w *panel) show(v view) {
	w.list.SetRows(v.Rows)
	w.list.Select(v.Chosen)
	w.remove.SetText(lang.L("Remove…"))
	if v.Gone {
		w.remove.SetText(lang.L("Bring back"))
	}
	widgets.SetEnabled(w.edit, v.CanEdit)
	pane.EnableOr(w.dialogs, w.remove, v.CanRemove, w.edit, v.CanEdit, w.list.Focusable())
	w.why.SetText(v.Why)
	w.why.Hidden = v.Why == ""
	pane.ShowResult(w.result, v.Good, v.Error)
	w.showForm(v)
	layouts.Refresh(w.page)
}

func (w *panel) showForm(v view) {
	if v.Ready && w.limit.Text != v.Form.Limit {
		w.limit.SetText(v.Form.Limit)
	}
	if v.Ready && w.number.Text != v.Form.Number {
		w.number.SetText(v.Form.Number)
	}
	widgets.SetEnabled(w.limit, v.Ready && v.Busy == "")
	widgets.SetEnabled(w.number, v.Ready && v.Busy == "")
	pane.EnableOr(w.dialogs, w.save, v.CanSave, w.add, true, w.list.Focusable())
	w.showErrors(v)
	pane.ShowResult(w.state, v.Saved, v.Problem)
	if v.Busy != "" {
		w.busy.Start(v.Busy)
	} else {
		w.busy.Stop()
	}
}

// showErrors says what is wrong, and the focus goes to the first field in which that is new.
func (w *panel) showErrors(v view) {
	isLimitNew := v.LimitError != "" && w.limitField.Error() == ""
	isNumberNew := v.NumberError != "" && w.numberField.Error() == ""
	w.limitField.SetError(v.LimitError)
	w.numberField.SetError(v.NumberError)
	switch c := w.dialogs.Window.Canvas(); {
	case isLimitNew:
		c.Focus(w.limit)
	case isNumberNew && v.LimitError == "":
		c.Focus(w.number)
	}
}

func (w *panel) openEdit() {
	if one, ok := w.presenter.one(); ok {
		openEdit(w.dialogs, w.presenter, one)
	}
}

// openRemove asks before a type is removed.
func (w *panel) openRemove() {
	one, ok := w.presenter.one()
	switch {
	case !ok:
	case one.Gone:
		w.presenter.setGone(one, false)
	default:
		pane.AskToRemove(w.dialogs, lang.L("Remove kind"), w.view.Shown().Name,
			lang.L("It is not offered any more. Appointments of this kind stay as they are. You can bring it back."),
			func() { w.presenter.setGone(one, true) })
	}
}

// New makes the pane.
func New(p pane.Params, d *desk.Desk) pane.Pane {
	w := newPanel(p.Dialogs)
	w.presenter = newPresenter(p, d, w.view)
	return pane.Pane{Content: w.page, Refresh: w.presenter.refresh, Focus: w.focus, Unsaved: func() (title, text string, isUnsaved bool) {
		title, text = pane.UnsavedDetails()
		return title, text, w.presenter.isChanged()
	}}
}
