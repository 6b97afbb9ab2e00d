package paper

import (
	"errors"
	"fmt"
	"io/fs"

	"anteroom/data/disk"
)

// What keeps a file from being written or shown.
var (
	ErrExists     = errors.New("there is a file of this name already")
	ErrNoFolder   = errors.New("there is no such folder")
	ErrPermission = errors.New("writing there is not allowed")
	ErrFull       = errors.New("the disk is full")
	ErrFolder     = errors.New("not a private folder") // a link, or no folder at all
	ErrViewer     = errors.New("no program could be started to show it")
)

// translate makes this package's errors of those of the file system. Others,
// and those that are this package's already, pass unchanged.
func translate(err error) error {
	known := error(nil)
	switch {
	case disk.IsFull(err):
		known = ErrFull
	case errors.Is(err, fs.ErrPermission), disk.IsReadOnly(err):
		known = ErrPermission
	case errors.Is(err, fs.ErrExist):
		known = ErrExists
	case errors.Is(err, fs.ErrNotExist), isAway(err):
		known = ErrNoFolder
	default:
		return err
	}
	return fmt.Errorf("%w (%w)", known, err)
}
