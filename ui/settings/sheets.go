package settings

import (
	"slices"

	"fyne.io/fyne/v2"

	"anteroom/ui/widgets"
)

// sheets are the dialogs open over the settings. All close when the settings
// are left.
type sheets struct {
	window fyne.Window
	open   []*sheet // the topmost last
}

// sheet is a dialog that wipes, when it closes, what was typed or shown in it.
type sheet struct {
	*widgets.Dialog
	all  *sheets
	wipe func()
}

// show opens a dialog. It stays open until close, or until it is cancelled.
func (s *sheets) show(options widgets.DialogOptions, wipe func()) *sheet {
	opened := &sheet{all: s, wipe: wipe}
	cancelled := options.OnCancel
	options.KeepOpen = true
	options.OnCancel = func() {
		opened.close()
		if cancelled != nil {
			cancelled()
		}
	}
	opened.Dialog = widgets.ShowDialog(s.window, options)
	s.open = append(s.open, opened)
	return opened
}

// close may be called twice.
func (s *sheet) close() {
	s.Dialog.Close()
	s.wipe()
	s.all.open = slices.DeleteFunc(s.all.open, func(other *sheet) bool { return other == s })
}

func (s *sheets) closeAll() {
	for len(s.open) > 0 {
		s.open[len(s.open)-1].close()
	}
}

func nothingToWipe() {}
