package looks

import (
	"image/color"

	"fyne.io/fyne/v2"
)

// What a patient's alert is painted with: the ground, and the text on it. A sign goes with it.
const (
	ColorNameAlert   fyne.ThemeColorName = "alert"
	ColorNameOnAlert fyne.ThemeColorName = "onAlert"
)

func init() {
	for name, c := range map[fyne.ThemeColorName][2]color.NRGBA{
		ColorNameAlert:   {rgb(0xFBE6BF), rgb(0x4A3508)},
		ColorNameOnAlert: {rgb(0x4F3400), rgb(0xFCEBC8)},
	} {
		lightPalette[name], darkPalette[name] = c[0], c[1]
	}
}
