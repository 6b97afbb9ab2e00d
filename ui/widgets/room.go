package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"anteroom/ui/layouts"
)

// Room keeps room for so many lines of text, whatever is in it.
func Room(lines int, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layouts.MinSize{Height: layouts.AtLeast(layouts.Lines(lines))}, o)
}

// Narrow lets an object be narrower than it asks for.
func Narrow(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layouts.MinSize{Width: layouts.Exactly(nil)}, o)
}
