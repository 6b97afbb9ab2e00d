package widgets

import (
	"image"
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

const (
	plotHeight = 200 // of the bars, for text at 100 %
	plotWidth  = 180
)

// Bar is one bar of a BarChart: two numbers, one on top of the other, and the same in words.
type Bar struct {
	Lower, Upper int
	Text         string
}

// BarChart has bars beside each other, each of two parts. A sentence below tells of one of them: of the one under the
// mouse, or that the arrows, Home and End go to; at first of the last. The parts differ by pattern, not by colour alone.
type BarChart struct {
	widget.BaseWidget
	plot    *barPlot
	text    *Text
	content *fyne.Container
}

// NewBarChart returns a chart without bars; the names are those of the lower and the upper parts.
func NewBarChart(lower, upper string) *BarChart {
	b := &BarChart{text: Paragraph("")}
	b.plot = newBarPlot(b.showText)
	b.plot.Spoken = lower + ", " + upper
	legend := container.NewHBox(newPatternSample(solid), Small(lower).OneLine(), newPatternSample(hatched), Small(upper).OneLine())
	b.content = NewColumn(legend, b.plot, b.text)
	b.ExtendBaseWidget(b)
	return b
}

// Set shows bars, and labels below the first and the last one.
func (b *BarChart) Set(bars []Bar, first, last string) {
	p := b.plot
	if len(bars) != len(p.bars) {
		p.chosen, p.hovered = max(0, len(bars)-1), -1
	}
	p.bars, p.top = bars, axisEnd(bars)
	p.end.Text, p.first.Text, p.last.Text = short(p.top), first, last
	p.tell()
}

// SetText shows a sentence in the place of that of a bar, as long as there are none.
func (b *BarChart) SetText(text string) {
	if len(b.plot.bars) == 0 {
		b.text.SetText(text)
	}
}

// Text is the sentence shown.
func (b *BarChart) Text() string { return b.text.Text() }

// Focusable is the part that takes the focus and the keys.
func (b *BarChart) Focusable() fyne.Focusable { return b.plot }

// Children implements layouts.Parent.
func (b *BarChart) Children() []fyne.CanvasObject { return []fyne.CanvasObject{b.plot} }

// CreateRenderer implements fyne.Widget.
func (b *BarChart) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.content) }

func (b *BarChart) showText() { b.text.SetText(b.plot.text()) }

// axisEnd is the next of 5, 10, 20, 50, 100, 200, …
func axisEnd(bars []Bar) int {
	most := 5
	for _, bar := range bars {
		most = max(most, bar.Lower+bar.Upper)
	}
	for power := 1; ; power *= 10 {
		for _, digit := range []int{1, 2, 5} {
			if end := digit * power; end >= most {
				return end
			}
		}
	}
}

// short keeps the label of the axis narrow: "20k" for 20000.
func short(n int) string {
	switch {
	case n >= 1e6:
		return strconv.Itoa(n/1e6) + "M"
	case n >= 1e4:
		return strconv.Itoa(n/1e3) + "k"
	}
	return strconv.Itoa(n)
}

// barPlot is the part of a BarChart with the bars and the axis.
type barPlot struct {
	widget.BaseWidget
	Control
	bars    []Bar
	top     int // the end of the axis
	chosen  int // by the keys, or by a click
	hovered int // -1: none
	changed func()

	raster                 *canvas.Raster
	ring                   *canvas.Rectangle
	end, zero, first, last *canvas.Text
}

var (
	_ fyne.Focusable    = (*barPlot)(nil)
	_ fyne.Tappable     = (*barPlot)(nil)
	_ desktop.Hoverable = (*barPlot)(nil)
)

