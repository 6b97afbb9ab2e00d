package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// tipAfter is how long the mouse rests before a tip comes.
const tipAfter = 500 * time.Millisecond

// TipLayer is content with room over it for tips: a line beside what the mouse rests on. Menus that are let down over it
// open on a canvas of its own.
type TipLayer struct {
	widget.BaseWidget
	content fyne.CanvasObject
	canvas  fyne.Canvas // nil: that of the window
	after   func(time.Duration, func()) (stop func())
	surface *canvas.Rectangle
	text    *canvas.Text
	of      fyne.CanvasObject // that the tip is about; nil: none is shown, or about to be
	stop    func()
}

// NewTipLayer makes one. Menus open on c, or where that is nil on the window itself. after calls a function on the UI goroutine once that time has passed, unless stop was called.
func NewTipLayer(content fyne.CanvasObject, c fyne.Canvas, after func(time.Duration, func()) (stop func())) *TipLayer {
	l := &TipLayer{content: content, canvas: c, after: after, surface: newSurface(), text: canvas.NewText("", nil), stop: func() {}}
	l.surface.Hide()
	l.text.Hide()
	l.ExtendBaseWidget(l)
	return l
}

// Children implements layouts.Parent.
func (l *TipLayer) Children() []fyne.CanvasObject { return []fyne.CanvasObject{l.content} }

// CreateRenderer implements fyne.Widget.
func (l *TipLayer) CreateRenderer() fyne.WidgetRenderer {
	return &Renderer{
		Of: l, Parts: parts(l.content, l.surface, l.text), Least: l.content.MinSize,
		Arrange: func(size fyne.Size) { l.content.Resize(size) },
		Look:    l.hide, // what it is about has another look, or another place
	}
}

// tipped is the layer that has a tip, or will have one.
var tipped *TipLayer

// hideTip takes away what tip there is.
func hideTip() {
	if tipped != nil {
		tipped.hide()
	}
}

// showTip says what an object is for once the mouse has rested on it, or takes that away. Where there is no layer, nothing
// is said.
func showTip(of fyne.CanvasObject, text string, on bool) {
	if tipped != nil && tipped.of == of {
		tipped.hide()
	}
	if !on || text == "" {
		return
	}
	if l := tipLayerOf(of); l != nil {
		hideTip()
		tipped, l.of = l, of
		l.stop = l.after(tipAfter, func() { l.show(text) })
	}
}

// tipLayerOf is the innermost one around an object.
func tipLayerOf(o fyne.CanvasObject) (layer *TipLayer) {
	c := canvasOf(o)
	if c == nil {
		return nil
	}
	for _, around := range pathTo(rootOf(c), o) {
		if l, ok := around.(*TipLayer); ok {
			layer = l
		}
	}
	return layer
}

func (l *TipLayer) hide() {
	l.stop()
	l.of, l.stop = nil, func() {}
	l.surface.Hide()
	l.text.Hide()
	if tipped == l {
		tipped = nil
	}
}

// show puts the tip below what it is about, or above it at the foot of the window.
func (l *TipLayer) show(text string) {
	of := l.of
	if of == nil || !of.Visible() {
		return
	}
	applyRaisedLooks(l.surface)
	l.text.Text, l.text.TextSize, l.text.Color = text, theme.CaptionTextSize(), theme.Color(theme.ColorNameForeground)
	size := l.text.MinSize()
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(of).Subtract(driver.AbsolutePositionForObject(l))
	full := size.AddWidthHeight(2*gap, gap)
	x := max(gap/2, min(at.X+(of.Size().Width-full.Width)/2, l.Size().Width-full.Width-gap/2))
	y := at.Y + of.Size().Height + gap/2
	if y+full.Height > l.Size().Height {
		y = at.Y - full.Height - gap/2
	}
	layouts.Place(l.surface, x, y, full.Width, full.Height)
	layouts.Place(l.text, x+gap, y+gap/2, size.Width, size.Height)
	l.surface.Show()
	l.text.Show()
	canvas.Refresh(l)
}
