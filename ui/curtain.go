package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// curtain stands before what must not be seen once the time to lock has come. It
// asks at each frame: the first one after that time shows a blank page, whatever
// timer is late. The same walk through the objects finds what is clicked, and
// what the Tab key reaches: behind the curtain that is nothing.
type curtain struct {
	widget.BaseWidget
	content fyne.CanvasObject
	isDrawn func() bool
	touched func() // the mouse moved over it
}

func newCurtain(content fyne.CanvasObject, isDrawn func() bool, touched func()) *curtain {
	c := &curtain{content: content, isDrawn: isDrawn, touched: touched}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer implements fyne.Widget.
func (c *curtain) CreateRenderer() fyne.WidgetRenderer {
	cover := canvas.NewRectangle(theme.Color(theme.ColorNameBackground))
	cover.Resize(c.Size())
	return &curtainRenderer{curtain: c, cover: cover}
}

// Children implements layouts.Parent.
func (c *curtain) Children() []fyne.CanvasObject {
	if c.isDrawn() {
		return nil
	}
	return []fyne.CanvasObject{c.content}
}

var _ desktop.Hoverable = (*curtain)(nil)

// MouseIn implements desktop.Hoverable.
func (c *curtain) MouseIn(*desktop.MouseEvent) { c.touched() }

// MouseMoved implements desktop.Hoverable.
func (c *curtain) MouseMoved(*desktop.MouseEvent) { c.touched() }

// MouseOut implements desktop.Hoverable.
func (c *curtain) MouseOut() { c.touched() }

type curtainRenderer struct {
	curtain *curtain
	cover   *canvas.Rectangle
}

// Objects implements fyne.WidgetRenderer.
func (r *curtainRenderer) Objects() []fyne.CanvasObject {
	if r.curtain.isDrawn() {
		return []fyne.CanvasObject{r.cover}
	}
	return []fyne.CanvasObject{r.curtain.content}
}

// Layout implements fyne.WidgetRenderer.
func (r *curtainRenderer) Layout(size fyne.Size) {
	r.cover.Resize(size)
	r.curtain.content.Resize(size)
}

// MinSize implements fyne.WidgetRenderer.
func (r *curtainRenderer) MinSize() fyne.Size { return r.curtain.content.MinSize() }

// Refresh implements fyne.WidgetRenderer.
func (r *curtainRenderer) Refresh() {
	r.cover.FillColor = theme.Color(theme.ColorNameBackground)
	r.cover.Refresh()
	r.curtain.content.Refresh()
}

// Destroy implements fyne.WidgetRenderer.
func (r *curtainRenderer) Destroy() {}
