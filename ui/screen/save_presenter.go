package screen

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

// SaveView is what the dialog "Save as PDF" shows.
type SaveView struct {
	Busy    bool
	OwnDisk bool   // warns, and asks whether to save all the same
	Error   string // beside the field
}

// Saver is the part of a presenter that saves a page as PDF.
type Saver struct {
	File    func() string // its name, where a folder was typed
	OwnDisk func(path string) bool
	Write   func(path string) error
	Run     func(slow func() error, done func(error)) // off the UI goroutine
	CanRun  func() bool
	Saved   func(said string) // the dialog has done its work
	Changed func()

	isOpen bool
	IsBusy bool

	failed error
}

// View is what the dialog shows now.
func (s *Saver) View() SaveView {
	v := SaveView{Busy: s.IsBusy, OwnDisk: errors.Is(s.failed, errOwnDisk)}
	if !v.OwnDisk {
		v.Error = SaveText(s.failed)
	}
	return v
}

// begin says that the dialog is shown, with nothing wrong yet.
func (s *Saver) begin() {
	s.isOpen, s.failed = true, nil
	s.Changed()
}

// end says that the dialog was closed. What is being written is written.
func (s *Saver) end() { s.isOpen, s.failed = false, nil }

// edited takes the warning and the error away: they were about another path.
func (s *Saver) edited() {
	if s.failed != nil {
		s.failed = nil
		s.Changed()
	}
}

// Save saves the page as a file. On this computer's own disk it does so only
// for who was warned.
func (s *Saver) Save(typed string) {
	if !s.CanRun() {
		return
	}
	path, err := WholePath(typed, s.File())
	if err != nil {
		s.failed = err
		s.Changed()
		return
	}
	warned := errors.Is(s.failed, errOwnDisk)
	s.IsBusy, s.failed = true, nil
	s.Run(func() error {
		if !warned && s.OwnDisk(path) {
			return errOwnDisk
		}
		return s.Write(path)
	}, func(err error) {
		s.IsBusy = false
		switch {
		case err == nil:
			s.Saved(lang.L("Saved as {{.Path}}.", map[string]any{"Path": path}))
		case s.isOpen: // else nobody wants it any more
			s.failed = err
		}
		s.Changed()
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
