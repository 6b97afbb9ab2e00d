package widgets

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// InnerScroll is a scroller that lies in another one, such as a wide table on a page. Fyne gives the mouse wheel to the
// innermost one, and where that has nothing to scroll up and down it moves sideways, or nothing moves.
type InnerScroll struct{ container.Scroll }

// NewInnerScroll returns one around content.
func NewInnerScroll(direction container.ScrollDirection, content fyne.CanvasObject) *InnerScroll {
	s := &InnerScroll{}
	s.Direction, s.Content = direction, content
	s.ExtendBaseWidget(s)
	return s
}

// Children implements layouts.Parent.
func (s *InnerScroll) Children() []fyne.CanvasObject { return []fyne.CanvasObject{s.Content} }

// Scrolled implements fyne.Scrollable.
func (s *InnerScroll) Scrolled(e *fyne.ScrollEvent) { turnWheel(&s.Scroll, s, e) }

// turnWheel scrolls what can scroll the way the wheel turns: own, or else the innermost one around it. owner is the
// widget that own belongs to.
func turnWheel(own *container.Scroll, owner fyne.CanvasObject, e *fyne.ScrollEvent) {
	scrolls := []*container.Scroll{own}
	if c := canvasOf(owner); c != nil {
		for _, around := range slices.Backward(pathTo(rootOf(c), owner)) {
			if scroll := scrollOf(around); scroll != nil {
				scrolls = append(scrolls, scroll)
			}
		}
	}
	i := slices.IndexFunc(scrolls, func(s *container.Scroll) bool { return canTurn(s, e) })
	scrolls[max(0, i)].Scrolled(e)
}

// canTurn says that something lies out of sight the way the wheel turns.
func canTurn(s *container.Scroll, e *fyne.ScrollEvent) bool {
	content, size := s.Content.MinSize(), s.Size()
	if math.Abs(float64(e.Scrolled.DX)) > math.Abs(float64(e.Scrolled.DY)) {
		return s.Direction != container.ScrollVerticalOnly && isBeyond(s.Offset.X, e.Scrolled.DX, content.Width-size.Width)
	}
	return s.Direction != container.ScrollHorizontalOnly && isBeyond(s.Offset.Y, e.Scrolled.DY, content.Height-size.Height)
}

func isBeyond(offset, turned, most float32) bool {
	const least = 0.5 // less is not seen: rounded heights
	return turned < 0 && offset < most-least || turned > 0 && offset > least
}

// wheel lies unseen over a widget of Fyne's that has a scroller in it, and takes the mouse wheel in its place.
type wheel struct {
	widget.BaseWidget
	owner  fyne.CanvasObject
	scroll *container.Scroll
}

// Scrolled implements fyne.Scrollable.
func (w *wheel) Scrolled(e *fyne.ScrollEvent) { turnWheel(w.scroll, w.owner, e) }

// CreateRenderer implements fyne.Widget.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(&fyne.Container{})
}

// wheelRenderer adds a wheel to the renderer of a widget.
type wheelRenderer struct {
	fyne.WidgetRenderer
	wheel *wheel
}

func withWheel(r fyne.WidgetRenderer, owner fyne.CanvasObject) fyne.WidgetRenderer {
	for _, o := range r.Objects() {
		if scroll, ok := o.(*container.Scroll); ok {
			w := &wheel{owner: owner, scroll: scroll}
			w.ExtendBaseWidget(w)
			return &wheelRenderer{r, w}
		}
	}
	return r
}

func (r *wheelRenderer) Objects() []fyne.CanvasObject {
	return append(slices.Clip(r.WidgetRenderer.Objects()), r.wheel)
}

func (r *wheelRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.wheel.Resize(size)
}
