package widgets

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/layouts"
)

// draw makes a picture of the bars of that many of the screen's pixels.
func (p *barPlot) draw(width, height int) image.Image {
	picture := image.NewNRGBA(image.Rect(0, 0, width, height))
	unit := unitOf(width, p.raster.Size().Width)
	count := len(p.bars)
	for i, bar := range p.bars {
		left, right := i*width/count, (i+1)*width/count
		if i == p.told() {
			fill(picture, image.Rect(left, 0, right, height), nrgba(theme.ColorNameSelection))
		}
		inset := max(1, (right-left)/6)
		left, right = left+inset, right-inset
		ground := height - unit
		middle := ground - p.high(bar.Lower, ground, unit)
		solidLower(picture, image.Rect(left, middle, right, ground), unit)
		if bar.Lower > 0 && bar.Upper > 0 {
			middle -= unit // or the two would run into each other
		}
		hatchedUpper(picture, image.Rect(left, middle-p.high(bar.Upper, ground, unit), right, middle), unit)
	}
	line := nrgba(theme.ColorNameInputBorder)
	fill(picture, image.Rect(0, height-unit, width, height), line)
	fill(picture, image.Rect(0, 0, width, unit), nrgba(theme.ColorNameSeparator))
	return picture
}

// high is how high a number is in pixels; the smallest is seen all the same.
func (p *barPlot) high(n, height, unit int) int {
	if n <= 0 {
		return 0
	}
	return max(3*unit, n*(height-unit)/p.top)
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

func solidLower(picture *image.NRGBA, at image.Rectangle, _ int) {
	fill(picture, at, nrgba(theme.ColorNamePrimary))
}

// hatchedUpper is an edge, and stripes in it.
func hatchedUpper(picture *image.NRGBA, at image.Rectangle, unit int) {
	at = at.Intersect(picture.Bounds())
	ink, inside := nrgba(theme.ColorNameError), at.Inset(unit)
	for y := at.Min.Y; y < at.Max.Y; y++ {
		for x := at.Min.X; x < at.Max.X; x++ {
			stripe := (x+y)%(4*unit) < 2*unit
			if stripe || !(image.Point{X: x, Y: y}).In(inside) {
				picture.SetNRGBA(x, y, ink)
			}
		}
	}
}

func fill(picture *image.NRGBA, at image.Rectangle, c color.NRGBA) {
	at = at.Intersect(picture.Bounds())
	for y := at.Min.Y; y < at.Max.Y; y++ {
		for x := at.Min.X; x < at.Max.X; x++ {
			picture.SetNRGBA(x, y, c)
		}
	}
}

// newSwatch shows a pattern in a legend.
func newSwatch(p pattern) fyne.CanvasObject {
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
