package paper

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"

	"github.com/adrg/xdg"
	"github.com/gofrs/flock"
)

// A file that is not whole and has a name is noted: a note is a file with its path.
// It is made before that file, locked for as long as it is written, and removed
// after it. The notes lie where this account's programs keep such things, not in
// the practice's folder, which other accounts share.

// DefaultNotes is where notes about unfinished files lie.
func DefaultNotes() string { return filepath.Join(xdg.StateHome, "anteroom", "unfinished") }

const (
	partMark = 8 // letters that are a file's own
	partEnd  = ".part"
)

// partPattern are the names of unfinished files: nothing else is ever removed.
var partPattern = regexp.MustCompile(`\.[A-Z2-7]{8}\.part$`)

// note notes a file that is about to be made.
func (f *Files) note(part string) (forget func(), err error) {
	if err := os.MkdirAll(f.notes, 0o700); err != nil {
		return nil, err
	}
	note := filepath.Join(f.notes, rand.Text())
	file, err := os.OpenFile(note, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	if err := fill(file, writing([]byte(part))); err != nil {
		return nil, errors.Join(err, os.Remove(note))
	}
	lock := flock.New(note)
	if _, err := lock.TryLock(); err != nil {
		return nil, errors.Join(err, os.Remove(note))
	}
	return func() {
		err := os.Remove(note)
		if unlockErr := lock.Close(); err != nil { // Windows removes nothing that is open
			err = errors.Join(unlockErr, os.Remove(note))
		}
		if err != nil {
			slog.Warn("a note about a finished file stays", "error", err)
		}
	}, nil
}

// ClearUnfinished removes what programs that were killed left of files, and says
// which those are. One whose disk is not there stays noted; one that can't be
// removed too, and is an error.
func (f *Files) ClearUnfinished() (removed []string, err error) {
	entries, err := os.ReadDir(f.notes)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read notes of unfinished files: %w", err)
	}
	var failed []error
	for _, entry := range entries {
		part, err := clearNoted(filepath.Join(f.notes, entry.Name()))
		if err != nil {
			failed = append(failed, fmt.Errorf("remove an unfinished file: %w", err))
		}
		if part != "" {
			removed = append(removed, part)
		}
	}
	return removed, errors.Join(failed...)
}

// clearNoted removes what a note is about, and then the note.
func clearNoted(note string) (removed string, err error) {
	lock := flock.New(note, flock.SetFlag(os.O_RDWR))
	mine, err := lock.TryLock()
	if err = errors.Join(err, lock.Close()); err != nil || !mine { // a program is writing it
		return "", unlessMissing(err)
	}
	text, err := os.ReadFile(note)
	if err != nil {
		return "", unlessMissing(err)
	}
	part := string(text)
	if filepath.IsAbs(part) && partPattern.MatchString(part) {
		if _, err := os.Lstat(filepath.Dir(part)); err != nil {
			return "", nil //nolint:nilerr // its disk is not there: the next time
		}
		info, err := os.Lstat(part)
		if err == nil && info.Mode().IsRegular() {
			err, removed = os.Remove(part), part
		}
		if err := unlessMissing(err); err != nil {
			return "", err
		}
	}
	return removed, unlessMissing(os.Remove(note))
}

// unlessMissing forgives what is gone already.
func unlessMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
