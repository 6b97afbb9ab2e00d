// Package exchange is the pane of the settings in which patients come in from a file, and go out into
// one.
package exchange

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/data/desk"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/kit"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// panel is what the pane "Import and export" shows.
type panel struct {
	page     *widgets.Page
	dialogs  *screen.Dialogs
	importer *importer
	exporter *exporter
	view     *screen.View[view]

	path    *widgets.PathField
	file    *widgets.Field
	intro   *fyne.Container
	name    *widgets.Text
	what    *widgets.Text
	columns *columnsForm
	counts  *countList
	perhaps *possibleList

	another *widgets.Button
	back    *widgets.Button
	refused *widgets.Button
	acts    *fyne.Container
	result  *widgets.Notice
	busy    *widgets.Busy
	cancel  *widgets.Button
	primary *widgets.Button
	buttons *fyne.Container
	inCard  *fyne.Container // holds the buttons and what goes on, or
	inFoot  *fyne.Container // this does, where the card is long
	foot    *fyne.Container
	exports *widgets.Card

	export   *widgets.Button
	exported *widgets.Notice

	step step // that is shown
}

func newPanel(s *screen.Dialogs) *panel {
	w := &panel{dialogs: s}
	w.view = screen.NewView(w.show)
	first := w.newImport()
	w.exports = w.newExport()
	column := widgets.NewColumn(widgets.Heading(lang.L("Import and export")), widgets.NewGap(), first, widgets.NewGap(), w.exports)
	margin := container.New(pane.ReadingLayout(pane.Margin), column)
	scroll := container.NewVScroll(margin)
	foot := container.New(pane.ReadingLayout(pane.FootMargin), w.inFoot)
	all, line := pane.OverFoot(scroll, foot)
	w.foot = line
	w.page = widgets.NewPage(all, widgets.PageOptions{Keys: widgets.PageKeys(scroll)})
	return w
}

