package disk

import (
	"errors"
	"path/filepath"
	"syscall"
)

// mntLocal is MNT_LOCAL of sys/mount.h: the disk is this computer's own.
const mntLocal = 0x00001000

// IsRemote says whether a path, whose end need not exist yet, lies on another
// computer's disk. What the system does not tell is none.
func IsRemote(path string) bool {
	path, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	var stat syscall.Statfs_t
	err = syscall.Statfs(path, &stat)
	for errors.Is(err, syscall.ENOENT) && path != filepath.Dir(path) {
		path = filepath.Dir(path)
		err = syscall.Statfs(path, &stat)
	}
	return err == nil && stat.Flags&mntLocal == 0
}
