package today

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/layouts"
)

// Lengths are for text at 100 %; those of columns grow half as fast as text, as gaps do.
const (
	perMinute   = 1.6 // so that a quarter of an hour has room for a line of text
	leastColumn = 150
	gap         = 8
)

const (
	hoursInSight = 7 // in a window that is high enough, the hours grow until there are so many
	leastHours   = 3 // large text must leave so many, as far as a quarter of an hour has room for small print
)

// scaleFor is how high a minute is, where the day has that height.
func scaleFor(height float32) float32 {
	scale := max(layouts.Scaled(perMinute), height/(hoursInSight*60))
	if most := height / (leastHours * 60); height > 0 && scale > most {
		scale = max(most, (layouts.SmallLineHeight()+1)/quarter)
	}
	return scale
}

// grid shows a day: a column for each practitioner under heads that stay, beside
// a time axis that stays. Of the appointments only those in sight are drawn.
type grid struct {
	content *fyne.Container
	bubble  *bubble
	scroll  *container.Scroll
	body    *gridBody
	head    *gridHead
	axis    *gridAxis

	view   gridView
	text   float32 // its size, when the body was arranged
	minute float32 // the height of one

	rescaled func() // the text has another size
	isAtNow  bool   // it is to show now, as soon as it has a size
	now      int    // minute of the day; -1: it is another day
	byMouse  bool   // it was used last, not a key: what is under it stays there
}

func newGrid() *grid {
	g := &grid{now: -1, rescaled: func() {}, minute: perMinute}
	g.body = newGridBody(g)
	g.head, g.axis = newGridHead(g), newGridAxis(g)
	g.scroll = container.NewScroll(g.body)
	g.scroll.OnScrolled = func(fyne.Position) { g.scrolled() }
	g.bubble = newBubble(g)
	g.content = container.New(gridLayout{g}, container.NewClip(g.head), container.NewClip(g.axis), g.scroll, g.bubble.content)
	return g
}

// show shows a day. The cursor comes into sight if it moved; else what is in sight
// stays there, also where the day begins earlier than before.
func (g *grid) show(v gridView) {
	was := g.view
	g.view = v
	resized := len(was.Columns) != len(v.Columns) || was.Shown != v.Shown
	if resized {
		g.scroll.Refresh() // the body has another size
		if was.Shown != (span{}) {
			g.scrollTo(g.scroll.Offset.AddXY(0, float32(was.Shown.from-v.Shown.from)*g.minute))
		}
	}
	if !resized && reflect.DeepEqual(was.Columns, v.Columns) { // as with each arrow key
		g.body.placeCursor()
		g.body.placeGhost()
	} else {
		g.body.arrange()
		g.head.Refresh()
	}
	if was.Shown != v.Shown {
		g.axis.Refresh()
	}
	switch {
	case v.Ghost.Column >= 0 && v.Ghost != was.Ghost:
		g.reveal(v.Ghost.Column, v.Ghost.span)
	case v.Cursor.Column >= 0 && (v.Cursor.span != was.Cursor.span || v.Cursor.Column != was.Cursor.Column || resized):
		g.reveal(v.Cursor.Column, v.Cursor.span)
	}
	g.body.hover.renew()
}

// setNow moves the now-line, and nothing else.
func (g *grid) setNow(minute int) {
	if minute != g.now {
		g.now = minute
		g.body.placeNow()
		g.axis.placeNow()
	}
}

// showNow brings now into the upper third of what is in sight: what is still to come has the room.
func (g *grid) showNow() {
	height := g.scroll.Size().Height
	g.isAtNow = height <= 0 || g.body.Size().Height <= 0
	if now := g.now; !g.isAtNow && now >= 0 {
		g.scrollTo(fyne.NewPos(g.scroll.Offset.X, g.y(now)-height/3))
	}
}

func (g *grid) scrolled() {
	g.placeSides()
	g.body.hover.end()
	g.body.arrange()
	g.body.drag.follow() // another time is under the mouse
}

// placeSides has the heads and the hours beside what is in sight.
func (g *grid) placeSides() {
	g.head.Move(fyne.NewPos(-g.scroll.Offset.X, 0))
	g.axis.Move(fyne.NewPos(0, -g.scroll.Offset.Y))
}

// scrollTo scrolls as far as there is something, and says whether it did.
func (g *grid) scrollTo(offset fyne.Position) bool {
	size, full := g.scroll.Size(), g.body.Size()
	offset.X = max(0, min(offset.X, full.Width-size.Width))
	offset.Y = max(0, min(offset.Y, full.Height-size.Height))
	if offset == g.scroll.Offset {
		return false
	}
	g.scroll.ScrollToOffset(offset)
	g.scrolled()
	return true
}

// revealMargin is what else is in sight around the cursor, in minutes.
const revealMargin = 30

// reveal scrolls until a part of the day is in sight. What a mouse points at is
// so, and does not move under it; nor does anything while it drags.
func (g *grid) reveal(column int, s span) {
	size := g.scroll.Size()
	if size.Height <= 0 || g.body.drag.on || g.byMouse && g.isInSight(column, s) {
		return
	}
	offset := g.scroll.Offset
	spare := int((size.Height - (g.y(s.to) - g.y(s.from))) / g.minute / 2) // minutes that have room on either side
	margin := max(0, min(revealMargin, spare))
	top, bottom := g.y(s.from-margin), g.y(s.to+margin)
	if bottom > offset.Y+size.Height {
		offset.Y = bottom - size.Height
	}
	offset.Y = min(offset.Y, top)
	left, right := g.x(column), g.x(column+1)
	if right > offset.X+size.Width {
		offset.X = right - size.Width
	}
	offset.X = min(offset.X, left)
	g.scrollTo(offset)
}

