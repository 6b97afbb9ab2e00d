package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/layouts"
)

// Flush takes from a text of Fyne's the padding around it, by letting it stick out on all sides.
func Flush(text fyne.CanvasObject) *fyne.Container {
	out := layouts.Length(theme.InnerPadding).Times(-1)
	return container.New(layouts.Inset{Top: out, Bottom: out, Left: out, Right: out}, text)
}
