package patients

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"anteroom/data"
	"anteroom/ui/layouts"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// FormPage is the form of a patient.
type FormPage struct {
	base
	form *form
	page *widgets.Page

	title        *widgets.Text
	alert        *widgets.Banner
	draft, newer *widgets.Notice
	afresh       *widgets.Button
	draftRow     *fyne.Container
	fields       []*formField
	alike        *fyne.Container
	alikeList    *widgets.ResultList
	similar      []hit
	busy         *widgets.Busy
	state        *widgets.Notice
	save, cancel *widgets.Button
	scroll       *container.Scroll
	shape        *screen.View[formShape]
	closing      widgets.Closing
	named        bool // a new patient has a name already
}

// NewForm makes the form of a patient; id "" is a new one's, which may begin with
// a name. It begins with its draft where there is one. OnSaved: OnPatient gets the
// patient; OnBack leaves the form; OnPatient also leads to one that looks alike.
func NewForm(p Params, id, name string) *FormPage {
	w := &FormPage{base: newBase(p), named: name != ""}
	w.form = newForm(w.scope, id)
	w.form.display, w.form.fill, w.form.focus, w.form.dialogs = screen.NewView(w.show), w.fill, w.focusField, w
	w.form.onSaved, w.form.onBack = p.OnPatient, p.OnBack
	w.makeParts()
	w.page = widgets.NewPage(w.layOut(), widgets.PageOptions{OnEnter: w.form.save, OnEscape: w.form.cancel})
	w.shape = screen.NewView(func(formShape) { layouts.Refresh(w.page) })
	w.form.open(name)
	return w
}

func (w *FormPage) makeParts() {
	w.title = widgets.Heading("")
	w.alert = widgets.NewBanner(looks.ColorNameAlert, looks.ColorNameOnAlert)
	w.draft, w.newer = widgets.NewNotice(widgets.Info, ""), hidden(widgets.NewNotice(widgets.Info, ""))
	w.afresh = widgets.NewLink("", func() {
		w.form.startAfresh()
		w.focusFirst() // the link goes
	})
	w.draftRow = widgets.Beside(w.draft, w.afresh, margin)
	w.draftRow.Hide()
	for _, f := range data.Fields() {
		field := newFormField(f, w.form.display.ByPerson(func() { w.form.edit(f, w.fields[f].get()) }), func() { w.form.left(f) })
		if entry, ok := field.focus.(*widgets.Entry); ok && slices.Contains(firstFields, f) {
			entry.Keys = map[fyne.KeyName]func(){fyne.KeyDown: w.intoAlike}
		}
		w.fields = append(w.fields, field)
	}
	w.alikeList = widgets.NewResultList(lang.L("Patients"))
	w.alikeList.OnActivated = func(row int) { w.params.OnPatient(w.similar[row].ID, "") }
	w.alike = widgets.NewColumn(
		widgets.Label(lang.L("Is it one of these?")),
		widgets.Small(lang.L("Down leads to them. Opening one keeps what you typed here.")),
		w.alikeList,
	)
	w.alike.Hide()
	w.busy, w.state = widgets.NewBusy(), widgets.NewNotice(widgets.Error, "")
	w.cancel = widgets.NewButton(lang.L("Cancel"), w.form.cancel)
	w.save = widgets.NewPrimaryButton(lang.L("Save"), w.form.save)
}