// isInSight says that some of a part of the day is.
func (g *grid) isInSight(column int, s span) bool {
	from, to := g.inSight()
	return g.x(column) < to.X && g.x(column+1) > from.X && g.y(s.from) < to.Y && g.y(s.to) > from.Y
}

// revealCursor brings the cursor, or what is being moved, into sight.
func (g *grid) revealCursor() {
	if ghost := g.view.Ghost; ghost.Column >= 0 {
		g.reveal(ghost.Column, ghost.span)
	} else if c := g.view.Cursor; c.Column >= 0 {
		g.reveal(c.Column, c.span)
	}
}

// resized keeps the cursor in sight where the text, and with it the day, became
// larger or smaller.
func (g *grid) resized() {
	was := g.text
	if g.text = theme.TextSize(); was == 0 || was == g.text {
		return
	}
	fyne.Do(func() { // when all has its new size
		g.scroll.Refresh()
		g.placeSides()
		g.revealCursor()
		g.rescaled()
	})
}

// rescale gives a minute the height that it has where the day has that one. What is at the top stays there.
func (g *grid) rescale(height float32) {
	was := g.minute
	if g.minute = scaleFor(height); g.minute != was {
		g.scroll.Offset.Y *= g.minute / was
		g.axis.Refresh()
	}
}

// y is how far down the body a minute of the day is.
func (g *grid) y(minute int) float32 {
	return float32(minute-g.view.Shown.from) * g.minute
}

// minuteAt is the minute of the day at a height of the body.
func (g *grid) minuteAt(y float32) float32 {
	return float32(g.view.Shown.from) + y/g.minute
}

// x is how far to the right a column begins.
func (g *grid) x(column int) float32 {
	return g.body.Size().Width / float32(max(1, len(g.view.Columns))) * float32(column)
}

// at is what is at a place of the body.
func (g *grid) at(p fyne.Position) (column, minute int, visit string) {
	minute = int(g.minuteAt(p.Y))
	if len(g.view.Columns) == 0 || p.X < 0 {
		return -1, minute, ""
	}
	column = min(int(p.X/g.x(1)), len(g.view.Columns)-1)
	for _, b := range g.view.Columns[column].Boxes {
		if at, size := g.boxPlace(column, b); p.X >= at.X && p.X < at.X+size.Width && p.Y >= at.Y && p.Y < at.Y+size.Height {
			return column, minute, b.ID
		}
	}
	return column, minute, ""
}

// boxPlace is where an appointment is drawn.
func (g *grid) boxPlace(column int, b box) (fyne.Position, fyne.Size) {
	const inset = 2 // between boxes, and to the lines of the columns
	left := g.x(column) + inset + 1
	width := (g.x(column+1) - left - 2*inset) / float32(b.Of)
	top := g.y(b.From)
	height := max(g.y(b.To)-top-1, layouts.SmallLineHeight())
	return fyne.NewPos(left+width*float32(b.Lane), top), fyne.NewSize(max(0, width-inset), height)
}

// inSight is the part of the body that is.
func (g *grid) inSight() (from fyne.Position, to fyne.Position) {
	from = g.scroll.Offset
	return from, from.Add(g.scroll.Size())
}

// gridLayout keeps the heads above and the axis beside what scrolls.
type gridLayout struct{ grid *grid }

func (gridLayout) sides() (left, top float32) {
	width := fyne.MeasureText("00:00", theme.TextSize(), fyne.TextStyle{}).Width
	return width + 2*gap, layouts.LineHeight() + gap
}

func (l gridLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left, top := l.sides()
	layouts.Place(objects[0], left, 0, size.Width-left, top)
	layouts.Place(objects[1], 0, top, left, size.Height-top)
	l.grid.rescale(size.Height - top)
	layouts.Place(objects[2], left, top, size.Width-left, size.Height-top)
	l.grid.placeSides() // the scale, or the size, may have another offset
	if l.grid.isAtNow {
		l.grid.showNow()
	}
}

func (l gridLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	left, top := l.sides()
	return fyne.NewSize(left+layouts.HalfScaled(leastColumn), top+8*layouts.LineHeight())
}

// setRectangle gives a rectangle a place and a colour of the theme.
func setRectangle(r *canvas.Rectangle, x, y, width, height float32, name fyne.ThemeColorName) {
	layouts.Place(r, x, y, width, height)
	if c := theme.Color(name); r.FillColor != c {
		r.FillColor = c
		r.Refresh()
	}
	r.Show()
}

// newText is a line of text that is never wrapped.
func newText(style fyne.TextStyle) *canvas.Text {
	t := canvas.NewText("", theme.Color(theme.ColorNameForeground))
	t.TextStyle = style
	return t
}

// setText gives a text its words, place and looks.
func setText(t *canvas.Text, text string, x, y, size float32, name fyne.ThemeColorName) {
	c := theme.Color(name)
	if t.Text != text || t.TextSize != size || t.Color != c {
		t.Text, t.TextSize, t.Color = text, size, c
		t.Refresh()
	}
	t.Move(fyne.NewPos(x, y))
	t.Resize(t.MinSize())
	t.Show()
}

// fit shortens text to a width.
func fit(text string, width, size float32, style fyne.TextStyle) string {
	if text == "" || fyne.MeasureText(text, size, style).Width <= width {
		return text
	}
	runes := []rune(text)
	few, many := 0, len(runes)
	for few < many {
		middle := (few + many + 1) / 2
		if fyne.MeasureText(string(runes[:middle])+"…", size, style).Width <= width {
			few = middle
		} else {
			many = middle - 1
		}
	}
	if few == 0 {
		return ""
	}
	return string(runes[:few]) + "…"
}
