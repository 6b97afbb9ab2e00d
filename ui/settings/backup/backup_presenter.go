package backup

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// presenter decides what the pane "Backup" does.
type presenter struct {
	screen.Scope
	session *auth.Session
	pane    *screen.View[view]
	// where says where the data lies: the practice of all is restored at its server; nil: here.
	where func() sharing.Where

	confirmRestore   func(restoreView)   // leads to restore or forgetRestore
	onRestore        func(*auth.Restore) // run it
	offerKit         func(path string)   // leads to onRestoreWithKit
	onRestoreWithKit func(path string)

	loaded    bool
	info      auth.BackupInfo
	chosen    pane.Selection[auth.BackupFile]
	opened    *auth.Restore
	message   string // what went wrong
	unread    bool   // it says why the backups could not be read
	good      string // what went well
	note      string // what was taken back
	work      *screen.Task
	doing     string // what goes on
	making    bool   // that is a backup
	cancelled bool   // it was called off, which may come too late
}

func newPresenter(p presenter) *presenter {
	p.chosen = pane.NewSelection(func(f auth.BackupFile) string { return f.Path })
	p.work = screen.NewTask(p.Scope, func() { p.show() })
	return &p
}

// refresh reads the backups again; which one is chosen stays chosen.
func (p *presenter) refresh() {
	var now auth.BackupInfo
	p.Go(func(ctx context.Context) (err error) {
		now, err = p.session.Backups(ctx)
		return err
	}, func(err error) {
		if err != nil {
			p.failed(err, words.Error)
			p.unread = true
			return
		}
		if p.unread {
			p.unread, p.message = false, ""
		}
		p.loaded, p.info = true, now
		p.chosen.Keep(now.Files)
		p.show()
	})
}

// failed says what went wrong, unless the session is over.
func (p *presenter) failed(err error, text func(error) string) {
	if p.IsOver(err) {
		return
	}
	p.clear()
	p.message = text(err)
	p.show()
}

// choose says that a row was chosen.
func (p *presenter) choose(row int) {
	if p.chosen.Choose(p.info.Files, row) {
		p.show()
	}
}

// start runs slow work with step-up, unless some is under way already.
func (p *presenter) start(doing string, slow func(context.Context) error, done func(error)) {
	if p.busy() {
		return
	}
	p.clear()
	p.doing, p.cancelled = doing, false
	p.work.Start(p.Proven(slow), done)
}

func (p *presenter) busy() bool { return p.work.IsBusy() }

func (p *presenter) isMaking() bool { return p.busy() && p.making }

// cancel stops what goes on. It may come too late.
func (p *presenter) cancel() {
	p.cancelled = p.busy()
	p.work.Cancel()
}

// backUp makes a backup now, after step-up where it goes to a folder of its own.
func (p *presenter) backUp() {
	var file auth.BackupFile
	if p.busy() {
		return
	}
	p.making = true
	p.start(lang.L("Backing up…"), func(ctx context.Context) (err error) {
		file, err = p.session.BackUp(ctx, p.work.Report(ctx))
		return err
	}, func(err error) {
		p.making = false
		switch {
		case p.IsOver(err):
			return
		case err == nil:
			p.good = lang.L("Backup made: {{.Name}}.", map[string]any{"Name": words.FileName(file.Path)})
			p.chosen.ID = file.Path
		case errors.Is(err, context.Canceled):
			p.note = lang.L("Stopped. No backup was made.")
		default:
			p.failed(err, p.backupErrorText)
		}
		p.refresh()
	})
}

// openRestore looks into the chosen backup, after step-up.
func (p *presenter) openRestore() {
	path := p.chosen.ID
	if path == "" || p.isDesk() {
		return
	}
	var opened *auth.Restore
	p.start(lang.L("Looking into the backup…"), func(ctx context.Context) (err error) {
		opened, err = p.session.OpenRestore(ctx, path)
		return err
	}, func(err error) {
		switch {
		case p.cancelled, errors.Is(err, context.Canceled):
		case errors.Is(err, auth.ErrNotLinked):
			p.offerKit(path)
		case err != nil:
			p.failed(err, restoreErrorText)
		default:
			p.opened = opened
			p.confirmRestore(newRestoreView(opened.Content()))
		}
		p.show()
	})
}

