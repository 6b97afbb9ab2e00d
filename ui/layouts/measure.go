// Package layouts are the layouts that Fyne has not: of text that wraps, whose height follows its width, and of lengths
// that follow the text size.
package layouts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

const normalText = 14 // text at 100 %

// Scaled turns a length for text at 100 % into one for the text size in use.
func Scaled(length float32) float32 { return length * theme.TextSize() / normalText }

// HalfScaled is Scaled for what grows half as fast as text, to leave room for other things.
func HalfScaled(length float32) float32 { return (length + Scaled(length)) / 2 }

// Place puts an object somewhere at some size.
func Place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// FitHeight gives an object a width and returns the height it then needs. Wrapped text knows its height only once it
// has a width, so asking MinSize first would answer for the width of the last layout.
func FitHeight(o fyne.CanvasObject, width float32) float32 {
	o.Resize(fyne.NewSize(width, o.Size().Height))
	return o.MinSize().Height
}

// LineHeight is that of a line of running text.
func LineHeight() float32 { return lineHeight(theme.TextSize()) }

// SmallLineHeight is that of a line of small print.
func SmallLineHeight() float32 { return lineHeight(theme.CaptionTextSize()) }

// Lines is the height of so many lines of running text.
func Lines(n int) Length { return func() float32 { return heightOf(n, LineHeight()) } }

// SmallLines is the height of so many lines of small print.
func SmallLines(n int) Length { return func() float32 { return heightOf(n, SmallLineHeight()) } }

func lineHeight(size float32) float32 { return fyne.MeasureText("X", size, fyne.TextStyle{}).Height }

func heightOf(lines int, line float32) float32 {
	return float32(lines)*line + max(0, float32(lines-1))*theme.LineSpacing()
}

// Length is a length that may follow the theme; nil is none. Those of the theme package are of this kind.
type Length func() float32

// Fixed is a length that stays.
func Fixed(length float32) Length { return func() float32 { return length } }

// Growing is a length for text at 100 % that grows with the text.
func Growing(length float32) Length { return func() float32 { return Scaled(length) } }

// Times is a multiple of a length.
func (l Length) Times(n float32) Length { return func() float32 { return n * l.now() } }

func (l Length) now() float32 {
	if l == nil {
		return 0
	}
	return l()
}

func visible(objects []fyne.CanvasObject) []fyne.CanvasObject {
	shown := make([]fyne.CanvasObject, 0, len(objects))
	for _, o := range objects {
		if o.Visible() {
			shown = append(shown, o)
		}
	}
	return shown
}
