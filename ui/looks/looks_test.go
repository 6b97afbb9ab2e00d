package looks

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

const (
	minTextContrast  = 6.0
	minQuietContrast = 4.5 // WCAG 2.2, 1.4.3: of what can't be used now, and of quiet text where the ground is another for a while
	minEdgeContrast  = 3.0 // WCAG 2.2, 1.4.11
)

// sheets are what text and fields stand on.
var sheets = []fyne.ThemeColorName{
	theme.ColorNameBackground, theme.ColorNameInputBackground, theme.ColorNameOverlayBackground, theme.ColorNameMenuBackground,
}

func TestContrast(t *testing.T) {
	test.NewTempApp(t)
	texts := map[fyne.ThemeColorName][]fyne.ThemeColorName{
		theme.ColorNamePrimary: {theme.ColorNameForegroundOnPrimary},
		theme.ColorNameError:   {theme.ColorNameForegroundOnError},
		theme.ColorNameSuccess: {theme.ColorNameForegroundOnSuccess},
		theme.ColorNameWarning: {theme.ColorNameForegroundOnWarning},
	}
	for _, behind := range []fyne.ThemeColorName{
		theme.ColorNameHover, theme.ColorNameSelection, theme.ColorNameFocus, theme.ColorNameButton, theme.ColorNameHeaderBackground,
	} {
		texts[behind] = []fyne.ThemeColorName{theme.ColorNameForeground}
	}
	for _, sheet := range sheets {
		texts[sheet] = []fyne.ThemeColorName{
			theme.ColorNameForeground, theme.ColorNamePlaceHolder, theme.ColorNameHyperlink,
			theme.ColorNameError, theme.ColorNameSuccess, theme.ColorNameWarning,
		}
	}
	edges := map[fyne.ThemeColorName][]fyne.ThemeColorName{}
	for _, sheet := range sheets {
		edges[sheet] = []fyne.ThemeColorName{theme.ColorNameInputBorder, theme.ColorNamePrimary, theme.ColorNameScrollBar, theme.ColorNameDisabled}
	}
	for _, behind := range []fyne.ThemeColorName{theme.ColorNameSelection, theme.ColorNameHeaderBackground} {
		edges[behind] = []fyne.ThemeColorName{theme.ColorNamePrimary} // the mark of a tab or a row, and the ring of the focus
	}
	edges[theme.ColorNameHeaderBackground] = append(edges[theme.ColorNameHeaderBackground], theme.ColorNameInputBorder)
	for _, look := range []Variant{Light, Dark} {
		checkContrast(t, New(look, 1), texts, minTextContrast)
		checkContrast(t, New(look, 1), quietPairs(), minQuietContrast)
		checkContrast(t, New(look, 1), edges, minEdgeContrast)
	}
}

// quietPairs are what is drawn beside what a screen is about: what can't be used now, and quiet text on a chosen row.
func quietPairs() map[fyne.ThemeColorName][]fyne.ThemeColorName {
	pairs := map[fyne.ThemeColorName][]fyne.ThemeColorName{
		theme.ColorNameDisabledButton: {theme.ColorNameDisabled, theme.ColorNamePlaceHolder},
		theme.ColorNameSelection: {
			theme.ColorNamePlaceHolder, theme.ColorNameWarning, theme.ColorNameError, theme.ColorNameSuccess,
		},
		theme.ColorNameHeaderBackground: {theme.ColorNamePlaceHolder},
		ColorNameOutside:                {theme.ColorNamePlaceHolder},
	}
	for _, sheet := range sheets {
		pairs[sheet] = []fyne.ThemeColorName{theme.ColorNameDisabled}
	}
	return pairs
}

