package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// PageOptions say what keys do on a page, wherever in it the focus is. A nil function leaves its key to the page
// around this one.
type PageOptions struct {
	OnEnter  func()
	OnEscape func()
	Keys     map[fyne.KeyName]func() // keys without modifiers, such as fyne.KeyF3
	Runes    map[rune]func()         // letters typed where no field is
	Help     string                  // the topic that says what the page is for, by its id (HelpAt); "": that of what is around it
}

// Page is a screen, or a pane of one, with a default action for Enter and a way back for Esc. Pages nest.
type Page struct {
	widget.BaseWidget
	content fyne.CanvasObject
	options PageOptions
}

// NewPage makes content a page.
func NewPage(content fyne.CanvasObject, options PageOptions) *Page {
	p := &Page{content: content, options: options}
	p.ExtendBaseWidget(p)
	return p
}

// SetHelp says by which topic to help, where what the page shows is another thing now.
func (p *Page) SetHelp(topic string) { p.options.Help = topic }

// FocusFirst gives the focus to the first empty field, or to the first widget that takes it. Call it once the page is
// on the canvas; from then on the page has its keys also while nothing is focused.
func (p *Page) FocusFirst(c fyne.Canvas) {
	hearUnfocusedKeys(c)
	if first := firstToFocus(p.content); first != nil {
		c.Focus(first)
	}
}

// CreateRenderer implements fyne.Widget.
func (p *Page) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(p.content)
}

// Children implements layouts.Parent.
func (p *Page) Children() []fyne.CanvasObject { return []fyne.CanvasObject{p.content} }

func (p *Page) takeKey(key *fyne.KeyEvent) bool {
	action := p.options.Keys[key.Name]
	switch {
	case isEnter(key):
		action = p.options.OnEnter
	case key.Name == fyne.KeyEscape:
		action = p.options.OnEscape
	}
	if action == nil {
		return false
	}
	action()
	return true
}

func (p *Page) takeRune(r rune) bool {
	action := p.options.Runes[r]
	if action != nil {
		action()
	}
	return action != nil
}
