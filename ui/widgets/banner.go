package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// Banner is a warning on a ground of its own, for what nobody may overlook. Without words it is hidden.
type Banner struct {
	widget.BaseWidget
	ground, ink fyne.ThemeColorName
	text        *Text
}

// NewBanner makes one without words, in these colours.
func NewBanner(ground, ink fyne.ThemeColorName) *Banner {
	b := &Banner{ground: ground, ink: ink, text: Label("").inColor(ink)}
	b.ExtendBaseWidget(b)
	b.Hide()
	return b
}

// SetText says something else; "" hides the banner.
func (b *Banner) SetText(text string) {
	b.text.SetText(text)
	SetVisible(b, text != "")
}

// Children implements layouts.Parent.
func (b *Banner) Children() []fyne.CanvasObject { return []fyne.CanvasObject{b.text} }

// CreateRenderer implements fyne.Widget.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer {
	face, sign := &canvas.Rectangle{}, newSign()
	r := &Renderer{Of: b, Parts: parts(face, sign, b.text)}
	side := func() float32 { return layouts.LineHeight() }
	r.Look = func() {
		face.FillColor = theme.Color(b.ground)
		face.CornerRadius = theme.Size(theme.SizeNameInputRadius)
		lookSign(sign, theme.Icon(theme.IconNameWarning), b.ink)
	}
	r.Least = func() fyne.Size { return b.text.MinSize().AddWidthHeight(side()+4*gap, 2*gap) }
	r.Arrange = func(size fyne.Size) {
		face.Resize(size)
		layouts.Place(sign, gap, gap, side(), side())
		left := side() + 2*gap
		layouts.Place(b.text, left, gap, size.Width-left-gap, size.Height-2*gap)
	}
	return r.looking()
}
