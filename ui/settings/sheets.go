package settings

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
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

// showProgress shows how an act goes; what is wrong with a field stands beside
// it, and the focus goes there.
func showProgress(d *sheet, p progress, fields map[auth.Field]*widgets.Field) {
	doing := p.Doing
	if doing == "" {
		doing = lang.L("One moment…")
	}
	switch {
	case p.Whole:
		d.SetSaving(doing)
	case p.Busy:
		d.SetProgress(doing, p.Done, p.Total)
	default:
		d.SetBusy("")
	}
	for _, field := range fields {
		field.SetError("")
	}
	field, ok := fields[p.Field]
	if !ok {
		d.SetError(p.Error)
		return
	}
	d.SetError("")
	field.SetError(p.Error)
	if input := focusable(field.Input()); input != nil {
		d.all.window.Canvas().Focus(input)
	}
}

// focusable is what of an input takes the keys; nil: nothing.
func focusable(input fyne.CanvasObject) fyne.Focusable {
	switch input := input.(type) {
	case fyne.Focusable:
		return input
	case interface{ Focusable() fyne.Focusable }:
		return input.Focusable()
	}
	return nil
}
