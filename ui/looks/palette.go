package looks

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

type palette map[fyne.ThemeColorName]color.Color

// Fyne paints ColorNameFocus behind text (menus, stock buttons), so here it is the primary colour thinned until text
// on it stays readable. Anteroom's own widgets show the focus with a ring in the full primary colour.

var lightPalette = palette{
	theme.ColorNameBackground:        rgb(0xF6F8FA),
	theme.ColorNameInputBackground:   rgb(0xFFFFFF),
	theme.ColorNameOverlayBackground: rgb(0xFFFFFF),
	theme.ColorNameMenuBackground:    rgb(0xFFFFFF),
	theme.ColorNameHeaderBackground:  rgb(0xEEF2F5),

	theme.ColorNameForeground:  rgb(0x18222D),
	theme.ColorNamePlaceHolder: rgb(0x52606D),
	theme.ColorNameDisabled:    rgb(0x5F6C79),

	theme.ColorNamePrimary:             rgb(0x0B6B6B),
	theme.ColorNameHyperlink:           rgb(0x096262), // darker than the primary, which on the page falls just short of 6:1
	theme.ColorNameForegroundOnPrimary: rgb(0xFFFFFF),
	theme.ColorNameFocus:               rgba(0x0B6B6B, 0x38),

	theme.ColorNameInputBorder: rgb(0x74818D),
	theme.ColorNameSeparator:   rgb(0xD5DCE2),

	theme.ColorNameError:               rgb(0xB3261E),
	theme.ColorNameForegroundOnError:   rgb(0xFFFFFF),
	theme.ColorNameSuccess:             rgb(0x1B6B3F),
	theme.ColorNameForegroundOnSuccess: rgb(0xFFFFFF),
	theme.ColorNameWarning:             rgb(0x835400),
	theme.ColorNameForegroundOnWarning: rgb(0xFFFFFF),

	theme.ColorNameButton:         rgb(0xDDE5EA),
	theme.ColorNameDisabledButton: rgb(0xE9EDF0),
	theme.ColorNameHover:          rgb(0xE3ECEC),
	theme.ColorNamePressed:        rgba(0x18222D, 0x29),
	theme.ColorNameSelection:      rgb(0xCFE5E4),

	theme.ColorNameScrollBar:                 rgb(0x74818D),
	theme.ColorNameScrollBarBackground:       rgb(0xEEF2F5),
	theme.ColorNameShadow:                    rgba(0x18222D, 0x59),
	theme.ColorNameInnerWindowBorder:         rgb(0xD5DCE2),
	theme.ColorNameInnerWindowBorderInactive: rgb(0xEEF2F5),
}

var darkPalette = palette{
	theme.ColorNameBackground:        rgb(0x11171D),
	theme.ColorNameInputBackground:   rgb(0x1A222B),
	theme.ColorNameOverlayBackground: rgb(0x1A222B),
	theme.ColorNameMenuBackground:    rgb(0x222C37),
	theme.ColorNameHeaderBackground:  rgb(0x202A34),

	theme.ColorNameForeground:  rgb(0xE8EDF2),
	theme.ColorNamePlaceHolder: rgb(0xA9B5C1),
	theme.ColorNameDisabled:    rgb(0x8E9BA8),

	theme.ColorNamePrimary:             rgb(0x62CCC4),
	theme.ColorNameHyperlink:           rgb(0x62CCC4),
	theme.ColorNameForegroundOnPrimary: rgb(0x05201F),
	theme.ColorNameFocus:               rgba(0x62CCC4, 0x38),

	theme.ColorNameInputBorder: rgb(0x748291),
	theme.ColorNameSeparator:   rgb(0x2E3944),

	theme.ColorNameError:               rgb(0xFF8F86),
	theme.ColorNameForegroundOnError:   rgb(0x2B0502),
	theme.ColorNameSuccess:             rgb(0x7FD8A0),
	theme.ColorNameForegroundOnSuccess: rgb(0x05200F),
	theme.ColorNameWarning:             rgb(0xF2C56E),
	theme.ColorNameForegroundOnWarning: rgb(0x241800),

	theme.ColorNameButton:         rgb(0x2C3843),
	theme.ColorNameDisabledButton: rgb(0x242E38),
	theme.ColorNameHover:          rgb(0x243039),
	theme.ColorNamePressed:        rgba(0xE8EDF2, 0x29),
	theme.ColorNameSelection:      rgb(0x17443F),

	theme.ColorNameScrollBar:                 rgb(0x748291),
	theme.ColorNameScrollBarBackground:       rgb(0x202A34),
	theme.ColorNameShadow:                    rgba(0x000000, 0x99),
	theme.ColorNameInnerWindowBorder:         rgb(0x2E3944),
	theme.ColorNameInnerWindowBorderInactive: rgb(0x202A34),
}

func rgb(hex uint32) color.NRGBA { return rgba(hex, 0xFF) }

func rgba(hex uint32, alpha uint8) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: alpha}
}
