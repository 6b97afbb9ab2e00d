package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite"

	"anteroom/auth"
	"anteroom/data/disk"
)

// The steps of a Backup, between which tests break in.
const (
	stepWritten = "written" // copied, one file, on the disk
	stepChecked = "checked"
)

// stepPages is how many pages are copied between two looks at the context.
const stepPages = 256

// Backup writes a copy of the database into a folder, checks it, gives it its
// name and removes older ones that are not kept. Until it has its name it can be
// canceled, and whatever fails leaves nothing behind.
func (s *Store) Backup(ctx context.Context, o auth.BackupOrder) (auth.BackupFile, error) {
	return backUp(ctx, o, s.backups, s.trap, func(ctx context.Context, part string) error {
		if err := s.copyTo(ctx, part, o.Progress); err != nil {
			return err
		}
		return oneFile(ctx, part)
	})
}

// BackupFrom is Backup of a database that is elsewhere: fill writes into an empty one what
// that has.
func (f *Folder) BackupFrom(ctx context.Context, o auth.BackupOrder, fill func(auth.Store) error) (auth.BackupFile, error) {
	if err := f.prepare(); err != nil {
		return auth.BackupFile{}, err
	}
	return backUp(ctx, o, f.BackupFolder(), f.trap, func(ctx context.Context, part string) error {
		return fillDatabase(ctx, part, fill)
	})
}

// backUp makes a backup of what write writes into an empty file. own is the folder that
// is ours.
func backUp(ctx context.Context, o auth.BackupOrder, own string, t trap, write func(ctx context.Context, part string) error) (auth.BackupFile, error) {
	short := shortID(o.Practice)
	if short == "" {
		return auth.BackupFile{}, fmt.Errorf("a backup of practice %q: no such id", o.Practice)
	}
	folder, err := backupFolder(o.Folder, own)
	if err != nil {
		return auth.BackupFile{}, err
	}
	removeStale(folder, o.Now)
	base := filepath.Join(folder, backupStart+short+"-"+o.Now.UTC().Format(stampFormat))
	part := base + backupEnd + partMark + rand.Text()
	path := ""
	err = writeBackup(ctx, part, o, t, write)
	if err == nil {
		path, err = giveName(part, base)
	}
	if err != nil {
		removeDatabase(part)
		if !isFolder(folder) { // the drive was pulled out
			err = fmt.Errorf("%w (%v)", auth.ErrFolder, err) //nolint:errorlint // nothing else counts: it must not be taken for a full disk
		}
		return auth.BackupFile{}, fmt.Errorf("backup: %w", err)
	}
	if err := syncFolder(folder); err != nil {
		slog.Warn("a power cut now could undo the backup", "error", err)
	}
	file, err := backupFile(path)
	if err != nil {
		return auth.BackupFile{}, fmt.Errorf("backup: %w", err)
	}
	if o.Keep != nil {
		prune(folder, file, o.Keep)
	}
	return file, nil
}

// backupFolder is the folder asked for. Only our own is made, and kept private: one
// that somebody chose may lie on a stick that knows no rights, or be of many, and what
// is in it is sealed, and looked at with distrust.
func backupFolder(folder, own string) (string, error) {
	if folder == "" {
		folder = own
	}
	if folder != "" && folder == own {
		if err := disk.Inside(folder); err != nil {
			return "", fmt.Errorf("backup folder: %w", translate(err))
		}
	}
	if !isFolder(folder) {
		return "", fmt.Errorf("back up into %q: %w", folder, auth.ErrFolder)
	}
	return folder, nil
}

// writeBackup makes the copy and sees that it is good.
func writeBackup(ctx context.Context, part string, o auth.BackupOrder, t trap, write func(ctx context.Context, part string) error) error {
	if err := makeFile(part); err != nil {
		return err
	}
	if err := write(ctx, part); err != nil {
		return err
	}
	if err := syncFile(part); err != nil {
		return err
	}
	if err := t.at(stepWritten); err != nil {
		return err
	}
	if err := checkCopy(ctx, part, o.Check); err != nil {
		return err
	}
	if err := t.at(stepChecked); err != nil {
		return err
	}
	return ctx.Err()
}