func (w *FormPage) layOut() fyne.CanvasObject {
	top := widgets.NewColumn(w.title, w.alert, w.draftRow, w.newer)
	head := container.NewBorder(nil, widget.NewSeparator(), nil, nil, padded(top, gap+gap/2, gap+gap/2, margin))

	first := w.section("", []data.Field{data.FieldName}, []data.Field{data.FieldAlsoKnownAs}, []data.Field{data.FieldBorn},
		[]data.Field{data.FieldPhone, data.FieldOtherPhone})
	reach := w.section(lang.L("Reach"), []data.Field{data.FieldEmail}, []data.Field{data.FieldAddress}, []data.Field{data.FieldEmergency})
	more := widgets.NewColumn(
		w.section("", []data.Field{data.FieldSex}, []data.Field{data.FieldGender}),
		w.section(lang.L("Numbers"), []data.Field{data.FieldRecordNumber, data.FieldHealthNumber}),
		w.section(lang.L("Notes"), []data.Field{data.FieldAlert}, []data.Field{data.FieldNotes}, []data.Field{data.FieldState, data.FieldSince}),
	)
	body := container.New(&formLayout{}, first, reach, more, w.alike)
	wide := layouts.MaxWidth{Width: layouts.Growing(formWidth), MarginX: margin, MarginY: margin / 2}
	w.scroll = container.NewVScroll(container.New(wide, body))

	buttons := container.NewHBox(w.cancel, w.save)
	last := container.New(layout.NewBorderLayout(nil, nil, nil, buttons), container.NewStack(w.busy, container.NewVBox(layout.NewSpacer(), w.state, layout.NewSpacer())), buttons)
	foot := container.NewBorder(widget.NewSeparator(), nil, nil, nil, padded(last, gap, gap, margin))
	return container.New(layout.NewBorderLayout(head, foot, nil, nil), head, w.scroll, foot) // in the order of Tab
}

// section has a quiet heading, or none, and below it lines of fields.
func (w *FormPage) section(heading string, lines ...[]data.Field) *fyne.Container {
	column := widgets.NewColumn()
	if heading != "" {
		column.Add(widgets.Subheading(heading))
	}
	for _, fields := range lines {
		line := container.New(&layouts.Grid{Least: leastInPair, Columns: len(fields), GapX: layouts.Fixed(gap), GapY: layouts.Fixed(gap)})
		for _, f := range fields {
			line.Add(w.fields[f].box)
		}
		column.Add(line)
	}
	return column
}

// DraftKey is where what is typed into the form is kept.
func (w *FormPage) DraftKey() string { return DraftKey(w.form.id) }

// Content is what the window shows.
func (w *FormPage) Content() fyne.CanvasObject { return w.page }

// Focus puts the cursor into the name, or after one that was typed already into
// the date of birth.
func (w *FormPage) Focus() {
	w.page.FocusFirst(w.canvas())
	w.focusFirst()
}

func (w *FormPage) focusFirst() {
	first := data.FieldName
	if w.named && !w.form.fromDraft {
		first = data.FieldBorn
	}
	w.focusField(first)
}

// Refresh looks whether somebody else changed the patient. What is typed stays.
func (w *FormPage) Refresh() {
	w.form.refresh()
	w.form.lookAlike()
}

func (w *FormPage) fill(form data.PatientForm) {
	w.form.display.ByProgram(func() {
		for _, f := range w.fields {
			f.set(form[f.of])
		}
	})
}

// intoAlike goes into the list of who looks alike. Tab does not: who types on
// would type into it.
func (w *FormPage) intoAlike() {
	if w.alike.Visible() {
		w.alikeList.Select(max(0, w.alikeList.Selected()))
		w.canvas().Focus(w.alikeList.Focusable())
	}
}

func (w *FormPage) focusField(f data.Field) { w.canvas().Focus(w.fields[f].focus) }

func (w *FormPage) show(v formView) {
	w.title.SetText(shortened(v.Title, 2*shortName))
	w.alert.SetText(shortened(inLine(v.Alert), alertInForms))
	w.draft.SetText(v.Draft)
	w.afresh.SetText(v.Afresh)
	widgets.SetVisible(w.draftRow, v.Draft != "")
	setNotice(w.newer, widgets.Info, v.Newer)
	for _, f := range w.fields {
		if f.box.Error() != v.Errors[f.of] {
			f.box.SetError(v.Errors[f.of])
		}
		if choice, ok := f.box.Input().(interface{ SetChoices([]string) }); ok {
			choice.SetChoices(v.Choices[f.of])
		}
	}
	w.fields[data.FieldBorn].box.SetHelp(v.Read[data.FieldBorn])
	w.fields[data.FieldSince].box.SetHelp(v.Read[data.FieldSince])
	w.fields[data.FieldHealthNumber].box.SetLabel(v.Health)
	widgets.SetVisible(w.fields[data.FieldSince].box, v.Dated)
	widgets.SetEnabled(w.save, v.CanSave)
	w.closing.Set(&fyne.Container{Objects: []fyne.CanvasObject{w.draftRow, w.scroll}}, v.Busy != "")
	if v.Busy != "" {
		w.busy.Start(v.Busy)
	} else {
		w.busy.Stop()
	}
	w.state.Set(widgets.Error, v.Error)
	w.showSimilar(v.Similar)
	w.shape.Show(shapeOf(v))
}

