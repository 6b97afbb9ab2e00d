package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"anteroom/auth"
)

// How one database replaces another, so that at every moment one of the two is there,
// whole. The present one gets a second name (a hard link), which it keeps; then the new
// one is renamed over the first name. The new one keeps a second name too until the old
// one's other files are removed: a program that finds both names on one file does that
// first.

const asideName = databaseName + ".replaced-" // and when it was last changed, UTC

// A database has its latest changes in the first of these, or what undoes a
// half one in the second; the third is an index of the first, made again.
const (
	walSuffix     = "-wal"
	journalSuffix = "-journal"
	indexSuffix   = "-shm"
)

// exchange puts a finished database in the place of the present one, if there
// is one, and gives the name which that has now.
func (f *Folder) exchange(ctx context.Context, fresh string) (aside string, err error) {
	base, present := f.asideBase(), exists(f.path())
	held, release, err := f.hold(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	if err := f.trap.at(stepHeld); err != nil {
		return "", err
	}
	if aside, err = f.setAside(base, present, held); err != nil {
		return "", err
	}
	if err = f.trap.at(stepAside); err == nil {
		err = f.takePlace(fresh)
	}
	if err != nil {
		f.putBack(aside)
		return "", err
	}
	if !present {
		aside = ""
	}
	return aside, f.finish(fresh)
}

// finish cleans up after the new database has replaced the old one.
func (f *Folder) finish(fresh string) error {
	if err := f.trap.at(stepRenamed); err != nil {
		return err
	}
	if err := f.clearBeside(); err != nil {
		return err
	}
	if err := f.trap.at(stepCleared); err != nil {
		return err
	}
	if err := remove(fresh); err != nil {
		return err
	}
	if err := syncFolder(f.dir); err != nil {
		slog.Warn("a power cut now could put the old database back", "error", err)
	}
	return nil
}

// hold opens the present database, sees that nothing of it is in its WAL, and
// keeps writers out until release. What SQLite can't open is not held.
func (f *Folder) hold(ctx context.Context) (held bool, release func(), err error) {
	release = func() {}
	db, tx, err := f.openQuiet(ctx)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, auth.ErrDamaged), errors.Is(err, auth.ErrDisk):
		return false, release, nil
	case err != nil:
		return false, release, fmt.Errorf("hold the present database: %w", err)
	}
	release = func() { _ = errors.Join(tx.Rollback(), db.Close()) } // it changed nothing
	if runtime.GOOS == "windows" {
		release() // there an open file keeps its name; nobody else opens it while we have the lock
		release = func() {}
	}
	return true, release, nil
}

func (f *Folder) openQuiet(ctx context.Context) (*sql.DB, *sql.Tx, error) {
	if err := checkHeader(f.path()); err != nil {
		return nil, nil, err
	}
	db, err := sql.Open("sqlite", dsn(f.path(), writing))
	if err != nil {
		return nil, nil, translate(err)
	}
	db.SetMaxOpenConns(1)
	tx, err := f.quiet(ctx, db)
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return db, tx, nil
}

// quiet begins a transaction with the WAL empty. Another process may write
// between the two, so it is tried again.
func (f *Folder) quiet(ctx context.Context, db *sql.DB) (*sql.Tx, error) {
	for range 20 {
		if err := emptyWAL(ctx, db); err != nil {
			return nil, err
		}
		if err := f.trap.at(stepEmptied); err != nil {
			return nil, err
		}
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return nil, translate(err)
		}
		if !hasContent(f.path() + walSuffix) {
			return tx, nil
		}
		if err := tx.Rollback(); err != nil {
			return nil, translate(err)
		}
	}
	return nil, auth.ErrBusy
}

// asideBase is the name under which what lies here now will stay, by when it
// was last changed.
func (f *Folder) asideBase() string {
	var changed time.Time
	for _, suffix := range []string{"", walSuffix} {
		if info, err := os.Stat(f.path() + suffix); err == nil && info.ModTime().After(changed) {
			changed = info.ModTime()
		}
	}
	return filepath.Join(f.dir, asideName+changed.UTC().Format(stampFormat))
}

