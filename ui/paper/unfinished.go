package paper

import (
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"

	"github.com/adrg/xdg"
	"github.com/gofrs/flock"

	"anteroom/data/disk"
)

// A file that is not whole and has a name is noted: a note is a file with its path.
// It is made and locked before that file, stays locked for as long as it is written, and removed
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

// noteStart is where in a note its path begins. The byte before is what Windows
// keeps everybody from who has not the lock.
const noteStart = 1

// note notes a file that is about to be made. forget is never nil; it keeps the
// note of a file that could not be removed.
func (f *Files) note(part string) (forget func(), err error) {
	if err := disk.Private(f.notes); err != nil {
		return func() {}, err
	}
	note := filepath.Join(f.notes, rand.Text())
	lock := disk.Lock(note) // first of all: what is not locked another start may remove
	if mine, err := lock.TryLock(); err != nil || !mine {
		return func() {}, cmp.Or(err, errNoteTaken)
	}
	forget = func() {
		_, err := os.Lstat(part)
		if err == nil {
			err = lock.Close()
		} else {
			err = removeLocked(lock)
		}
		if err != nil {
			slog.Warn("a note about a finished file stays", "error", err)
		}
	}
	file, err := os.OpenFile(note, os.O_WRONLY, 0) // one that was removed meanwhile is not made again
	if err != nil {
		return forget, err
	}
	if err := fill(file, func(io.Writer) error {
		_, err := file.WriteAt([]byte(part), noteStart)
		return err
	}); err != nil {
		return forget, err
	}
	return forget, unlessUnsupported(syncFolder(f.notes))
}

var errNoteTaken = errors.New("another start took the note")

// removeLocked removes a file that is locked, and gives the lock back.
func removeLocked(lock *flock.Flock) error {
	err := os.Remove(lock.Path())
	if closeErr := lock.Close(); err != nil { // Windows removes nothing that is open
		err = errors.Join(closeErr, os.Remove(lock.Path()))
	}
	return unlessMissing(err)
}

// ClearUnfinished removes what programs that were killed left of files, and says
// which those are, and which are left, for they can't be removed: err says why.
// Those stay noted; so does one whose disk is not there, of which nothing is said.
func (f *Files) ClearUnfinished() (removed, left []string, err error) {
	entries, err := os.ReadDir(f.notes)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read notes of unfinished files: %w", err)
	}
	var failed []error
	for _, entry := range entries {
		if !entry.Type().IsRegular() {
			continue
		}
		part, err := f.clearNoted(filepath.Join(f.notes, entry.Name()))
		switch {
		case err != nil:
			failed = append(failed, fmt.Errorf("remove an unfinished file: %w", err))
			if part != "" {
				left = append(left, part)
			}
		case part != "":
			removed = append(removed, part)
		}
	}
	return removed, left, errors.Join(failed...)
}

// clearNoted removes what a note is about, and then the note. part is what was
// removed, or with an error what could not be; "": there was nothing.
func (f *Files) clearNoted(note string) (part string, err error) {
	lock := disk.Lock(note)
	if mine, err := lock.TryLock(); err != nil || !mine { // a program is writing it
		return "", unlessMissing(err)
	}
	noted, err := readNote(note)
	if err != nil {
		return "", errors.Join(unlessMissing(err), lock.Close())
	}
	if filepath.IsAbs(noted) && partPattern.MatchString(noted) {
		if _, err := os.Lstat(filepath.Dir(noted)); err != nil {
			return "", lock.Close() // its disk is not there: the next time
		}
		if info, err := os.Lstat(noted); err == nil && info.Mode().IsRegular() {
			part = noted
			if err := unlessMissing(f.remove(part)); err != nil {
				return part, errors.Join(err, lock.Close())
			}
		}
	}
	if err := removeLocked(lock); err != nil {
		slog.Warn("a note about a removed file stays", "error", err)
	}
	return part, nil
}

// readNote gives the path in a note.
func readNote(note string) (string, error) {
	file, err := disk.Open(note)
	if err != nil {
		return "", err
	}
	defer file.Close()
	text, err := io.ReadAll(io.NewSectionReader(file, noteStart, mostOfNote))
	return string(text), err
}

// mostOfNote is more than a path has, in bytes.
const mostOfNote = 1 << 16

// unlessMissing forgives what is gone already.
func unlessMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
