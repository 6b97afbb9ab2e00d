package today

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// mouse tells of a mouse over the day as Fyne does: a press, what it drags, and its end, with a click
// where it did not move.
type mouse struct {
	*sample
	at    fyne.Position // of what is in sight
	moved bool
}

func (s *sample) mouse() *mouse { return &mouse{sample: s} }

// over is a place a little below a minute in a column, of what is in sight.
func (m *mouse) over(column, minute int) fyne.Position {
	g := m.page.grid
	return fyne.NewPos(g.x(column)+20, g.y(minute)+3).Subtract(g.scroll.Offset)
}

func (m *mouse) onSheet() fyne.PointEvent {
	return fyne.PointEvent{Position: m.at.Add(m.page.grid.scroll.Offset)}
}

func (m *mouse) down(at fyne.Position) {
	m.at, m.moved = at, false
	m.mouseDown(m.page.grid.body, m.onSheet().Position)
}

func (m *mouse) to(at fyne.Position) {
	m.at, m.moved = at, true
	m.page.grid.body.Dragged(&fyne.DragEvent{PointEvent: m.onSheet()})
	m.Settle()
}

func (m *mouse) up() {
	event := m.onSheet()
	body := m.page.grid.body
	body.MouseUp(&desktop.MouseEvent{PointEvent: event})
	if m.moved {
		body.DragEnd()
	} else {
		body.Tapped(&event)
	}
	m.Settle()
}

// wait lets time go by in small steps: the scrolling goes on by itself.
func (m *mouse) wait(d time.Duration) {
	for ; d > 0; d -= 5 * time.Millisecond {
		time.Sleep(5 * time.Millisecond) // of the bubble's time
		m.Settle()
	}
}

func (m *mouse) click(at fyne.Position) {
	m.down(at)
	m.up()
}

// scrollTo scrolls the day so far down.
func (s *sample) scrollTo(y float32) { s.page.grid.scrollTo(fyne.NewPos(0, y)) }

func (s *sample) wantOffset(want fyne.Position) {
	s.t.Helper()
	if got := s.page.grid.scroll.Offset; got != want {
		s.t.Errorf("the day is scrolled to %v, want %v", got, want)
	}
}

func (s *sample) wantDialog(title string, texts ...string) {
	s.t.Helper()
	d := s.dialog()
	if d == nil {
		s.t.Fatalf("no dialog, but %q", s.message())
	}
	got := strings.Join(textsIn(d), "\n")
	for _, text := range append(texts, title) {
		if !strings.Contains(got, text) {
			s.t.Errorf("the dialog says %q, not %q", got, text)
		}
	}
}

// textsIn are the texts of what is laid out in an object.
func textsIn(o fyne.CanvasObject) (all []string) {
	for _, o := range test.LaidOutObjects(o) {
		if text, ok := o.(interface{ Text() string }); ok {
			all = append(all, text.Text())
		}
	}
	return all
}

// rest moves the mouse to a place, with no button down.
func (m *mouse) rest(at fyne.Position) {
	m.at = at
	m.page.grid.body.MouseMoved(&desktop.MouseEvent{PointEvent: m.onSheet()})
	m.Settle()
}
