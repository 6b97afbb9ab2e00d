package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// underlineBelow is how far below the feet of the letters the line under a link is.
const underlineBelow = 2

// newUnderline is the line under a link. Fyne's own would be another style of text, for which it
// reads all fonts again: 8 MB of memory.
func newUnderline() *canvas.Line { return canvas.NewLine(color.Transparent) }

// placeUnderline puts the line under a text that is in its place, in the text's colour.
func placeUnderline(line *canvas.Line, text *canvas.Text) {
	size := text.MinSize()
	_, baseline := fyne.CurrentApp().Driver().RenderedTextSize(text.Text, text.TextSize, text.TextStyle, text.FontSource)
	top := max(0, text.Size().Height-size.Height)/2 + baseline + underlineBelow
	line.StrokeColor = text.Color
	line.Move(text.Position().AddXY(0, top))
	line.Resize(fyne.NewSize(size.Width, 0))
}

// underlineLayout gives a text all the room, and the line after it its place.
type underlineLayout struct{}

func (underlineLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	text, line := objects[0].(*canvas.Text), objects[1].(*canvas.Line)
	text.Resize(size)
	placeUnderline(line, text)
}

func (underlineLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }
