package screen

import (
	"fyne.io/fyne/v2"

	"anteroom/ui/widgets"
)

// WideCard is the width of a card that has more words than fields.
const WideCard = 560

// Page is what screens of one card have; they embed it.
type Page struct {
	Window  fyne.Window
	content *widgets.Page
}

// NewPage makes a page with a content. help is its topic in package help.
func NewPage(window fyne.Window, help string, content fyne.CanvasObject, options widgets.PageOptions) Page {
	options.Help = help
	return Page{Window: window, content: widgets.NewPage(content, options)}
}

// Content implements Screen.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Focus implements Screen: it gives the focus to the first empty field.
func (p *Page) Focus() { p.content.FocusFirst(p.Window.Canvas()) }

// FocusOn gives the focus to one widget.
func (p *Page) FocusOn(o fyne.Focusable) { p.Window.Canvas().Focus(o) }
