package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

const (
	normalTextSize = 14 // text at 100 %

	gap      = 8  // between things that belong together
	cardPad  = 24 // inside a card or a dialog
	maxField = 360
)

// scaled turns a length for text at 100 % into one for the text size in use.
func scaled(length float32) float32 {
	return length * theme.Size(theme.SizeNameText) / normalTextSize
}

// fitHeight gives an object a width and returns the height it then needs. Wrapped text knows its height only once it
// has a width, so asking MinSize first would answer for the width of the last layout.
func fitHeight(o fyne.CanvasObject, width float32) float32 {
	o.Resize(fyne.NewSize(width, o.Size().Height))
	return o.MinSize().Height
}

// place puts an object somewhere at some size.
func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}
