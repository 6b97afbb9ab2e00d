package screen

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/widgets"
)

// Dialogs are those open over a screen, which all close when it is left.
type Dialogs struct {
	Window fyne.Window
	OnOpen func() // before another one opens; nil: nobody asks
	open   []*Dialog
}

// Dialog is one of them.
type Dialog struct {
	*widgets.Dialog
	fields    map[auth.Field]*widgets.Field // by what errors are about
	all       *Dialogs
	wipe      func()
	cancelled func()
	isDocked  bool // it stands in a page: only questions over it are about it
	isCareful bool // it is a question
	isClosed  bool
}

// Show opens a dialog. It stays open until Close, or until it is cancelled; then wipe empties
// what was typed or shown in it. nil: nothing is to be wiped.
func (s *Dialogs) Show(options widgets.DialogOptions, wipe func()) *Dialog {
	if s.OnOpen != nil {
		s.OnOpen()
	}
	d := &Dialog{all: s, wipe: wipe, cancelled: options.OnCancel, isDocked: options.Dock != nil, isCareful: options.Careful}
	options.KeepOpen = true
	options.OnCancel = d.cancel
	d.Dialog = widgets.ShowDialog(s.Window, options)
	s.open = append(s.open, d)
	return d
}

// ShowForm is Show for a dialog whose inputs are named by what errors are about.
func (s *Dialogs) ShowForm(options widgets.DialogOptions, fields map[auth.Field]*widgets.Field, wipe func()) *Dialog {
	d := s.Show(options, wipe)
	d.fields = fields
	return d
}

// Top is the one that lies over the others; nil: none is open.
func (s *Dialogs) Top() *Dialog {
	if len(s.open) == 0 {
		return nil
	}
	return s.open[len(s.open)-1]
}

// CloseAll closes all, without cancelling what they ask for.
func (s *Dialogs) CloseAll() {
	for top := s.Top(); top != nil; top = s.Top() {
		top.close()
	}
}

// Close may be called twice. Those over it are cancelled: a question has an answer, whatever
// becomes of what it is about. Other dialogs were opened beside one that stands in a page.
func (d *Dialog) Close() {
	for !d.isClosed {
		over := d.over()
		if over == nil {
			d.close()
			return
		}
		over.cancel() // which may close d
	}
}

// over is the topmost of those that go with it; nil: none is over it.
func (d *Dialog) over() *Dialog {
	for _, other := range slices.Backward(d.all.open) {
		switch {
		case other == d:
			return nil
		case !d.isDocked || other.isCareful:
			return other
		}
	}
	return nil
}

func (d *Dialog) cancel() {
	if d.isClosed {
		return
	}
	d.Close()
	if d.cancelled != nil {
		d.cancelled()
	}
}

func (d *Dialog) close() {
	d.isClosed = true
	d.all.open = slices.DeleteFunc(d.all.open, func(other *Dialog) bool { return other == d })
	d.Dialog.Close()
	if d.wipe != nil {
		d.wipe()
	}
}

// Window is what it lies over.
func (d *Dialog) Window() fyne.Window { return d.all.Window }

// ShowProgress implements Form. What is wrong with a field stands beside it, and the focus goes
// there.
func (d *Dialog) ShowProgress(p Progress) {
	if d.isClosed { // the answer came after Cancel
		return
	}
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
	for _, field := range d.fields {
		field.SetError("")
	}
	field, ok := d.fields[p.Field]
	if !ok {
		d.SetError(p.Error)
		return
	}
	d.SetError("")
	field.SetError(p.Error)
	if input := focusable(field.Input()); input != nil {
		d.all.Window.Canvas().Focus(input)
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

// TurnOff turns a button off that has nothing to do any more, and takes the focus to the primary
// one, which has.
func (d *Dialog) TurnOff(button *widgets.Button) {
	if c := d.Window().Canvas(); c.Focused() == fyne.Focusable(button) {
		c.Focus(d.Primary())
	}
	button.Disable()
}
