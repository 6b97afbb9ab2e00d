package looks

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
)

// PractitionerColours is how many colours there are to tell practitioners apart
// by. Which of them a practitioner has is stored, so the order stays.
const PractitionerColours = len(practitionerLight)

// The colours stand out from a card and from the page as an edge does, and from
// each other. words.Colour has their names.
var (
	practitionerLight = [...]color.Color{
		rgb(0x2563A8), rgb(0xB8570A), rgb(0x7B3FA0), rgb(0x2F7D32), rgb(0xC0286C), rgb(0x71760A), rgb(0x6B4226), rgb(0x556575),
	}
	practitionerDark = [...]color.Color{
		rgb(0x7FB2EE), rgb(0xF2A45C), rgb(0xC79BE8), rgb(0x7FD085), rgb(0xF783B4), rgb(0xD3D65A), rgb(0xC09A80), rgb(0xB4C0CC),
	}
)

// Kind names the colour of a kind of appointment in the theme, by its place among the kinds: that stays, for none is
// ever taken out.
func Kind(place int) fyne.ThemeColorName { return Practitioner(place) }

// Practitioner names the colour of a number in the theme. One that this Anteroom
// does not have becomes one that it has.
func Practitioner(number int) fyne.ThemeColorName {
	number = (number%PractitionerColours + PractitionerColours) % PractitionerColours
	return practitionerNames[number]
}

var practitionerNames = func() (names [len(practitionerLight)]fyne.ThemeColorName) {
	for i := range names {
		names[i] = fyne.ThemeColorName("practitioner" + strconv.Itoa(i))
		lightPalette[names[i]], darkPalette[names[i]] = practitionerLight[i], practitionerDark[i]
	}
	return names
}()
