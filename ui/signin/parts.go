package signin

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/resources"
	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
)

// footer is the end of a card: what goes on, a way back, the one button that
// goes on. Nothing in it moves.
type footer struct {
	line    *fyne.Container
	primary *widgets.Button
	busy    *widgets.Busy
	cancel  *widgets.Button
	shown   waiting
	what    string  // is done while the screen waits
	slow    string  // why it waits for long
	stops   waiting // from when on it offers Cancel
	message *widgets.Notice
}

// newFooter makes a footer that says what goes on while the screen waits. There
// may be no way back, and no primary button.
func newFooter(what string, back, primary *widgets.Button, cancel func()) *footer {
	f := &footer{
		primary: primary, busy: widgets.NewBusy(), cancel: widgets.NewLink(lang.L("Cancel"), cancel),
		what: what, slow: lang.L("Waiting for the keyring"), stops: stalled,
	}
	f.cancel.Hide()
	if back == nil {
		f.line = container.NewBorder(nil, nil, nil, orNothing(primary), f.middle())
	} else { // too narrow for all of it in one line
		f.line = widgets.NewColumn(f.middle(), container.NewBorder(nil, nil, back, orNothing(primary)))
	}
	return f
}

func (f *footer) middle() fyne.CanvasObject {
	return container.NewBorder(nil, nil, nil, f.cancel, f.busy)
}

// newMessageFooter is a footer that says what went wrong in the room where it
// says what goes on: it is never both.
func newMessageFooter(what string, back, primary *widgets.Button, cancel func()) *footer {
	f := newFooter(what, back, primary, cancel)
	f.message = widgets.NewNotice(widgets.Error, "")
	f.line = widgets.NewColumn(
		newRoom(2, container.NewStack(f.message, f.middle())),
		container.NewBorder(nil, nil, back, orNothing(primary)),
	)
	return f
}

// showMessage is show, and what went wrong before.
func (f *footer) showMessage(text string, w waiting, canSubmit bool) {
	if w >= lasting {
		text = ""
	}
	f.message.SetText(text)
	f.show(w, canSubmit)
}

// say says something else about what goes on, however long it takes.
func (f *footer) say(what string) {
	if f.what == what {
		return
	}
	f.what, f.slow = what, what
	if f.shown >= lasting {
		f.busy.Start(what)
	}
}

// orNothing keeps a nil button from becoming an object that is not nil.
func orNothing(b *widgets.Button) fyne.CanvasObject {
	if b == nil {
		return nil
	}
	return b
}

// show says how long the screen has been waiting, and whether it can be asked.
func (f *footer) show(w waiting, canSubmit bool) {
	if f.primary != nil {
		if canSubmit {
			f.primary.Enable()
		} else {
			f.primary.Disable()
		}
	}
	if f.shown == w {
		return
	}
	f.shown = w
	f.cancel.Hidden = w < f.stops
	switch w {
	case lasting:
		f.busy.Start(f.what)
	case stalled:
		f.busy.Start(f.slow)
	default:
		f.busy.Stop()
	}
	f.line.Refresh()
}

// logo is the program's sign, in the middle of a card.
func logo() fyne.CanvasObject {
	picture := canvas.NewImageFromResource(resources.Logo)
	picture.FillMode = canvas.ImageFillContain
	name := widgets.Subheading("Anteroom").OneLine()
	side := layouts.Exactly(func() float32 { return name.MinSize().Height * 1.25 })
	return container.NewCenter(container.NewHBox(container.New(layouts.MinSize{Width: side, Height: side}, picture), container.NewCenter(name)))
}

// newRoom keeps room for so many lines of text, whatever is in it.
func newRoom(lines int, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layouts.MinSize{Height: layouts.AtLeast(layouts.Lines(lines))}, o)
}

// newNarrow lets an object be narrower than it asks for.
func newNarrow(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layouts.MinSize{Width: layouts.Exactly(nil)}, o)
}

// wipe empties a password field and turns it back to bullets.
func wipe(fields ...*widgets.PasswordEntry) {
	for _, field := range fields {
		field.SetText("")
		field.SetShown(false)
	}
}

// page is what all screens have; they embed it.
type page struct {
	host    Host
	content *widgets.Page
}

func newPage(host Host, content fyne.CanvasObject, options widgets.PageOptions) page {
	return page{host: host, content: widgets.NewPage(content, options)}
}

// Content is what the window shows.
func (p *page) Content() fyne.CanvasObject { return p.content }

// Focus gives the focus to the first empty field.
func (p *page) Focus() { p.content.FocusFirst(p.host.Window.Canvas()) }

// focus gives the focus to one widget.
func (p *page) focus(o fyne.Focusable) { p.host.Window.Canvas().Focus(o) }
