// Package activity is the pane "Activity": how sign-in is doing, and the activity log.
package activity

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// listRows is how many rows of the activity are in sight at least.
const listRows = 8

// panel is the pane "Activity".
type panel struct {
	content   *container.Scroll
	dialogs   *screen.Dialogs
	presenter *presenter
	view      *screen.View[view]

	head    *head
	person  *widgets.Select
	kind    *widgets.Select
	from    *widgets.Entry
	to      *widgets.Entry
	fromDay *widgets.Field
	toDay   *widgets.Field

	verify     *widgets.Button
	export     *widgets.Button
	stopVerify *widgets.Button
	verifying  *widgets.Busy
	result     *widgets.Notice

	list    *widgets.Table[*auth.ActivityEntry]
	rows    *screen.View[listed]
	problem *widgets.Notice
	reading *widgets.Busy
	read    *widgets.Text
	stop    *widgets.Button
	older   *widgets.Button
}

// listed is what the list shows.
type listed struct {
	List, Rows int
	Empty      string
}

// New makes the pane. goTo leads to another one.
func New(p pane.Params, goTo func(name string)) pane.Pane {
	return newPanel(p, goTo).pane()
}

func (w *panel) pane() pane.Pane {
	return pane.Pane{Content: w.content, Refresh: w.presenter.open, Focus: w.focus}
}

func newPanel(p pane.Params, goTo func(name string)) *panel {
	w := &panel{dialogs: p.Dialogs, head: newHead(p.Dialogs.Window, goTo)}
	w.view, w.rows = screen.NewView(w.show), screen.NewView(w.showListed)
	w.presenter = newPresenter(presenter{Scope: p.Scope, session: p.Session, pane: w.view, save: p.Save, folder: p.Folder})
	w.layOut()
	return w
}

func (w *panel) layOut() {
	filters, acts := w.newFilters(), w.newActs()
	head := widgets.NewColumn(widgets.Heading(lang.L("Activity")), widgets.NewGap(), w.head.column, widgets.NewGap(), filters, acts, container.NewStack(w.verifying, w.result), w.problem)
	below := w.newList()
	w.content = pane.OverList(head, widgets.NewListCard(w.list, below))
}

func (w *panel) newFilters() fyne.CanvasObject {
	p := w.presenter
	w.person = widgets.NewSelect(nil, screen.Edited(w.view, func(string) { p.choosePerson(w.person.SelectedIndex()) }))
	w.kind = widgets.NewSelect(kindTexts(), screen.Edited(w.view, func(string) { p.chooseKind(w.kind.SelectedIndex()) }))
	w.from, w.to = w.newDay(), w.newDay()
	w.fromDay, w.toDay = widgets.NewField(lang.L("From"), w.from), widgets.NewField(lang.L("To"), w.to)
	w.fromDay.SetHelp(lang.L("A day, such as 24 Nov 2026"))
	return pane.FieldsRow([]float32{180, 180, 164, 164},
		widgets.NewField(lang.L("Person"), w.person).Reserve(0), widgets.NewField(lang.L("Kind"), w.kind).Reserve(0), w.fromDay, w.toDay)
}

func (w *panel) newDay() *widgets.Entry {
	e := widgets.NewEntry()
	e.OnChanged = func(string) { w.presenter.typeDays(w.from.Text, w.to.Text) }
	e.OnSubmit = w.presenter.apply
	return e
}

func (w *panel) newActs() fyne.CanvasObject {
	w.verify = widgets.NewButton(lang.L("Verify"), w.presenter.verify)
	w.export = widgets.NewButton(lang.L("Export CSV…"), w.openExport)
	w.stopVerify = widgets.NewButton(lang.L("Cancel"), w.presenter.stopVerify)
	w.stopVerify.Hide()
	w.verifying, w.result = widgets.NewBusy(), widgets.NewNotice(widgets.Good, "")
	w.problem = widgets.NewNotice(widgets.Error, "")
	w.problem.Hide()
	return widgets.NewFlow(w.verify, w.export, w.stopVerify)
}

