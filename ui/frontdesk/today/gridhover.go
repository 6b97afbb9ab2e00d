package today

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"anteroom/data"
	"anteroom/ui/layouts"
)

// bubbleAfter is how long the mouse, or the cursor, rests on an appointment before all of it is told.
const bubbleAfter = 400 * time.Millisecond

// hover is what the mouse points at without a button down: a free time is lit, of an appointment all is told.
type hover struct {
	body *gridBody
	face *canvas.Rectangle
	time *canvas.Text

	lit   slotAt // the free time that is lit
	visit string // that is told of, or about to be; "": none is
	edge  bool   // the mouse is at the end of one, where it is made longer
	stop  func() // the wait
}

// slotAt is a free time of a column.
type slotAt struct {
	column int
	span
}

var (
	_ desktop.Hoverable  = (*gridBody)(nil)
	_ desktop.Cursorable = (*gridBody)(nil)
)

func newHover(s *gridBody) *hover {
	h := &hover{body: s, face: canvas.NewRectangle(nil), time: newText(fyne.TextStyle{}), stop: func() {}}
	h.face.Hide()
	h.time.Hide()
	return h
}

// MouseIn implements desktop.Hoverable.
func (s *gridBody) MouseIn(e *desktop.MouseEvent) { s.hover.moved(e.Position) }

// MouseMoved implements desktop.Hoverable.
func (s *gridBody) MouseMoved(e *desktop.MouseEvent) { s.hover.moved(e.Position) }

// MouseOut implements desktop.Hoverable.
func (s *gridBody) MouseOut() { s.hover.end() }

// Cursor implements desktop.Cursorable.
func (s *gridBody) Cursor() desktop.Cursor {
	if s.hover.edge {
		return desktop.VResizeCursor
	}
	return desktop.DefaultCursor
}

func (h *hover) moved(at fyne.Position) {
	g := h.body.grid
	column, minute, visit := g.at(at)
	h.edge = visit != "" && g.isAtEnd(column, visit, at)
	h.light(column, minute, visit)
	switch {
	case visit == h.visit:
	case visit == "":
		h.forget()
	default:
		h.tell(visit)
	}
}

// light lights the free time under the mouse, and says when it is.
func (h *hover) light(column, minute int, visit string) {
	s, g := h.body, h.body.grid
	free, ok := s.day.freeAt(column, minute)
	if !ok || visit != "" || s.drag.on {
		h.dim()
		return
	}
	lit := slotAt{column, free.span}
	if h.lit == lit && h.face.Visible() {
		return
	}
	h.lit = lit
	at, size := g.boxPlace(column, box{From: free.from, To: free.to, Of: 1})
	h.face.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	setRectangle(h.face, at.X, at.Y, size.Width, size.Height, theme.ColorNameSelection)
	setText(h.time, minuteText(free.from), at.X+gap, at.Y+(size.Height-layouts.LineHeight())/2, theme.TextSize(), theme.ColorNameForeground)
	if cursor := g.view.Cursor; cursor.Visit == "" && cursor.Column == column && cursor.from == free.from {
		h.time.Hide() // it stands there already
	}
	canvas.Refresh(s)
}

// dim lights nothing any more.
func (h *hover) dim() {
	if h.face.Visible() {
		h.face.Hide()
		h.time.Hide()
		canvas.Refresh(h.body)
	}
}

// tell tells of an appointment once the mouse, or the cursor, has rested on it; of the next one at once.
func (h *hover) tell(visit string) {
	wasTold := h.body.grid.bubble.isShown()
	h.forget()
	h.visit = visit
	if wasTold {
		h.show()
		return
	}
	h.stop = h.body.drag.after(bubbleAfter, h.show)
}

func (h *hover) show() {
	g := h.body.grid
	for i, c := range g.view.Columns {
		for _, b := range c.Boxes {
			if b.ID != h.visit {
				continue
			}
			if a, ok := h.body.day.about(b.ID); ok {
				at, size := g.boxPlace(i, b)
				g.bubble.show(a, at.Subtract(g.scroll.Offset).Add(g.scroll.Position()), size)
			}
			return
		}
	}
}

// keyed tells of the appointment that a key led to.
func (h *hover) keyed() {
	v := h.body.grid.view
	if h.body.HasFocus() && v.Cursor.Column >= 0 && v.Cursor.Visit != "" && v.Ghost.Column < 0 {
		h.tell(v.Cursor.Visit)
	}
}

// forget tells nothing any more.
func (h *hover) forget() {
	h.stop()
	h.visit, h.stop = "", func() {}
	h.body.grid.bubble.hide()
}

// end lights nothing, and tells nothing.
func (h *hover) end() {
	h.forget()
	h.edge = false
	h.dim()
}

// freeAt is the free time at a place of the day.
func (d *day) freeAt(column, minute int) (s stop, ok bool) {
	if column < 0 || column >= len(d.columns) || d.columns[column].ID == "" || d.moving != nil {
		return stop{}, false
	}
	for _, s := range d.columns[column].stops(d.shownOf) {
		if s.visit == "" && s.far(minute) == 0 {
			return s, true
		}
	}
	return stop{}, false
}

// endRoom is how near its end the mouse has to be to make an appointment longer.
const endRoom = 5

// isAtEnd says that the mouse is at the end of an appointment that can be moved.
func (g *grid) isAtEnd(column int, visit string, at fyne.Position) bool {
	if column < 0 {
		return false
	}
	for _, b := range g.view.Columns[column].Boxes {
		if b.ID == visit {
			from, size := g.boxPlace(column, b)
			return canMove(b.Status) && b.Status != data.Arrived && size.Height >= 3*endRoom && at.Y >= from.Y+size.Height-endRoom
		}
	}
	return false
}
