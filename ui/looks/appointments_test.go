package looks

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

func TestAppointmentContrast(t *testing.T) {
	test.NewTempApp(t)
	texts := map[fyne.ThemeColorName][]fyne.ThemeColorName{
		ColorNameBooked:  {ColorNameOnBooked},
		ColorNameArrived: {ColorNameOnArrived},
		ColorNameWith:    {ColorNameOnWith},
		ColorNameDone:    {ColorNameOnDone},
		ColorNameAbsent:  {ColorNameOnAbsent},
		ColorNameOutside: {theme.ColorNameForeground},
		ColorNameAlert:   {ColorNameOnAlert},
	}
	// The bar at the edge of each, and the now-line, stand out from what is behind them.
	edges := map[fyne.ThemeColorName][]fyne.ThemeColorName{}
	for _, ground := range []fyne.ThemeColorName{theme.ColorNameInputBackground, ColorNameOutside} {
		edges[ground] = []fyne.ThemeColorName{
			ColorNameOnBooked, ColorNameOnArrived, ColorNameOnWith, ColorNameOnDone, ColorNameOnAbsent, theme.ColorNameError, theme.ColorNamePrimary, theme.ColorNameInputBorder,
		}
	}
	for _, look := range []Variant{Light, Dark} {
		th := New(look, 1)
		checkContrast(t, th, texts, minTextContrast)
		checkContrast(t, th, edges, minEdgeContrast)
		checkOn(t, th, []fyne.ThemeColorName{ColorNameDone}, []fyne.ThemeColorName{ColorNameQuietOnDone}, minQuietContrast)
		for ground, names := range edges { // of the part of today that is over
			past := []fyne.ThemeColorName{ground, ColorNamePast}
			checkOn(t, th, past, names, minEdgeContrast)
			checkOn(t, th, past, []fyne.ThemeColorName{theme.ColorNameForeground}, minTextContrast)
		}
	}
}

// TestKindContrast: the strip at the left of an appointment, in the colour of its kind, is to be seen on each ground.
func TestKindContrast(t *testing.T) {
	test.NewTempApp(t)
	strips := map[fyne.ThemeColorName][]fyne.ThemeColorName{}
	for _, ground := range []fyne.ThemeColorName{ColorNameBooked, ColorNameArrived, ColorNameWith, ColorNameDone, ColorNameAbsent} {
		for i := range PractitionerColours {
			strips[ground] = append(strips[ground], Kind(i))
		}
	}
	for _, look := range []Variant{Light, Dark} {
		checkContrast(t, New(look, 1), strips, minEdgeContrast)
	}
}
