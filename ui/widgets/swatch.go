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
	r := &swatchRenderer{s}
	r.applyLooks()
	return r
}

type swatchRenderer struct{ swatch *Swatch }

func (r *swatchRenderer) Destroy() {}

func (r *swatchRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.swatch.square} }

func (r *swatchRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(theme.IconInlineSize()) }

// Layout keeps it square, in the middle of the height there is.
func (r *swatchRenderer) Layout(size fyne.Size) {
	side := min(theme.IconInlineSize(), size.Width, size.Height)
	layouts.Place(r.swatch.square, 0, (size.Height-side)/2, side, side)
}

func (r *swatchRenderer) Refresh() {
	r.applyLooks()
	r.Layout(r.swatch.Size())
	r.swatch.square.Refresh()
}

func (r *swatchRenderer) applyLooks() {
	square := r.swatch.square
	square.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	square.FillColor = color.Transparent
	if r.swatch.name != "" {
		square.FillColor = theme.Color(r.swatch.name)
	}
}
