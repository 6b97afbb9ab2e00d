package screen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/widgets"
)

// Footer is the end of a card: what goes on, a way back, the one button that
// goes on. Nothing in it moves.
type Footer struct {
	Line       *fyne.Container
	Primary    *widgets.Button
	Cancel     *widgets.Button
	CancelFrom Stage // when Cancel is offered
	Message    *widgets.Notice

	busy   *widgets.Busy
	shown  Stage
	doing  string // what is done while the screen waits
	reason string // why it waits for long
}

// NewFooter makes a footer that says what goes on while the screen waits. There
// may be no way back, and no primary button.
func NewFooter(doing string, back, primary *widgets.Button, cancel func()) *Footer {
	f := &Footer{
		Primary: primary, Cancel: widgets.NewLink(lang.L("Cancel"), cancel), CancelFrom: Stalled,
		busy: widgets.NewBusy(), doing: doing, reason: lang.L("Waiting for the keyring"),
	}
	f.Cancel.Hide()
	if back == nil {
		f.Line = container.NewBorder(nil, nil, nil, orNothing(primary), f.middle())
	} else { // too narrow for all of it in one line
		f.Line = widgets.NewColumn(f.middle(), container.NewBorder(nil, nil, back, orNothing(primary)))
	}
	return f
}

func (f *Footer) middle() fyne.CanvasObject {
	return container.NewBorder(nil, nil, nil, f.Cancel, f.busy)
}

// NewMessageFooter is a footer that says what went wrong in the room where it
// says what goes on: it is never both.
func NewMessageFooter(doing string, back, primary *widgets.Button, cancel func()) *Footer {
	f := NewFooter(doing, back, primary, cancel)
	f.Message = widgets.NewNotice(widgets.Error, "")
	f.Line = widgets.NewColumn(
		widgets.Room(2, container.NewStack(f.Message, f.middle())),
		container.NewBorder(nil, nil, back, orNothing(primary)),
	)
	return f
}

// orNothing keeps a nil button from becoming an object that is not nil.
func orNothing(b *widgets.Button) fyne.CanvasObject {
	if b == nil {
		return nil
	}
	return b
}

// Say says something else about what goes on, however long it takes.
func (f *Footer) Say(doing string) {
	if f.doing == doing {
		return
	}
	f.doing, f.reason = doing, doing
	if f.shown >= Lasting {
		f.busy.Start(doing)
	}
}

// Show says how long the screen has been waiting, and whether it can be asked.
func (f *Footer) Show(s Stage, canSubmit bool) {
	if f.Primary != nil {
		widgets.SetEnabled(f.Primary, canSubmit)
	}
	if f.shown == s {
		return
	}
	f.shown = s
	f.Cancel.Hidden = s < f.CancelFrom
	switch s {
	case Lasting, Long:
		f.busy.Start(f.doing)
	case Stalled:
		f.busy.Start(f.reason)
	default:
		f.busy.Stop()
	}
	f.Line.Refresh()
}

// ShowMessage is Show, and what went wrong before.
func (f *Footer) ShowMessage(text string, s Stage, canSubmit bool) {
	if s >= Lasting {
		text = ""
	}
	f.Message.SetText(text)
	f.Show(s, canSubmit)
}
