// Package store keeps a practice in a SQLite database: where it lies, its
// schema, and the rows that auth seals and opens. It sees none of them in clear.
package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"

	"github.com/gofrs/flock"

	"anteroom/auth"
)

const (
	databaseName = "anteroom.db"
	unfinished   = databaseName + ".new-" // and something random: a set-up under way
	lockName     = "anteroom.lock"        // held while a database is being made
)

// Folder is a place on the disk for one practice. It implements auth.Place.
type Folder struct{ dir string }

// At is the folder of that path, which need not exist yet.
func At(dir string) (*Folder, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("data folder %s: %w", dir, err)
	}
	return &Folder{dir: abs}, nil
}

// Name is the folder's absolute path.
func (f *Folder) Name() string { return f.dir }

func (f *Folder) path() string { return filepath.Join(f.dir, databaseName) }

// Exists says whether there is a database.
func (f *Folder) Exists() (bool, error) {
	_, err := os.Stat(f.path())
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look for %s: %w", f.path(), translate(err))
	}
	return true, nil
}

// HasTwin says whether the folder of that path, if it is another one, has a
// database too. One that can't be reached is none: nobody works there.
func (f *Folder) HasTwin(path string) (bool, error) {
	twin, err := os.Stat(filepath.Join(path, databaseName))
	if err != nil {
		return false, nil
	}
	own, err := os.Stat(f.path())
	if err != nil {
		return false, fmt.Errorf("look for %s: %w", f.path(), translate(err))
	}
	return !os.SameFile(own, twin), nil
}

// Create makes the database beside its place and moves it there when fill has
// returned nil: it is there whole or not at all, also after a crash.
func (f *Folder) Create(ctx context.Context, fill func(auth.Store) error) (auth.Store, error) {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return nil, fmt.Errorf("make %s: %w", f.dir, translate(err))
	}
	unlock, err := f.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	switch exists, err := f.Exists(); {
	case err != nil:
		return nil, err
	case exists:
		return nil, auth.ErrExists
	}
	f.removeUnfinished() // of a set-up that was killed

	path := filepath.Join(f.dir, unfinished+rand.Text())
	if err := makeDatabase(ctx, path, fill); err != nil {
		f.removeUnfinished()
		return nil, err
	}
	if err := os.Rename(path, f.path()); err != nil {
		f.removeUnfinished()
		return nil, fmt.Errorf("put the database in place: %w", translate(err))
	}
	if err := syncFolder(f.dir); err != nil {
		slog.Warn("a power cut now could undo the set-up", "error", err)
	}
	// From here on it is there: nothing may call it off any more.
	return f.Open(context.WithoutCancel(ctx))
}

// lock keeps other processes from making a database here; the OS lets go of
// it when the process ends, however it ends.
func (f *Folder) lock() (unlock func(), err error) {
	l := flock.New(filepath.Join(f.dir, lockName), flock.SetPermissions(0o600))
	got, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", f.dir, translate(err))
	}
	if !got {
		return nil, auth.ErrBusy
	}
	// An unlock that fails leaves the lock to the end of the process.
	return func() { _ = l.Unlock() }, nil
}

// removeUnfinished removes what an unfinished set-up left; nobody else is in one.
func (f *Folder) removeUnfinished() {
	left, _ := filepath.Glob(filepath.Join(escapeGlob(f.dir), unfinished+"*"))
	for _, path := range left {
		_ = os.Remove(path) // tried again at the next set-up
	}
}

// escapeGlob keeps filepath.Glob from reading a folder's name as a pattern.
func escapeGlob(dir string) string {
	if runtime.GOOS == "windows" {
		return dir // there is no escaping there, nor '*' and '?' in names
	}
	var b bytes.Buffer
	for _, r := range dir {
		if r == '*' || r == '?' || r == '[' || r == '\\' {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// makeDatabase makes a whole database at path, closed and on the disk.
func makeDatabase(ctx context.Context, path string, fill func(auth.Store) error) error {
	// Made by us, not by SQLite, for its mode: SQLite's other files take it over.
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("make the database: %w", translate(err))
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("make the database: %w", translate(err))
	}
	s, err := openDatabase(path)
	if err != nil {
		return err
	}
	if err := errors.Join(s.migrate(ctx), ctx.Err()); err != nil {
		return errors.Join(err, s.Close())
	}
	if err := fill(s); err != nil {
		return errors.Join(err, s.Close())
	}
	return s.Close() // the last to close writes the WAL into the file
}

// syncFolder makes a rename in it survive a power cut, where the OS can.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("sync %s: %w", dir, translate(err))
	}
	defer d.Close()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("sync %s: %w", dir, translate(err))
	}
	return nil
}

// Open opens the existing database. Nothing is written to a file that is not
// ours, is damaged, or is from a newer program.
func (f *Folder) Open(ctx context.Context) (auth.Store, error) {
	if err := checkHeader(f.path()); err != nil {
		return nil, err
	}
	s, err := openDatabase(f.path())
	if err != nil {
		return nil, err
	}
	if err := s.refuseNewer(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// applicationID is the schema's PRAGMA application_id: "Ante".
const applicationID = 0x416e7465

// checkHeader reads the file's first bytes (SQLite file format §1.3) without
// SQLite, which would write to it: the magic string, and at 68 whose it is.
func checkHeader(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open %s: %w", path, translate(err))
	}
	defer file.Close()
	header := make([]byte, 100)
	n, _ := file.ReadAt(header, 0)
	if n < len(header) || !bytes.HasPrefix(header, []byte("SQLite format 3\x00")) ||
		binary.BigEndian.Uint32(header[68:]) != applicationID {
		return fmt.Errorf("%s is not a database of Anteroom: %w", path, auth.ErrDamaged)
	}
	return nil
}
