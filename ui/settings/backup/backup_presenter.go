package backup

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// backupsPane shows the pane, and the dialogs before a backup is restored.
type backupsPane interface {
	show(backupsView)
	confirmRestore(restoreView) // leads to restore or forgetRestore
	offerKit(path string)       // leads to restoreWithKit
}

// backups decides what the pane "Backup" does.
type backups struct {
	screen.Scope
	session          *auth.Session
	pane             backupsPane
	onRestore        func(*auth.Restore)
	onRestoreWithKit func(path string)
	// where says where the data lies: the practice of all is restored at its server; nil: here.
	where func() sharing.Where

	loaded    bool
	info      auth.BackupInfo
	chosen    string // path of the backup whose row is chosen
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

func newBackups(b backups) *backups {
	b.work = screen.NewTask(b.Scope, func() { b.show() })
	return &b
}

// refresh reads the backups again; which one is chosen stays chosen.
func (b *backups) refresh() {
	var now auth.BackupInfo
	b.Runner.Go(b.Ctx, func(ctx context.Context) (err error) {
		now, err = b.session.Backups(ctx)
		return err
	}, func(err error) {
		if err != nil {
			b.failed(err, words.Error)
			b.unread = true
			return
		}
		if b.unread {
			b.unread, b.message = false, ""
		}
		b.loaded, b.info = true, now
		if b.row() < 0 {
			b.chosen = ""
			if len(now.Files) > 0 {
				b.chosen = now.Files[0].Path
			}
		}
		b.show()
	})
}

// failed says what went wrong, unless the session is over.
func (b *backups) failed(err error, text func(error) string) {
	if errors.Is(err, auth.ErrSessionEnded) {
		b.OnEnded(err)
		return
	}
	b.clear()
	b.message = text(err)
	b.show()
}

// choose says that a row was chosen.
func (b *backups) choose(row int) {
	if row >= 0 && row < len(b.info.Files) && row != b.row() {
		b.chosen = b.info.Files[row].Path
		b.show()
	}
}

// row is the chosen one, or -1.
func (b *backups) row() int {
	return slices.IndexFunc(b.info.Files, func(f auth.BackupFile) bool { return f.Path == b.chosen })
}

// start runs slow work with step-up, unless some is under way already.
func (b *backups) start(doing string, slow func(context.Context) error, done func(error)) {
	if b.busy() {
		return
	}
	b.clear()
	b.doing, b.cancelled = doing, false
	b.work.Start(b.Proven(slow), done)
}

func (b *backups) busy() bool { return b.work.IsBusy() }

func (b *backups) isMaking() bool { return b.busy() && b.making }

// cancel stops what goes on. It may come too late.
func (b *backups) cancel() {
	b.cancelled = b.busy()
	b.work.Cancel()
}

// backUp makes a backup now, after step-up where it goes to a folder of its own.
func (b *backups) backUp() {
	var file auth.BackupFile
	if b.busy() {
		return
	}
	b.making = true
	b.start(lang.L("Backing up…"), func(ctx context.Context) (err error) {
		file, err = b.session.BackUp(ctx, b.work.Report(ctx))
		return err
	}, func(err error) {
		b.making = false
		switch {
		case err == nil:
			b.good = lang.L("Backup made: {{.Name}}.", map[string]any{"Name": words.FileName(file.Path)})
			b.chosen = file.Path
		case errors.Is(err, context.Canceled):
			b.note = lang.L("Stopped. No backup was made.")
		default:
			b.failed(err, b.backupErrorText)
		}
		b.refresh()
	})
}

// openRestore looks into the chosen backup, after step-up.
func (b *backups) openRestore() {
	path := b.chosen
	if path == "" || b.isDesk() {
		return
	}
	var opened *auth.Restore
	b.start(lang.L("Looking into the backup…"), func(ctx context.Context) (err error) {
		opened, err = b.session.OpenRestore(ctx, path)
		return err
	}, func(err error) {
		switch {
		case b.cancelled, errors.Is(err, context.Canceled):
		case errors.Is(err, auth.ErrNotLinked):
			b.pane.offerKit(path)
		case err != nil:
			b.failed(err, restoreErrorText)
		default:
			b.opened = opened
			b.pane.confirmRestore(newRestoreView(opened.Content()))
		}
		b.show()
	})
}

// isDesk says that another computer is the practice's server.
func (b *backups) isDesk() bool { return b.where != nil && b.where().Kind == sharing.Desk }

// restore hands over the backup that was looked into. The proof of who is there
// may be long ago by now.
func (b *backups) restore() {
	opened := b.opened
	b.opened = nil
	if opened == nil {
		return
	}
	b.start(lang.L("One moment…"), opened.Confirm, func(err error) {
		switch {
		case b.cancelled, errors.Is(err, context.Canceled):
		case err != nil:
			b.failed(err, restoreErrorText)
		default:
			b.onRestore(opened)
			return
		}
		b.show()
	})
}

func (b *backups) forgetRestore() { b.opened = nil }

func (b *backups) restoreWithKit(path string) { b.onRestoreWithKit(path) }

// newTask begins what a dialog is for; the backups are read again after it.
func (b *backups) newTask(d screen.Form) *screen.Act {
	return screen.NewAct(b.Scope, d, b.folderChanged, b.refresh)
}

func (b *backups) folderChanged() {
	b.clear()
	b.refresh()
}

// clear takes away what was said of earlier work.
func (b *backups) clear() { b.message, b.good, b.note, b.unread = "", "", "", false }

// setFolder chooses where backups go.
func (b *backups) setFolder(t *screen.Act, folder string) {
	if strings.TrimSpace(folder) == "" { // which would be the one beside the database
		t.Refuse(screen.Progress{Field: auth.FieldFolder, Error: lang.L("Choose a folder.")})
		return
	}
	b.set(t, folder)
}

// setDefaultFolder goes back to the folder beside the database.
func (b *backups) setDefaultFolder(t *screen.Act) { b.set(t, "") }

func (b *backups) set(t *screen.Act, folder string) {
	t.Done = func() {
		b.folderChanged()
		b.good = lang.L("Backups go to the folder {{.Folder}} from now on.", map[string]any{"Folder": folder})
		if folder == "" {
			b.good = lang.L("Backups go to the folder beside the database from now on.")
		}
		b.show()
	}
	t.Start(func(ctx context.Context) error { return b.session.SetBackupFolder(ctx, folder) })
}

// backupErrorText is why a backup could not be made.
func (b *backups) backupErrorText(err error) string {
	folder := map[string]any{"Folder": b.info.Folder}
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
