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
	//go:embed window.png
	iconPNG []byte

	//go:embed icon.svg
	logoSVG []byte
)

var (
	// Icon is the picture for windows and task bars: PNG, because window managers want pixels, and small, because the
	// start waits until they have each of them. It is made from icon.svg: rsvg-convert -w 128 icon.svg -o window.png.
	// Packages have icon.png, made with -w 512.
	Icon fyne.Resource = fyne.NewStaticResource("window.png", iconPNG)

	// Logo is the same picture for use inside a window, sharp at every size.
	Logo fyne.Resource = fyne.NewStaticResource("icon.svg", logoSVG)
)
