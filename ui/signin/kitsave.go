package signin

import "fyne.io/fyne/v2/lang"

// kitFileName is what a saved kit is called.
func kitFileName() string { return lang.L("Anteroom recovery kit.pdf") }

// newSaver saves the kit that is shown.
func (k *kit) newSaver() saver {
	return saver{
		file:    kitFileName,
		ownDisk: func(path string) bool { return k.params.OwnDisk(path) },
		write:   func(path string) error { return k.params.Save(k.key, path) },
		run:     k.putOnPaper,
		canRun:  func() bool { return k.step == kitShown && k.task.waiting == idle },
		saved: func(said string) {
			k.said, k.failed = said, nil
			k.display.closeSave()
		},
		refresh: k.refresh,
	}
}
