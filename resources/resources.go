// Package resources holds what is built into the program: the icon and the translations.
package resources

import (
	"embed"

	"fyne.io/fyne/v2"
)

// Translations holds translation/<language>.json, in the format of Fyne's lang package.
//
//go:embed translation
var Translations embed.FS

var (
	//go:embed icon.png
	iconPNG []byte

	//go:embed icon.svg
	logoSVG []byte
)

var (
	// Icon is the picture for windows, task bars and packages: PNG, because window managers want pixels.
	// It is made from icon.svg: rsvg-convert -w 512 icon.svg -o icon.png.
	Icon fyne.Resource = fyne.NewStaticResource("icon.png", iconPNG)

	// Logo is the same picture for use inside a window, sharp at every size.
	Logo fyne.Resource = fyne.NewStaticResource("icon.svg", logoSVG)
)
