package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"anteroom/data/disk"
)

// stampFormat is a time in a file's name, in UTC.
const stampFormat = "20060102-150405"

// numbered is the nth choice of a name.
func numbered(base string, n int) string {
	if n == 1 {
		return base
	}
	return base + "-" + strconv.Itoa(n)
}

// makeFile makes an empty file for a database. It is made by us, not by
// SQLite, for its mode: SQLite's other files take it over.
func makeFile(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		return fmt.Errorf("make %s: %w", path, translate(err))
	}
	return nil
}

// copyFile copies a file to a name that is free.
func copyFile(from, to string) error {
	source, err := disk.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	if err := errors.Join(err, target.Close()); err != nil {
		return errors.Join(err, os.Remove(to))
	}
	return nil
}

// syncFile makes a file's content survive a power cut.
func syncFile(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err == nil {
		err = errors.Join(file.Sync(), file.Close())
	}
	if err != nil {
		return fmt.Errorf("sync %s: %w", path, translate(err))
	}
	return nil
}

// syncFolder makes a rename in it survive a power cut, where the OS can.
func syncFolder(dir string) error {
	if err := disk.SyncFolder(dir); err != nil {
		return fmt.Errorf("sync %s: %w", dir, translate(err))
	}
	return nil
}

// remove removes a file that need not be there.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove %s: %w", path, translate(err))
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func hasContent(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() > 0
}

func isFolder(path string) bool {
	info, err := os.Stat(filepath.Clean(path))
	return err == nil && info.IsDir()
}

// Size is how long the database is, in bytes; 0: there is none.
func (f *Folder) Size() (size int64) {
	for _, suffix := range []string{"", walSuffix} {
		if info, err := os.Stat(f.path() + suffix); err == nil {
			size += info.Size()
		}
	}
	return size
}
