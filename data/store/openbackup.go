package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"anteroom/auth"
	"anteroom/data/disk"
)

// OpenBackup opens a backup, or any copy of a database, for reading only.
// Nothing is written to it or beside it.
func (f *Folder) OpenBackup(ctx context.Context, path string) (auth.Store, error) {
	s, err := f.openBackup(ctx, path)
	if err != nil {
		return nil, err // not s: a nil *Store is no nil auth.Store
	}
	return s, nil
}

func (f *Folder) openBackup(ctx context.Context, path string) (*Store, error) {
	path, err := filepath.EvalSymlinks(path) // SQLite's other files lie beside the file itself
	if err != nil {
		return nil, fmt.Errorf("open backup: %w", translate(err))
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("open backup: %w", translate(err))
	}
	if usedHere(info) && f.isPresent(path) { // the database itself: like any other window
		s, err := openToRead(f.path(), reading)
		if err != nil {
			return nil, err
		}
		if _, err := s.schema(ctx); err != nil {
			return nil, errors.Join(err, s.Close())
		}
		return s, nil
	}
	if err := checkHeader(path); err != nil {
		return nil, err
	}
	if hasContent(path+walSuffix) || hasContent(path+journalSuffix) {
		return openCopy(ctx, path)
	}
	s, version, err := openChecked(ctx, path)
	if err != nil || version == newest {
		return s, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return openCopy(ctx, path) // brought up to date, which the backup itself is not
}

// openChecked opens a file that nobody writes to, whose schema is ours and in which
// SQLite sees nothing wrong at a quick look.
func openChecked(ctx context.Context, path string) (s *Store, version int64, err error) {
	if s, err = openToRead(path, untouched); err != nil {
		return nil, 0, err
	}
	if version, err = s.schema(ctx); err == nil {
		err = s.soundBy(ctx, "quick_check")
	}
	if err != nil {
		return nil, 0, errors.Join(err, s.Close())
	}
	return s, version, nil
}

// openCopy opens a copy of a database that SQLite would have to write to: a part
// lies beside it, because somebody copied the folder of a running program, or
// its schema is an older one.
func openCopy(ctx context.Context, path string) (*Store, error) {
	removeOldCopies()
	scratch, err := os.MkdirTemp("", scratchFolders)
	if err != nil {
		return nil, fmt.Errorf("open a copy of %s: %w", path, translate(err))
	}
	s, err := settleIn(ctx, scratch, path)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open a copy of %s: %w", path, err), disk.RemoveAll(scratch))
	}
	s.scratch = scratch
	return s, nil
}

// scratchFolders are where such copies lie.
const scratchFolders = "anteroom-copy-"

// removeOldCopies removes copies of programs that were killed: what nobody has
// written to for a day, for a running one writes nothing after the beginning.
func removeOldCopies() {
	_ = disk.RemoveOld(os.TempDir(), scratchFolders, func(_ *os.Root, folder fs.FileInfo) bool { // tried again with the next copy
		return time.Since(folder.ModTime()) > 24*time.Hour //nolint:forbidigo // the file system's clock, and no rule depends on it
	})
}

func settleIn(ctx context.Context, scratch, path string) (*Store, error) {
	settled := filepath.Join(scratch, databaseName)
	before := parts(path)
	for _, suffix := range []string{"", walSuffix, journalSuffix} {
		if suffix != "" && !hasContent(path+suffix) {
			continue
		}
		if err := copyFile(path+suffix, settled+suffix); err != nil {
			return nil, translate(err)
		}
	}
	if parts(path) != before { // somebody works in it
		return nil, auth.ErrBusy
	}
	if err := oneFile(ctx, settled); err != nil {
		return nil, err
	}
	s, version, err := openChecked(ctx, settled)
	if err != nil || version == newest {
		return s, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	if err := fillDatabase(ctx, settled, func(auth.Store) error { return nil }); err != nil {
		return nil, err
	}
	return openToRead(settled, untouched)
}

// parts tells one state of a database's files from another.
func parts(path string) (state [3]struct{ size, changed int64 }) {
	for i, suffix := range []string{"", walSuffix, journalSuffix} {
		if info, err := os.Stat(path + suffix); err == nil {
			state[i].size, state[i].changed = info.Size(), info.ModTime().UnixNano()
		}
	}
	return state
}

// oneFile makes a database that nobody else uses one file, which opens for
// reading anywhere. EXCLUSIVE: without an index of the WAL, which some network
// drives can't have.
func oneFile(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", dsn(path, "mode=rw&_pragma=locking_mode(EXCLUSIVE)&"+pragmas))
	if err != nil {
		return translate(err)
	}
	db.SetMaxOpenConns(1)
	var mode string
	err = db.QueryRowContext(ctx, "PRAGMA journal_mode=DELETE").Scan(&mode)
	if err == nil && mode != "delete" {
		err = fmt.Errorf("the journal mode stays %s: %w", mode, auth.ErrBusy)
	}
	return translate(errors.Join(err, db.Close()))
}