func (w *panel) newList() (below fyne.CanvasObject) {
	w.list = widgets.NewTable(entryID,
		widgets.Column[*auth.ActivityEntry]{Title: lang.L("When"), Width: 112, Text: w.presenter.when},
		widgets.Column[*auth.ActivityEntry]{Title: lang.L("What"), Width: 150, Grow: true, Text: entryText},
	)
	w.list.ShowRows(listRows)
	w.list.OnSelected = w.presenter.reached
	w.list.OnActivated = w.openEntry
	w.reading, w.read = widgets.NewBusy(), widgets.Quiet("")
	w.stop = widgets.NewButton(lang.L("Cancel"), w.presenter.stopReading)
	w.older = widgets.NewButton(lang.L("Show older"), w.presenter.showOlder)
	w.stop.Hide()
	w.older.Hide()
	return container.NewBorder(nil, nil, nil, container.NewHBox(w.stop, w.older), container.NewStack(w.reading, w.read))
}

func entryID(e *auth.ActivityEntry) string {
	if e == nil {
		return ""
	}
	return strconv.FormatInt(e.Seq, 10)
}

// focus begins at the top: the list is below what one looks at first.
func (w *panel) focus(c fyne.Canvas) { c.Focus(w.head.bars.Focusable()) }

func (w *panel) show(v view) {
	before := w.result.Text()
	w.head.show(v)
	w.showFilters(v)
	w.showRows(v)
	w.showReading(v)
	w.showVerify(v)
	layouts.Refresh(w.content)
	if v.Result != before && v.Result != "" {
		widgets.Reveal(w.result) // in a low window it is below what asked for it
	}
}

func (w *panel) showFilters(v view) {
	if !slices.Equal(w.person.Options, v.Persons) {
		w.person.SetOptions(v.Persons)
	}
	w.person.SetSelectedIndex(v.Person)
	w.kind.SetSelectedIndex(v.Kind)
	w.fromDay.SetError(v.FromError)
	w.toDay.SetError(v.ToError)
}

// showRows keeps the chosen row, unless the list begins anew.
func (w *panel) showRows(v view) {
	if w.rows.Shown().List != v.List {
		w.list.Unselect()
	}
	w.rows.Show(listed{v.List, v.Rows, v.Empty})
	if w.list.Selected() < 0 {
		w.list.Select(0)
	}
}

func (w *panel) showListed(l listed) {
	w.list.SetEmpty(l.Empty)
	w.list.SetSource(l.Rows, w.presenter.at)
}

func (w *panel) showReading(v view) {
	if v.Reading != "" {
		w.reading.SetProgress(v.Reading, v.Read, v.ReadTotal)
	} else {
		w.reading.Stop()
	}
	w.read.SetText(v.Shown)
	pane.SetNotice(w.problem, widgets.Error, v.ReadError)
	w.showButton(w.stop, v.CanStop, w.list.Focusable())
	w.showButton(w.older, v.CanGoOn, w.list.Focusable())
}

func (w *panel) showVerify(v view) {
	widgets.SetEnabled(w.export, v.CanExport)
	w.showButton(w.stopVerify, v.CanStopVerify, w.verify)
	if v.Verifying != "" {
		w.verifying.SetProgress(v.Verifying, v.Verified, v.VerifyTotal)
	} else {
		w.verifying.Stop()
	}
	kind := widgets.Warning
	if v.IsGood {
		kind = widgets.Good
	}
	w.result.Set(kind, v.Result)
}

// showButton gives the focus to another when the button goes.
func (w *panel) showButton(b *widgets.Button, on bool, next fyne.Focusable) {
	b.Hidden = !on
	if c := w.dialogs.Window.Canvas(); !on && c.Focused() == fyne.Focusable(b) {
		c.Focus(next)
	}
}

func (w *panel) openEntry(row int) {
	if e, ok := w.presenter.entry(row); ok {
		openEntry(w.dialogs, newEntryView(e))
	}
}

func (w *panel) openExport() {
	if w.presenter.canExport() {
		openExport(w.dialogs, w.presenter)
	}
}
