package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// Swatch is a little square of a colour of the theme, to stand beside its name: a colour alone says nothing to many.
type Swatch struct {
	widget.BaseWidget
	name   fyne.ThemeColorName // "": it shows nothing
	square *canvas.Rectangle
}

// NewSwatch returns one that shows a colour; "" is none.
func NewSwatch(name fyne.ThemeColorName) *Swatch {
	s := &Swatch{name: name, square: canvas.NewRectangle(color.Transparent)}
	s.ExtendBaseWidget(s)
	return s
}

// Set shows another colour.
func (s *Swatch) Set(name fyne.ThemeColorName) {
	s.name = name
	s.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (s *Swatch) CreateRenderer() fyne.WidgetRenderer {
	r := &Renderer{Of: s, Parts: parts(s.square), Look: s.look, Arrange: s.arrange}
	r.Least = func() fyne.Size { return fyne.NewSquareSize(theme.IconInlineSize()) }
	return r.looking()
}

// arrange keeps it square, in the middle of the height there is.
func (s *Swatch) arrange(size fyne.Size) {
	side := min(theme.IconInlineSize(), size.Width, size.Height)
	layouts.Place(s.square, 0, (size.Height-side)/2, side, side)
}

func (s *Swatch) look() {
	s.square.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	s.square.FillColor = color.Transparent
	if s.name != "" {
		s.square.FillColor = theme.Color(s.name)
	}
}
