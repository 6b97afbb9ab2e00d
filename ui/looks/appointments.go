package looks

import (
	"image/color"

	"fyne.io/fyne/v2"
)

// What an appointment is painted with, by its status: the ground, and the text on it. A sign and a word go with each.
const (
	ColorNameBooked    fyne.ThemeColorName = "booked"
	ColorNameOnBooked  fyne.ThemeColorName = "onBooked"
	ColorNameArrived   fyne.ThemeColorName = "arrived"
	ColorNameOnArrived fyne.ThemeColorName = "onArrived"
	ColorNameWith      fyne.ThemeColorName = "with"
	ColorNameOnWith    fyne.ThemeColorName = "onWith"
	ColorNameDone      fyne.ThemeColorName = "done"
	ColorNameOnDone    fyne.ThemeColorName = "onDone"
	ColorNameAbsent    fyne.ThemeColorName = "absent"
	ColorNameOnAbsent  fyne.ThemeColorName = "onAbsent"

	// ColorNameQuietOnDone is the text of what is done: it steps back behind what is still to come.
	ColorNameQuietOnDone fyne.ThemeColorName = "quietOnDone"

	// ColorNamePast is laid over the ground of the part of today that is over.
	ColorNamePast fyne.ThemeColorName = "past"

	// ColorNameOutside is the ground of times at which nobody works.
	ColorNameOutside fyne.ThemeColorName = "outside"
)

func init() {
	for name, c := range map[fyne.ThemeColorName][2]color.NRGBA{
		ColorNameBooked:      {rgb(0xDCE6F2), rgb(0x1F3550)},
		ColorNameOnBooked:    {rgb(0x17324F), rgb(0xDCE9F7)},
		ColorNameArrived:     {rgb(0xD3EEDD), rgb(0x154A2E)},
		ColorNameOnArrived:   {rgb(0x10472A), rgb(0xD6F3E1)},
		ColorNameWith:        {rgb(0xFBE6BF), rgb(0x5A3F08)},
		ColorNameOnWith:      {rgb(0x4F3400), rgb(0xFCEBC8)},
		ColorNameDone:        {rgb(0xE4E7EA), rgb(0x323B44)},
		ColorNameOnDone:      {rgb(0x3B4650), rgb(0xD5DBE1)},
		ColorNameAbsent:      {rgb(0xF6D9D6), rgb(0x5E1F1A)},
		ColorNameOnAbsent:    {rgb(0x6B1711), rgb(0xFADCD9)},
		ColorNameQuietOnDone: {rgb(0x52606D), rgb(0xA9B5C1)},
		ColorNamePast:        {rgba(0x18222D, 0x0A), rgba(0x000000, 0x38)},
		ColorNameOutside:     {rgb(0xE6EBEF), rgb(0x0C1116)},
	} {
		lightPalette[name], darkPalette[name] = c[0], c[1]
	}
}
