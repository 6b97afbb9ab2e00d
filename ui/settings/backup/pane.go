package backup

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// backupsWidgets is the pane "Backup".
type backupsWidgets struct {
	*pane.Table
	dialogs *screen.Dialogs
	backups *backups

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

	shown backupsView
}

func newBackupsWidgets(s *screen.Dialogs) *backupsWidgets {
	w := &backupsWidgets{dialogs: s}
	list := widgets.NewList(
		widgets.Head{Title: lang.L("Made"), Width: 150},
		widgets.Head{Title: lang.L("Size"), Width: 84},
		widgets.Head{Title: lang.L("File"), Width: 72, Grow: true},
	)
	list.ID = pane.IDIn(func() []auth.BackupFile { return w.backups.info.Files }, func(f auth.BackupFile) string { return f.Path })
	list.OnSelected = func(row int) { w.backups.choose(row) }
	list.OnActivated = func(int) { w.backups.openRestore() }
	w.newest, w.folder = widgets.Paragraph(""), widgets.Paragraph("")
	w.name, w.path = widgets.Label(""), widgets.Quiet("")
	w.warning, w.result = widgets.NewNotice(widgets.Warning, ""), widgets.NewNotice(widgets.Good, "")
	w.busy = widgets.NewBusy()
	w.backUp = widgets.NewPrimaryButton(lang.L("Back up now"), func() { w.backups.backUp() })
	w.change = widgets.NewButton(lang.L("Change folder…"), func() { openFolder(w.dialogs, w.backups) })
	w.cancel = widgets.NewButton(lang.L("Cancel"), func() { w.backups.cancel() })
	w.restore = widgets.NewButton(lang.L("Restore…"), func() { w.backups.openRestore() })

	facts := pane.Facts(
		widgets.Quiet(lang.L("Newest backup")).OneLine(), w.newest,
		widgets.Quiet(lang.L("Folder")).OneLine(), w.folder,
	)
	goesOn := container.NewBorder(nil, nil, nil, w.cancel, container.NewStack(w.busy, w.result))
	change := container.NewHBox(w.change)
	head := widgets.NewColumn(
		container.NewBorder(nil, nil, nil, w.backUp, widgets.Heading(lang.L("Backup"))),
		facts, w.warning, change, goesOn,
	)
	w.where = widgets.Small("")
	acts := container.NewBorder(nil, nil, w.restore, nil, w.where)
	w.Table = pane.NewTable(head, list, widgets.NewColumn(w.name, w.path, acts))
	w.show(backupsView{Chosen: -1})
	return w
}

// show implements backupsPane.
func (w *backupsWidgets) show(v backupsView) {
	rowsChanged := !slices.EqualFunc(w.shown.Rows, v.Rows, slices.Equal[[]string])
	w.shown = v
	if rowsChanged {
		w.List.SetRows(v.Rows)
	}
	w.List.SetEmpty(v.Empty)
	w.List.Select(v.Chosen)
	w.newest.SetText(v.Newest)
	w.folder.SetText(v.Folder)
	w.warning.SetText(v.Warning)
	w.warning.Hidden = v.Warning == ""
	w.name.SetText(v.Name)
	w.path.SetText(v.Path)
	pane.Enable(w.backUp, v.CanBackUp)
	pane.Enable(w.change, v.CanChange)
	pane.Enable(w.restore, v.CanRestore)
	w.where.SetText(v.Elsewhere)
	w.showCancel(v.CanCancel)
	w.showWork(v)
	layouts.Refresh(w.Content)
}

// showCancel takes the focus along when the button goes.
func (w *backupsWidgets) showCancel(on bool) {
	w.cancel.Hidden = !on
	if c := w.dialogs.Window.Canvas(); !on && c.Focused() == fyne.Focusable(w.cancel) {
		c.Focus(w.backUp)
	}
}

func (w *backupsWidgets) showWork(v backupsView) {
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

// confirmRestore implements backupsPane.
func (w *backupsWidgets) confirmRestore(v restoreView) { openRestore(w.dialogs, w.backups, v) }

// offerKit implements backupsPane.
func (w *backupsWidgets) offerKit(path string) { openNeedsKit(w.dialogs, w.backups, path) }

// Params are what the pane needs.
type Params struct {
	pane.Params
	Where            func() sharing.Where // the data lies; nil: here
	OnRestore        func(*auth.Restore)  // run it
	OnRestoreWithKit func(path string)    // of a backup that only the kit opens
}

// New makes the pane.
func New(p Params) pane.Pane {
	w := newBackupsWidgets(p.Dialogs)
	w.backups = newBackups(backups{
		Scope: p.Scope, session: p.Session, pane: w, onRestore: p.OnRestore, onRestoreWithKit: p.OnRestoreWithKit, where: p.Where,
	})
	return pane.Pane{Content: w.Content, Refresh: w.backups.refresh, Focus: w.Focus, Unsaved: func() (title, text string, isUnsaved bool) {
		return lang.L("Leave without the backup?"), lang.L("The backup is still under way. Leaving stops it."), w.backups.isMaking()
	}}
}
