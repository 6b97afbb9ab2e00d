package looks

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// minColourDistance is how far two practitioners' colours are apart at least (CIE 1976 L*a*b*): well
// over the 2.3 that an eye just tells apart.
const minColourDistance = 20

func TestPractitionerColours(t *testing.T) {
	test.NewTempApp(t)
	pairs := map[fyne.ThemeColorName][]fyne.ThemeColorName{}
	for _, sheet := range []fyne.ThemeColorName{theme.ColorNameBackground, theme.ColorNameInputBackground, theme.ColorNameOverlayBackground, theme.ColorNameHeaderBackground, ColorNameOutside} {
		for i := range PractitionerColours {
			pairs[sheet] = append(pairs[sheet], Practitioner(i))
		}
	}
	for _, look := range []Variant{Light, Dark} {
		th := New(look, 1)
		checkContrast(t, th, pairs, minEdgeContrast)
		for i := range PractitionerColours {
			for j := range i {
				one, other := th.Color(Practitioner(i), theme.VariantLight), th.Color(Practitioner(j), theme.VariantLight)
				if d := distance(one, other); d < minColourDistance {
					t.Errorf("variant %d: colours %d and %d are only %.1f apart", look, i, j, d)
				}
			}
		}
	}
}

func TestPractitionerOfAnyNumber(t *testing.T) {
	for number, want := range map[int]fyne.ThemeColorName{0: "practitioner0", 7: "practitioner7", 8: "practitioner0", -1: "practitioner7", math.MinInt: "practitioner0"} {
		if got := Practitioner(number); got != want {
			t.Errorf("%d: %s, want %s", number, got, want)
		}
	}
}

// distance is that of two colours in CIE 1976 L*a*b*, under D65.
func distance(a, b color.Color) float64 {
	one, other := lab(a), lab(b)
	return math.Sqrt(math.Pow(one[0]-other[0], 2) + math.Pow(one[1]-other[1], 2) + math.Pow(one[2]-other[2], 2))
}

func lab(c color.Color) [3]float64 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	r, g, b := linear(n.R), linear(n.G), linear(n.B)
	f := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return (24389.0/27*v + 16) / 116
	}
	x := f((0.4124*r + 0.3576*g + 0.1805*b) / 0.95047)
	y := f(0.2126*r + 0.7152*g + 0.0722*b)
	z := f((0.0193*r + 0.1192*g + 0.9505*b) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}
