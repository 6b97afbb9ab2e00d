package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"anteroom/ui/layouts"
)

// NewColumn stacks objects with the gap that things have which belong together.
func NewColumn(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layouts.Column{Gap: gap}, objects...)
}

// NewFlow puts things in a row, and those that do not fit in further rows.
func NewFlow(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&layouts.Flow{GapX: layouts.Fixed(gap), GapY: layouts.Fixed(gap)}, objects...)
}

// Beside puts a button at the right of a text, which wraps; of the two, the lower one is in the middle.
func Beside(text, button fyne.CanvasObject, gap float32) *fyne.Container {
	return container.New(&layouts.Row{Gap: gap, Fill: text, Align: layouts.Middle}, text, button)
}

// NewGap is a little more room between two parts of a column.
func NewGap() fyne.CanvasObject {
	space := canvas.NewRectangle(color.Transparent)
	space.SetMinSize(fyne.NewSquareSize(gap))
	return space
}

// NewFooter is the last line of a card: what leads elsewhere on the left (or nil), the buttons on the right with the
// primary one last.
func NewFooter(left fyne.CanvasObject, right ...fyne.CanvasObject) *fyne.Container {
	objects := []fyne.CanvasObject{layout.NewSpacer()}
	if left != nil {
		objects = []fyne.CanvasObject{left, layout.NewSpacer()}
	}
	return container.NewHBox(append(objects, right...)...)
}
