package today

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// bookingDialog books, takes a walk-in down, or moves by typing: in the place of the waiting room, so that the day stays to
// be seen and clicked, or over the window where that is narrow.
type bookingDialog struct {
	*screen.Dialog
	page    *Page
	booking *booking

	resumed      *fyne.Container
	patient      *widgets.Entry
	alert        *widgets.Notice
	resultsTitle *widgets.Text
	results      *widgets.ResultList
	found        *screen.View[[]result]
	resultsHead  *fyne.Container
	newOn        *widgets.Button
	born, phone  *widgets.Entry
	newBox       *fyne.Container
	with         *widgets.ChipSet // among whom a free time is looked for
	offers       *widgets.ChipSet
	offersField  *widgets.Field
	types        *widgets.Select
	date, start  *widgets.Entry
	length       *widgets.Entry
	when         *widgets.Text
	warning      *widgets.Notice
	note         *widgets.TextArea
	fields       [fieldCount]*widgets.Field
}

const (
	bookingWidth = 560 // over the window
	leastField   = 110 // beside another one
)

func newBookingDialog(t *Page, p purpose) *bookingDialog {
	d := &bookingDialog{page: t}
	d.booking = newBooking(t.day, p)
	d.booking.display, d.booking.focus, d.booking.close = screen.NewView(d.show), d.focus, d.close
	t.booking, t.bookingDialog = d.booking, d
	d.makeInputs()
	content := d.layOut(p)
	title, primary := purposeWords(p)
	d.Dialog = t.dialogs.Show(widgets.DialogOptions{
		Title: title, Content: content, Width: bookingWidth,
		Primary: primary, OnPrimary: d.save, Dock: t.dock(),
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
	d.types = widgets.NewSelect(nil, changed)
	d.with = widgets.NewChipSet(lang.L("With"), func(i int) { d.booking.toggleWith(i) })
	d.offers = widgets.NewChipSet(lang.L("Next free"), func(i int) { d.booking.takeOffer(i) })
	d.offers.IsRadio = true
	d.patient.OnSubmit = d.enterPatient
	d.patient.Keys = map[fyne.KeyName]func(){fyne.KeyDown: d.toResults}
	for f, input := range map[field]fyne.CanvasObject{
		fieldPatient: d.patient, fieldBorn: d.born, fieldPhone: d.phone, fieldPractitioner: d.with, fieldType: d.types,
		fieldDate: d.date, fieldStart: d.start, fieldLength: d.length, fieldNote: d.note,
	} {
		d.fields[f] = widgets.NewField(fieldLabel(f), input)
	}
	d.offersField = widgets.NewField(lang.L("Next free"), d.offers).Reserve(0)
	for _, f := range d.fields {
		f.Reserve(0)
	}
	d.results = widgets.NewResultList(lang.L("Patients"))
	d.found = screen.NewView(d.showResults)
	d.results.OnActivated = func(row int) {
		d.booking.choosePatient(row)
		d.afterPatient()
	}
	d.when, d.warning = widgets.Label(""), widgets.NewNotice(widgets.Warning, "")
	d.alert, d.resultsTitle = widgets.NewNotice(widgets.Warning, ""), widgets.Small("")
	d.newOn = widgets.NewLink("", func() {
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
		return lang.L("With")
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
	d.results.ShowRows(3)
	d.resultsHead = widgets.Beside(d.resultsTitle, d.newOn, gap)
	d.newBox = container.NewGridWithColumns(2, d.fields[fieldBorn], d.fields[fieldPhone])
	who := widgets.NewColumn(d.resumed, d.fields[fieldPatient], d.alert, d.newBox, d.resultsHead, d.results)
	kind := container.New(&layouts.Grid{Least: leastField, Columns: 2, GapX: layouts.Fixed(gap)}, d.fields[fieldType], d.fields[fieldLength])
	times := container.New(&layouts.Grid{Least: leastField, Columns: 2, GapX: layouts.Fixed(gap)}, d.fields[fieldDate], d.fields[fieldStart])
	content := widgets.NewColumn(who, d.when, d.warning, kind, d.fields[fieldPractitioner], d.offersField, times, d.fields[fieldNote])
	if p == forMove {
		d.patient.Disable()
		for _, o := range []fyne.CanvasObject{d.resumed, d.resultsHead, d.results, d.fields[fieldType], d.fields[fieldNote]} {
			o.Hide()
		}
	}
	return content
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
	case d.booking.form.Start == "" && d.booking.wasFound:
		d.focus(fieldStart)
	default: // one Enter more, and it is done
		d.page.params.Window.Canvas().Focus(d.Primary())
	}
}

// enterPatient takes the best that was found; where nobody was, it begins a new patient of that name.
func (d *bookingDialog) enterPatient() {
	f := d.booking.form
	if f.Patient == "" && !f.New && !d.booking.isEmptyQuery() && d.booking.isNobody() {
		d.booking.newPatient(true)
		d.focus(fieldBorn)
		return
	}
	if f.Patient == "" && !f.New && !d.booking.isEmptyQuery() && len(d.booking.results) > 0 {
		d.booking.choosePatient(max(0, d.results.Selected()))
		d.afterPatient()
		return
	}
	d.save()
}

func (d *bookingDialog) toResults() {
	if d.results.Len() > 0 && d.results.Visible() {
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
	d.showChips(v)
	showChoices(d.types, v.Types, v.Form.Type)
	for i, field := range d.fields {
		if field.Error() != v.Errors[i] {
			field.SetError(v.Errors[i])
		}
	}
	d.fields[fieldPatient].SetHelp(v.Who)
	d.fields[fieldBorn].SetHelp(v.Born)
	d.alert.SetText(v.Alert)
	widgets.SetVisible(d.alert, v.Alert != "")
	d.warning.SetText(v.Warning)
	widgets.SetVisible(d.warning, v.Warning != "")
	d.when.SetText(v.When)
	d.showPatients(v)
	widgets.SetVisible(d.resumed, v.Resumed)
	widgets.SetVisible(d.newBox, v.Form.New)
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

// showChips shows among whom is looked, and what was found.
func (d *bookingDialog) showChips(v bookingView) {
	names, on := []string{lang.L("Anyone")}, []bool{!slices.Contains(v.With, true)}
	for i, p := range v.Practitioners {
		names, on = append(names, p.Name), append(on, v.With[i])
	}
	d.with.Set(names, on)
	var texts []string
	var taken []bool
	for _, o := range v.Offers {
		texts, taken = append(texts, o.Text), append(taken, o.IsTaken)
	}
	d.offers.HasMore = len(texts) > offerCount
	d.offers.Set(texts, taken)
	d.offersField.SetHelp(v.NoOffers)
}

func (d *bookingDialog) showPatients(v bookingView) {
	if v.Purpose == forMove {
		return
	}
	isSearched := strings.TrimSpace(v.Form.Query) != "" && !v.Form.New // then its room stays, so that nothing moves with each key
	widgets.SetVisible(d.results, v.Form.Patient == "" && (isSearched || len(v.Results) > 0))
	widgets.SetVisible(d.resultsHead, v.Form.Patient == "")
	d.resultsTitle.SetText(v.ResultsTitle)
	d.found.Show(v.Results)
}

func (d *bookingDialog) showResults(found []result) {
	d.results.SetSource(len(found), -1, func(row int) widgets.Result {
		return widgets.Result{Title: found[row].Name, Detail: found[row].Detail}
	})
}

func (d *bookingDialog) focus(f field) {
	inputs := [fieldCount]fyne.Focusable{
		d.patient, d.born, d.phone, d.with, d.types, d.date, d.start, d.length, d.note,
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
		d.page.booking, d.page.bookingDialog = nil, nil
	}
}
