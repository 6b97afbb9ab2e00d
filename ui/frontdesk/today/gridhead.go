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

func wordBreak() string  { return lang.L("break") }
func wordClosed() string { return lang.L("closed") }

// gridHead are the practitioners above their columns, with a sign of their colour.
type gridHead struct {
	widget.BaseWidget
	grid   *grid
	ground *canvas.Rectangle
	signs  pool[*canvas.Rectangle]
	names  pool[*canvas.Text]
	notes  pool[*canvas.Text]
	all    []fyne.CanvasObject
}

func newGridHead(g *grid) *gridHead {
	h := &gridHead{grid: g, ground: canvas.NewRectangle(nil)}
	h.signs.make = func() *canvas.Rectangle { return canvas.NewRectangle(nil) }
	h.names.make = func() *canvas.Text { return newText(fyne.TextStyle{Bold: true}) }
	h.notes.make = func() *canvas.Text { return newText(fyne.TextStyle{}) }
	h.ExtendBaseWidget(h)
	return h
}

func (h *gridHead) arrange() {
	g := h.grid
	width := g.body.Size().Width
	_, height := gridLayout{}.sides()
	setRectangle(h.ground, 0, 0, width, height, theme.ColorNameHeaderBackground)
	h.signs.used, h.names.used, h.notes.used = 0, 0, 0
	line := layouts.LineHeight()
	for i, c := range g.view.Columns {
		left, right := g.x(i), g.x(i+1)
		side := line * 0.7
		x := left + gap
		if c.Colour >= 0 {
			sign := h.signs.next()
			sign.CornerRadius = theme.Size(theme.SizeNameInputRadius)
			setRectangle(sign, x, gap/2+(line-side)/2, side, side, looks.Practitioner(c.Colour))
			x += side + gap
		}
		name := h.names.next()
		setText(name, fit(c.Name, right-x-gap, theme.TextSize(), name.TextStyle), x, gap/2, theme.TextSize(), theme.ColorNameForeground)
		x += name.MinSize().Width + gap
		note := c.Note
		if fyne.MeasureText(note, theme.CaptionTextSize(), fyne.TextStyle{}).Width > right-x-gap {
			note = "" // the column shows it, too
		}
		setText(h.notes.next(), note, x, gap/2+(line-layouts.SmallLineHeight())*0.7, theme.CaptionTextSize(), theme.ColorNamePlaceHolder)
	}
	h.signs.hideRest()
	h.names.hideRest()
	h.notes.hideRest()
	if len(h.all) == 1+len(h.signs.items)+len(h.names.items)+len(h.notes.items) {
		return
	}
	h.all = append(h.all[:0:0], h.ground)
	for _, o := range h.signs.items {
		h.all = append(h.all, o)
	}
	for i := range h.names.items {
		h.all = append(h.all, h.names.items[i], h.notes.items[i])
	}
}

// CreateRenderer implements fyne.Widget.
func (h *gridHead) CreateRenderer() fyne.WidgetRenderer {
	h.arrange()
	return &widgets.Renderer{Of: h, Parts: func() []fyne.CanvasObject { return h.all }, Arrange: func(fyne.Size) { h.arrange() }, Least: func() fyne.Size {
		_, height := gridLayout{}.sides()
		return fyne.NewSize(h.grid.body.Size().Width, height)
	}}
}

// gridAxis are the hours beside the columns, and the time it is now.
type gridAxis struct {
	widget.BaseWidget
	grid  *grid
	hours pool[*canvas.Text]
	sign  *canvas.Rectangle
	now   *canvas.Text
	all   []fyne.CanvasObject
}

func newGridAxis(g *grid) *gridAxis {
	a := &gridAxis{grid: g, sign: canvas.NewRectangle(nil), now: newText(fyne.TextStyle{Bold: true})}
	a.hours.make = func() *canvas.Text { return newText(fyne.TextStyle{}) }
	a.ExtendBaseWidget(a)
	return a
}

func (a *gridAxis) arrange() {
	g := a.grid
	a.hours.used = 0
	left, _ := gridLayout{}.sides()
	for minute := g.view.Shown.from; minute < g.view.Shown.to; minute += 30 {
		size := theme.TextSize()
		if minute%60 != 0 {
			size = theme.CaptionTextSize()
		}
		text := a.hours.next()
		width := fyne.MeasureText(minuteText(minute), size, fyne.TextStyle{}).Width
		setText(text, minuteText(minute), left-gap-width, g.y(minute)-1, size, theme.ColorNamePlaceHolder)
	}
	a.hours.hideRest()
	a.placeNow()
	if len(a.all) == len(a.hours.items)+2 {
		return
	}
	a.all = a.all[:0:0]
	for _, o := range a.hours.items {
		a.all = append(a.all, o)
	}
	a.all = append(a.all, a.sign, a.now)
}

// placeNow puts the time it is now beside the now-line, in the place of an hour that it would cover.
func (a *gridAxis) placeNow() {
	hours := a.hours.items[:a.hours.used]
	v := a.grid.view.Shown
	if now := a.grid.now; now < v.from || now >= v.to {
		a.sign.Hide()
		a.now.Hide()
		for _, hour := range hours {
			hour.Show()
		}
		return
	}
	left, _ := gridLayout{}.sides()
	size, style := theme.CaptionTextSize(), fyne.TextStyle{Bold: true}
	text := minuteText(a.grid.now)
	measured := fyne.MeasureText(text, size, style)
	top := max(0, a.grid.y(a.grid.now)-measured.Height/2)
	a.sign.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	setRectangle(a.sign, left-measured.Width-gap, top, measured.Width+gap, measured.Height, theme.ColorNameError)
	setText(a.now, text, left-measured.Width-gap/2, top, size, theme.ColorNameForegroundOnError)
	for _, hour := range hours {
		y := hour.Position().Y
		widgets.SetVisible(hour, y >= top+measured.Height || y+hour.Size().Height <= top)
	}
}

// CreateRenderer implements fyne.Widget.
func (a *gridAxis) CreateRenderer() fyne.WidgetRenderer {
	a.arrange()
	return &widgets.Renderer{Of: a, Parts: func() []fyne.CanvasObject { return a.all }, Arrange: func(fyne.Size) { a.arrange() }, Least: func() fyne.Size {
		left, _ := gridLayout{}.sides()
		return fyne.NewSize(left, a.grid.body.least().Height)
	}}
}
