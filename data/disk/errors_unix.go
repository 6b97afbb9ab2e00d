//go:build unix

package disk

import (
	"errors"
	"syscall"
)

// IsFull says that an error is for want of room: on the disk, or for this account.
func IsFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// IsReadOnly says that nothing can be written to a disk, by whomever.
func IsReadOnly(err error) bool { return errors.Is(err, syscall.EROFS) }

// IsFailing says that a disk does not do what it should: it is broken, or was unplugged.
func IsFailing(err error) bool { return errors.Is(err, syscall.EIO) }

// IsInUse says that another program keeps a file from being used. Only on Windows does one.
func IsInUse(error) bool { return false }
