package patients

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// mostVisits is how many appointments are in sight at most; the list scrolls.
const mostVisits = 8

// PatientPage is the page of one patient.
type PatientPage struct {
	base
	record *record
	page   *widgets.Page

	title, born  *widgets.Text
	also         *widgets.Text
	alert, state *widgets.Notice
	said, error  *widgets.Notice
	busy         *widgets.Busy
	facts        *fyne.Container
	notesLabel   *widgets.Text
	notes        *widgets.Text
	fold         *widgets.Button
	mergedLines  *fyne.Container
	merged       *screen.View[[]mergedLine]
	count        *widgets.Text
	visits       *widgets.List

	book, edit, print, merge, again *widgets.Button
	wantsFocus                      bool // "Book…" gets it when the patient was read
}

// NewPatient makes the page of a patient; said is what was just done with it.
// OnEdit, OnBook, OnVisit, OnPrint, OnPatient (after a merge) and OnBack lead on.
func NewPatient(p Params, id, said string) *PatientPage {
	w := &PatientPage{base: newBase(p)}
	w.record = newRecord(w.scope, id, said)
	w.record.display = screen.NewView(w.show)
	w.makeParts()
	w.page = widgets.NewPage(w.layOut(), widgets.PageOptions{
		OnEscape: p.OnBack, Keys: map[fyne.KeyName]func(){fyne.KeyF3: w.NextStep},
	})
	w.record.update()
	w.record.refresh()
	return w
}

func (w *PatientPage) makeParts() {
	w.title, w.born, w.also = widgets.Heading(""), widgets.Subheading(""), widgets.Quiet("")
	w.alert, w.state = hidden(widgets.NewNotice(widgets.Warning, "")), hidden(widgets.NewNotice(widgets.Info, ""))
	w.said, w.error = hidden(widgets.NewNotice(widgets.Good, "")), hidden(widgets.NewNotice(widgets.Error, ""))
	w.busy = widgets.NewBusy()
	w.busy.Hide()
	w.facts = newFacts()
	w.notesLabel, w.notes = widgets.Small(lang.L("Notes")), widgets.Paragraph("")
	w.fold = widgets.NewLink("", w.record.unfold)
	w.mergedLines, w.merged = widgets.NewColumn(), screen.NewView(w.showMerged)
	w.count = widgets.Quiet("")

	w.book = widgets.NewPrimaryButton(lang.L("Book…"), func() { w.params.OnBook(w.record.now.patient, nil) })
	w.edit = widgets.NewButton(lang.L("Edit…"), func() { w.params.OnEdit(w.record.id) })
	w.print = widgets.NewButton(lang.L("Print next appointments"), func() { w.params.OnPrint(w.record.now.patient, w.record.next()) })
	w.merge = widgets.NewButton(lang.L("Merge…"), w.openMerge)
	w.again = widgets.NewButton(lang.L("Book again"), func() {
		if like := w.record.like(); like != nil {
			w.params.OnBook(w.record.now.patient, like)
		}
	})

	w.visits = widgets.NewList(
		widgets.Head{Title: lang.L("Date"), Width: 140},
		widgets.Head{Title: lang.L("Time"), Width: 60},
		widgets.Head{Title: lang.L("Practitioner"), Width: 75, Grow: true},
		widgets.Head{Title: lang.L("Kind"), Width: 75, Grow: true},
		widgets.Head{Title: lang.L("Status"), Width: 130},
	)
	w.visits.SetEmpty(lang.L("No appointments yet. “Book…” makes the first one."))
	w.visits.ID = func(row int) string { return w.record.now.visits[row].ID }
	w.visits.OnSelected = w.record.choose
	w.visits.OnActivated = func(row int) {
		w.params.OnVisit(w.record.now.visits[row].Appointment)
	}
}

func (w *PatientPage) layOut() fyne.CanvasObject {
	back := widgets.NewLink(lang.L("Back"), w.params.OnBack)
	names := newTight(w.title, w.born, w.also)
	acts := widgets.NewFlow(w.book, w.edit, w.print, w.merge)
	notes := newTight(w.notesLabel, w.notes, w.fold)
	heading := widgets.Beside(newTight(widgets.Subheading(lang.L("Appointments")), w.count), w.again, margin)
	column := widgets.NewColumn(
		back, names, w.alert, w.state, w.said, w.error, w.busy, widgets.NewGap(), acts,
		widgets.NewGap(), w.facts, notes, w.mergedLines,
		widget.NewSeparator(), heading, padded(w.visits, 0, listMargin, listMargin),
	)
	return container.NewVScroll(container.New(readingWidth(), column))
}

// ID is the patient's whose page it is.
func (w *PatientPage) ID() string { return w.record.id }

// Content is what the window shows.
func (w *PatientPage) Content() fyne.CanvasObject { return w.page }

