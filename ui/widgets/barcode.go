package widgets

import (
	"fmt"
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	"github.com/skip2/go-qrcode"
)

// minBarcode is the least side, quiet zone included, that phones read from an arm's length.
const minBarcode = 240

// Barcode is a QR code, black on white in the dark look too. Each of its modules is the same whole number of the
// screen's pixels, and its quiet zone of four modules stays free (ISO/IEC 18004): both are what makes phones read it.
type Barcode struct {
	widget.BaseWidget
	modules [][]bool // true is black; rows, with the quiet zone; nil when cleared
	raster  *canvas.Raster
}

// NewBarcode returns the barcode of content. It fails only if content is too long for one.
func NewBarcode(content string) (*Barcode, error) {
	code, err := qrcode.New(content, qrcode.Low)
	if err != nil {
		return nil, fmt.Errorf("make barcode: %w", err)
	}
	b := &Barcode{modules: code.Bitmap()}
	b.raster = canvas.NewRaster(b.draw)
	b.raster.ScaleMode = canvas.ImageScalePixels
	b.ExtendBaseWidget(b)
	return b, nil
}

// Clear takes the secret off the screen and forgets it; a white card stays.
func (b *Barcode) Clear() {
	b.modules = nil
	b.raster.Refresh()
}

// draw makes a picture of that many of the screen's pixels.
func (b *Barcode) draw(width, height int) image.Image {
	picture := image.NewGray(image.Rect(0, 0, width, height))
	for i := range picture.Pix {
		picture.Pix[i] = 0xFF
	}
	count := len(b.modules)
	if count == 0 {
		return picture
	}
	side := min(width, height) / count
	left, top := (width-side*count)/2, (height-side*count)/2
	for row, modules := range b.modules {
		for column, black := range modules {
			if black {
				fillBlack(picture, left+column*side, top+row*side, side)
			}
		}
	}
	return picture
}

func fillBlack(picture *image.Gray, left, top, side int) {
	for y := top; y < top+side; y++ {
		for x := left; x < left+side; x++ {
			picture.SetGray(x, y, color.Gray{})
		}
	}
}

// CreateRenderer implements fyne.Widget.
func (b *Barcode) CreateRenderer() fyne.WidgetRenderer {
	count := max(1, len(b.modules))
	side := count * ((minBarcode + count - 1) / count) // whole pixels a module, so that no more white than needed is around
	b.raster.SetMinSize(fyne.NewSquareSize(float32(side)))
	return widget.NewSimpleRenderer(container.NewCenter(b.raster))
}