// formShape is what of a view changes the room that things need. With each key
// nothing is laid out anew but that.
type formShape struct {
	Title, Alert, Draft, Newer, Error string
	Errors                            [data.FieldCount]string
	Dated                             bool
	Similar                           int
	Health                            string
}

func shapeOf(v formView) formShape {
	return formShape{v.Title, v.Alert, v.Draft + v.Afresh, v.Newer, v.Error, v.Errors, v.Dated, len(v.Similar), v.Health}
}

func (w *FormPage) showSimilar(similar []hit) {
	selected := w.alikeList.Selected()
	if selected >= 0 { // whoever is chosen stays so
		id := w.similar[selected].ID
		selected = slices.IndexFunc(similar, func(h hit) bool { return h.ID == id })
	}
	w.similar = similar
	w.alikeList.ShowRows(max(1, len(similar)))
	showHits(w.alikeList, searchView{Hits: similar, Chosen: selected})
	widgets.SetVisible(w.alike, len(similar) > 0)
}

// askToDiscard implements formDialogs.
func (w *FormPage) askToDiscard() {
	var d *screen.Dialog
	d = w.dialogs.Show(widgets.DialogOptions{
		Title:   lang.L("Throw away what you typed?"),
		Content: alertOver(w.form.base.Alert, widgets.Paragraph(lang.L("It was not saved, and can't be brought back."))),
		Careful: true,
		Primary: lang.L("Throw away"),
		OnPrimary: func() {
			d.Close()
			w.form.discard()
		},
		Cancel: lang.L("Go on typing"),
	}, nil)
}

// askIfSame implements formDialogs.
func (w *FormPage) askIfSame(h hit) {
	var d *screen.Dialog
	d = w.dialogs.Show(widgets.DialogOptions{
		Title:   lang.L("Is it the same person?"),
		Content: widgets.NewColumn(widgets.Paragraph(lang.L("This patient is here already:")), widgets.Label(h.Title), widgets.Paragraph(h.Detail)),
		Careful: true,
		Primary: lang.L("Save as another patient"),
		OnPrimary: func() {
			d.Close()
			w.form.saveAnother()
		},
		Cancel: lang.L("Back to the form"),
	}, nil)
}

// choose implements formDialogs.
func (w *FormPage) choose(v conflictView) {
	chosen := make([]int, len(v.Questions))
	column := widgets.NewColumn()
	if v.Alert != "" {
		column.Add(widgets.NewNotice(widgets.Warning, shortened(inLine(v.Alert), alertInForms)))
	}
	column.Add(widgets.Paragraph(lang.L("{{.Name}} saved this patient while you were typing. Choose what is right. All else that you both changed is kept.",
		map[string]any{"Name": v.Who})))
	addQuestions(w.canvas(), column, v.Questions, func(question, version int) { chosen[question] = version })
	var d *screen.Dialog
	d = w.dialogs.Show(widgets.DialogOptions{
		Title:   lang.L("Changed by two"),
		Width:   versionsWidth,
		Content: column,
		Careful: true,
		Primary: lang.L("Save"),
		OnPrimary: func() {
			d.Close()
			w.form.chosen(chosen)
		},
		Cancel: lang.L("Back to the form"),
	}, nil)
}
