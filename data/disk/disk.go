// Package disk is for files and folders that others may reach: it opens without
// waiting, keeps folders private, and tells disks that are not this computer's own.
package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/gofrs/flock"
)

var (
	// ErrNotFile says that what has the name is no file: a folder, a pipe, a socket
	// or a device.
	ErrNotFile = errors.New("not a regular file")
	// ErrNotOwn says that a folder belongs to another account of this computer.
	ErrNotOwn = errors.New("the folder belongs to another account")
	// ErrWide says that other accounts can use a folder, and that it can't be
	// narrowed: its disk has no rights of its own, or it is one that many share.
	ErrWide = errors.New("the folder is open to other accounts")
)

// Open opens a file for reading. Opening a pipe would wait for who writes to it, and
// opening a device can do something: what is no file is ErrNotFile, and not opened. A
// link counts as what it leads to.
func Open(path string) (*os.File, error) {
	if err := regular(os.Stat(path)); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	file, err := os.OpenFile(path, os.O_RDONLY|noWait, 0)
	if err != nil {
		return nil, err
	}
	if err := regular(file.Stat()); err != nil { // it was exchanged in between
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), file.Close())
	}
	return file, nil
}

func regular(info os.FileInfo, err error) error {
	if err == nil && !info.Mode().IsRegular() {
		err = ErrNotFile
	}
	return err
}

// Lock is a lock on a file of that name, which is made if need be. It follows no link
// and waits for nobody who writes.
func Lock(path string) *flock.Flock {
	return flock.New(path, flock.SetPermissions(0o600), flock.SetFlag(os.O_CREATE|os.O_RDONLY|noWait|noFollow))
}

// ErrNoPath says that no folder can have a path: a file is in its way, or no folder can be
// called so.
var ErrNoPath = errors.New("there can be no such folder")

// CanBeFolder says whether there is a folder of that path or may be one: otherwise ErrNoPath.
// What can't be told now may be so later.
func CanBeFolder(path string) error {
	info, err := os.Stat(path)
	for parent := filepath.Dir(path); errors.Is(err, fs.ErrNotExist) && parent != path; parent = filepath.Dir(path) {
		path = parent
		info, err = os.Stat(path)
	}
	switch {
	case err == nil && !info.IsDir():
		return fmt.Errorf("%w: %s is a file", ErrNoPath, path)
	case isNoPath(err):
		return fmt.Errorf("%w: %w", ErrNoPath, err)
	}
	return nil
}

// Private makes a folder that this account alone can use, or sees that it is one:
// where it is wider it is narrowed, to 0700. One of another account is ErrNotOwn, and
// one that can't be narrowed ErrWide. On Windows its rights become those of this account
// and of Windows alone, unless it has some of its own.
func Private(dir string) error { return keep(dir, false) }

// Shared is Private for a folder that its owner may share with a group: one with
// the setgid bit (chmod 2770) keeps what it gives the group, and is good for the
// group's other accounts too.
func Shared(dir string) error { return keep(dir, true) }

// Inside is Shared for a folder that lies in one which is Shared: on Windows it has the rights of
// that, for whoever they were given to later.
func Inside(dir string) error {
	if runtime.GOOS == "windows" {
		return os.MkdirAll(dir, 0o700)
	}
	return Shared(dir)
}

func keep(dir string, shared bool) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	return errors.Join(narrow(root, shared), root.Close())
}

// Narrow is Private for a folder that is open already.
func Narrow(root *os.Root) error { return narrow(root, false) }

// Software is the folder, in that of the program, with a copy of it that draws without a
// graphics card (docs/packaging.md).
const Software = "software"

// ProgramDir is the folder in which the program was installed.
func ProgramDir() (string, error) {
	own, err := os.Executable()
	if err != nil {
		return "", err
	}
	return programDir(Real(own)), nil
}

func programDir(program string) string {
	dir := filepath.Dir(program)
	if filepath.Base(dir) == Software {
		return filepath.Dir(dir)
	}
	return dir
}

// Real is a path with its links followed. Its end need not exist yet.
func Real(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	parent := filepath.Dir(path)
	if parent == path {
		return path
	}
	return filepath.Join(Real(parent), filepath.Base(path))
}

// RemoveOld removes folders in dir, where everybody may have some, whose names begin
// with prefix and which isOld says nobody uses any more. It looks at those that are
// this account's own alone: nobody else can change what is in them. Whatever else has
// such a name is left alone, links too. What can't be removed it goes past, and says.
func RemoveOld(dir, prefix string, isOld func(root *os.Root, folder fs.FileInfo) bool) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	entries, err := os.ReadDir(dir) // root would look at each of them, and there may be thousands
	errs := []error{err}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), prefix) {
			continue
		}
		folder, err := root.Lstat(e.Name())
		if err == nil && isPrivate(folder) && isOld(root, folder) {
			err := root.RemoveAll(e.Name())
			if isUnsupported(err) {
				err = removeEach(filepath.Join(dir, e.Name()))
			}
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// Remove removes a file of an open folder.
func Remove(root *os.Root, name string) error {
	err := root.Remove(name)
	if isUnsupported(err) {
		err = os.Remove(filepath.Join(root.Name(), name))
	}
	return err
}

// RemoveAll removes a folder with all that is in it, if it is there.
func RemoveAll(dir string) error {
	err := os.RemoveAll(dir)
	if isUnsupported(err) {
		err = removeEach(dir)
	}
	return err
}

// removeEach removes a folder of this account alone, what lies deepest first.
func removeEach(dir string) error {
	var paths []string
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		paths = append(paths, path)
		return err
	})
	errs := []error{err}
	for _, path := range slices.Backward(paths) {
		errs = append(errs, os.Remove(path))
	}
	return errors.Join(errs...)
}

func isPrivate(folder fs.FileInfo) bool {
	return folder.IsDir() && IsOwn(folder) && (runtime.GOOS == "windows" || folder.Mode().Perm() == 0o700)
}

// WriteFile gives a file of this account alone another content, whole or not at all, also
// where the power is cut.
func WriteFile(path string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-") // mode 0600
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return SyncFolder(filepath.Dir(path))
}

// SyncFolder makes the names in a folder survive a power cut, where the OS can (Windows
// keeps them in a journal).
func SyncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
