package exchange

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"anteroom/data/desk"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/kit"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// exchangeWidgets is the pane "Import and export".
type exchangeWidgets struct {
	page      *widgets.Page
	dialogs   *screen.Dialogs
	kits      *kit.Maker
	importing *importing
	exporting *patientExport

	path    *widgets.PathField
	file    *widgets.Field
	intro   *fyne.Container
	name    *widgets.Text
	what    *widgets.Text
	columns *importColumnsView
	counts  *importCountsView
	perhaps *importPossibleView

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

	shown importView
}

func newExchangeWidgets(s *screen.Dialogs, kits *kit.Maker) *exchangeWidgets {
	w := &exchangeWidgets{dialogs: s, kits: kits}
	first := w.newImport()
	w.exports = w.newExport()
	column := widgets.NewColumn(widgets.Heading(lang.L("Import and export")), first, widgets.NewGap(), w.exports)
	margin := container.New(layout.NewCustomPaddedLayout(pane.Margin, pane.Margin, pane.Margin, pane.Margin), column)
	scroll := container.NewVScroll(margin)
	foot := container.New(layout.NewCustomPaddedLayout(pane.FootMargin, pane.FootMargin, pane.Margin, pane.Margin), w.inFoot)
	all, line := pane.OverFoot(scroll, foot)
	w.foot = line
	w.page = widgets.NewPage(all, widgets.PageOptions{Keys: widgets.PageKeys(scroll)})
	w.show(importView{})
	return w
}

