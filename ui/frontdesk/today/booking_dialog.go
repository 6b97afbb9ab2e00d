package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// bookingDialog is the dialog that books, takes a walk-in down, or moves by typing.
type bookingDialog struct {
	*screen.Dialog
	page    *Page
	booking *booking

	resumed      *fyne.Container
	patient      *widgets.Entry
	alert        *widgets.Notice
	resultsTitle *widgets.Text
	results      *widgets.List
	found        *screen.View[[]result]
	resultsBox   *fyne.Container
	newOn        *widgets.Button
	born, phone  *widgets.Entry
	newBox       *fyne.Container
	practitioner *widgets.Select
	types        *widgets.Select
	date, start  *widgets.Entry
	length       *widgets.Entry
	nextFree     *widgets.Button
	when         *widgets.Text
	warning      *widgets.Notice
	note         *widgets.TextArea
	fields       [fieldCount]*widgets.Field
}

const bookingWidth = 620

func newBookingDialog(t *Page, p purpose) *bookingDialog {
	d := &bookingDialog{page: t}
	d.booking = newBooking(t.day, p)
	d.booking.display, d.booking.focus, d.booking.close = screen.NewView(d.show), d.focus, d.close
	t.booking = d.booking
	d.makeInputs()
	content := d.layOut(p)
	title, primary := purposeWords(p)
	d.Dialog = t.dialogs.Show(widgets.DialogOptions{
		Title: title, Content: content, Width: bookingWidth,
		Primary: primary, OnPrimary: d.save,
		Cancel: lang.L("Cancel"), Unsaved: d.booking.isTyped, OnCancel: func() {
			d.booking.cancel()
			d.gone()
		},
	}, nil)
	return d
}

func (d *bookingDialog) makeInputs() {
	changed := screen.Edited(d.booking.display, func(string) { d.edited() })
	entry := func() *widgets.Entry {
		e := widgets.NewEntry()
		e.OnChanged = changed
		return e
	}
	d.patient, d.born, d.phone, d.date, d.start, d.length = entry(), entry(), entry(), entry(), entry(), entry()
	for _, e := range []*widgets.Entry{d.date, d.start, d.length} {
		e.IsReplaced = true
	}
	d.note = widgets.NewTextArea(2)
	d.note.OnChanged = changed
	d.practitioner, d.types = widgets.NewSelect(nil, changed), widgets.NewSelect(nil, changed)
	d.patient.OnSubmit = d.enterPatient
	d.patient.Keys = map[fyne.KeyName]func(){fyne.KeyDown: d.toResults}
	for f, input := range map[field]fyne.CanvasObject{
		fieldPatient: d.patient, fieldBorn: d.born, fieldPhone: d.phone, fieldPractitioner: d.practitioner, fieldType: d.types,
		fieldDate: d.date, fieldStart: d.start, fieldLength: d.length, fieldNote: d.note,
	} {
		d.fields[f] = widgets.NewField(fieldLabel(f), input)
	}
	d.fields[fieldPatient].Reserve(0)
	d.fields[fieldPractitioner].Reserve(0)
	d.fields[fieldType].Reserve(0)
	d.fields[fieldNote].Reserve(0)
	d.results = widgets.NewList(widgets.Head{Width: 180, Grow: true}, widgets.Head{Width: 280, Grow: true})
	d.results.Spoken = lang.L("Patients")
	d.found = screen.NewView(d.showResults)
	d.results.OnActivated = func(row int) {
		d.booking.choosePatient(row)
		d.afterPatient()
	}
	d.nextFree = widgets.NewButton(lang.L("Next free"), func() { d.booking.nextFree() })
	d.when, d.warning = widgets.Label(""), widgets.NewNotice(widgets.Warning, "")
	d.alert, d.resultsTitle = widgets.NewNotice(widgets.Warning, ""), widgets.Small("")
	d.newOn = widgets.NewButton("", func() {
		d.booking.newPatient(!d.booking.form.New)
		d.focus(fieldPatient)
	})
}

