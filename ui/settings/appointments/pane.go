package appointments

import (
	"crypto/rand"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// kindsWidgets is the pane "Appointments".
type kindsWidgets struct {
	page    *widgets.Page
	dialogs *screen.Dialogs
	kinds   *kinds

	list   *widgets.List
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

	shown   kindsView
	showing bool // what changes now is not the person's doing
}

// newKindMinutes is how long a new kind is proposed to take.
const newKindMinutes = 15

func newKindsWidgets(s *screen.Dialogs) *kindsWidgets {
	w := &kindsWidgets{dialogs: s, why: widgets.Small(""), result: widgets.NewNotice(widgets.Good, "")}
	w.list = widgets.NewList(
		widgets.Head{Title: lang.L("Kind"), Width: 200, Grow: true},
		widgets.Head{Title: lang.L("Takes"), Width: 90},
		widgets.Head{Width: 170},
	)
	w.list.ID = pane.IDIn(func() []data.AppointmentType { return w.kinds.list() }, func(k data.AppointmentType) string { return k.ID })
	w.list.OnSelected = func(row int) { w.kinds.choose(row) }
	w.list.OnActivated = func(int) { w.openEdit() }
	w.add = widgets.NewButton(lang.L("Add kind…"), func() { openKind(w.dialogs, w.kinds, data.AppointmentType{Minutes: newKindMinutes}) })
	w.edit = widgets.NewButton(lang.L("Edit…"), w.openEdit)
	w.remove = widgets.NewButton(lang.L("Remove…"), w.openRemove)
	acts := widgets.NewFlow(w.add, w.edit, w.remove)
	table := container.New(pane.RoomForRows(5), widgets.NewInnerScroll(container.ScrollHorizontalOnly, container.New(layout.NewCustomPaddedLayout(0, pane.ListMargin, pane.ListMargin, pane.ListMargin), w.list)))
	first := widgets.NewCard(widgets.Subheading(lang.L("Kinds of appointment")), table, w.result, acts, w.why)
	second := w.newForm()
	column := widgets.NewColumn(widgets.Quiet(lang.L("Practice details")), widgets.Heading(lang.L("Appointments")), widgets.NewGap(), first, widgets.NewGap(), second)
	scroll := pane.Reading(column)
	last := container.NewBorder(nil, nil, nil, container.NewVBox(w.save), container.NewStack(w.busy, w.state))
	foot := container.New(pane.ReadingLayout(pane.FootMargin), last)
	all, _ := pane.OverFoot(scroll, foot)
	w.page = widgets.NewPage(all, widgets.PageOptions{OnEnter: func() { w.kinds.saveForm() }, Keys: widgets.PageKeys(scroll)})
	return w
}

func (w *kindsWidgets) newForm() *widgets.Card {
	w.limit, w.number = widgets.NewEntry(), widgets.NewEntry()
	w.limit.OnChanged = func(string) { w.edited() }
	w.number.OnChanged = w.limit.OnChanged
	w.number.SetPlaceHolder(lang.L("National health number"))
	w.limitField = widgets.NewField(lang.L("Red after"), pane.ShortField(w.limit, lang.L("minutes waiting"))).Reserve(1)
	w.limitField.SetHelp(lang.L("In the waiting room, who waits longer stands out."))
	w.numberField = widgets.NewField(lang.L("National health number is called"), w.number).Reserve(1)
	w.numberField.SetHelp(lang.L("As on your patients' cards, such as NHS number."))
	w.state, w.busy = widgets.NewNotice(widgets.Good, ""), widgets.NewBusy()
	w.save = widgets.NewPrimaryButton(lang.L("Save"), func() { w.kinds.saveForm() })
	return widgets.NewCard(w.limitField, w.numberField)
}

func (w *kindsWidgets) focus(c fyne.Canvas) { c.Focus(w.list.Focusable()) }

// edited reports the form, as the person changes it.
func (w *kindsWidgets) edited() {
	if !w.showing {
		w.kinds.edit(deskForm{Limit: w.limit.Text, Number: w.number.Text})
	}
}

// show implements kindsPane.
func (w *kindsWidgets) show(v kindsView) {
	was := w.shown
	w.shown = v
	if !slices.EqualFunc(was.Rows, v.Rows, slices.Equal[[]string]) {
		w.list.SetRows(v.Rows)
	}
	w.list.Select(v.Chosen)
	w.remove.SetText(lang.L("Remove…"))
	if v.Gone {
		w.remove.SetText(lang.L("Bring back"))
	}
	pane.Enable(w.edit, v.CanEdit)
	pane.EnableOr(w.dialogs, w.remove, v.CanRemove, w.edit, v.CanEdit, w.list.Focusable())
	w.why.SetText(v.Why)
	w.why.Hidden = v.Why == ""
	pane.ShowResult(w.result, v.Good, v.Error)
	w.showForm(was, v)
	layouts.Refresh(w.page)
}

func (w *kindsWidgets) showForm(was, v kindsView) {
	w.showing = true
	if v.Ready && w.limit.Text != v.Form.Limit {
		w.limit.SetText(v.Form.Limit)
	}
	if v.Ready && w.number.Text != v.Form.Number {
		w.number.SetText(v.Form.Number)
	}
	w.showing = false
	pane.Enable(w.limit, v.Ready && v.Busy == "")
	pane.Enable(w.number, v.Ready && v.Busy == "")
	pane.EnableOr(w.dialogs, w.save, v.CanSave, w.add, true, w.list.Focusable())
	w.limitField.SetError(v.LimitError)
	w.numberField.SetError(v.NumberError)
	c := w.dialogs.Window.Canvas()
	switch {
	case v.LimitError != "" && was.LimitError == "":
		c.Focus(w.limit)
	case v.NumberError != "" && was.NumberError == "" && v.LimitError == "":
		c.Focus(w.number)
	}
	pane.ShowResult(w.state, v.Saved, v.Problem)
	if v.Busy != "" {
		w.busy.Start(v.Busy)
	} else {
		w.busy.Stop()
	}
}

func (w *kindsWidgets) openEdit() {
	if kind, ok := w.kinds.kind(); ok {
		openKind(w.dialogs, w.kinds, kind)
	}
}

// openRemove asks before a kind is removed.
func (w *kindsWidgets) openRemove() {
	kind, ok := w.kinds.kind()
	switch {
	case !ok:
	case kind.Gone:
		w.kinds.setGone(kind, false)
	default:
		pane.AskToRemove(w.dialogs, lang.L("Remove kind"), w.shown.Name,
			lang.L("It is not offered any more. Appointments of this kind stay as they are. You can bring it back."),
			func() { w.kinds.setGone(kind, true) })
	}
}

// kindSheet is the dialog "Add kind" or "Edit kind".
type kindSheet struct {
	*screen.Dialog
	kinds   *kinds
	task    *kindTask
	name    *widgets.Entry
	minutes *widgets.Entry

	nameField    *widgets.Field
	minutesField *widgets.Field
	overrun      *widgets.Notice
	content      *fyne.Container
}

func openKind(s *screen.Dialogs, k *kinds, was data.AppointmentType) {
	d := &kindSheet{kinds: k, name: widgets.NewEntry(), minutes: widgets.NewEntry(), overrun: widgets.NewNotice(widgets.Warning, "")}
	d.task = k.newTask(d, was)
	form := newKindForm(was)
	d.name.SetText(form.Name)
	d.minutes.SetText(form.Minutes)
	d.nameField = widgets.NewField(lang.L("Name"), d.name).Reserve(1)
	d.minutesField = widgets.NewField(lang.L("Takes"), pane.ShortField(d.minutes, lang.L("minutes"))).Reserve(1)
	d.overrun.Hide()
	d.content = widgets.NewColumn(d.overrun, d.nameField, d.minutesField)
	title, primary := lang.L("Edit kind"), lang.L("Save")
	if was.ID == "" {
		title, primary = lang.L("Add kind"), lang.L("Add")
	}
	d.Dialog = s.Show(widgets.DialogOptions{
		Title:      title,
		Content:    d.content,
		Primary:    primary,
		OnPrimary:  func() { d.kinds.save(d.task, kindForm{Name: d.name.Text, Minutes: d.minutes.Text}) },
		Cancel:     lang.L("Cancel"),
		OnCancel:   d.task.Cancel,
		FirstFocus: d.name,
	}, nil)
}

// wrong implements kindDialog: the focus goes to the first field that is.
func (d *kindSheet) wrong(e kindErrors) {
	d.nameField.SetError(e.Name)
	d.minutesField.SetError(e.Minutes)
	c := d.Window().Canvas()
	switch {
	case e.Name != "":
		c.Focus(d.name)
	case e.Minutes != "":
		c.Focus(d.minutes)
	}
}

// theirs implements kindDialog.
func (d *kindSheet) theirs(text string) {
	d.overrun.SetText(text)
	d.overrun.Hidden = text == ""
	d.content.Refresh()
	d.Dialog.Refresh()
	widgets.Reveal(d.overrun)
}

// New makes the pane.
func New(p pane.Params, d *desk.Desk) pane.Pane {
	w := newKindsWidgets(p.Dialogs)
	w.kinds = &kinds{Details: pane.Details{Scope: p.Scope, Desk: d}, pane: w, newID: rand.Text}
	return pane.Pane{Content: w.page, Refresh: w.kinds.refresh, Focus: w.focus, Unsaved: func() (title, text string, isUnsaved bool) {
		title, text = pane.UnsavedDetails()
		return title, text, w.kinds.changed()
	}}
}
