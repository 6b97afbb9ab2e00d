package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"anteroom/auth"
	"anteroom/data/disk"
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
		case lib.SQLITE_BUSY, lib.SQLITE_LOCKED, lib.SQLITE_PROTOCOL:
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
	case errors.Is(err, disk.ErrNotFile):
		return auth.ErrDamaged
	case errors.Is(err, disk.ErrNotOwn), errors.Is(err, disk.ErrWide):
		return auth.ErrNotPrivate
	case disk.IsFull(err):
		return auth.ErrDiskFull
	case disk.IsReadOnly(err), errors.Is(err, fs.ErrPermission):
		return auth.ErrReadOnly
	case disk.IsFailing(err):
		return auth.ErrDisk
	case disk.IsInUse(err):
		return auth.ErrBusy
	}
	return nil
}

// ofRows is translate for what our own file says: what has no meaning is damage
// of it.
func ofRows(err error) error { return unforeseen(translate(err)) }

// unforeseen is what an error without a meaning is on a file that says it is ours:
// damage. A table is not there, or a value is of another type. What has a meaning
// keeps it, and so does what says something of this program or its memory.
func unforeseen(err error) error {
	if err == nil {
		return nil
	}
	for _, known := range []error{
		auth.ErrDamaged, auth.ErrNewerDatabase, auth.ErrReplaced, auth.ErrNotFound, auth.ErrConflict,
		auth.ErrDiskFull, auth.ErrReadOnly, auth.ErrDisk, auth.ErrBusy,
		context.Canceled, context.DeadlineExceeded, sql.ErrConnDone, sql.ErrTxDone, driver.ErrBadConn, fs.ErrClosed,
	} {
		if errors.Is(err, known) {
			return err
		}
	}
	var se *sqlite.Error
	if errors.As(err, &se) {
		switch se.Code() & 0xff {
		case lib.SQLITE_INTERRUPT, lib.SQLITE_ABORT, lib.SQLITE_NOMEM, lib.SQLITE_MISUSE,
			lib.SQLITE_SCHEMA: // another program brings the schema up to date
			return err
		}
	}
	return fmt.Errorf("%w (%w)", auth.ErrDamaged, err)
}
