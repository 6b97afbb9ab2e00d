package signin

import (
	"errors"

	"fyne.io/fyne/v2/lang"
)

// kitFileName is what a saved kit is called.
func kitFileName() string { return lang.L("Anteroom recovery kit.pdf") }

// openSave says that the dialog is shown, with nothing wrong yet.
func (k *kit) openSave() {
	k.save = saving{open: true, busy: k.save.busy}
	k.refresh()
}

// leaveSave says that the dialog was closed. What is being written is written.
func (k *kit) leaveSave() { k.save = saving{busy: k.save.busy} }

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
	path, err := WholePath(typed, kitFileName())
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
