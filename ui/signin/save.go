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

// saving is how it goes with the dialog "Save as PDF".
type saving struct {
	open   bool
	busy   bool
	failed error
}

// saveView is what the dialog shows.
type saveView struct {
	Busy    bool
	OwnDisk bool   // warns, and asks whether to save all the same
	Error   string // beside the field
}

func (s saving) view() saveView {
	v := saveView{Busy: s.busy, OwnDisk: errors.Is(s.failed, errOwnDisk)}
	if !v.OwnDisk {
		v.Error = SaveText(s.failed)
	}
	return v
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
