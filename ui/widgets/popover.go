package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// Popover is a surface that a field lets down over the page. It is part of the window's content and no overlay of Fyne's:
// an overlay would take the keys from the field, and keep the menu's keys from the window.
type Popover struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

var (
	_ desktop.Hoverable = (*Popover)(nil)
	_ fyne.Scrollable   = (*Popover)(nil)
)

// NewPopover returns a surface that is not shown yet.
func NewPopover(content fyne.CanvasObject) *Popover {
	p := &Popover{content: content}
	p.ExtendBaseWidget(p)
	p.Hide()
	return p
}

// Children implements layouts.Parent.
func (p *Popover) Children() []fyne.CanvasObject { return []fyne.CanvasObject{p.content} }

// popoverEdge is between the edge of the surface and what is on it.
const popoverEdge = 2

// CreateRenderer implements fyne.Widget.
func (p *Popover) CreateRenderer() fyne.WidgetRenderer {
	surface := newSurface()
	return &Renderer{
		Of: p, Parts: parts(surface, p.content), Look: func() { applySurfaceLooks(surface) },
		Least: func() fyne.Size { return p.content.MinSize().AddWidthHeight(2*popoverEdge, 2*popoverEdge) },
		Arrange: func(size fyne.Size) {
			surface.Resize(size)
			layouts.Place(p.content, popoverEdge, popoverEdge, size.Width-2*popoverEdge, size.Height-2*popoverEdge)
		},
	}
}

// What the mouse does on the surface does not reach the page below it.

// Tapped implements fyne.Tappable.
func (p *Popover) Tapped(*fyne.PointEvent) {}

// MouseIn implements desktop.Hoverable.
func (p *Popover) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable.
func (p *Popover) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (p *Popover) MouseOut() {}

// Scrolled implements fyne.Scrollable.
func (p *Popover) Scrolled(*fyne.ScrollEvent) {}

// WithPopover is content with a surface over it, under a field in it. The surface is at least so wide as width, for text at
// 100 %, and as high as height says, given the room there is.
func WithPopover(content, field fyne.CanvasObject, popover *Popover, width float32, height func(room float32) float32) *fyne.Container {
	return &fyne.Container{
		Layout:  &popoverLayout{field: field, width: width, height: height},
		Objects: []fyne.CanvasObject{content, popover},
	}
}

type popoverLayout struct {
	field  fyne.CanvasObject
	width  float32
	height func(room float32) float32
}

func (l *popoverLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(l.field).Subtract(driver.AbsolutePositionForObject(objects[0]))
	width := min(max(l.field.Size().Width, layouts.Scaled(l.width)), size.Width-2*gap)
	left := max(gap, min(at.X, size.Width-gap-width))
	top := at.Y + l.field.Size().Height + ringGap
	layouts.Place(objects[1], left, top, width, min(l.height(size.Height-top-gap-2*popoverEdge)+2*popoverEdge, size.Height-top-gap))
}

// PlacePopover puts the popover of WithPopover where it belongs by now. The content is not touched: it may be a large page.
func PlacePopover(below *fyne.Container) { below.Layout.Layout(below.Objects, below.Size()) }

// MinSize is that of the content alone.
func (l *popoverLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize()
}
