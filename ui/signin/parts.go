package signin

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"anteroom/resources"
	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
)

// logo is the program's sign, in the middle of a card.
func logo() fyne.CanvasObject {
	picture := canvas.NewImageFromResource(resources.Logo)
	picture.FillMode = canvas.ImageFillContain
	name := widgets.Subheading("Anteroom").OneLine()
	side := layouts.Exactly(func() float32 { return name.MinSize().Height * 1.25 })
	return container.NewCenter(container.NewHBox(container.New(layouts.MinSize{Width: side, Height: side}, picture), container.NewCenter(name)))
}

// wipe empties a password field and turns it back to bullets.
func wipe(fields ...*widgets.PasswordEntry) {
	for _, field := range fields {
		field.SetText("")
		field.SetShown(false)
	}
}
