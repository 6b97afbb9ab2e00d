package today

import (
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"anteroom/ui/widgets"
)

const (
	clickMoves  = 6  // a press that moves less is a click
	scrollEdge  = 24 // of the part in sight: how near its end a mouse has it scroll
	edgeRest    = 400 * time.Millisecond
	scrollEvery = 25 * time.Millisecond
	scrollBy    = 2 // each time: three quarters of an hour in a second
)

// drag is one press of a mouse's button on the body, and what follows. What it hits is remembered
// when the button goes down: what is under it may be another thing when that comes up.
type drag struct {
	body  *gridBody
	after func(time.Duration, func()) (stop func())
	now   func() time.Time

	hit     spot
	visit   string
	minute  float32       // at which it was pressed
	pressed fyne.Position // of what is in sight
	atEnd   bool          // at the end of an appointment
	on      bool          // an appointment is being moved, or made longer
	over    bool          // nothing more comes of this press

	pointer fyne.Position // of what is in sight
	rested  fyne.Position // where it was when it began to rest
	toward  fyne.Position // where the body scrolls to, or is about to: -1, 0 or 1 each
	scrolls bool
	stop    func() // of the wait for the next bit; nil: there is none

	clicked   spot // by the click before, of a double click
	clickedAt time.Time
}

var (
	_ fyne.Tappable     = (*gridBody)(nil)
	_ fyne.Draggable    = (*gridBody)(nil)
	_ desktop.Mouseable = (*gridBody)(nil)
)

// MouseDown chooses what is there, without scrolling: a second press would hit another thing.
func (s *gridBody) MouseDown(e *desktop.MouseEvent) {
	widgets.Touched()
	d := &s.drag
	if d.on { // another button, or this one came up where the window did not hear of it
		d.cancel()
		return
	}
	s.hover.end()
	column, minute, visit := s.grid.at(e.Position)
	d.atEnd = visit != "" && s.grid.isAtEnd(column, visit, e.Position)
	widgets.FocusUnderMouse(s)
	s.grid.byMouse = true
	d.pressed, d.minute, d.on, d.over = e.Position.Subtract(s.grid.scroll.Offset), s.grid.minuteAt(e.Position.Y), false, false
	d.hit, d.visit = s.day.press(column, minute, visit), visit
	if e.Button > desktop.MouseButtonPrimary {
		d.visit = ""
		return
	}
	s.day.point(d.hit)
}

// MouseUp implements desktop.Mouseable.
func (s *gridBody) MouseUp(*desktop.MouseEvent) {}

// Tapped implements fyne.Tappable.
func (s *gridBody) Tapped(*fyne.PointEvent) {
	widgets.Touched()
	s.drag.click()
}

// Dragged implements fyne.Draggable.
func (s *gridBody) Dragged(e *fyne.DragEvent) {
	d := &s.drag
	d.pointer = e.Position.Subtract(s.grid.scroll.Offset)
	if !d.on && !d.over && !isNear(d.pointer, d.pressed) {
		d.on = d.visit != "" // before its ghost is shown, which is not to be scrolled to
		d.on = d.on && s.day.grab(d.visit, d.atEnd)
		d.over = !d.on
	}
	if !d.on || d.over {
		return
	}
	s.grid.byMouse = true
	d.follow()
	d.atEdge()
}

// DragEnd implements fyne.Draggable. Fyne makes no click of a press that moved at
// all.
func (s *gridBody) DragEnd() {
	d := &s.drag
	switch {
	case d.on && s.isCovered():
		d.cancel()
	case d.on:
		d.end()
		if s.day.isDragging() {
			s.day.drop()
		}
	case !d.over:
		d.click()
	}
}

// isCovered says that a dialog came over it meanwhile, or another page.
func (s *gridBody) isCovered() bool {
	c := fyne.CurrentApp().Driver().CanvasForObject(s)
	return c == nil || c.Overlays().Top() != nil
}

// click opens what two clicks in a row hit, if it is the same.
func (d *drag) click() {
	now, hit := d.now(), d.hit
	isSecond := d.clicked == hit && now.Sub(d.clickedAt) <= fyne.CurrentApp().Driver().DoubleTapDelay()
	d.clicked, d.clickedAt = hit, now
	if isSecond {
		d.clicked = spot{}
		d.body.day.open(hit)
	}
}

// end ends what goes on with the button down.
func (d *drag) end() {
	d.stopScrolling()
	d.on, d.over, d.clicked = false, true, spot{}
}

// cancel drops nothing.
func (d *drag) cancel() {
	if d.on {
		d.end()
		d.body.day.cancelDrag()
	}
}

// follow has what is being moved follow the mouse, and the part of the day under it.
func (d *drag) follow() {
	g := d.body.grid
	switch {
	case !d.on:
	case !d.body.day.isDragging(): // Esc, or somebody else changed it
		d.end()
	case !isIn(d.pointer, g.scroll.Size()):
		d.body.day.dragOutside()
	default:
		at := d.pointer.Add(g.scroll.Offset)
		column, _, _ := g.at(at)
		d.body.day.drag(column, int(math.Round(float64(g.minuteAt(at.Y)-d.minute))))
	}
}

// atEdge waits until the mouse rests near an end of what is in sight, then scrolls
// until it leaves. Along the end it may move for as long as it likes.
func (d *drag) atEdge() {
	toward := edgeAt(d.pointer, d.body.grid.scroll.Size())
	switch {
	case !d.on || toward.IsZero():
		d.stopScrolling()
	case d.stop != nil && toward == d.toward && (d.scrolls || isNear(d.pointer, d.rested)):
	default:
		d.stopScrolling()
		d.toward, d.rested = toward, d.pointer
		d.stop = d.after(edgeRest, d.scroll)
	}
}

func (d *drag) scroll() {
	g := d.body.grid
	d.scrolls, d.stop = true, nil
	if d.on && d.body.day.isDragging() && g.scrollTo(g.scroll.Offset.AddXY(scrollBy*d.toward.X, scrollBy*d.toward.Y)) && d.on {
		d.stop = d.after(scrollEvery, d.scroll)
	}
}

func (d *drag) stopScrolling() {
	if d.stop != nil {
		d.stop()
	}
	d.stop, d.scrolls = nil, false
}

// isNear says that a mouse did not really move.
func isNear(a, b fyne.Position) bool {
	return math.Hypot(float64(a.X-b.X), float64(a.Y-b.Y)) < clickMoves
}

func isIn(p fyne.Position, size fyne.Size) bool {
	return p.X >= 0 && p.Y >= 0 && p.X < size.Width && p.Y < size.Height
}

// edgeAt is toward which end of what is in sight a mouse is near it: -1, 0 or 1
// for each direction. Beyond them it is near none.
func edgeAt(p fyne.Position, size fyne.Size) fyne.Position {
	near := func(at, length float32) float32 {
		switch {
		case at < scrollEdge:
			return -1
		case at >= length-scrollEdge:
			return 1
		}
		return 0
	}
	if !isIn(p, size) {
		return fyne.Position{}
	}
	return fyne.NewPos(near(p.X, size.Width), near(p.Y, size.Height))
}
