package signin

import (
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
)

// What keeps a page from being saved before anything is written.
var (
	errNoPath   = errors.New("no path")
	errHalfPath = errors.New("not a whole path")
	errOwnDisk  = errors.New("this computer's own disk")
)

// saveView is what the dialog "Save as PDF" shows.
type saveView struct {
	Busy    bool
	OwnDisk bool   // warns, and asks whether to save all the same
	Error   string // beside the field
}

// saver is the part of a presenter that saves a page as PDF.
type saver struct {
	file    func() string // its name, where a folder was typed
	ownDisk func(path string) bool
	write   func(path string) error
	run     func(slow func() error, done func(error)) // off the UI goroutine
	canRun  func() bool
	saved   func(said string) // the dialog has done its work
	refresh func()

	open   bool
	busy   bool
	failed error
}

func (s *saver) view() saveView {
	v := saveView{Busy: s.busy, OwnDisk: errors.Is(s.failed, errOwnDisk)}
	if !v.OwnDisk {
		v.Error = SaveText(s.failed)
	}
	return v
}

// openSave says that the dialog is shown, with nothing wrong yet.
func (s *saver) openSave() {
	s.open, s.failed = true, nil
	s.refresh()
}

// leaveSave says that the dialog was closed. What is being written is written.
func (s *saver) leaveSave() { s.open, s.failed = false, nil }

// pathEdited takes the warning and the error away: they were about another path.
func (s *saver) pathEdited() {
	if s.failed != nil {
		s.failed = nil
		s.refresh()
	}
}

// saveTo saves the page as a file. On this computer's own disk it does so only
// for who was warned.
func (s *saver) saveTo(typed string) {
	if !s.canRun() {
		return
	}
	path, err := WholePath(typed, s.file())
	if err != nil {
		s.failed = err
		s.refresh()
		return
	}
	warned := errors.Is(s.failed, errOwnDisk)
	s.busy, s.failed = true, nil
	s.run(func() error {
		if !warned && s.ownDisk(path) {
			return errOwnDisk
		}
		return s.write(path)
	}, func(err error) {
		s.busy = false
		switch {
		case err == nil:
			s.saved(lang.L("Saved as {{.Path}}.", map[string]any{"Path": path}))
		case s.open: // else nobody wants it any more
			s.failed = err
		}
		s.refresh()
	})
}

// pathIn is where a file is saved that nobody chose another place for.
func pathIn(folder, file string) string { return filepath.Join(folder, file) }

// WholePath is where to write what was typed; file is its name where a folder
// was, and has the ending that its name gets. Why not is for SaveText.
func WholePath(typed, file string) (string, error) {
	if typed == "" {
		return "", errNoPath
	}
	if !filepath.IsAbs(typed) {
		return "", errHalfPath
	}
	if _, name := filepath.Split(typed); name == "" {
		return pathIn(typed, file), nil
	}
	if end := filepath.Ext(file); !strings.EqualFold(filepath.Ext(typed), end) {
		typed += end
	}
	return filepath.Clean(typed), nil
}

// SaveText is what stands beside the field for the path.
func SaveText(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, errNoPath):
		return lang.L("Choose where to save it.")
	case errors.Is(err, errHalfPath):
		return lang.L("Type the whole path, or choose a folder with “Browse…”.")
	case errors.Is(err, auth.ErrReadOnly):
		return lang.L("Nothing can be written to this folder. Choose another one.")
	case errors.Is(err, auth.ErrDiskFull):
		return lang.L("This disk is full. Make room, or choose another one.")
	}
	return words.Error(err)
}
