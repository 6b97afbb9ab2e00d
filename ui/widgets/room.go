package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// Room keeps room for so many lines of text, whatever is in it.
func Room(lines int, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(roomLayout{lines: float32(lines)}, o)
}

type roomLayout struct{ lines float32 }

func (roomLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

func (l roomLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	line := fyne.MeasureText("X", theme.TextSize(), fyne.TextStyle{}).Height
	need := objects[0].MinSize()
	return fyne.NewSize(need.Width, max(need.Height, l.lines*line+(l.lines-1)*theme.LineSpacing()))
}

// Narrow lets an object be narrower than it asks for.
func Narrow(o fyne.CanvasObject) fyne.CanvasObject { return container.New(narrowLayout{}, o) }

type narrowLayout struct{}

func (narrowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

func (narrowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, objects[0].MinSize().Height)
}