// importTypes are how the names of files end that the person browses for. An .xls is there to be found:
// choosing it says what to do.
var importTypes = []string{".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".ods", ".xls"}

func (w *panel) newImport() *widgets.Card {
	w.path = widgets.NewFileField(w.dialogs.Window, importTypes...)
	w.path.OnChanged = func(string) { w.importer.edited() }
	w.path.OnSubmit = func() { w.importer.read(w.path.Text()) }
	w.file = widgets.NewField(lang.L("File"), w.path)
	w.intro = widgets.NewColumn(
		widgets.Paragraph(lang.L("From a spreadsheet (.xlsx, .ods) or a CSV file. You see how it is read before anything comes in.")),
		w.file)
	w.name, w.what = widgets.Label(""), widgets.Quiet("")
	w.columns, w.counts = newColumnsForm(w), newCountList()
	w.perhaps = newPossibleList(w)
	w.another = widgets.NewButton(lang.L("Another file"), func() { w.importer.another() })
	w.back = widgets.NewButton(lang.L("Back to the columns"), func() { w.importer.back() })
	w.refused = widgets.NewButton(lang.L("Save the refused lines…"), func() { openRefused(w.dialogs, w.importer) })
	w.acts = widgets.NewFlow(w.another, w.back, w.refused)
	w.result, w.busy = widgets.NewNotice(widgets.Good, ""), widgets.NewBusy()
	w.cancel = widgets.NewButton(lang.L("Cancel"), func() { w.importer.cancel() })
	w.primary = widgets.NewPrimaryButton("", w.goOn)
	w.buttons = widgets.NewFooter(nil, w.cancel, w.primary)
	w.inCard, w.inFoot = widgets.NewColumn(), widgets.NewColumn()
	return widgets.NewCard(widgets.Subheading(lang.L("Import patients")), w.intro, w.name, w.what, w.columns.content, w.counts.content, w.perhaps.content, w.result, w.acts, w.inCard)
}

func (w *panel) newExport() *widgets.Card {
	w.exported = widgets.NewNotice(widgets.Good, "")
	w.exported.Hide()
	w.export = widgets.NewButton(lang.L("Export all patients…"), func() { openExportPatients(w.dialogs, w.exporter) })
	return widgets.NewCard(
		widgets.Subheading(lang.L("Export patients")),
		widgets.Paragraph(lang.L("All patients in one CSV file, which spreadsheets and other programs read, and Anteroom itself. It is noted in the activity.")),
		w.exported, container.NewHBox(w.export),
	)
}

// goOn is what the primary button does at each step.
func (w *panel) goOn() {
	switch w.step {
	case stepFile:
		w.importer.read(w.path.Text())
	case stepColumns:
		w.importer.check()
	case stepChecked:
		w.importer.ask()
	case stepDone:
		w.importer.another()
	}
}

func (w *panel) focus(c fyne.Canvas) {
	if w.step == stepFile {
		c.Focus(w.path.Focusable())
		return
	}
	w.page.FocusFirst(c)
}

func (w *panel) show(v view) {
	isNewStep, isNewError := v.Step != w.step, v.FileError != "" && w.file.Error() == ""
	w.step = v.Step
	inside := w.hasFocus()
	w.intro.Hidden = v.Step != stepFile
	w.name.Hidden, w.what.Hidden = v.Step == stepFile, v.Step == stepFile
	w.name.SetText(v.File)
	w.what.SetText(v.What)
	if w.file.Error() != v.FileError {
		w.file.SetError(v.FileError)
	}
	widgets.SetEnabled(w.path, !v.Working)
	w.columns.show(v)
	w.counts.show(v)
	w.perhaps.show(v)
	w.showFoot(v.Step != stepFile)
	w.showActs(v)
	showImportResult(w.result, v)
	w.showBusy(v)
	layouts.Refresh(w.page)
	if inside {
		w.keepFocus(v, isNewStep, isNewError)
	}
}

// showFoot puts the button that goes on under the pane, where it stays in sight: the columns of a file are long.
func (w *panel) showFoot(on bool) {
	w.inCard.Objects, w.inFoot.Objects = []fyne.CanvasObject{w.buttons, w.busy}, nil // so the buttons stay where they are
	if on {
		w.inCard.Objects, w.inFoot.Objects = nil, []fyne.CanvasObject{w.busy, w.buttons}
	}
	w.inCard.Hidden, w.foot.Hidden = on, !on
	w.exports.Hidden = on // the button below is not about those
}

func (w *panel) showActs(v view) {
	w.another.Hidden = v.Step != stepColumns && v.Step != stepChecked
	w.back.Hidden = v.Step != stepChecked
	w.refused.Hidden = v.Step < stepChecked || !v.CanSave && !v.Working
	w.acts.Hidden = w.another.Hidden && w.refused.Hidden
	widgets.SetEnabled(w.another, !v.Working)
	widgets.SetEnabled(w.back, !v.Working)
	widgets.SetEnabled(w.refused, v.CanSave)
	text, on := lang.L("Read the file"), !v.Working
	switch v.Step {
	case stepColumns:
		text, on = lang.L("Check all rows"), v.CanCheck
	case stepChecked:
		text, on = v.Import, v.CanImport
	case stepDone:
		text = lang.L("Import another file")
	}
	w.primary.SetText(text)
	widgets.SetEnabled(w.primary, on)
}

// showImportResult says how something went that was asked for.
func showImportResult(n *widgets.Notice, v view) {
	pane.ShowResult(n, v.Good, v.Error)
	if v.Note != "" {
		n.Set(widgets.Info, v.Note)
		n.Hidden = false
	}
}

func (w *panel) showBusy(v view) {
	w.cancel.Hidden = !v.CanCancel
	if v.Busy != "" {
		w.busy.SetProgress(v.Busy, v.Done, v.Total)
	} else {
		w.busy.Stop()
	}
	w.busy.Hidden = v.Busy == ""
}

// hasFocus says that the focus is on something of the import's.
func (w *panel) hasFocus() bool {
	if w.dialogs.Top() != nil {
		return false
	}
	focused := w.dialogs.Window.Canvas().Focused()
	for _, b := range []*widgets.Button{w.another, w.back, w.refused, w.cancel, w.primary} {
		if focused == fyne.Focusable(b) {
			return true
		}
	}
	return focused != nil && (focused == w.path.Focusable() || w.columns.has(focused) || focused == w.perhaps.list.Focusable() || focused == fyne.Focusable(w.perhaps.takes))
}

// keepFocus takes the focus along where it can't stay: to the first thing of the
// next step, to Cancel when that comes, or to what goes on.
func (w *panel) keepFocus(v view, isNewStep, isNewError bool) {
	c := w.dialogs.Window.Canvas()
	focused := c.Focused()
	gone := focused == fyne.Focusable(w.cancel) && w.cancel.Hidden || isOff(focused)
	switch {
	case v.Step == stepFile && (isNewStep || isNewError):
		c.Focus(w.path.Focusable())
	case isNewStep && v.Step == stepColumns:
		w.columns.focus(c)
	case isNewStep, gone && !v.Working:
		w.focusPrimary(c)
		if v.Step != stepColumns {
			widgets.Reveal(w.counts.content) // with large text it is above what has the focus
		}
	case gone && v.CanCancel:
		c.Focus(w.cancel)
	}
}

// focusPrimary is for a step that is to be read, and then gone on from.
func (w *panel) focusPrimary(c fyne.Canvas) {
	for _, b := range []*widgets.Button{w.primary, w.refused, w.another} {
		if !b.Disabled() && b.Visible() {
			c.Focus(b)
			return
		}
	}
}

// isOff says that something can't be used now.
func isOff(o fyne.Focusable) bool {
	d, ok := o.(fyne.Disableable)
	return ok && d.Disabled()
}

// sayExported says how an export went.
func (w *panel) sayExported(good string) {
	w.exported.SetText(good)
	w.exported.Hidden = good == ""
	layouts.Refresh(w.page)
	if good != "" {
		widgets.Reveal(w.export)
	}
}

// New makes the pane.
func New(p pane.Params, d *desk.Desk, kits *kit.Maker) pane.Pane {
	w := newPanel(p.Dialogs)
	w.importer = newImporter(p, d, w.view)
	w.importer.askForKit = func() { kits.Ask(w.dialogs, kitBeforeImport(), func() {}) }
	w.importer.confirm = func(title, text string) { openImport(w.dialogs, w.importer, title, text) }
	w.exporter = newExporter(p, d, w.sayExported)
	w.importer.show()
	return pane.Pane{Content: w.page, Refresh: w.importer.show, Focus: w.focus, Unsaved: func() (title, text string, isUnsaved bool) {
		return lang.L("Leave without the import?"), lang.L("The import is still under way. Leaving stops it, and no patient comes in."), w.importer.isImporting()
	}}
}
