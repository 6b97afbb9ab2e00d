package disk

import (
	"errors"
	"slices"
	"syscall"

	"golang.org/x/sys/windows"
)

// IsFull says that an error is for want of room: on the disk, or for this account.
func IsFull(err error) bool {
	return isOneOf(err, windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL, windows.ERROR_DISK_QUOTA_EXCEEDED)
}

// IsReadOnly says that nothing can be written to a disk, by whomever.
func IsReadOnly(err error) bool { return isOneOf(err, windows.ERROR_WRITE_PROTECT) }

// IsFailing says that a disk does not do what it should: it is broken, or was unplugged.
func IsFailing(err error) bool {
	return isOneOf(err, windows.ERROR_NOT_READY, windows.ERROR_CRC, windows.ERROR_SEEK, windows.ERROR_SECTOR_NOT_FOUND,
		windows.ERROR_WRITE_FAULT, windows.ERROR_READ_FAULT, windows.ERROR_GEN_FAILURE, windows.ERROR_IO_DEVICE,
		windows.ERROR_DEV_NOT_EXIST, windows.ERROR_DEVICE_NOT_CONNECTED, windows.ERROR_NETNAME_DELETED)
}

// IsInUse says that another program keeps a file from being used. Only on Windows does one.
func IsInUse(err error) bool {
	return isOneOf(err, windows.ERROR_SHARING_VIOLATION, windows.ERROR_LOCK_VIOLATION, windows.ERROR_USER_MAPPED_FILE)
}

func isOneOf(err error, codes ...syscall.Errno) bool {
	var code syscall.Errno
	return errors.As(err, &code) && slices.Contains(codes, code)
}