func checkCopy(ctx context.Context, part string, check func(auth.Store) error) error {
	if err := checkHeader(part); err != nil {
		return err
	}
	s, err := openToRead(part, untouched)
	if err != nil {
		return err
	}
	if _, err = s.schema(ctx); err == nil {
		err = s.sound(ctx)
	}
	if err == nil && check != nil {
		err = check(s)
	}
	return errors.Join(err, s.Close())
}

// giveName gives a finished backup the first name that is free.
func giveName(part, base string) (string, error) {
	for n := 1; ; n++ {
		path := numbered(base, n) + backupEnd
		switch err := os.Link(part, path); { // unlike Rename it replaces nothing
		case err == nil:
			_ = os.Remove(part) // a second name, removed as stale if not now
			return path, nil
		case errors.Is(err, fs.ErrExist), exists(path):
			continue
		}
		// No hard links on this disk.
		if err := os.Rename(part, path); err != nil {
			return "", fmt.Errorf("name the backup: %w", translate(err))
		}
		return path, nil
	}
}

// copyTo copies the database, as it is at one moment, into an empty file.
// Others write meanwhile: the transaction goes on with what it began with.
func (s *Store) copyTo(ctx context.Context, path string, progress auth.Progress) error {
	if err := s.checkSameFile(); err != nil {
		return err
	}
	conn, err := s.read.Conn(ctx)
	if err != nil {
		return fmt.Errorf("copy the database: %w", translate(err))
	}
	defer conn.Close()
	// The context ends the copying between two steps, not the transaction under it.
	tx, err := conn.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return fmt.Errorf("copy the database: %w", translate(err))
	}
	defer tx.Rollback() // it only read
	var tables int      // the first read is the moment
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return fmt.Errorf("copy the database: %w", translate(err))
	}
	if err := s.checkSameFile(); err != nil { // the connection may be a new one
		return err
	}
	err = conn.Raw(func(c any) error { return copyPages(ctx, c, path, progress) })
	if err != nil {
		return fmt.Errorf("copy the database: %w", translate(err))
	}
	return nil
}

// copying: the copy is thrown away if this fails, and synced when it is whole.
const copying = "mode=rw&" + careful + "&_pragma=journal_mode(MEMORY)&_pragma=synchronous(OFF)"

// copyPages runs SQLite's online backup API.
func copyPages(ctx context.Context, conn any, path string, progress auth.Progress) error {
	source, ok := conn.(interface {
		NewBackup(string) (*sqlite.Backup, error)
	})
	if !ok {
		return errors.New("this SQLite driver has no backup API")
	}
	b, err := source.NewBackup(dsn(path, copying))
	if err != nil {
		return err
	}
	for more := true; more && err == nil; {
		if err = ctx.Err(); err == nil {
			more, err = b.Step(stepPages)
		}
		if err == nil && progress != nil {
			progress(b.PageCount()-b.Remaining(), b.PageCount())
		}
	}
	return errors.Join(err, b.Finish())
}

// removeStale removes what backups that were killed left, when it is a day old.
func removeStale(folder string, now time.Time) {
	entries, _ := os.ReadDir(folder) // tried again with the next backup
	for _, e := range entries {
		if info, err := e.Info(); err == nil && partName().MatchString(e.Name()) && now.Sub(info.ModTime()) > 24*time.Hour {
			_ = os.Remove(filepath.Join(folder, e.Name()))
		}
	}
}

// removeDatabase removes a file that is no database yet, and all of SQLite's
// beside it, as far as it can.
func removeDatabase(path string) {
	for _, suffix := range []string{"", walSuffix, journalSuffix, indexSuffix} {
		_ = os.Remove(path + suffix)
	}
}
