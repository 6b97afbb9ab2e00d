package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

// backupsWidgets is the pane "Backup".
type backupsWidgets struct {
	*tablePane
	list    *widgets.Table[auth.BackupFile]
	sheets  *sheets
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

func newBackupsWidgets(s *sheets) *backupsWidgets {
	w := &backupsWidgets{sheets: s}
	list := widgets.NewTable(func(f auth.BackupFile) string { return f.Path }, backupColumns()...)
	list.OnSelected = func(row int) { w.backups.choose(row) }
	list.OnActivated = func(int) { w.backups.openRestore() }
	w.newest, w.folder = widgets.Paragraph(""), widgets.Paragraph("")
	w.name, w.path = widgets.Label(""), widgets.Quiet("")
	w.warning, w.result = widgets.NewNotice(widgets.Warning, ""), widgets.NewNotice(widgets.Good, "")
	w.busy = widgets.NewBusy()
	w.backUp = widgets.NewPrimaryButton(lang.L("Back up now"), func() { w.backups.backUp() })
	w.change = widgets.NewButton(lang.L("Change folder…"), func() { w.sheets.openFolder(w.backups) })
	w.cancel = widgets.NewButton(lang.L("Cancel"), func() { w.backups.cancel() })
	w.restore = widgets.NewButton(lang.L("Restore…"), func() { w.backups.openRestore() })

	facts := newFacts(
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
	w.list, w.tablePane = list, newTablePane(head, list, widgets.NewColumn(w.name, w.path, acts))
	w.show(backupsView{Chosen: -1})
	return w
}

// show implements backupsPane.
func (w *backupsWidgets) show(v backupsView) {
	w.shown = v
	w.list.SetRows(v.Rows)
	w.list.SetEmpty(v.Empty)
	w.list.Select(v.Chosen)
	w.newest.SetText(v.Newest)
	w.folder.SetText(v.Folder)
	w.warning.SetText(v.Warning)
	w.warning.Hidden = v.Warning == ""
	w.name.SetText(v.Name)
	w.path.SetText(v.Path)
	enable(w.backUp, v.CanBackUp)
	enable(w.change, v.CanChange)
	enable(w.restore, v.CanRestore)
	w.where.SetText(v.Elsewhere)
	w.showCancel(v.CanCancel)
	w.showWork(v)
	layouts.Refresh(w.content)
}

// showCancel takes the focus along when the button goes.
func (w *backupsWidgets) showCancel(on bool) {
	w.cancel.Hidden = !on
	if c := w.sheets.window.Canvas(); !on && c.Focused() == fyne.Focusable(w.cancel) {
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
func (w *backupsWidgets) confirmRestore(v restoreView) { w.sheets.openRestore(w.backups, v) }

// offerKit implements backupsPane.
func (w *backupsWidgets) offerKit(path string) { w.sheets.openNeedsKit(w.backups, path) }

// backupColumns are what the list shows of a backup.
func backupColumns() []widgets.Column[auth.BackupFile] {
	return []widgets.Column[auth.BackupFile]{
		{Title: lang.L("Made"), Width: 150, Text: func(f auth.BackupFile) string { return dateAndClock(f.At) }},
		{Title: lang.L("Size"), Width: 84, Text: func(f auth.BackupFile) string { return words.Size(f.Size) }},
		{Title: lang.L("File"), Width: 72, Grow: true, Text: func(f auth.BackupFile) string { return words.FileName(f.Path) }},
	}
}
