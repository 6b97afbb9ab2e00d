package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"anteroom/data"
	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

// kindsWidgets is the pane "Appointments".
type kindsWidgets struct {
	page   *widgets.Page
	sheets *sheets
	kinds  *kinds

	list   *widgets.Table[data.Kind]
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

func newKindsWidgets(s *sheets) *kindsWidgets {
	w := &kindsWidgets{sheets: s, why: widgets.Small(""), result: widgets.NewNotice(widgets.Good, "")}
	w.list = widgets.NewTable(func(k data.Kind) string { return k.ID }, kindColumns()...)
	w.list.OnSelected = func(row int) { w.kinds.choose(row) }
	w.list.OnActivated = func(int) { w.openEdit() }
	w.add = widgets.NewButton(lang.L("Add kind…"), func() { w.sheets.openKind(w.kinds, data.Kind{Minutes: newKindMinutes}) })
	w.edit = widgets.NewButton(lang.L("Edit…"), w.openEdit)
	w.remove = widgets.NewButton(lang.L("Remove…"), w.openRemove)
	acts := widgets.NewFlow(w.add, w.edit, w.remove)
	table := container.New(roomForRows(5), widgets.NewInnerScroll(container.ScrollHorizontalOnly, container.New(layout.NewCustomPaddedLayout(0, listMargin, listMargin, listMargin), w.list)))
	first := widgets.NewCard(widgets.Subheading(lang.L("Kinds of appointment")), table, w.result, acts, w.why)
	second := w.newForm()
	column := widgets.NewColumn(widgets.Quiet(lang.L("Practice details")), widgets.Heading(lang.L("Appointments")), widgets.NewGap(), first, widgets.NewGap(), second)
	scroll := inPane(column)
	last := container.NewBorder(nil, nil, nil, container.NewVBox(w.save), container.NewStack(w.busy, w.state))
	foot := container.New(reading(footMargin), last)
	all, _ := overFoot(scroll, foot)
	w.page = widgets.NewPage(all, widgets.PageOptions{OnEnter: func() { w.kinds.saveForm() }, Keys: widgets.PageKeys(scroll)})
	return w
}

func (w *kindsWidgets) newForm() *widgets.Card {
	w.limit, w.number = widgets.NewEntry(), widgets.NewEntry()
	w.limit.OnChanged = func(string) { w.edited() }
	w.number.OnChanged = w.limit.OnChanged
	w.number.SetPlaceHolder(lang.L("National health number"))
	w.limitField = widgets.NewField(lang.L("Red after"), shortField(w.limit, lang.L("minutes waiting"))).Reserve(1)
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
	w.list.SetRows(v.Rows)
	w.list.Select(v.Chosen)
	w.remove.SetText(lang.L("Remove…"))
	if v.Gone {
		w.remove.SetText(lang.L("Bring back"))
	}
	enable(w.edit, v.CanEdit)
	w.sheets.enableOr(w.remove, v.CanRemove, w.edit, v.CanEdit, w.list.Focusable())
	w.why.SetText(v.Why)
	w.why.Hidden = v.Why == ""
	showResult(w.result, v.Good, v.Error)
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
	enable(w.limit, v.Ready && v.Busy == "")
	enable(w.number, v.Ready && v.Busy == "")
	w.sheets.enableOr(w.save, v.CanSave, w.add, true, w.list.Focusable())
	w.limitField.SetError(v.LimitError)
	w.numberField.SetError(v.NumberError)
	c := w.sheets.window.Canvas()
	switch {
	case v.LimitError != "" && was.LimitError == "":
		c.Focus(w.limit)
	case v.NumberError != "" && was.NumberError == "" && v.LimitError == "":
		c.Focus(w.number)
	}
	showResult(w.state, v.Saved, v.Problem)
	if v.Busy != "" {
		w.busy.Start(v.Busy)
	} else {
		w.busy.Stop()
	}
}

func (w *kindsWidgets) openEdit() {
	if kind, ok := w.kinds.kind(); ok {
		w.sheets.openKind(w.kinds, kind)
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
		w.sheets.openRemove(lang.L("Remove kind"), w.shown.Name,
			lang.L("It is not offered any more. Appointments of this kind stay as they are. You can bring it back."),
			func() { w.kinds.setGone(kind, true) })
	}
}

// kindSheet is the dialog "Add kind" or "Edit kind".
type kindSheet struct {
	*sheet
	kinds   *kinds
	task    *kindTask
	name    *widgets.Entry
	minutes *widgets.Entry

	nameField    *widgets.Field
	minutesField *widgets.Field
	overrun      *widgets.Notice
	content      *fyne.Container
}

func (s *sheets) openKind(k *kinds, was data.Kind) {
	d := &kindSheet{kinds: k, name: widgets.NewEntry(), minutes: widgets.NewEntry(), overrun: widgets.NewNotice(widgets.Warning, "")}
	d.task = k.newTask(d, was)
	form := newKindForm(was)
	d.name.SetText(form.Name)
	d.minutes.SetText(form.Minutes)
	d.nameField = widgets.NewField(lang.L("Name"), d.name).Reserve(1)
	d.minutesField = widgets.NewField(lang.L("Takes"), shortField(d.minutes, lang.L("minutes"))).Reserve(1)
	d.overrun.Hide()
	d.content = widgets.NewColumn(d.overrun, d.nameField, d.minutesField)
	title, primary := lang.L("Edit kind"), lang.L("Save")
	if was.ID == "" {
		title, primary = lang.L("Add kind"), lang.L("Add")
	}
	d.sheet = s.show(widgets.DialogOptions{
		Title:      title,
		Content:    d.content,
		Primary:    primary,
		OnPrimary:  func() { d.kinds.save(d.task, kindForm{Name: d.name.Text, Minutes: d.minutes.Text}) },
		Cancel:     lang.L("Cancel"),
		OnCancel:   d.task.cancel,
		FirstFocus: d.name,
	}, nothingToWipe)
}

// show implements taskDialog.
func (d *kindSheet) show(p progress) { showProgress(d.sheet, p, nil) }

// wrong implements kindDialog: the focus goes to the first field that is.
func (d *kindSheet) wrong(e kindErrors) {
	d.nameField.SetError(e.Name)
	d.minutesField.SetError(e.Minutes)
	c := d.all.window.Canvas()
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

// kindColumns are what the list shows of a kind of appointment.
func kindColumns() []widgets.Column[data.Kind] {
	return []widgets.Column[data.Kind]{
		{Title: lang.L("Kind"), Width: 200, Grow: true, Text: words.KindName},
		{Title: lang.L("Takes"), Width: 90, Text: func(k data.Kind) string { return minutesText(k.Minutes) }},
		{Width: 170, Text: offeredText},
	}
}
