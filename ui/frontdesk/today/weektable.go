package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
	"anteroom/ui/looks"
	"anteroom/ui/widgets"
)

// weekTable is a week: a row for each practitioner, a box for each day.
type weekTable struct {
	widget.BaseWidget
	widgets.ItemControl
	content *container.Scroll
	view    weekView
	choose  func(row, day int) (id string)
	byMouse bool // it was used last, not a key: what is under it stays there

	ground *canvas.Rectangle
	rects  pool[*canvas.Rectangle]
	texts  pool[*canvas.Text]
	bolds  pool[*canvas.Text]
	cursor *canvas.Rectangle
	all    []fyne.CanvasObject
}

var (
	_ fyne.Focusable      = (*weekTable)(nil)
	_ fyne.DoubleTappable = (*weekTable)(nil)
	_ desktop.Mouseable   = (*weekTable)(nil)
	_ fyne.Accessible     = (*weekTable)(nil)
)

func newWeekTable() *weekTable {
	t := &weekTable{ground: canvas.NewRectangle(nil), cursor: canvas.NewRectangle(transparent)}
	t.rects.make = func() *canvas.Rectangle { return canvas.NewRectangle(nil) }
	t.texts.make = func() *canvas.Text { return newText(fyne.TextStyle{}) }
	t.bolds.make = func() *canvas.Text { return newText(fyne.TextStyle{Bold: true}) }
	t.Init(t)
	t.DrawFocus(t.Refresh)
	t.Press = t.press
	t.ExtendBaseWidget(t)
	t.content = container.NewScroll(t)
	return t
}

func (t *weekTable) show(v weekView) {
	t.view = v
	t.content.Refresh()
	t.Refresh()
	t.reveal()
}

// sizes are the width of the names, of a day, and the heights of the head and of a row.
func (t *weekTable) sizes() (names, day, head, row float32) {
	names = layouts.HalfScaled(150)
	day = max(t.leastDay(), (t.Size().Width-names)/daysOfWeek)
	return names, day, layouts.LineHeight() + gap, layouts.LineHeight() + layouts.SmallLineHeight() + 3*gap
}

// leastDay is the width that a day has at least: that of its title.
func (t *weekTable) leastDay() float32 {
	least := layouts.HalfScaled(72)
	for _, d := range t.view.Days {
		least = max(least, fyne.MeasureText(d.Text, theme.TextSize(), fyne.TextStyle{Bold: true}).Width+2*gap)
	}
	return least
}

func (t *weekTable) cell(row, day int) (fyne.Position, fyne.Size) {
	names, width, head, height := t.sizes()
	return fyne.NewPos(names+width*float32(day)+2, head+height*float32(row)+2), fyne.NewSize(width-4, height-4)
}

func (t *weekTable) reveal() {
	at, size := t.cell(t.view.Row, t.view.Day)
	offset, window := t.content.Offset, t.content.Size()
	if window.Height <= 0 || t.byMouse && isIn(at.Subtract(offset), window) {
		return
	}
	offset.X = max(0, min(max(offset.X, at.X+size.Width+gap-window.Width), at.X-gap))
	offset.Y = max(0, min(max(offset.Y, at.Y+size.Height+gap-window.Height), at.Y-gap))
	if t.view.Row == 0 {
		offset.Y = 0 // with the days above it
	}
	if t.view.Day == 0 {
		offset.X = 0
	}
	t.content.ScrollToOffset(offset)
}

// TypedKey implements fyne.Focusable.
func (t *weekTable) TypedKey(key *fyne.KeyEvent) {
	t.byMouse = false
	t.Control.TypedKey(key)
}

// AccessibilityLabel implements fyne.Accessible.
func (t *weekTable) AccessibilityLabel() string { return t.view.Line }

// press chooses a day of a practitioner.
func (t *weekTable) press(at fyne.Position) (id string) {
	t.byMouse = true
	names, day, head, row := t.sizes()
	if at.X < names || at.Y < head {
		return ""
	}
	return t.choose(int((at.Y-head)/row), int((at.X-names)/day))
}

// CreateRenderer implements fyne.Widget.
func (t *weekTable) CreateRenderer() fyne.WidgetRenderer {
	t.arrange()
	return &widgets.Renderer{Of: t, Parts: func() []fyne.CanvasObject { return t.all }, Arrange: func(fyne.Size) { t.arrange() }, Least: func() fyne.Size {
		_, _, head, row := t.sizes()
		return fyne.NewSize(layouts.HalfScaled(150)+daysOfWeek*t.leastDay(), head+row*float32(max(1, len(t.view.Rows))))
	}}
}