// TestContrastUnderTheMouse: what the mouse is on, or presses, has a tint over its ground: buttons in all shapes, tabs and
// chips that are on, "…" at a row, the rows of a menu, which have the keys in their labels.
func TestContrastUnderTheMouse(t *testing.T) {
	test.NewTempApp(t)
	ground := map[fyne.ThemeColorName][]fyne.ThemeColorName{
		theme.ColorNamePrimary:   {theme.ColorNameForegroundOnPrimary},
		theme.ColorNameError:     {theme.ColorNameForegroundOnError},
		theme.ColorNameSelection: {theme.ColorNameForeground},
	}
	for _, sheet := range sheets {
		ground[sheet] = []fyne.ThemeColorName{theme.ColorNameForeground}
	}
	for _, look := range []Variant{Light, Dark} {
		th := New(look, 1)
		for behind, names := range ground {
			checkOn(t, th, []fyne.ThemeColorName{behind, theme.ColorNamePressed}, names, minTextContrast)
		}
		for _, sheet := range sheets {
			checkOn(t, th, []fyne.ThemeColorName{sheet, theme.ColorNameFocus}, []fyne.ThemeColorName{theme.ColorNameForeground}, minTextContrast)
		}
		checkOn(t, th, []fyne.ThemeColorName{theme.ColorNameSelection, theme.ColorNamePressed}, []fyne.ThemeColorName{theme.ColorNamePrimary}, minEdgeContrast)
	}
}

func checkContrast(t *testing.T, th *Theme, pairs map[fyne.ThemeColorName][]fyne.ThemeColorName, least float64) {
	t.Helper()
	for behind, names := range pairs {
		checkOn(t, th, []fyne.ThemeColorName{theme.ColorNameInputBackground, behind}, names, least)
	}
}

// checkOn is for grounds that lie over each other, of which the upper ones may be see-through.
func checkOn(t *testing.T, th *Theme, grounds, names []fyne.ThemeColorName, least float64) {
	t.Helper()
	var ground color.NRGBA
	for _, behind := range grounds {
		ground = over(th.Color(behind, theme.VariantLight), ground)
	}
	for _, name := range names {
		if got := contrast(over(th.Color(name, theme.VariantLight), ground), ground); got < least {
			t.Errorf("variant %d: %s on %v has contrast %.2f, want at least %.1f", th.variant, name, grounds, got, least)
		}
	}
}

func TestVariantFollowsTheSystemOnlyIfAsked(t *testing.T) {
	test.NewTempApp(t)
	light, dark := rgb(0xF6F8FA), rgb(0x11171D)
	for _, c := range []struct {
		variant Variant
		system  fyne.ThemeVariant
		want    color.Color
	}{
		{System, theme.VariantLight, light}, {System, theme.VariantDark, dark},
		{Light, theme.VariantDark, light}, {Dark, theme.VariantLight, dark},
	} {
		if got := New(c.variant, 1).Color(theme.ColorNameBackground, c.system); got != c.want {
			t.Errorf("variant %d under system %d: page is %v, want %v", c.variant, c.system, got, c.want)
		}
	}
}

func TestTextScale(t *testing.T) {
	test.NewTempApp(t)
	for _, c := range []struct{ scale, text, padding, radius float32 }{
		{1, 14, 8, 4}, {1.5, 21, 10, 4}, {2, 28, 12, 4}, {0.5, 14, 8, 4}, {9, 28, 12, 4},
	} {
		th := New(Light, c.scale)
		got := [3]float32{th.Size(theme.SizeNameText), th.Size(theme.SizeNamePadding), th.Size(theme.SizeNameInputRadius)}
		if want := [3]float32{c.text, c.padding, c.radius}; got != want {
			t.Errorf("scale %v: text, padding, radius = %v, want %v", c.scale, got, want)
		}
	}
}

// over blends a colour that may be see-through onto an opaque one.
func over(c, ground color.Color) color.NRGBA {
	top, under := color.NRGBAModel.Convert(c).(color.NRGBA), color.NRGBAModel.Convert(ground).(color.NRGBA)
	mix := func(a, b uint8) uint8 {
		return uint8((int(a)*int(top.A) + int(b)*(255-int(top.A))) / 255)
	}
	return color.NRGBA{mix(top.R, under.R), mix(top.G, under.G), mix(top.B, under.B), 255}
}

// contrast is the contrast ratio of WCAG 2.2.
func contrast(a, b color.NRGBA) float64 {
	bright, dim := luminance(a), luminance(b)
	return (max(bright, dim) + 0.05) / (min(bright, dim) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	part := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}
