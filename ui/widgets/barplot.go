package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

const (
	plotHeight = 64 // of the bars, for text at 100 %
	plotWidth  = 180
)

// barPlot is the part of Bars with the bars and the axis.
type barPlot struct {
	widget.BaseWidget
	bars    []Bar
	top     int // the end of the axis
	chosen  int // by the keys, or by a click
	hovered int // -1: none
	focused bool
	changed func() // another bar is to be told of

	raster                  *canvas.Raster
	ring                    *canvas.Rectangle
	end, zero, first, later *canvas.Text

	spoken string // what it is called while there is nothing to tell
}

var (
	_ fyne.Focusable    = (*barPlot)(nil)
	_ fyne.Tappable     = (*barPlot)(nil)
	_ desktop.Hoverable = (*barPlot)(nil)
)

func newBarPlot(changed func()) *barPlot {
	p := &barPlot{hovered: -1, changed: changed, ring: newRing()}
	p.end, p.zero = canvas.NewText("", color.Transparent), canvas.NewText("0", color.Transparent)
	p.first, p.later = canvas.NewText("", color.Transparent), canvas.NewText("", color.Transparent)
	p.raster = canvas.NewRaster(p.draw)
	p.raster.ScaleMode = canvas.ImageScalePixels
	p.ExtendBaseWidget(p)
	return p
}

func (p *barPlot) set(bars []Bar, first, last string) {
	if len(bars) != len(p.bars) {
		p.chosen, p.hovered = max(0, len(bars)-1), -1
	}
	p.bars, p.top = bars, top(bars)
	p.end.Text, p.first.Text, p.later.Text = short(p.top), first, last
	p.Refresh()
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
	p.chosen = max(0, min(i, len(p.bars)-1))
	p.tell()
}

func (p *barPlot) tell() {
	p.Refresh()
	p.changed()
}

// TypedKey implements fyne.Focusable.
func (p *barPlot) TypedKey(key *fyne.KeyEvent) {
	touched()
	p.hovered = -1
	switch key.Name {
	case fyne.KeyLeft:
		p.choose(p.chosen - 1)
	case fyne.KeyRight:
		p.choose(p.chosen + 1)
	case fyne.KeyHome:
		p.choose(0)
	case fyne.KeyEnd:
		p.choose(len(p.bars) - 1)
	default:
		PassKey(p, key)
	}
}

// TypedRune implements fyne.Focusable.
func (p *barPlot) TypedRune(r rune) { PassRune(p, r) }

// FocusGained implements fyne.Focusable.
func (p *barPlot) FocusGained() {
	p.focused = true
	p.Refresh()
	Reveal(p)
}

// FocusLost implements fyne.Focusable.
func (p *barPlot) FocusLost() {
	p.focused = false
	p.Refresh()
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
	return p.spoken
}

// AccessibilityRole implements fyne.Accessible.
func (p *barPlot) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (p *barPlot) CreateRenderer() fyne.WidgetRenderer {
	r := &barPlotRenderer{p}
	r.applyLooks()
	return r
}

type barPlotRenderer struct{ plot *barPlot }

func (r *barPlotRenderer) Destroy() {}

func (r *barPlotRenderer) Objects() []fyne.CanvasObject {
	p := r.plot
	return []fyne.CanvasObject{p.raster, p.end, p.zero, p.first, p.later, p.ring}
}

func (r *barPlotRenderer) MinSize() fyne.Size {
	line := r.plot.zero.MinSize().Height
	return fyne.NewSize(layouts.Scaled(plotWidth), line/2+layouts.Scaled(plotHeight)+line+gap)
}

// Layout keeps room for the ring at all sides, for half a line above the axis' end, and for a line below the bars.
func (r *barPlotRenderer) Layout(size fyne.Size) {
	p := r.plot
	line := p.zero.MinSize().Height
	left := gap/2 + max(p.end.MinSize().Width, p.zero.MinSize().Width) + gap/2
	height := size.Height - line/2 - line - gap
	layouts.Place(p.raster, left, gap/2+line/2, size.Width-left-gap/2, height)
	for text, y := range map[*canvas.Text]float32{p.end: gap / 2, p.zero: gap/2 + height} {
		width := text.MinSize().Width
		layouts.Place(text, left-gap/2-width, y, width, line)
	}
	below := gap/2 + line/2 + height
	layouts.Place(p.first, left, below, p.first.MinSize().Width, line)
	last := p.later.MinSize().Width
	layouts.Place(p.later, size.Width-gap/2-last, below, last, line)
	placeRingOn(p.ring, size)
}

func (r *barPlotRenderer) Refresh() {
	r.applyLooks()
	r.Layout(r.plot.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.plot)
}

func (r *barPlotRenderer) applyLooks() {
	p := r.plot
	for _, text := range []*canvas.Text{p.end, p.zero, p.first, p.later} {
		text.TextSize = theme.CaptionTextSize()
		text.Color = theme.Color(theme.ColorNamePlaceHolder)
	}
	refreshRing(p.ring, p.focused)
}
