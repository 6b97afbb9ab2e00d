package widgets

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

const (
	donutSide  = 112  // for text at 100 %
	donutWidth = 0.22 // of the ring's line, as a part of its radius
)

// DonutChart is a ring of which a part is filled, with words inside: how many of a whole there are.
type DonutChart struct {
	widget.BaseWidget
	part   float64 // 0 to 1
	text   *canvas.Text
	raster *canvas.Raster
}

// NewDonutChart returns an empty ring.
func NewDonutChart() *DonutChart {
	s := &DonutChart{text: canvas.NewText("", color.Transparent)}
	s.text.Alignment = fyne.TextAlignCenter
	s.raster = canvas.NewRaster(s.draw)
	s.ExtendBaseWidget(s)
	return s
}

// Set shows a part of a whole; text says how many, in a few letters.
func (s *DonutChart) Set(part, whole int, text string) {
	s.part = 0
	if whole > 0 {
		s.part = min(1, max(0, float64(part)/float64(whole)))
	}
	s.text.Text = text
	s.Refresh()
}

// AccessibilityLabel implements fyne.Accessible.
func (s *DonutChart) AccessibilityLabel() string { return s.text.Text }

// AccessibilityRole implements fyne.Accessible.
func (s *DonutChart) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// draw makes a picture of that many of the screen's pixels. The ring begins at the top and goes clockwise.
func (s *DonutChart) draw(width, height int) image.Image {
	picture := image.NewNRGBA(image.Rect(0, 0, width, height))
	outer := float64(min(width, height)) / 2
	inner := outer * (1 - donutWidth)
	full, rest := nrgba(theme.ColorNamePrimary), nrgba(theme.ColorNameSeparator)
	for y := range height {
		for x := range width {
			dx, dy := float64(x)+0.5-float64(width)/2, float64(y)+0.5-float64(height)/2
			r := math.Hypot(dx, dy)
			cover := min(1, max(0, outer-r)) * min(1, max(0, r-inner))
			if cover == 0 {
				continue
			}
			c := rest
			if turn := math.Mod(math.Atan2(dx, -dy)/(2*math.Pi)+1, 1); turn < s.part || s.part == 1 {
				c = full
			}
			c.A = uint8(float64(c.A) * cover)
			picture.SetNRGBA(x, y, c)
		}
	}
	return picture
}

// CreateRenderer implements fyne.Widget.
func (s *DonutChart) CreateRenderer() fyne.WidgetRenderer {
	r := &Renderer{Of: s, Parts: parts(s.raster, s.text), Look: s.look, Arrange: s.arrange}
	r.Least = func() fyne.Size { return fyne.NewSquareSize(layouts.Scaled(donutSide)) }
	return r.looking()
}

func (s *DonutChart) arrange(size fyne.Size) {
	side := min(size.Width, size.Height)
	layouts.Place(s.raster, (size.Width-side)/2, (size.Height-side)/2, side, side)
	height := s.text.MinSize().Height
	layouts.Place(s.text, 0, (size.Height-height)/2, size.Width, height)
}

func (s *DonutChart) look() {
	s.text.TextSize = theme.Size(theme.SizeNameSubHeadingText)
	s.text.TextStyle = fyne.TextStyle{Bold: true}
	s.text.Color = theme.Color(theme.ColorNameForeground)
}
