package practitioners

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"anteroom/data"
	"anteroom/ui/layouts"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

// editDialog is the dialog "Add practitioner" or "Edit practitioner".
type editDialog struct {
	*screen.Dialog
	presenter *presenter
	edit      *edit

	name   *widgets.Entry
	colour *widgets.Select
	swatch *widgets.Swatch
	hours  [7]*widgets.Entry // by time.Weekday
	read   [7]*widgets.Text  // how they are understood
	away   *widgets.TextArea
	theirs *widgets.Notice // what somebody else saved meanwhile

	nameField  *widgets.Field
	hourErrors [7]*widgets.Notice
	awayField  *widgets.Field
}

// openEdit opens it; without an id it is for somebody new.
func openEdit(s *screen.Dialogs, p *presenter, was data.Practitioner) {
	d := &editDialog{
		presenter: p, name: widgets.NewEntry(), swatch: widgets.NewSwatch(""),
		away: widgets.NewTextArea(3), theirs: widgets.NewNotice(widgets.Warning, ""),
	}
	d.edit = p.newEdit(d, was, d.showErrors, d.showTheirs)
	d.colour = widgets.NewSelect(words.Colours(), func(string) { d.swatch.Set(looks.Practitioner(d.colour.SelectedIndex())) })
	d.nameField = widgets.NewField(lang.L("Name"), d.name).Reserve(1)
	d.awayField = widgets.NewField(lang.L("Days away, one a line"), d.away).Reserve(1)
	d.away.OnChanged = func(string) { d.showAway() }
	first := pane.FieldsRow([]float32{280, 160}, d.nameField,
		widgets.NewField(lang.L("Colour"), container.NewBorder(nil, nil, d.swatch, nil, d.colour)).Reserve(0))
	hours := d.newHours()
	content := widgets.NewColumn(d.theirs, first, hours, widgets.NewGap(), d.awayField)
	d.theirs.Hide()
	d.set(newForm(was))
	d.showAway()

	title, primary := lang.L("Edit practitioner"), lang.L("Save")
	if was.ID == "" {
		title, primary = lang.L("Add practitioner"), lang.L("Add")
	}
	d.Dialog = s.Show(widgets.DialogOptions{
		Title:      title,
		Content:    content,
		Width:      640,
		Primary:    primary,
		OnPrimary:  func() { p.save(d.edit, d.form()) },
		Cancel:     lang.L("Cancel"),
		OnCancel:   d.edit.Cancel,
		FirstFocus: d.name,
	}, nil)
}

// newHours are the fields of the week, each beside its day.
func (d *editDialog) newHours() *fyne.Container {
	var rows []fyne.CanvasObject // in pairs
	for _, day := range words.Week() {
		d.hours[day], d.hourErrors[day], d.read[day] = widgets.NewEntry(), widgets.NewNotice(widgets.Error, ""), widgets.Small("")
		d.hourErrors[day].Hide()
		d.hours[day].Spoken = words.Weekday(day)
		d.hours[day].IsReplaced = d.edit.Was.ID == "" // they are only proposed
		d.hours[day].OnChanged = func(string) { d.showRead(day) }
		rows = append(rows, container.New(layouts.Inset{Top: theme.InnerPadding}, widgets.Paragraph(words.Weekday(day)).OneLine()),
			widgets.NewColumn(container.New(readLayout{}, d.hours[day], d.read[day]), d.hourErrors[day]))
	}
	rows[1].(*fyne.Container).Add(widgets.NewLink(lang.L("Copy Monday to Tuesday–Friday"), d.copyMonday))
	return widgets.NewColumn(
		widgets.Label(lang.L("Hours")),
		widgets.Small(lang.L("As 9:00–12:30, 13:30–17:00. Leave a day empty that is not worked.")),
		pane.Facts(rows...),
	)
}

// showRead says how the hours of a day are understood, as they are typed.
func (d *editDialog) showRead(day time.Weekday) {
	lines := d.read[day].MinSize().Height
	d.read[day].SetText(hoursRead(d.hours[day].Text))
	if d.hourErrors[day].Visible() || d.read[day].MinSize().Height != lines {
		d.hourErrors[day].Hide()
		d.grow()
	}
}

// showAway says how the days away are understood, or how they can be typed.
func (d *editDialog) showAway() {
	text := awayRead(d.away.Text, d.presenter.order, pane.Today(d.presenter.Scope, d.presenter.Desk))
	if text == "" {
		text = lang.L("24 Nov 2026, or 24 Nov 2026 – 4 Dec 2026")
	}
	d.awayField.SetHelp(text)
	d.grow()
}

func (d *editDialog) form() form {
	f := form{Name: d.name.Text, Colour: max(0, d.colour.SelectedIndex()), Away: d.away.Text}
	for day, entry := range d.hours {
		f.Hours[day] = entry.Text
	}
	return f
}

func (d *editDialog) set(f form) {
	d.name.SetText(f.Name)
	d.colour.SetSelectedIndex((f.Colour%looks.PractitionerColours + looks.PractitionerColours) % looks.PractitionerColours)
	d.away.SetText(f.Away)
	for day, entry := range d.hours {
		entry.SetText(f.Hours[day])
	}
}

func (d *editDialog) copyMonday() { d.set(d.form().copyMonday()) }

// showErrors says what is wrong, and the focus goes to the first field that is.
func (d *editDialog) showErrors(e formErrors) {
	var first fyne.Focusable
	is := func(text string, input fyne.Focusable) {
		if text != "" && first == nil {
			first = input
		}
	}
	d.nameField.SetError(e.Name)
	is(e.Name, d.name)
	for _, day := range words.Week() {
		d.hourErrors[day].SetText(e.Hours[day])
		d.hourErrors[day].Hidden = e.Hours[day] == ""
		if e.Hours[day] != "" {
			d.read[day].SetText("") // or it would be said twice
		}
		is(e.Hours[day], d.hours[day])
	}
	d.awayField.SetError(e.Away)
	is(e.Away, d.away)
	d.grow()
	if first != nil {
		d.Window().Canvas().Focus(first)
	}
}

// showTheirs says what somebody else saved meanwhile.
func (d *editDialog) showTheirs(text string) {
	d.theirs.SetText(text)
	d.theirs.Hidden = text == ""
	d.grow()
	widgets.Reveal(d.theirs)
}

func (d *editDialog) grow() {
	if d.Dialog == nil {
		return // it is still being made
	}
	layouts.Refresh(d.Dialog)
}

// readLayout has how a field is understood beside it, in fixed parts of the width, so that all fields are of one width.
type readLayout struct{}

// readPart is how much of the width that takes.
const readPart = 0.45

func (readLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left := size.Width * (1 - readPart)
	objects[0].Resize(fyne.NewSize(left, objects[0].MinSize().Height))
	height := layouts.FitHeight(objects[1], size.Width-left-theme.InnerPadding())
	objects[1].Move(fyne.NewPos(left+theme.InnerPadding(), max(0, (objects[0].MinSize().Height-height)/2)))
	objects[1].Resize(fyne.NewSize(size.Width-left-theme.InnerPadding(), height))
}

func (readLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	field, read := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(field.Width, max(field.Height, read.Height))
}
