package signin

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"anteroom/resources"
	"anteroom/ui/widgets"
)

// logo is the program's sign, in the middle of a card.
func logo() fyne.CanvasObject {
	picture := canvas.NewImageFromResource(resources.Logo)
	picture.FillMode = canvas.ImageFillContain
	return container.New(logoLayout{}, picture, widgets.Subheading("Anteroom").OneLine())
}

// logoLayout puts the picture before the name, both as high as large text.
type logoLayout struct{}

func (logoLayout) sizes(objects []fyne.CanvasObject) (side float32, name fyne.Size) {
	name = objects[1].MinSize()
	return name.Height * 1.25, name
}

func (l logoLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	side, name := l.sizes(objects)
	left := (size.Width - side - theme.Padding() - name.Width) / 2
	objects[0].Move(fyne.NewPos(left, 0))
	objects[0].Resize(fyne.NewSquareSize(side))
	objects[1].Move(fyne.NewPos(left+side+theme.Padding(), (side-name.Height)/2))
	objects[1].Resize(name)
}

func (l logoLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	side, name := l.sizes(objects)
	return fyne.NewSize(side+theme.Padding()+name.Width, side)
}

// newFlush takes from a text of Fyne's the padding around it, so that it is in
// line with what is over it.
func newFlush(text fyne.CanvasObject) fyne.CanvasObject { return container.New(flushLayout{}, text) }

type flushLayout struct{}

func (flushLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	pad := theme.InnerPadding()
	objects[0].Move(fyne.NewPos(-pad, -pad))
	objects[0].Resize(size.AddWidthHeight(2*pad, 2*pad))
}

func (flushLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().SubtractWidthHeight(2*theme.InnerPadding(), 2*theme.InnerPadding())
}

// wipe empties a password field and turns it back to bullets.
func wipe(fields ...*widgets.PasswordEntry) {
	for _, field := range fields {
		field.SetText("")
		field.SetShown(false)
	}
}
