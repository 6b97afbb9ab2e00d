//go:build unix

package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

const (
	noWait   = syscall.O_NONBLOCK
	noFollow = syscall.O_NOFOLLOW
)

func narrow(root *os.Root, shared bool) error {
	info, err := root.Stat(".")
	if err != nil {
		return err
	}
	want := fs.FileMode(0o700)
	shared = shared && info.Mode()&fs.ModeSetgid != 0
	if shared {
		want = 0o770 | fs.ModeSetgid
	}
	wide := info.Mode().Perm() &^ want.Perm()
	switch {
	case !IsOwn(info) && (!shared || wide != 0):
		return fmt.Errorf("%s: %w", root.Name(), ErrNotOwn)
	case wide == 0:
		return nil
	case info.Mode()&fs.ModeSticky != 0: // such as /tmp
		return fmt.Errorf("%s: %w", root.Name(), ErrWide)
	}
	err = root.Chmod(".", info.Mode().Perm()&want.Perm()|want&fs.ModeSetgid)
	if err != nil && !errors.Is(err, fs.ErrPermission) {
		return err
	}
	// Some disks have no rights, and say that it was done.
	if info, err = root.Stat("."); err == nil && info.Mode().Perm()&^want.Perm() != 0 {
		err = fmt.Errorf("%s: %w", root.Name(), ErrWide)
	}
	return err
}

func isNoPath(err error) bool {
	return errors.Is(err, syscall.ENOTDIR) || errors.Is(err, syscall.ENAMETOOLONG) || errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ELOOP)
}

// isUnsupported is for Windows.
func isUnsupported(error) bool { return false }

// IsOwn says whether a file or folder belongs to the account that runs the program.
func IsOwn(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}
