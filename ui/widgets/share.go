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
	shareSide  = 112  // for text at 100 %
	shareWidth = 0.22 // of the ring's line, as a part of its radius
)

// Share is a ring of which a part is filled, with words inside: how many of a whole there are.
type Share struct {
	widget.BaseWidget
	part   float64 // 0 to 1
	text   *canvas.Text
	raster *canvas.Raster
}

// NewShare returns an empty ring.
func NewShare() *Share {
	s := &Share{text: canvas.NewText("", color.Transparent)}
	s.text.Alignment = fyne.TextAlignCenter
	s.raster = canvas.NewRaster(s.draw)
	s.ExtendBaseWidget(s)
	return s
}

// Set shows a part of a whole; text says how many, in a few letters.
func (s *Share) Set(part, whole int, text string) {
	s.part = 0
	if whole > 0 {
		s.part = min(1, max(0, float64(part)/float64(whole)))
	}
	s.text.Text = text
	s.Refresh()
}

// AccessibilityLabel implements fyne.Accessible.
func (s *Share) AccessibilityLabel() string { return s.text.Text }

// AccessibilityRole implements fyne.Accessible.
func (s *Share) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// draw makes a picture of that many of the screen's pixels. The ring begins at the top and goes clockwise.
func (s *Share) draw(width, height int) image.Image {
	picture := image.NewNRGBA(image.Rect(0, 0, width, height))
	outer := float64(min(width, height)) / 2
	inner := outer * (1 - shareWidth)
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
func (s *Share) CreateRenderer() fyne.WidgetRenderer {
	r := &shareRenderer{s}
	r.applyLooks()
	return r
}

type shareRenderer struct{ share *Share }

func (r *shareRenderer) Destroy() {}

func (r *shareRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.share.raster, r.share.text}
}

func (r *shareRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(layouts.Scaled(shareSide)) }

func (r *shareRenderer) Layout(size fyne.Size) {
	side := min(size.Width, size.Height)
	layouts.Place(r.share.raster, (size.Width-side)/2, (size.Height-side)/2, side, side)
	height := r.share.text.MinSize().Height
	layouts.Place(r.share.text, 0, (size.Height-height)/2, size.Width, height)
}

func (r *shareRenderer) Refresh() {
	r.applyLooks()
	r.Layout(r.share.Size())
	r.share.raster.Refresh()
	r.share.text.Refresh()
}

func (r *shareRenderer) applyLooks() {
	r.share.text.TextSize = theme.Size(theme.SizeNameSubHeadingText)
	r.share.text.TextStyle = fyne.TextStyle{Bold: true}
	r.share.text.Color = theme.Color(theme.ColorNameForeground)
}

// nrgba is a colour of the theme for a picture.
func nrgba(name fyne.ThemeColorName) color.NRGBA {
	return color.NRGBAModel.Convert(theme.Color(name)).(color.NRGBA)
}