func newBarPlot(changed func()) *barPlot {
	p := &barPlot{hovered: -1, changed: changed, ring: newRing(), end: &canvas.Text{}, zero: &canvas.Text{Text: "0"}, first: &canvas.Text{}, last: &canvas.Text{}}
	p.raster = canvas.NewRaster(p.draw)
	p.raster.ScaleMode = canvas.ImageScalePixels
	p.Keys = map[fyne.KeyName]func(){
		fyne.KeyLeft:  func() { p.choose(p.chosen - 1) },
		fyne.KeyRight: func() { p.choose(p.chosen + 1) },
		fyne.KeyHome:  func() { p.choose(0) },
		fyne.KeyEnd:   func() { p.choose(len(p.bars) - 1) },
	}
	p.Init(p)
	p.ExtendBaseWidget(p)
	return p
}

// told is the bar that the sentence is about; -1: there are none.
func (p *barPlot) told() int {
	switch {
	case p.hovered >= 0 && p.hovered < len(p.bars):
		return p.hovered
	case p.chosen < len(p.bars):
		return p.chosen
	}
	return -1
}

func (p *barPlot) text() string {
	if i := p.told(); i >= 0 {
		return p.bars[i].Text
	}
	return ""
}

func (p *barPlot) choose(i int) {
	p.chosen, p.hovered = max(0, min(i, len(p.bars)-1)), -1
	p.tell()
}

func (p *barPlot) tell() {
	p.Refresh()
	p.changed()
}

// Tapped chooses the bar under the mouse.
func (p *barPlot) Tapped(at *fyne.PointEvent) {
	touched()
	FocusUnderMouse(p)
	if i := p.barAt(at.Position.X); i >= 0 {
		p.choose(i)
	}
}

// MouseIn implements desktop.Hoverable.
func (p *barPlot) MouseIn(at *desktop.MouseEvent) { p.MouseMoved(at) }

// MouseMoved implements desktop.Hoverable.
func (p *barPlot) MouseMoved(at *desktop.MouseEvent) { p.hover(p.barAt(at.Position.X)) }

// MouseOut implements desktop.Hoverable.
func (p *barPlot) MouseOut() { p.hover(-1) }

func (p *barPlot) hover(i int) {
	if i != p.hovered {
		p.hovered = i
		p.tell()
	}
}

// barAt is the bar at a place, or -1.
func (p *barPlot) barAt(x float32) int {
	x -= p.raster.Position().X
	if width := p.raster.Size().Width; x >= 0 && x < width {
		return int(x * float32(len(p.bars)) / width)
	}
	return -1
}

// AccessibilityLabel implements fyne.Accessible.
func (p *barPlot) AccessibilityLabel() string {
	if text := p.text(); text != "" {
		return text
	}
	return p.Spoken
}

// CreateRenderer implements fyne.Widget.
func (p *barPlot) CreateRenderer() fyne.WidgetRenderer {
	r := &Renderer{Of: p, Parts: parts(p.raster, p.end, p.zero, p.first, p.last, p.ring), Look: p.look, Arrange: p.arrange}
	r.Least = func() fyne.Size {
		line := p.zero.MinSize().Height
		return fyne.NewSize(layouts.Scaled(plotWidth), line/2+layouts.Scaled(plotHeight)+line+gap)
	}
	return r.looking()
}

// arrange keeps room for the ring at all sides, for half a line above the axis' end, and for a line below the bars.
func (p *barPlot) arrange(size fyne.Size) {
	line := p.zero.MinSize().Height
	left := gap/2 + max(p.end.MinSize().Width, p.zero.MinSize().Width) + gap/2
	height := size.Height - line/2 - line - gap
	layouts.Place(p.raster, left, gap/2+line/2, size.Width-left-gap/2, height)
	put := func(text *canvas.Text, right, y float32) {
		width := text.MinSize().Width
		layouts.Place(text, right-width, y, width, line)
	}
	put(p.end, left-gap/2, gap/2)
	put(p.zero, left-gap/2, gap/2+height)
	put(p.first, left+p.first.MinSize().Width, gap/2+line/2+height)
	put(p.last, size.Width-gap/2, gap/2+line/2+height)
	placeRingOn(p.ring, size)
}

