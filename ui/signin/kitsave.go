package signin

import (
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
)

// What keeps a kit from being saved before anything is written.
var (
	errNoPath   = errors.New("no path")
	errHalfPath = errors.New("not a whole path")
	errOwnDisk  = errors.New("this computer's own disk")
)

// kitSave is the dialog "Save as PDF".
type kitSave struct {
	open   bool
	busy   bool
	failed error
}

// kitSaveView is what the dialog shows.
type kitSaveView struct {
	Busy    bool
	OwnDisk bool   // warns, and asks whether to save all the same
	Error   string // beside the field
}

func (s kitSave) view() kitSaveView {
	v := kitSaveView{Busy: s.busy, OwnDisk: errors.Is(s.failed, errOwnDisk)}
	if !v.OwnDisk {
		v.Error = saveText(s.failed)
	}
	return v
}

// kitFileName is what a saved kit is called.
func kitFileName() string { return lang.L("Anteroom recovery kit.pdf") }

// kitPath is where a kit is saved that nobody chose another place for.
func kitPath(folder string) string { return filepath.Join(folder, kitFileName()) }

// openSave says that the dialog is shown, with nothing wrong yet.
func (k *kit) openSave() {
	k.save = kitSave{open: true, busy: k.save.busy}
	k.refresh()
}

// leaveSave says that the dialog was closed. What is being written is written.
func (k *kit) leaveSave() { k.save = kitSave{busy: k.save.busy} }

// pathEdited takes the warning and the error away: they were about another path.
func (k *kit) pathEdited() {
	if k.save.failed != nil {
		k.save.failed = nil
		k.refresh()
	}
}

// saveTo saves the page as a file. On this computer's own disk it does so only
// for who was warned.
func (k *kit) saveTo(typed string) {
	if k.step != kitShown || k.task.waiting != idle {
		return
	}
	path, err := wholePath(typed)
	if err != nil {
		k.save.failed = err
		k.refresh()
		return
	}
	key, warned := k.key, errors.Is(k.save.failed, errOwnDisk)
	k.save.busy, k.save.failed = true, nil
	k.putOnPaper(func() error {
		if !warned && k.params.OwnDisk(path) {
			return errOwnDisk
		}
		return k.params.Save(key, path)
	}, func(err error) { k.saved(path, err) })
}

func (k *kit) saved(path string, err error) {
	k.save.busy = false
	if err == nil {
		k.said, k.failed = lang.L("Saved as {{.Path}}.", map[string]any{"Path": path}), nil
		k.display.closeSave()
	} else if k.save.open { // else nobody wants it any more
		k.save.failed = err
	}
	k.refresh()
}

// wholePath is where to write what was typed.
func wholePath(typed string) (string, error) {
	if typed == "" {
		return "", errNoPath
	}
	if !filepath.IsAbs(typed) {
		return "", errHalfPath
	}
	if _, name := filepath.Split(typed); name == "" {
		return kitPath(typed), nil
	}
	if !strings.EqualFold(filepath.Ext(typed), ".pdf") {
		typed += ".pdf"
	}
	return filepath.Clean(typed), nil
}

// saveText is what stands beside the field for the path.
func saveText(err error) string {
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
