//go:build unix

package paper

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// isAway says that something on the way to a file is no folder.
func isAway(err error) bool { return errors.Is(err, syscall.ENOTDIR) }

// moveNew moves a file to a name that nothing has, in the same folder.
func moveNew(from, to string) error { return moveLinking(os.Link, from, to) }

// moveLinking gives the file its new name by link, which never replaces a file.
func moveLinking(link func(from, to string) error, from, to string) error {
	err := link(from, to)
	if err == nil {
		return os.Remove(from)
	}
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	return moveClaimed(from, to) // no links on this disk, as on most USB sticks
}

// moveClaimed takes the name with an empty file first, and replaces only that.
func moveClaimed(from, to string) error {
	claim, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := claim.Close(); err != nil {
		return errors.Join(err, os.Remove(to))
	}
	if err := os.Rename(from, to); err != nil {
		return errors.Join(err, os.Remove(to))
	}
	return nil
}

// syncFolder makes a new name in it survive a power cut.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// diskID is a device number.
type diskID uint64

// diskOf is the disk a path lies on; its end need not exist yet.
func diskOf(path string) (diskID, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return 0, err
	}
	info, err := os.Stat(path)
	for (errors.Is(err, fs.ErrNotExist) || isAway(err)) && path != filepath.Dir(path) {
		path = filepath.Dir(path)
		info, err = os.Stat(path)
	}
	if err != nil {
		return 0, err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, fmt.Errorf("the system does not tell the disk of %s", path)
	}
	return diskID(stat.Dev), nil
}

// systemFolder is a folder on the disk of the system.
func systemFolder() string { return "/" }
