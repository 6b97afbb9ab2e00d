package widgets

import (
	"fmt"
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"github.com/skip2/go-qrcode"

	"anteroom/ui/looks"
)

const barcodeContent = "otpauth://totp/Smith%20%26%20Sons%3A%20Clinic:asmith?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Smith"

func TestBarcodeModulesAreWholePixels(t *testing.T) {
	code, err := qrcode.New(barcodeContent, qrcode.Low)
	if err != nil {
		t.Fatal(err)
	}
	for _, scale := range []float32{1, 1.25, 1.5, 2} {
		for _, size := range []float32{0, 300, 333} {
			t.Run(fmt.Sprint(scale, size), func(t *testing.T) {
				picture := capture(t, scale, size, func(*Barcode) {})
				compareModules(t, picture, code.Bitmap())
			})
		}
	}
}

func TestBarcodeCleared(t *testing.T) {
	picture := capture(t, 1, 0, (*Barcode).Clear)
	if box := blackBox(picture); !box.Empty() {
		t.Errorf("something is left at %v", box)
	}
}

// capture renders a barcode of a size (0 is the least it takes) in the dark look.
func capture(t *testing.T, scale, size float32, change func(*Barcode)) image.Image {
	t.Helper()
	newTestWindow(t, looks.New(looks.Dark, 1))
	b, err := NewBarcode(barcodeContent)
	if err != nil {
		t.Fatal(err)
	}
	if least := b.MinSize(); least.Width < minBarcode || least.Height < minBarcode {
		t.Errorf("least size %v", least)
	}
	change(b)
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetScale(scale)
	c.SetContent(b)
	c.Resize(b.MinSize().Max(fyne.NewSquareSize(size)))
	return c.Capture()
}

// compareModules checks every pixel of the symbol against the module it belongs to, and the white around it.
func compareModules(t *testing.T, picture image.Image, modules [][]bool) {
	t.Helper()
	const quiet = 4
	box := blackBox(picture)
	count := len(modules) - 2*quiet
	side := box.Dx() / count
	if box.Dx() != side*count || box.Dy() != side*count {
		t.Fatalf("%d modules take %v pixels", count, box.Size())
	}
	if room := min(box.Min.X, box.Min.Y, picture.Bounds().Dx()-box.Max.X, picture.Bounds().Dy()-box.Max.Y); room < quiet*side {
		t.Errorf("the quiet zone has %d pixels, a module %d", room, side)
	}
	start := box.Min.Sub(image.Pt(quiet*side, quiet*side))
	for row := range modules {
		for column, black := range modules[row] {
			for y := range side {
				for x := range side {
					at := start.Add(image.Pt(column*side+x, row*side+y))
					if isBlack(picture.At(at.X, at.Y)) != black {
						t.Fatalf("row %d, column %d: the pixel at %v is wrong", row, column, at)
					}
				}
			}
		}
	}
}

func blackBox(picture image.Image) image.Rectangle {
	box := image.Rectangle{}
	bounds := picture.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			if isBlack(picture.At(x, y)) {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return box
}

func isBlack(c color.Color) bool { return color.GrayModel.Convert(c).(color.Gray).Y == 0 }
