package shell

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"time"

	"anteroom/auth"
)

// keyBackupFolder is where this OS account's backups went last: it helps to
// find them when the practice does not open.
const keyBackupFolder = "backup.folder"

const (
	// backupTick is how often it is looked whether a backup is due. It is made
	// after a whole tick in which nobody changed anything …
	backupTick = time.Minute
	// … or after so many ticks that somebody always did. A backup makes nobody
	// wait; it is only slower then.
	backupPatience = 30
)

// backups are made once a day, by themselves, while the practice is open;
// nobody need be signed in.
type backups struct {
	practice *auth.Practice
	stop     context.CancelFunc
	working  bool
	version  int64 // of the data, at the last tick
	ticks    int   // since when one is due
	problem  error // why today's could not be made
}

// watchBackups begins to look after the backups of a practice.
func (w *Window) watchBackups(p *auth.Practice) {
	ctx, stop := context.WithCancel(w.ctx)
	w.backups = &backups{practice: p, stop: stop, version: -1}
	b := w.backups
	w.runner.Every(ctx, backupTick, func() { w.backUpIfDue(ctx, b) })
}

// backUpIfDue makes today's backup if there is none and nobody is at work.
func (w *Window) backUpIfDue(ctx context.Context, b *backups) {
	if b.working {
		return
	}
	b.working = true
	last, ticks := b.version, b.ticks
	var version int64
	var due bool
	var made auth.BackupFile
	w.runner.Go(ctx, func(ctx context.Context) (err error) {
		if due, err = b.practice.BackupDue(ctx); err != nil || !due {
			return err
		}
		if version, err = b.practice.DataVersion(ctx); err != nil {
			return err
		}
		if version != last && ticks < backupPatience {
			return nil
		}
		made, err = b.practice.BackUp(ctx, nil)
		return err
	}, func(err error) {
		b.working, b.version = false, version
		switch {
		case errors.As(err, new(*auth.NoBackupError)): // another computer's
			b.problem = err
		case errors.Is(err, auth.ErrServer): // which is said on every page
		case err != nil:
			slog.Warn("the daily backup was not made", "error", err)
			b.problem = err
		case made.Path != "":
			w.params.App.Preferences().SetString(keyBackupFolder, filepath.Dir(made.Path))
			b.problem, b.ticks = nil, 0
		case !due:
			b.problem, b.ticks = nil, 0
		default:
			b.ticks++
		}
	})
}

// backupProblem is why today's backup could not be made; nil: all is well.
func (w *Window) backupProblem() error {
	if w.backups == nil {
		return nil
	}
	return w.backups.problem
}