func fieldLabel(f field) string {
	switch f {
	case fieldPatient:
		return lang.L("Patient")
	case fieldBorn:
		return lang.L("Date of birth")
	case fieldPhone:
		return lang.L("Phone")
	case fieldPractitioner:
		return lang.L("Practitioner")
	case fieldType:
		return lang.L("Kind")
	case fieldDate:
		return lang.L("Date")
	case fieldStart:
		return lang.L("Start")
	case fieldLength:
		return lang.L("Minutes")
	}
	return lang.L("Note")
}

func (d *bookingDialog) layOut(p purpose) fyne.CanvasObject {
	d.resumed = container.NewBorder(nil, nil, nil, widgets.NewButton(lang.L("Start afresh"), func() {
		d.booking.startAfresh()
		d.focusFirst()
	}), widgets.NewNotice(widgets.Info, lang.L("This is what you had not finished.")))
	d.resultsBox = widgets.NewColumn(d.resultsTitle, newListRoom(d.results))
	d.newBox = container.NewGridWithColumns(2, d.fields[fieldBorn], d.fields[fieldPhone])
	patient := container.New(&layouts.Row{Gap: 2 * gap, Fill: d.fields[fieldPatient], Align: layouts.Top}, d.fields[fieldPatient], besideInput(d.newOn))
	who := widgets.NewColumn(d.resumed, patient, d.alert, d.newBox, d.resultsBox)
	by := container.NewGridWithColumns(2, d.fields[fieldPractitioner], d.fields[fieldType])
	times := container.NewGridWithColumns(3, d.fields[fieldDate], d.fields[fieldStart], d.fields[fieldLength])
	line := container.NewBorder(nil, nil, nil, d.nextFree, d.when)
	content := widgets.NewColumn(who, by, times, line, d.warning, d.fields[fieldNote])
	if p == forMove {
		d.patient.Disable()
		for _, o := range []fyne.CanvasObject{d.resumed, d.resultsBox, d.newOn, d.fields[fieldType], d.fields[fieldNote]} {
			o.Hide()
		}
	}
	return content
}

// besideInput is for what stands beside the input of a field, below its label. Its room stays while it is hidden.
func besideInput(o fyne.CanvasObject) *fyne.Container {
	inset := container.New(layouts.Inset{Top: func() float32 { return layouts.LineHeight() + gap/2 }}, o)
	return container.New(layouts.MinSize{Width: layouts.Exactly(func() float32 { return o.MinSize().Width })}, inset)
}

// newListRoom gives a list of patients room for a few, so that nothing moves while it is searched.
func newListRoom(list fyne.CanvasObject) *fyne.Container {
	return container.New(layouts.MinSize{Height: layouts.Exactly(func() float32 { return 4*(layouts.LineHeight()+2*gap+1) + 2 })}, list)
}

// focusFirst begins where something is to be typed.
func (d *bookingDialog) focusFirst() {
	if d.booking.form.Patient == "" {
		d.focus(fieldPatient)
	} else {
		d.afterPatient()
	}
}

// afterPatient goes on behind the patient.
func (d *bookingDialog) afterPatient() {
	switch {
	case d.booking.form.Patient == "":
	case d.booking.form.Start == "":
		d.focus(fieldStart)
	default: // one Enter more, and it is done
		d.page.params.Window.Canvas().Focus(d.Primary())
	}
}

// enterPatient takes the best that was found.
func (d *bookingDialog) enterPatient() {
	f := d.booking.form
	if f.Patient == "" && !f.New && !d.booking.isEmptyQuery() && len(d.booking.results) > 0 {
		d.booking.choosePatient(max(0, d.results.Selected()))
		d.afterPatient()
		return
	}
	d.save()
}

