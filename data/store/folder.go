// Package store keeps a practice in a SQLite database: where it lies, its
// schema, and the rows that auth seals and opens. It sees none of them in clear.
package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"anteroom/auth"
	"anteroom/data/disk"
)

const (
	databaseName = "anteroom.db"
	unfinished   = databaseName + ".new-" // and something random: a set-up or a restore under way
	lockName     = "anteroom.lock"        // held while a database is made, replaced or opened
	patience     = 5 * time.Second        // with locks, as long as SQLite has it
)

// ElsewhereName is the file in a folder which says that the practice's data is elsewhere:
// a database here is not used any more.
const ElsewhereName = "server.json"

// Folder is a folder on the disk for one practice. It implements auth.Location.
type Folder struct {
	dir      string
	patience time.Duration
	link     func(from, to string) error // os.Link
	remote   func(path string) bool      // disk.IsRemote
	trap     trap
}

var _ auth.Location = (*Folder)(nil)

// At is the folder of that path, which need not exist yet.
func At(dir string) (*Folder, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("data folder %s: %w", dir, err)
	}
	return &Folder{dir: abs, patience: patience, link: os.Link, remote: disk.IsRemote}, nil
}

// Name is the folder's absolute path.
func (f *Folder) Name() string { return f.dir }

func (f *Folder) path() string { return filepath.Join(f.dir, databaseName) }

// prepare makes the folder, or sees that it is this account's (disk.Shared).
func (f *Folder) prepare() error {
	if err := f.checkDisk(); err != nil {
		return err
	}
	if err := disk.Shared(f.dir); err != nil {
		return fmt.Errorf("data folder: %w", translate(err))
	}
	return nil
}

// checkDisk refuses another computer's disk: there is no relying on its locks, nor on
// the memory that SQLite shares between processes (https://sqlite.org/wal.html §1).
func (f *Folder) checkDisk() error {
	if f.remote(f.dir) {
		return fmt.Errorf("data folder %s: %w", f.dir, auth.ErrRemote)
	}
	return nil
}

// Exists says whether there is a database. Where one must not be it is ErrRemote.
func (f *Folder) Exists(context.Context) (bool, error) {
	if err := f.checkDisk(); err != nil {
		return false, err
	}
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
// database too. One that can't be reached counts as none.
func (f *Folder) HasTwin(_ context.Context, path string) (bool, error) {
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

// Create makes the database under another name and renames it when fill has returned nil:
// also after a crash it is there whole or not at all.
func (f *Folder) Create(ctx context.Context, fill func(auth.Store) error) (auth.Store, error) {
	if err := f.prepare(); err != nil {
		return nil, err
	}
	unlock, err := f.lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if err := f.put(ctx, fill); err != nil {
		return nil, err
	}
	return f.open(context.WithoutCancel(ctx))
}

// Put is Create, and leaves the database closed.
func (f *Folder) Put(ctx context.Context, fill func(auth.Store) error) error {
	if err := f.prepare(); err != nil {
		return err
	}
	unlock, err := f.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	return f.put(ctx, fill)
}

// put makes the database while the lock is held.
func (f *Folder) put(ctx context.Context, fill func(auth.Store) error) error {
	switch exists, err := f.Exists(ctx); {
	case err != nil:
		return err
	case exists:
		return auth.ErrExists
	}
	if err := f.tidy(); err != nil { // after a set-up that was killed
		return err
	}

	fresh, err := f.newFile()
	if err == nil {
		err = fillDatabase(ctx, fresh, fill)
	}
	// From here on nothing cancels it any more.
	ctx = context.WithoutCancel(ctx)
	if err == nil {
		_, err = f.exchange(ctx, fresh)
	}
	if err != nil {
		return errors.Join(err, f.tidy())
	}
	return nil
}

// lock keeps other processes from making, replacing or opening a database here
// meanwhile; the OS lets go of it when the process ends, however it ends.
func (f *Folder) lock(ctx context.Context) (unlock func(), err error) {
	l := disk.Lock(filepath.Join(f.dir, lockName))
	waiting, cancel := context.WithTimeout(ctx, f.patience)
	defer cancel()
	got, err := l.TryLock()
	if err == nil && !got {
		_, err = l.TryLockContext(waiting, 10*time.Millisecond)
	}
	switch {
	case err == nil:
		// An unlock that fails leaves the lock to the end of the process.
		return func() { _ = l.Unlock() }, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, context.DeadlineExceeded):
		return nil, fmt.Errorf("lock %s: %w", f.dir, auth.ErrBusy)
	}
	return nil, fmt.Errorf("lock %s: %w", f.dir, translate(err))
}

// newFile makes an empty file for a database under way. It is made by us, not
// by SQLite, for its mode: SQLite's other files take it over.
func (f *Folder) newFile() (path string, err error) {
	path = filepath.Join(f.dir, unfinished+rand.Text())
	if err := makeFile(path); err != nil {
		return "", fmt.Errorf("make the database: %w", err)
	}
	return path, nil
}

// fillDatabase makes a whole database of a file, closed and on the disk.
func fillDatabase(ctx context.Context, path string, fill func(auth.Store) error) error {
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
	// Said by SQLite that all of it is in the one file: its close does not say.
	if err := emptyWAL(context.WithoutCancel(ctx), s.write); err != nil {
		return errors.Join(err, s.Close())
	}
	if err := s.Close(); err != nil {
		return err
	}
	return syncFile(path)
}

// emptyWAL writes what is in the WAL into the database.
func emptyWAL(ctx context.Context, db *sql.DB) error {
	var busy, frames, written int
	if err := db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &written); err != nil {
		return fmt.Errorf("write the WAL into the database: %w", translate(err))
	}
	if busy != 0 {
		return fmt.Errorf("write the WAL into the database: %w", auth.ErrBusy)
	}
	return nil
}

