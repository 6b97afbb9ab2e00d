package store

import (
	"context"
	"errors"
	"fmt"
	"os"

	"anteroom/auth"
)

// The steps of a Replace, between which tests break in.
const (
	stepCopied  = "copied"  // the backup is copied beside the database
	stepFilled  = "filled"  // the copy was changed, closed and is on the disk
	stepEmptied = "emptied" // the present database has nothing in its WAL
	stepHeld    = "held"    // nor a writer
	stepAside   = "aside"   // it has its second name
	stepRenamed = "renamed" // the new one lies in its place
	stepCleared = "cleared" // and what belonged to the old one is gone from beside it
)

// trap is where tests break into slow work: an error ends it there. Nil: nowhere.
type trap func(step string) error

func (t trap) at(step string) error {
	if t == nil {
		return nil
	}
	return t(step)
}

// Replace puts a copy of a backup, changed by fill, in the place of the
// database. Other processes that have that open learn of it by ErrReplaced.
// A backup in which SQLite finds anything wrong is ErrDamaged.
func (f *Folder) Replace(ctx context.Context, path string, fill func(auth.Store) error) (s auth.Store, aside string, err error) {
	if err := f.prepare(); err != nil {
		return nil, "", err
	}
	unlock, err := f.lock(ctx)
	if err != nil {
		return nil, "", err
	}
	defer unlock()
	if err := f.tidy(); err != nil { // after one that was killed
		return nil, "", err
	}
	fresh, err := f.newFile()
	if err == nil {
		err = f.copyFilled(ctx, path, fresh, fill)
	}
	// From here on nothing cancels it any more.
	ctx = context.WithoutCancel(ctx)
	if err == nil {
		aside, err = f.exchange(ctx, fresh)
	}
	if err != nil {
		return nil, aside, errors.Join(err, f.tidy())
	}
	s, err = f.open(ctx)
	return s, aside, err
}

// copyFilled makes a database of a backup and of what fill changes in it.
func (f *Folder) copyFilled(ctx context.Context, path, fresh string, fill func(auth.Store) error) error {
	backup, err := f.openBackup(ctx, path)
	if err != nil {
		return err
	}
	err = backup.copyTo(ctx, fresh, nil)
	if err := errors.Join(err, backup.Close()); err != nil {
		return err
	}
	if err := f.trap.at(stepCopied); err != nil {
		return err
	}
	if err := checkCopy(ctx, fresh, nil); err != nil {
		return err
	}
	if err := fillDatabase(ctx, fresh, fill); err != nil {
		return err
	}
	return f.trap.at(stepFilled)
}

// SetAside gives the database that is here another name, under which it stays, and returns
// that; "": there is none. Other processes that have it open learn of it by ErrReplaced.
func (f *Folder) SetAside(ctx context.Context) (aside string, err error) {
	if there, err := f.Exists(ctx); err != nil || !there {
		return "", err
	}
	unlock, err := f.lock(ctx)
	if err != nil {
		return "", err
	}
	defer unlock()
	if err := f.tidy(); err != nil {
		return "", err
	}
	base := f.asideBase()
	held, release, err := f.hold(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	if aside, err = f.setAside(base, true, held); err != nil {
		return "", err
	}
	if err := os.Remove(f.path()); err != nil {
		f.putBack(aside)
		return "", fmt.Errorf("set the database aside: %w", translate(err))
	}
	return aside, f.clearBeside()
}
