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
		checkContrast(t, New(look, 1), texts, minTextContrast)
		checkContrast(t, New(look, 1), edges, minEdgeContrast)
	}
}