func (p *barPlot) look() {
	for _, text := range []*canvas.Text{p.end, p.zero, p.first, p.last} {
		text.TextSize, text.Color = theme.CaptionTextSize(), theme.Color(theme.ColorNamePlaceHolder)
	}
	refreshRing(p.ring, p.focused)
}

// draw makes a picture of the bars of that many of the screen's pixels.
func (p *barPlot) draw(width, height int) image.Image {
	picture := image.NewNRGBA(image.Rect(0, 0, width, height))
	unit, count := unitOf(width, p.raster.Size().Width), len(p.bars)
	ground := height - unit
	high := func(n int) int { // the smallest is seen all the same
		return min(n, 1) * max(3*unit, n*(ground-unit)/max(1, p.top))
	}
	for i, bar := range p.bars {
		left, right := i*width/count, (i+1)*width/count
		if i == p.told() {
			fill(picture, image.Rect(left, 0, right, height), theme.ColorNameSelection)
		}
		inset := max(1, (right-left)/6)
		middle := ground - high(bar.Lower)
		solid(picture, image.Rect(left+inset, middle, right-inset, ground), unit)
		if bar.Lower > 0 && bar.Upper > 0 {
			middle -= unit // or the two would run into each other
		}
		hatched(picture, image.Rect(left+inset, middle-high(bar.Upper), right-inset, middle), unit)
	}
	fill(picture, image.Rect(0, ground, width, height), theme.ColorNameInputBorder)
	fill(picture, image.Rect(0, 0, width, unit), theme.ColorNameSeparator)
	return picture
}

// unitOf is how many pixels of the screen a length of 1 has.
func unitOf(pixels int, length float32) int {
	if length <= 0 {
		return 1
	}
	return max(1, int(float32(pixels)/length+0.5))
}

// pattern fills a part of a picture.
type pattern func(picture *image.NRGBA, at image.Rectangle, unit int)

func solid(picture *image.NRGBA, at image.Rectangle, _ int) {
	fill(picture, at, theme.ColorNamePrimary)
}

// hatched is an edge, and stripes in it.
func hatched(picture *image.NRGBA, at image.Rectangle, unit int) {
	at = at.Intersect(picture.Bounds())
	inside := at.Inset(unit)
	paint(picture, at, theme.ColorNameError, func(x, y int) bool {
		return (x+y)%(4*unit) < 2*unit || !(image.Point{X: x, Y: y}).In(inside)
	})
}

func fill(picture *image.NRGBA, at image.Rectangle, name fyne.ThemeColorName) {
	paint(picture, at, name, func(int, int) bool { return true })
}

func paint(picture *image.NRGBA, at image.Rectangle, name fyne.ThemeColorName, is func(x, y int) bool) {
	at, ink := at.Intersect(picture.Bounds()), nrgba(name)
	for y := at.Min.Y; y < at.Max.Y; y++ {
		for x := at.Min.X; x < at.Max.X; x++ {
			if is(x, y) {
				picture.SetNRGBA(x, y, ink)
			}
		}
	}
}

// nrgba is a colour of the theme for a picture.
func nrgba(name fyne.ThemeColorName) color.NRGBA {
	return color.NRGBAModel.Convert(theme.Color(name)).(color.NRGBA)
}

// newPatternSample shows a pattern in a legend.
func newPatternSample(p pattern) fyne.CanvasObject {
	var raster *canvas.Raster
	raster = canvas.NewRaster(func(width, height int) image.Image {
		picture := image.NewNRGBA(image.Rect(0, 0, width, height))
		side := min(width, height) * 2 / 3
		top := (height - side) / 2
		p(picture, image.Rect(width-side, top, width, top+side), unitOf(width, raster.Size().Width))
		return picture
	})
	raster.ScaleMode = canvas.ImageScalePixels
	raster.SetMinSize(fyne.NewSquareSize(layouts.Scaled(2 * gap)))
	return raster
}