// isDesk says that another computer is the practice's server.
func (p *presenter) isDesk() bool { return p.where != nil && p.where().Kind == sharing.Desk }

// restore hands over the backup that was looked into. The proof of who is there
// may be long ago by now.
func (p *presenter) restore() {
	opened := p.opened
	p.opened = nil
	if opened == nil {
		return
	}
	p.start(lang.L("One moment…"), opened.Confirm, func(err error) {
		switch {
		case p.cancelled, errors.Is(err, context.Canceled):
		case err != nil:
			p.failed(err, restoreErrorText)
		default:
			p.onRestore(opened)
			return
		}
		p.show()
	})
}

func (p *presenter) forgetRestore() { p.opened = nil }

// newAct begins what a dialog is for; the backups are read again after it.
func (p *presenter) newAct(d screen.Form) *screen.Act {
	return screen.NewAct(p.Scope, d, p.folderChanged, p.refresh)
}

func (p *presenter) folderChanged() {
	p.clear()
	p.refresh()
}

// clear takes away what was said of earlier work.
func (p *presenter) clear() { p.message, p.good, p.note, p.unread = "", "", "", false }

// setFolder chooses where backups go.
func (p *presenter) setFolder(a *screen.Act, folder string) {
	if strings.TrimSpace(folder) == "" { // which would be the one beside the database
		a.Refuse(screen.Progress{Field: auth.FieldFolder, Error: lang.L("Choose a folder.")})
		return
	}
	p.set(a, folder)
}

// setDefaultFolder goes back to the folder beside the database.
func (p *presenter) setDefaultFolder(a *screen.Act) { p.set(a, "") }

func (p *presenter) set(a *screen.Act, folder string) {
	a.Done = func() {
		p.folderChanged()
		p.good = lang.L("Backups go to the folder {{.Folder}} from now on.", map[string]any{"Folder": folder})
		if folder == "" {
			p.good = lang.L("Backups go to the folder beside the database from now on.")
		}
		p.show()
	}
	a.Start(func(ctx context.Context) error { return p.session.SetBackupFolder(ctx, folder) })
}

// backupErrorText is why a backup could not be made.
func (p *presenter) backupErrorText(err error) string {
	folder := map[string]any{"Folder": p.info.Folder}
	switch {
	case errors.Is(err, auth.ErrFolder):
		return lang.L("No backup was made: the folder is not there. Connect the drive, or choose another folder.")
	case errors.Is(err, auth.ErrReadOnly):
		return lang.L("No backup was made: nothing can be written to the folder {{.Folder}}. Choose another folder.", folder)
	case errors.Is(err, auth.ErrDiskFull):
		return lang.L("No backup was made: the disk with the folder {{.Folder}} is full. Make room, or choose another folder.", folder)
	case errors.Is(err, auth.ErrDisk):
		return lang.L("No backup was made: the disk with the folder {{.Folder}} reports an error. Choose another folder.", folder)
	}
	return words.Error(err)
}

// restoreErrorText is why a backup can't be restored.
func restoreErrorText(err error) string {
	switch {
	case errors.Is(err, auth.ErrDamaged):
		return lang.L("This backup is damaged, so it can't be restored. Choose another one.")
	case errors.Is(err, auth.ErrNewerDatabase):
		return lang.L("A newer Anteroom made this backup. Install that one first.")
	case errors.Is(err, auth.ErrNotFound), errors.Is(err, auth.ErrFolder):
		return lang.L("This backup is not there any more. Connect its drive, or choose another one.")
	}
	return words.Error(err)
}
