package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// Drop is a sheet that a field lets down over the page. It is part of the window's content and no overlay of Fyne's:
// an overlay would take the keys from the field, and keep the menu's keys from the window.
type Drop struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

var (
	_ desktop.Hoverable = (*Drop)(nil)
	_ fyne.Scrollable   = (*Drop)(nil)
)

// NewDrop returns a sheet that is not shown yet.
func NewDrop(content fyne.CanvasObject) *Drop {
	d := &Drop{content: content}
	d.ExtendBaseWidget(d)
	d.Hide()
	return d
}

// Children implements layouts.Parent.
func (d *Drop) Children() []fyne.CanvasObject { return []fyne.CanvasObject{d.content} }

// CreateRenderer implements fyne.Widget.
func (d *Drop) CreateRenderer() fyne.WidgetRenderer {
	return &dropRenderer{drop: d, sheet: newSheet()}
}

type dropRenderer struct {
	drop  *Drop
	sheet *canvas.Rectangle
}

func (r *dropRenderer) Destroy() {}

func (r *dropRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.sheet, r.drop.content}
}

// dropEdge is between the edge of the sheet and what is on it.
const dropEdge = 2

func (r *dropRenderer) Layout(size fyne.Size) {
	r.sheet.Resize(size)
	layouts.Place(r.drop.content, dropEdge, dropEdge, size.Width-2*dropEdge, size.Height-2*dropEdge)
}

func (r *dropRenderer) MinSize() fyne.Size {
	return r.drop.content.MinSize().AddWidthHeight(2*dropEdge, 2*dropEdge)
}

func (r *dropRenderer) Refresh() {
	applySheetLooks(r.sheet)
	r.Layout(r.drop.Size())
	r.sheet.Refresh()
	r.drop.content.Refresh()
	canvas.Refresh(r.drop)
}

// What the mouse does on the sheet does not reach the page below it.

// Tapped implements fyne.Tappable.
func (d *Drop) Tapped(*fyne.PointEvent) {}

// MouseIn implements desktop.Hoverable.
func (d *Drop) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable.
func (d *Drop) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (d *Drop) MouseOut() {}

// Scrolled implements fyne.Scrollable.
func (d *Drop) Scrolled(*fyne.ScrollEvent) {}

// Below is content with a sheet over it, under a field in it. The sheet is at least so wide as width, for text at
// 100 %, and as high as height says, given the room there is.
func Below(content, field fyne.CanvasObject, drop *Drop, width float32, height func(room float32) float32) *fyne.Container {
	return &fyne.Container{
		Layout:  &belowFieldLayout{field: field, width: width, height: height},
		Objects: []fyne.CanvasObject{content, drop},
	}
}

type belowFieldLayout struct {
	field  fyne.CanvasObject
	width  float32
	height func(room float32) float32
}

func (l *belowFieldLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(l.field).Subtract(driver.AbsolutePositionForObject(objects[0]))
	width := min(max(l.field.Size().Width, layouts.Scaled(l.width)), size.Width-2*gap)
	left := max(gap, min(at.X, size.Width-gap-width))
	top := at.Y + l.field.Size().Height + ringGap
	layouts.Place(objects[1], left, top, width, min(l.height(size.Height-top-gap-2*dropEdge)+2*dropEdge, size.Height-top-gap))
}

// PlaceBelow puts the sheet of Below where it belongs by now. The content is not touched: it may be a large page.
func PlaceBelow(below *fyne.Container) { below.Layout.Layout(below.Objects, below.Size()) }

// MinSize is that of the content alone.
func (l *belowFieldLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize()
}
