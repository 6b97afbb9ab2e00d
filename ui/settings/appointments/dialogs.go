package appointments

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// editDialog is the dialog "Add kind" or "Edit kind".
type editDialog struct {
	*screen.Dialog
	name    *widgets.Entry
	minutes *widgets.Entry

	nameField    *widgets.Field
	minutesField *widgets.Field
	theirs       *widgets.Notice // what somebody else saved meanwhile
	content      *fyne.Container
}

// openEdit opens it; without an id it is for a new type.
func openEdit(s *screen.Dialogs, p *presenter, was data.AppointmentType) {
	d := &editDialog{name: widgets.NewEntry(), minutes: widgets.NewEntry(), theirs: widgets.NewNotice(widgets.Warning, "")}
	e := p.newEdit(d, was, d.showErrors, d.showTheirs)
	typed := newTypeForm(was)
	d.name.SetText(typed.Name)
	d.minutes.SetText(typed.Minutes)
	d.nameField = widgets.NewField(lang.L("Name"), d.name).Reserve(1)
	d.minutesField = widgets.NewField(lang.L("Takes"), pane.ShortField(d.minutes, lang.L("minutes"))).Reserve(1)
	d.theirs.Hide()
	d.content = widgets.NewColumn(d.theirs, d.nameField, d.minutesField)
	title, primary := lang.L("Edit kind"), lang.L("Save")
	if was.ID == "" {
		title, primary = lang.L("Add kind"), lang.L("Add")
	}
	d.Dialog = s.Show(widgets.DialogOptions{
		Title:      title,
		Content:    d.content,
		Primary:    primary,
		OnPrimary:  func() { p.save(e, typeForm{Name: d.name.Text, Minutes: d.minutes.Text}) },
		Cancel:     lang.L("Cancel"),
		OnCancel:   e.Cancel,
		FirstFocus: d.name,
	}, nil)
}

// showErrors says what is wrong, and the focus goes to the first field that is.
func (d *editDialog) showErrors(e typeErrors) {
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

// showTheirs says what somebody else saved meanwhile.
func (d *editDialog) showTheirs(text string) {
	d.theirs.SetText(text)
	d.theirs.Hidden = text == ""
	d.content.Refresh()
	d.Dialog.Refresh()
	widgets.Reveal(d.theirs)
}