func (t *weekTable) arrange() {
	t.rects.used, t.texts.used, t.bolds.used = 0, 0, 0
	names, day, head, row := t.sizes()
	main, small := theme.TextSize(), theme.CaptionTextSize()
	setRectangle(t.ground, 0, 0, t.Size().Width, head, theme.ColorNameHeaderBackground)
	for i, d := range t.view.Days {
		text := t.bolds.next()
		left := names + day*float32(i)
		if d.IsToday {
			setRectangle(t.rects.next(), left, 0, day, head, theme.ColorNameSelection)
		}
		setText(text, fit(d.Text, day-gap, main, text.TextStyle), left+gap, gap/2, main, theme.ColorNameForeground)
	}
	for i, r := range t.view.Rows {
		y := head + row*float32(i)
		side := layouts.LineHeight() * 0.7
		sign := t.rects.next()
		sign.CornerRadius = theme.Size(theme.SizeNameInputRadius)
		setRectangle(sign, gap, y+(row-side)/2, side, side, looks.Practitioner(r.Colour))
		name := t.bolds.next()
		setText(name, fit(r.Name, names-side-3*gap, main, name.TextStyle), side+2*gap, y+(row-layouts.LineHeight())/2, main, theme.ColorNameForeground)
		for j, c := range r.Cells {
			t.arrangeCell(i, j, c, main, small)
		}
	}
	t.rects.hideRest()
	t.texts.hideRest()
	t.bolds.hideRest()
	t.placeCursor()
	t.gather()
}

// arrangeCell draws a day: the number of visits, and a bar that is as full as it.
func (t *weekTable) arrangeCell(row, day int, c weekCell, main, small float32) {
	at, size := t.cell(row, day)
	ground := looks.ColorNameOutside
	if c.Open {
		ground = theme.ColorNameInputBackground
	}
	box := t.rects.next()
	box.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	setRectangle(box, at.X, at.Y, size.Width, size.Height, ground)
	style := fyne.TextStyle{}
	if !c.Open {
		setText(t.texts.next(), fit(c.Text, size.Width-2*gap, main, style), at.X+gap, at.Y+(size.Height-layouts.LineHeight())/2, main, theme.ColorNameForeground)
		return
	}
	count := t.bolds.next()
	setText(count, c.Text, at.X+gap, at.Y+gap/2, main, theme.ColorNameForeground)
	setText(t.texts.next(), fit(c.Sub, size.Width-2*gap, small, style), at.X+gap, at.Y+gap/2+layouts.LineHeight(), small, theme.ColorNamePlaceHolder)
	const bar = 6
	inside := size.Width - 2*gap
	setRectangle(t.square(), at.X+gap, at.Y+size.Height-bar-4, inside, bar, theme.ColorNameSeparator)
	if c.Fill > 0 {
		setRectangle(t.square(), at.X+gap, at.Y+size.Height-bar-4, inside*c.Fill, bar, theme.ColorNamePrimary)
	}
}

func (t *weekTable) square() *canvas.Rectangle {
	r := t.rects.next()
	r.CornerRadius = 0
	return r
}

func (t *weekTable) placeCursor() {
	if len(t.view.Rows) == 0 {
		t.cursor.Hide()
		return
	}
	at, size := t.cell(t.view.Row, t.view.Day)
	t.cursor.StrokeColor, t.cursor.StrokeWidth = theme.Color(theme.ColorNameInputBorder), 2
	if t.HasFocus() {
		t.cursor.StrokeColor, t.cursor.StrokeWidth = theme.Color(theme.ColorNamePrimary), 3
	}
	t.cursor.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	layouts.Place(t.cursor, at.X-1, at.Y-1, size.Width+2, size.Height+2)
	t.cursor.Show()
	t.cursor.Refresh()
}

func (t *weekTable) gather() {
	if len(t.all) == 2+len(t.rects.items)+len(t.texts.items)+len(t.bolds.items) {
		return
	}
	t.all = append(t.all[:0:0], t.ground)
	for _, o := range t.rects.items {
		t.all = append(t.all, o)
	}
	for i := range t.texts.items {
		t.all = append(t.all, t.texts.items[i])
	}
	for i := range t.bolds.items {
		t.all = append(t.all, t.bolds.items[i])
	}
	t.all = append(t.all, t.cursor)
}