// importTypes are how the names of files end that the person browses for. An .xls is there to be found:
// choosing it says what to do.
var importTypes = []string{".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".ods", ".xls"}

func (w *exchangeWidgets) newImport() *widgets.Card {
	w.path = widgets.NewFileField(w.dialogs.Window, importTypes...)
	w.path.OnChanged = func(string) { w.importing.edited() }
	w.path.OnSubmit = func() { w.importing.read(w.path.Text()) }
	w.file = widgets.NewField(lang.L("File"), w.path)
	w.intro = widgets.NewColumn(
		widgets.Paragraph(lang.L("From a spreadsheet (.xlsx, .ods) or a CSV file. You see how it is read before anything comes in.")),
		w.file)
	w.name, w.what = widgets.Label(""), widgets.Quiet("")
	w.columns, w.counts = newImportColumnsView(w), newImportCountsView()
	w.perhaps = newImportPossibleView(w)
	w.another = widgets.NewButton(lang.L("Another file"), func() { w.importing.another() })
	w.back = widgets.NewButton(lang.L("Back to the columns"), func() { w.importing.back() })
	w.refused = widgets.NewButton(lang.L("Save the refused lines…"), func() { openRefused(w.dialogs, w.importing) })
	w.acts = widgets.NewFlow(w.another, w.back, w.refused)
	w.result, w.busy = widgets.NewNotice(widgets.Good, ""), widgets.NewBusy()
	w.cancel = widgets.NewButton(lang.L("Cancel"), func() { w.importing.cancel() })
	w.primary = widgets.NewPrimaryButton("", w.goOn)
	w.buttons = widgets.NewFooter(nil, w.cancel, w.primary)
	w.inCard, w.inFoot = widgets.NewColumn(), widgets.NewColumn()
	return widgets.NewCard(widgets.Subheading(lang.L("Import patients")), w.intro, w.name, w.what, w.columns.content, w.counts.content, w.perhaps.content, w.result, w.acts, w.inCard)
}

func (w *exchangeWidgets) newExport() *widgets.Card {
	w.exported = widgets.NewNotice(widgets.Good, "")
	w.exported.Hide()
	w.export = widgets.NewButton(lang.L("Export all patients…"), func() { openExportPatients(w.dialogs, w.exporting) })
	return widgets.NewCard(
		widgets.Subheading(lang.L("Export patients")),
		widgets.Paragraph(lang.L("All patients in one CSV file, which spreadsheets and other programs read, and Anteroom itself. It is noted in the activity.")),
		w.exported, container.NewHBox(w.export),
	)
}

// goOn is what the primary button does at each step.
func (w *exchangeWidgets) goOn() {
	switch w.shown.Step {
	case importFile:
		w.importing.read(w.path.Text())
	case importColumns:
		w.importing.check()
	case importChecked:
		w.importing.ask()
	case importDone:
		w.importing.another()
	}
}

func (w *exchangeWidgets) focus(c fyne.Canvas) {
	if w.shown.Step == importFile {
		c.Focus(w.path.Focusable())
		return
	}
	w.page.FocusFirst(c)
}

// show implements importPane.
func (w *exchangeWidgets) show(v importView) {
	was := w.shown
	w.shown = v
	inside := w.hasFocus()
	w.intro.Hidden = v.Step != importFile
	w.name.Hidden, w.what.Hidden = v.Step == importFile, v.Step == importFile
	w.name.SetText(v.File)
	w.what.SetText(v.What)
	if w.file.Error() != v.FileError {
		w.file.SetError(v.FileError)
	}
	pane.Enable(w.path, !v.Working)
	w.columns.show(v)
	w.counts.show(v)
	w.perhaps.show(v)
	w.showFoot(v.Step != importFile)
	w.showActs(v)
	showImportResult(w.result, v)
	w.showBusy(v)
	layouts.Refresh(w.page)
	if inside {
		w.keepFocus(was, v)
	}
}

// showFoot puts the button that goes on under the pane, where it stays in sight: the columns of a file are long.
func (w *exchangeWidgets) showFoot(on bool) {
	w.inCard.Objects, w.inFoot.Objects = []fyne.CanvasObject{w.buttons, w.busy}, nil // so the buttons stay where they are
	if on {
		w.inCard.Objects, w.inFoot.Objects = nil, []fyne.CanvasObject{w.busy, w.buttons}
	}
	w.inCard.Hidden, w.foot.Hidden = on, !on
	w.exports.Hidden = on // the button below is not about those
}

func (w *exchangeWidgets) showActs(v importView) {
	w.another.Hidden = v.Step != importColumns && v.Step != importChecked
	w.back.Hidden = v.Step != importChecked
	w.refused.Hidden = v.Step < importChecked || !v.CanSave && !v.Working
	w.acts.Hidden = w.another.Hidden && w.refused.Hidden
	pane.Enable(w.another, !v.Working)
	pane.Enable(w.back, !v.Working)
	pane.Enable(w.refused, v.CanSave)
	text, on := lang.L("Read the file"), !v.Working
	switch v.Step {
	case importColumns:
		text, on = lang.L("Check all rows"), v.CanCheck
	case importChecked:
		text, on = v.Import, v.CanImport
	case importDone:
		text = lang.L("Import another file")
	}
	w.primary.SetText(text)
	pane.Enable(w.primary, on)
}

// showImportResult says how something went that was asked for.
func showImportResult(n *widgets.Notice, v importView) {
	pane.ShowResult(n, v.Good, v.Error)
	if v.Note != "" {
		n.Set(widgets.Info, v.Note)
		n.Hidden = false
	}
}

func (w *exchangeWidgets) showBusy(v importView) {
	w.cancel.Hidden = !v.CanCancel
	if v.Busy != "" {
		w.busy.SetProgress(v.Busy, v.Done, v.Total)
	} else {
		w.busy.Stop()
	}
	w.busy.Hidden = v.Busy == ""
}

// hasFocus says that the focus is on something of the import's.
func (w *exchangeWidgets) hasFocus() bool {
	if w.dialogs.Window == nil || w.dialogs.Top() != nil {
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
func (w *exchangeWidgets) keepFocus(was, v importView) {
	c := w.dialogs.Window.Canvas()
	focused := c.Focused()
	gone := focused == fyne.Focusable(w.cancel) && w.cancel.Hidden || isOff(focused)
	switch {
	case was.Step != v.Step && v.Step == importFile, v.Step == importFile && v.FileError != "" && was.FileError == "":
		c.Focus(w.path.Focusable())
	case was.Step != v.Step && v.Step == importColumns:
		w.columns.focus(c)
	case was.Step != v.Step, gone && !v.Working:
		w.focusPrimary(c)
		if v.Step != importColumns {
			widgets.Reveal(w.counts.content) // with large text it is above what has the focus
		}
	case gone && v.CanCancel:
		c.Focus(w.cancel)
	}
}

// focusPrimary is for a step that is to be read, and then gone on from.
func (w *exchangeWidgets) focusPrimary(c fyne.Canvas) {
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

// askForKit implements importPane.
func (w *exchangeWidgets) askForKit() { w.kits.Ask(w.dialogs, kitBeforeImport(), func() {}) }

// confirmImport implements importPane.
func (w *exchangeWidgets) confirmImport(title, text string) {
	var d *screen.Dialog
	d = w.dialogs.Show(widgets.DialogOptions{
		Title:   lang.L("{{.Import}}?", map[string]any{"Import": title}),
		Content: widgets.Paragraph(text),
		Careful: true,
		Primary: title,
		OnPrimary: func() {
			d.Close()
			w.importing.run()
		},
		Cancel: lang.L("Cancel"),
	}, nil)
}

// showExport implements exportPane.
func (w *exchangeWidgets) showExport(good string) {
	w.exported.SetText(good)
	w.exported.Hidden = good == ""
	layouts.Refresh(w.page)
	if good != "" {
		widgets.Reveal(w.export)
	}
}

// New makes the pane.
func New(p pane.Params, d *desk.Desk, kits *kit.Maker) pane.Pane {
	w := newExchangeWidgets(p.Dialogs, kits)
	w.importing = newImporting(importing{
		Scope: p.Scope, kits: p.Session, desk: d, pane: w, save: p.Save, folder: p.Folder, ownDate: p.Order, open: openSource,
	})
	w.exporting = &patientExport{Scope: p.Scope, desk: d, pane: w, save: p.Save, folder: p.Folder}
	return pane.Pane{Content: w.page, Refresh: w.importing.refresh, Focus: w.focus, Unsaved: func() (title, text string, isUnsaved bool) {
		return lang.L("Leave without the import?"), lang.L("The import is still under way. Leaving stops it, and no patient comes in."), w.importing.isSaving()
	}}
}
