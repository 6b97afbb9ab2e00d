package store

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"anteroom/auth"
)

// translate makes auth's errors of those of SQLite and the file system, at
// this border, by their codes. Others pass unchanged.
func translate(err error) error {
	if err == nil {
		return nil
	}
	if known := meaning(err); known != nil {
		return fmt.Errorf("%w (%w)", known, err)
	}
	return err
}

func meaning(err error) error {
	var se *sqlite.Error
	if errors.As(err, &se) {
		switch se.Code() & 0xff { // the primary code; the rest is detail
		case lib.SQLITE_FULL:
			return auth.ErrDiskFull
		case lib.SQLITE_READONLY, lib.SQLITE_PERM, lib.SQLITE_CANTOPEN:
			return auth.ErrReadOnly
		case lib.SQLITE_IOERR:
			return auth.ErrDisk
		case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
			return auth.ErrBusy
		case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
			return auth.ErrDamaged
		case lib.SQLITE_CONSTRAINT:
			return auth.ErrConflict
		}
		return nil
	}
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return auth.ErrNotFound
	case errors.Is(err, syscall.ENOSPC):
		return auth.ErrDiskFull
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return auth.ErrReadOnly
	case errors.Is(err, syscall.EIO):
		return auth.ErrDisk
	}
	return nil
}

// damaged is what a plain SQL error means on a file that says it is ours: a
// table or column is missing. Errors that have a meaning keep it.
func damaged(err error) error {
	if meaning(err) != nil || errors.Is(err, sql.ErrConnDone) {
		return err
	}
	var se *sqlite.Error
	if errors.As(err, &se) && se.Code()&0xff == lib.SQLITE_ERROR {
		return fmt.Errorf("%w (%w)", auth.ErrDamaged, err)
	}
	return err
}