func (d *bookingDialog) toResults() {
	if d.results.Len() > 0 && d.resultsBox.Visible() {
		d.results.Select(max(0, d.results.Selected()))
		d.page.params.Window.Canvas().Focus(d.results.Focusable())
	}
}

func (d *bookingDialog) save() {
	if f := d.booking.form; f.Patient == "" && !f.New && d.results.Selected() >= 0 {
		d.booking.choosePatient(d.results.Selected())
	}
	d.booking.save()
}

// edited takes what is typed now.
func (d *bookingDialog) edited() {
	f, shown := d.booking.form, d.booking.display.Shown()
	f.Query, f.Born, f.Phone, f.Note = d.patient.Text, d.born.Text, d.phone.Text, d.note.Text
	f.Date, f.Start, f.Length = d.date.Text, d.start.Text, d.length.Text
	if i := d.practitioner.SelectedIndex(); i >= 0 && i < len(shown.Practitioners) {
		f.Practitioner = shown.Practitioners[i].ID
	}
	if i := d.types.SelectedIndex(); i >= 0 && i < len(shown.Types) {
		f.Type = shown.Types[i].ID
	}
	d.booking.edit(f)
}

func (d *bookingDialog) show(v bookingView) {
	for entry, text := range map[*widgets.Entry]string{
		d.patient: v.Form.Query, d.born: v.Form.Born, d.phone: v.Form.Phone, &d.note.Entry: v.Form.Note,
		d.date: v.Form.Date, d.start: v.Form.Start, d.length: v.Form.Length,
	} {
		if entry.Text != text {
			entry.SetText(text)
		}
	}
	showChoices(d.practitioner, v.Practitioners, v.Form.Practitioner)
	showChoices(d.types, v.Types, v.Form.Type)
	for i, field := range d.fields {
		if field.Error() != v.Errors[i] {
			field.SetError(v.Errors[i])
		}
	}
	d.fields[fieldPatient].SetHelp(v.Who)
	d.fields[fieldBorn].SetHelp(v.Born)
	d.alert.SetText(v.Alert)
	setShown(d.alert, v.Alert != "")
	d.warning.SetText(v.Warning)
	setShown(d.warning, v.Warning != "")
	d.when.SetText(v.When)
	d.showPatients(v)
	setShown(d.resumed, v.Resumed)
	setShown(d.newBox, v.Form.New)
	newText := lang.L("New patient…")
	if v.Form.New {
		newText = lang.L("Search instead")
	}
	if d.newOn.Text != newText {
		d.newOn.SetText(newText)
	}
	if v.Saving {
		d.SetSaving(v.Busy)
	} else {
		d.SetBusy(v.Busy)
	}
	d.SetError(v.Error)
	d.Refresh()
}

func (d *bookingDialog) showPatients(v bookingView) {
	if v.Purpose == forMove {
		return
	}
	setShown(d.resultsBox, v.Form.Patient == "" && (!v.Form.New || len(v.Results) > 0))
	setShown(d.newOn, v.Form.Patient == "")
	d.resultsTitle.SetText(v.ResultsTitle)
	d.found.Show(v.Results)
}

func (d *bookingDialog) showResults(found []result) {
	d.results.Unselect()
	d.results.SetSource(len(found), func(row, column int) string {
		if column == 0 {
			return found[row].Name
		}
		return found[row].Detail
	})
}

func (d *bookingDialog) focus(f field) {
	inputs := [fieldCount]fyne.Focusable{
		d.patient, d.born, d.phone, d.practitioner, d.types, d.date, d.start, d.length, d.note,
	}
	if f >= 0 && int(f) < len(inputs) {
		d.page.params.Window.Canvas().Focus(inputs[f])
	}
}

func (d *bookingDialog) close() {
	d.Close()
	d.gone()
}

func (d *bookingDialog) gone() {
	if d.page.booking == d.booking {
		d.page.booking = nil
	}
}
