// Package backup is the pane about the practice's backups.
package backup

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

// Params are what the pane needs.
type Params struct {
	pane.Params
	Where            func() sharing.Where // the data lies; nil: here
	OnRestore        func(*auth.Restore)  // run it
	OnRestoreWithKit func(path string)    // of a backup that only the kit opens
}

// panel is what the pane shows.
type panel struct {
	content   fyne.CanvasObject
	list      *widgets.Table[auth.BackupFile]
	dialogs   *screen.Dialogs
	pane      *screen.View[view]
	presenter *presenter

	newest  *widgets.Text
	folder  *widgets.Text
	warning *widgets.Notice
	busy    *widgets.Busy
	result  *widgets.Notice
	name    *widgets.Text
	path    *widgets.Text
	backUp  *widgets.Button
	change  *widgets.Button
	cancel  *widgets.Button
	restore *widgets.Button
	where   *widgets.Text // it can be restored
}

// New makes the pane.
func New(p Params) pane.Pane { return newPanel(p).asPane() }

func (w *panel) asPane() pane.Pane {
	return pane.Pane{Content: w.content, Refresh: w.presenter.refresh, Focus: w.focus, Unsaved: func() (title, text string, isUnsaved bool) {
		return lang.L("Leave without the backup?"), lang.L("The backup is still under way. Leaving stops it."), w.presenter.isMaking()
	}}
}

func newPanel(p Params) *panel {
	w := &panel{dialogs: p.Dialogs}
	w.pane = screen.NewView(w.show)
	w.presenter = newPresenter(presenter{
		Scope: p.Scope, session: p.Session, pane: w.pane, where: p.Where, onRestore: p.OnRestore, onRestoreWithKit: p.OnRestoreWithKit,
	})
	w.presenter.confirmRestore = func(v restoreView) { openRestore(w.dialogs, w.presenter, v) }
	w.presenter.offerKit = func(path string) { openNeedsKit(w.dialogs, w.presenter, path) }
	w.newButtons()
	w.newList()
	w.list.Menu = func(int) []widgets.MenuItem { return pane.MenuOf(w.restore) }
	w.content = pane.OverList(w.head(), widgets.NewListCard(w.list, w.chosen()...))
	w.pane.Show(view{Chosen: -1})
	return w
}

func (w *panel) newButtons() {
	w.backUp = widgets.NewPrimaryButton(lang.L("Back up now"), w.presenter.backUp)
	w.change = widgets.NewButton(lang.L("Change folder…"), func() { openFolder(w.dialogs, w.presenter) })
	w.cancel = widgets.NewButton(lang.L("Cancel"), w.presenter.cancel)
	w.restore = widgets.NewButton(lang.L("Restore…"), w.presenter.openRestore)
}

// head is what stands above the list.
func (w *panel) head() fyne.CanvasObject {
	w.newest, w.folder = widgets.Paragraph(""), widgets.Paragraph("")
	w.warning, w.result = widgets.NewNotice(widgets.Warning, ""), widgets.NewNotice(widgets.Good, "")
	w.busy = widgets.NewBusy()
	return widgets.NewColumn(
		container.NewBorder(nil, nil, nil, w.backUp, widgets.Heading(lang.L("Backup"))),
		pane.Facts(
			widgets.Quiet(lang.L("Newest backup")).OneLine(), w.newest,
			widgets.Quiet(lang.L("Folder")).OneLine(), w.folder,
		),
		w.warning,
		container.NewHBox(w.change),
		container.NewBorder(nil, nil, nil, w.cancel, container.NewStack(w.busy, w.result)),
	)
}

func (w *panel) newList() {
	w.list = widgets.NewTable(func(f auth.BackupFile) string { return f.Path }, columns()...)
	w.list.OnSelected = screen.Edited(w.pane, w.presenter.choose)
	w.list.OnActivated = func(int) { w.presenter.openRestore() }
}

// columns are what the list shows of a backup.
func columns() []widgets.Column[auth.BackupFile] {
	return []widgets.Column[auth.BackupFile]{
		{Title: lang.L("Made"), Width: 150, Text: func(f auth.BackupFile) string { return pane.DateAndClock(f.At) }},
		{Title: lang.L("Size"), Width: 84, Text: func(f auth.BackupFile) string { return words.Size(f.Size) }},
		{Title: lang.L("File"), Width: 72, Grow: true, Text: func(f auth.BackupFile) string { return words.FileName(f.Path) }},
	}
}

// chosen is what stands below the list, about the chosen backup.
func (w *panel) chosen() []fyne.CanvasObject {
	w.name, w.path, w.where = widgets.Label(""), widgets.Quiet(""), widgets.Small("")
	return []fyne.CanvasObject{w.name, w.path, container.NewBorder(nil, nil, w.restore, nil, w.where)}
}

func (w *panel) show(v view) {
	w.list.SetRows(v.Rows)
	w.list.SetEmpty(v.Empty)
	w.list.Select(v.Chosen)
	w.newest.SetText(v.Newest)
	w.folder.SetText(v.Folder)
	w.warning.SetText(v.Warning)
	w.warning.Hidden = v.Warning == ""
	w.name.SetText(v.Name)
	w.path.SetText(v.Path)
	widgets.SetEnabled(w.backUp, v.CanBackUp)
	widgets.SetEnabled(w.change, v.CanChange)
	widgets.SetEnabled(w.restore, v.CanRestore)
	w.where.SetText(v.Elsewhere)
	w.showCancel(v.CanCancel)
	w.showWork(v)
	layouts.Refresh(w.content)
}

// showCancel takes the focus along when the button goes.
func (w *panel) showCancel(on bool) {
	w.cancel.Hidden = !on
	if c := w.dialogs.Window.Canvas(); !on && c.Focused() == fyne.Focusable(w.cancel) {
		c.Focus(w.backUp)
	}
}

func (w *panel) showWork(v view) {
	if v.Busy != "" {
		w.busy.SetProgress(v.Busy, v.Done, v.Total)
	} else {
		w.busy.Stop()
	}
	switch {
	case v.Error != "":
		w.result.Set(widgets.Error, v.Error)
	case v.Note != "":
		w.result.Set(widgets.Info, v.Note)
	default:
		w.result.Set(widgets.Good, v.Good)
	}
}

func (w *panel) focus(c fyne.Canvas) { c.Focus(w.list.Focusable()) }