// Open opens the existing database. Nothing is written to a file that is not
// ours, is damaged, or is from a newer program.
func (f *Folder) Open(ctx context.Context) (auth.Store, error) {
	if _, err := os.Stat(f.path()); err != nil {
		return nil, fmt.Errorf("open %s: %w", f.path(), translate(err))
	}
	if err := f.prepare(); err != nil {
		return nil, err
	}
	removeOldCopies()
	unlock, err := f.lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if err := f.tidy(); err != nil { // after a restore that was killed
		return nil, err
	}
	return f.open(ctx)
}

// open opens the database while the lock is held.
func (f *Folder) open(ctx context.Context) (auth.Store, error) {
	if err := checkHeader(f.path()); err != nil {
		return nil, err
	}
	s, err := openDatabase(f.path())
	if err != nil {
		return nil, err
	}
	s.backups, s.trap = f.BackupFolder(), f.trap
	if err := errors.Join(s.recordFile(), s.upToDate(ctx)); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// upToDate sees that the schema is ours, and brings an older one up to date, of
// which it makes a backup before.
func (s *Store) upToDate(ctx context.Context) error {
	version, err := s.schema(ctx)
	if err != nil {
		return err
	}
	if version == newest {
		// A connection that may write now: at its close it tidies the WAL.
		if err := s.write.PingContext(ctx); err != nil {
			return fmt.Errorf("open database: %w", ofRows(err))
		}
		return nil
	}
	if err := s.backUpOlder(ctx); err != nil {
		return err
	}
	return s.migrate(ctx)
}

func (s *Store) backUpOlder(ctx context.Context) error {
	var practice auth.PracticeRow
	err := s.View(ctx, func(rd auth.Reader) (err error) {
		practice, err = rd.Practice()
		return err
	})
	if err != nil {
		return err
	}
	_, err = s.Backup(ctx, auth.BackupOrder{Practice: practice.ID, Now: time.Now(), Check: func(auth.Store) error { return nil }}) //nolint:forbidigo // names the file, and no rule depends on it
	if err != nil {
		return fmt.Errorf("back up before the schema changes: %w", err)
	}
	return nil
}

// applicationID is the schema's PRAGMA application_id: "Ante".
const applicationID = 0x416e7465

// checkHeader reads the file's first bytes (SQLite file format §1.3) without
// SQLite, which would write to it: the magic string, and at 68 whose it is.
func checkHeader(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("open %s: %w", path, translate(err))
	}
	if usedHere(info) {
		return nil // it was checked then
	}
	file, err := disk.Open(path)
	if err != nil {
		return fmt.Errorf("open %s: %w", path, translate(err))
	}
	defer file.Close()
	for _, suffix := range []string{walSuffix, journalSuffix, indexSuffix} { // SQLite opens them as they are
		if beside, err := os.Lstat(path + suffix); err == nil && !beside.Mode().IsRegular() {
			return fmt.Errorf("%s: %w (%w)", path+suffix, auth.ErrDamaged, disk.ErrNotFile)
		}
	}
	header := make([]byte, 100)
	n, _ := file.ReadAt(header, 0)
	if n < len(header) || !bytes.HasPrefix(header, []byte("SQLite format 3\x00")) ||
		binary.BigEndian.Uint32(header[68:]) != applicationID {
		return fmt.Errorf("%s is not a database of Anteroom: %w", path, auth.ErrDamaged)
	}
	return nil
}
