package patients

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

const (
	chooseWidth   = 560 // of the dialog to choose the other record, for text at 100 %
	versionsWidth = 820 // of a dialog with versions beside each other, for text at 100 %
	chooseRows    = 5
	chooseLimit   = 50
)

// openMerge lets the other record be searched for, and then shows both.
func (w *PatientPage) openMerge() {
	this := w.record.now.patient
	var d *screen.Dialog
	search := newSearch(w.scope, chooseLimit)
	search.not = this.ID
	list := newFoundList(search)
	list.list.ShowRows(chooseRows)
	until, leave := w.scope.Child()
	m := newMerge(scope{until, w.scope.desk, w.scope.order})
	m.failed = func(err error) {
		d.SetBusy("")
		d.SetError(m.refusal(err))
	}
	newMergeDialog(w, m, func() { d.Close() })
	m.done = func(id, said string) { w.params.OnPatient(id, said) }
	search.open = func(id string) {
		d.SetError("")
		d.SetBusy(lang.L("Reading…"))
		m.begin(this, id, w.record.now.details.HealthNumber)
	}
	d = w.dialogs.Show(widgets.DialogOptions{
		Title: lang.L("Merge {{.Name}} with…", map[string]any{"Name": shortened(this.Name, shortName)}),
		Width: chooseWidth,
		Content: w.withAlert(
			widgets.Paragraph(lang.L("Find the other record of the same person.")),
			list.entry, list.note, list.list,
		),
		FirstFocus: list.entry,
		Cancel:     lang.L("Cancel"),
		OnCancel: func() {
			search.end()
			leave() // or the record being read would open a dialog nobody wants any more
		},
	}, nil)
	search.begin()
}

// mergeDialog is the dialog with both records.
type mergeDialog struct {
	page   *PatientPage
	merge  *merge
	before func() // closes the dialog before it

	dialog *screen.Dialog // nil: not open yet
	picks  []*widgets.VersionPicker
}

func newMergeDialog(page *PatientPage, m *merge, before func()) {
	d := &mergeDialog{page: page, merge: m, before: before}
	m.display, m.close = screen.NewView(d.show), func() { d.dialog.Close() }
}

func (d *mergeDialog) show(v mergeView) {
	if d.dialog == nil {
		d.open(v)
	}
	for i, p := range d.picks {
		p.Choose(v.Questions[i].Chosen)
	}
	d.dialog.SetSaving(v.Busy)
	d.dialog.SetError(v.Error)
}

func (d *mergeDialog) open(v mergeView) {
	d.before()
	stays := widgets.NewVersionPicker([]widgets.Version{
		{Caption: lang.L("This record"), Text: v.Records[0]},
		{Caption: lang.L("The other record"), Text: v.Records[1]},
	}, v.Stays)
	stays.OnChanged = d.merge.stay
	column := widgets.NewColumn()
	if v.Alerts != "" {
		column.Add(widgets.NewNotice(widgets.Warning, v.Alerts))
	}
	if v.Doubt != "" {
		column.Add(widgets.NewNotice(widgets.Warning, v.Doubt))
	}
	column.Add(widgets.Paragraph(lang.L("Two records become one, with all appointments of both. It can be taken back for 30 days.")))
	column.Add(widgets.NewGap())
	column.Add(widgets.Label(lang.L("Which record stays?")))
	column.Add(stays)
	if len(v.Questions) > 0 {
		column.Add(widgets.NewGap())
		column.Add(widgets.Subheading(lang.L("What differs")))
	}
	d.picks = addQuestions(d.page.canvas(), column, v.Questions, d.merge.choose)
	stays.OnSubmit = func() {
		if len(d.picks) > 0 {
			d.page.canvas().FocusNext()
		}
	}
	d.dialog = d.page.dialogs.Show(widgets.DialogOptions{
		Title:     lang.L("Merge two records"),
		Width:     versionsWidth,
		Content:   column,
		Careful:   true,
		Primary:   lang.L("Merge"),
		OnPrimary: d.merge.run,
		Cancel:    lang.L("Cancel"),
	}, nil)
}

// addQuestions puts questions into a column, each with its versions. Enter goes
// from one to the next, and stays at the last: an Enter too many must neither
// answer them all nor throw the answers away.
func addQuestions(canvas fyne.Canvas, column *fyne.Container, questions []question, chosen func(question, version int)) []*widgets.VersionPicker {
	var picks []*widgets.VersionPicker
	for i, q := range questions {
		var versions []widgets.Version
		for _, v := range q.Versions {
			versions = append(versions, widgets.Version{Caption: v.Caption, Text: v.Text})
		}
		pick := widgets.NewVersionPicker(versions, q.Chosen)
		pick.OnSubmit = canvas.FocusNext
		if i == len(questions)-1 {
			pick.OnSubmit = func() {}
		}
		pick.OnChanged = func(version int) { chosen(i, version) }
		picks = append(picks, pick)
		column.Add(widgets.Label(q.Label))
		column.Add(pick)
	}
	return picks
}