// Focus puts the focus on "Book…", as soon as that can be pressed.
func (w *PatientPage) Focus() {
	w.page.FocusFirst(w.canvas()) // for the keys of the page
	w.canvas().Unfocus()
	w.wantsFocus = !w.shown().Ready
	if w.shown().Ready {
		w.canvas().Focus(w.book)
	}
}

// NextStep has the patient arrive for today's appointment.
func (w *PatientPage) NextStep() {
	if w.shown().Ready {
		w.params.OnArrive(w.record.id, w.record.told)
	}
}

// Say says what was just done elsewhere.
func (w *PatientPage) Say(text string) {
	w.record.said, w.record.error = text, ""
	w.record.update()
}

// Refresh reads the patient again: the records changed.
func (w *PatientPage) Refresh() { w.record.refresh() }

func (w *PatientPage) shown() recordView { return w.record.display.Shown() }

func (w *PatientPage) show(v recordView) {
	w.title.SetHeading(v.Title)
	w.born.SetText(v.Born)
	w.also.SetText(v.Also)
	widgets.SetVisible(w.born, v.Born != "")
	widgets.SetVisible(w.also, v.Also != "")
	setNotice(w.alert, widgets.Warning, v.Alert)
	setNotice(w.state, widgets.Info, v.State)
	setNotice(w.said, widgets.Good, v.Said)
	setNotice(w.error, widgets.Error, v.Error)
	widgets.SetVisible(w.busy, v.Busy != "")
	if v.Busy != "" {
		w.busy.Start(v.Busy)
	} else {
		w.busy.Stop()
	}
	w.showFacts(v)
	w.merged.Show(v.Merged)
	w.showVisits(v)
	for _, button := range []*widgets.Button{w.book, w.edit, w.merge} {
		widgets.SetEnabled(button, v.Ready && v.Busy == "")
	}
	widgets.SetEnabled(w.print, v.CanPrint)
	widgets.SetEnabled(w.again, v.CanBookAgain)
	layouts.Refresh(w.page)
	if w.wantsFocus && v.Ready {
		w.wantsFocus = false
		if w.canvas().Focused() == nil {
			w.canvas().Focus(w.book)
		}
	}
}

func (w *PatientPage) showFacts(v recordView) {
	w.facts.Objects = nil
	for _, f := range v.Facts {
		w.facts.Objects = append(w.facts.Objects, newFact(f.Label, f.Value))
	}
	w.notes.SetText(v.Notes)
	widgets.SetVisible(w.notesLabel, v.Notes != "")
	widgets.SetVisible(w.notes, v.Notes != "")
	w.fold.SetText(v.Fold)
	widgets.SetVisible(w.fold, v.Fold != "")
}

// showMerged has a line for each merge. They are a view of their own, so that their buttons keep
// the focus while something else changes.
func (w *PatientPage) showMerged(merged []mergedLine) {
	w.mergedLines.Objects = nil
	for _, m := range merged {
		take := widgets.NewButton(lang.L("Take back…"), func() { w.askTakeBack(m) })
		w.mergedLines.Add(widgets.Beside(widgets.NewNotice(widgets.Info, m.Text), take, margin))
	}
}

func (w *PatientPage) showVisits(v recordView) {
	w.count.SetText(v.Count)
	w.visits.SetRows(v.Visits)
	w.visits.ShowRows(min(max(len(v.Visits), 3), mostVisits))
	if v.Chosen >= 0 && v.Chosen != w.visits.Selected() {
		w.visits.Select(v.Chosen)
	}
}

func (w *PatientPage) askTakeBack(m mergedLine) {
	var d *screen.Dialog
	d = w.dialogs.Show(widgets.DialogOptions{
		Title: lang.L("Take the merge back?"),
		Content: w.withAlert(widgets.Paragraph(lang.L(
			"{{.Name}} becomes a patient of their own again, with the appointments they had. Fields changed since the merge stay as they are.",
			map[string]any{"Name": m.Name}))),
		Careful: true,
		Primary: lang.L("Take back"),
		OnPrimary: func() {
			d.Close()
			w.canvas().Focus(w.edit) // the line with the button goes
			w.record.takeBack(m.ID)
		},
		Cancel: lang.L("Cancel"),
	}, nil)
}

// withAlert has the patient's alert above what a dialog shows.
func (w *PatientPage) withAlert(content ...fyne.CanvasObject) fyne.CanvasObject {
	return alertOver(w.shown().Alert, content...)
}

// alertOver puts an alert above what a dialog or a form shows.
func alertOver(alert string, content ...fyne.CanvasObject) fyne.CanvasObject {
	if alert == "" {
		return widgets.NewColumn(content...)
	}
	notice := widgets.NewNotice(widgets.Warning, shortened(inLine(alert), alertInForms))
	return widgets.NewColumn(append([]fyne.CanvasObject{notice}, content...)...)
}

// alertInForms is how much of an alert stands above forms and dialogs; the
// patient's page has all of it.
const alertInForms = 240