// setAside gives the present database its second name. One that SQLite can't
// open has its WAL there too, and no longer here.
func (f *Folder) setAside(base string, present, held bool) (aside string, err error) {
	if aside, err = f.nameAside(base, present); err != nil {
		return "", fmt.Errorf("set the present database aside: %w", translate(err))
	}
	if held {
		return aside, nil
	}
	if err := f.moveBeside(aside); err != nil {
		f.putBack(aside)
		return "", fmt.Errorf("set the present database aside: %w", translate(err))
	}
	return aside, nil
}

func (f *Folder) nameAside(base string, present bool) (string, error) {
	for n := 1; ; n++ {
		aside := numbered(base, n)
		if exists(aside) || exists(aside+walSuffix) || exists(aside+journalSuffix) {
			continue
		}
		if !present {
			return aside, nil // a name for what lies here without its database
		}
		if err := f.nameAgain(f.path(), aside); !errors.Is(err, fs.ErrExist) {
			return aside, err
		}
	}
}

// nameAgain gives a file a second name or, where the disk knows no hard links,
// copies it. The copying drops our locks on it, but not that which keeps
// writers out: that is on another file.
func (f *Folder) nameAgain(path, second string) error {
	err := f.link(path, second)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := copyFile(path, second); err != nil {
		return err
	}
	return syncFile(second)
}

// moveBeside moves what belongs to the present database beside another name.
// An orphan, too: SQLite would take it for the new database's.
func (f *Folder) moveBeside(aside string) error {
	for _, suffix := range []string{walSuffix, journalSuffix} {
		if hasContent(f.path() + suffix) {
			if err := os.Rename(f.path()+suffix, aside+suffix); err != nil {
				return err
			}
		}
	}
	return f.clearBeside()
}

// putBack undoes setAside.
func (f *Folder) putBack(aside string) {
	for _, suffix := range []string{walSuffix, journalSuffix} {
		if exists(aside+suffix) && !exists(f.path()+suffix) {
			if err := os.Rename(aside+suffix, f.path()+suffix); err != nil {
				slog.Warn("a part of the database stays aside", "error", err)
				return // with its database
			}
		}
	}
	_ = os.Remove(aside) // a second name of what is there: it does no harm
}

// takePlace renames the new database over the present one. It keeps its own
// name too, where the disk can do that.
func (f *Folder) takePlace(fresh string) error {
	if present, err := os.Stat(f.path()); err == nil {
		// Who may use the present one may use the new one.
		if err := os.Chmod(fresh, present.Mode().Perm()); err != nil {
			return fmt.Errorf("put the database in place: %w", translate(err))
		}
	}
	moving := fresh
	if second := fresh + "-2"; f.link(fresh, second) == nil {
		moving = second
	}
	if err := syncFolder(f.dir); err != nil {
		slog.Warn("a power cut now could lose what is set aside", "error", err)
	}
	err := os.Rename(moving, f.path())
	if runtime.GOOS == "windows" && errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("put the database in place: %w (%w)", auth.ErrBusy, err) // another program has it open
	}
	if err != nil {
		return fmt.Errorf("put the database in place: %w", translate(err))
	}
	return nil
}

// clearBeside removes what no longer belongs to the database here.
func (f *Folder) clearBeside() error {
	for _, suffix := range []string{indexSuffix, walSuffix, journalSuffix} {
		if err := remove(f.path() + suffix); err != nil {
			return err
		}
	}
	return nil
}

// tidy finishes or undoes what a killed Create or Replace left; the lock says
// that nobody is in one.
func (f *Folder) tidy() error {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return fmt.Errorf("read %s: %w", f.dir, translate(err))
	}
	for _, e := range entries {
		path := filepath.Join(f.dir, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), unfinished) && f.isPresent(path):
			// It took its place. This name goes last, and must: what lies
			// beside the database later is its own.
			if err := f.clearBeside(); err != nil {
				return err
			}
			if err := remove(path); err != nil {
				return err
			}
		case strings.HasPrefix(e.Name(), unfinished):
			_ = os.Remove(path) // tried again the next time
		case strings.HasPrefix(e.Name(), asideName) && f.isPresent(path):
			f.putBack(path)
		}
	}
	return nil
}

// isPresent says whether a name is a second one of the database here.
func (f *Folder) isPresent(path string) bool {
	present, err1 := os.Stat(f.path())
	file, err2 := os.Stat(path)
	return err1 == nil && err2 == nil && os.SameFile(present, file)
}
