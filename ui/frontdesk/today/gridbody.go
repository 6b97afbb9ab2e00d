package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
	"anteroom/ui/looks"
	"anteroom/ui/widgets"
)

// gridBody is the part of the grid that scrolls and takes keys and clicks.
type gridBody struct {
	widget.BaseWidget
	widgets.Control
	grid *grid
	day  *day // hears what a mouse does
	drag drag
	menu func() []widgets.MenuItem // what can be done where the cursor is

	ground  *canvas.Rectangle
	opens   pool[*canvas.Rectangle]
	lines   pool[*canvas.Rectangle]
	words   pool[*canvas.Text]
	boxes   []*boxItem
	past    *canvas.Rectangle // the part of today that is over
	hover   *hover
	nowLine *canvas.Rectangle
	ticks   pool[*canvas.Rectangle] // of the now-line, over the boxes that cover it
	free    *canvas.Text            // the time at the cursor, where it is free
	cursor  *canvas.Rectangle
	ghost   *ghostItem
	all     []fyne.CanvasObject
}

var (
	_ fyne.Focusable  = (*gridBody)(nil)
	_ fyne.Accessible = (*gridBody)(nil)
)

func newGridBody(g *grid) *gridBody {
	s := &gridBody{grid: g, ground: canvas.NewRectangle(nil), past: canvas.NewRectangle(nil), nowLine: canvas.NewRectangle(nil), cursor: canvas.NewRectangle(nil)}
	s.opens.make = func() *canvas.Rectangle { return canvas.NewRectangle(nil) }
	s.lines.make, s.ticks.make = s.opens.make, s.opens.make
	s.words.make = func() *canvas.Text { return newText(fyne.TextStyle{}) }
	s.free = newText(fyne.TextStyle{Bold: true})
	s.ghost = newGhostItem()
	s.drag.body = s
	s.hover = newHover(s)
	s.Init(s)
	s.DrawFocus(s.drawFocus)
	s.ExtendBaseWidget(s)
	return s
}

// TypedKey implements fyne.Focusable.
func (s *gridBody) TypedKey(key *fyne.KeyEvent) {
	s.grid.byMouse = false
	s.hover.end()
	s.Control.TypedKey(key)
	s.hover.keyed()
}

// TypedRune implements fyne.Focusable.
func (s *gridBody) TypedRune(r rune) {
	s.grid.byMouse = false
	s.Control.TypedRune(r)
}

// drawFocus shows where the keys go. Without them a drag ends: Esc would not be heard any more, for there is a dialog, a
// lock or another window.
func (s *gridBody) drawFocus() {
	if !s.HasFocus() {
		s.drag.cancel()
		s.hover.end()
	}
	s.placeCursor()
}

// AccessibilityLabel implements fyne.Accessible.
func (s *gridBody) AccessibilityLabel() string {
	if text := s.grid.view.Cursor.Text; text != "" {
		return text
	}
	return lang.L("Today")
}

// CreateRenderer implements fyne.Widget.
func (s *gridBody) CreateRenderer() fyne.WidgetRenderer {
	s.arrange()
	return &widgets.Renderer{Of: s, Parts: func() []fyne.CanvasObject { return s.all }, Arrange: func(fyne.Size) { s.laidOut() }, Least: s.least}
}

func (s *gridBody) least() fyne.Size {
	v := s.grid.view
	return fyne.NewSize(float32(len(v.Columns))*layouts.HalfScaled(leastColumn), float32(v.Shown.to-v.Shown.from)*s.grid.minute)
}

// laidOut follows another size, of the body or of text.
func (s *gridBody) laidOut() {
	s.arrange()
	s.grid.head.Refresh()
	s.grid.axis.Refresh()
	s.hover.renew()
}

// placeNow puts the now-line at its minute: behind the boxes, so that it strikes no name out, with a tick before them.
func (s *gridBody) placeNow() {
	v := s.grid.view.Shown
	s.ticks.used = 0
	defer s.ticks.hideRest()
	over := max(0, min(s.grid.now, v.to)-v.from)
	setRectangle(s.past, 0, 0, s.Size().Width, s.grid.y(v.from+over), looks.ColorNamePast)
	if now := s.grid.now; now < v.from || now >= v.to || s.Size().Width <= 0 {
		s.nowLine.Hide()
		return
	}
	y := s.grid.y(s.grid.now)
	setRectangle(s.nowLine, 0, y-1, s.Size().Width, 2, theme.ColorNameError)
	for i := range s.grid.view.Columns {
		setRectangle(s.ticks.next(), s.grid.x(i), y-2, barWidth+4, 4, theme.ColorNameError)
	}
}

// placeCursor shows where the cursor is, and whether the keys go there.
func (s *gridBody) placeCursor() {
	v := s.grid.view
	c := v.Cursor
	if c.Column < 0 || c.Column >= len(v.Columns) || v.Ghost.Column >= 0 {
		s.cursor.Hide()
		s.free.Hide()
		return
	}
	at, size := s.grid.boxPlace(c.Column, box{From: c.from, To: c.to, Of: 1})
	for _, b := range v.Columns[c.Column].Boxes {
		if b.ID == c.Visit {
			at, size = s.grid.boxPlace(c.Column, b)
		}
	}
	edge, width := theme.ColorNameInputBorder, float32(2)
	if s.HasFocus() {
		edge, width = theme.ColorNamePrimary, 3
	}
	fill := fyne.ThemeColorName("")
	s.free.Hide()
	if c.Visit == "" {
		fill = theme.ColorNameSelection
		setText(s.free, minuteText(c.from), at.X+gap, at.Y+(size.Height-layouts.LineHeight())/2, theme.TextSize(), theme.ColorNameForeground)
	}
	s.cursor.StrokeColor, s.cursor.StrokeWidth = theme.Color(edge), width
	s.cursor.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	s.cursor.FillColor = transparent
	if fill != "" {
		s.cursor.FillColor = theme.Color(fill)
	}
	layouts.Place(s.cursor, at.X-1, at.Y-1, size.Width+2, size.Height+2)
	s.cursor.Show()
	s.cursor.Refresh()
}

// placeGhost shows what is being moved, where it would be dropped.
func (s *gridBody) placeGhost() {
	v := s.grid.view
	if v.Ghost.Column < 0 || v.Ghost.Column >= len(v.Columns) {
		s.ghost.hide()
		return
	}
	at, size := s.grid.boxPlace(v.Ghost.Column, box{From: v.Ghost.from, To: v.Ghost.to, Of: 1})
	from, to := s.grid.inSight()
	s.ghost.show(v.Ghost, at, size, from, to)
}

// arrange puts what is in sight to its place.
func (s *gridBody) arrange() {
	if s.Size().Width <= 0 {
		return
	}
	s.grid.resized()
	size := s.Size()
	setRectangle(s.ground, 0, 0, size.Width, size.Height, looks.ColorNameOutside)
	s.arrangeGround()
	s.arrangeBoxes()
	s.placeNow()
	s.placeCursor()
	s.placeGhost()
	s.gather()
}
