// Package looks says how Anteroom appears: its colours, sizes and type, light and dark, at every text size.
package looks

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Variant is what the user chose: a light look, a dark one, or whatever the system has.
type Variant int

// The variants a user can choose from.
const (
	System Variant = iota
	Light
	Dark
)

// The bounds of the text scale; New keeps to them.
const (
	MinTextScale float32 = 1
	MaxTextScale float32 = 2
)

// Theme is Anteroom's fyne.Theme. It never changes: for another look or text size, set a new one.
type Theme struct {
	variant   Variant
	textScale float32
}

var _ fyne.Theme = (*Theme)(nil)

// New returns the theme of a variant with every text textScale times its normal size.
func New(variant Variant, textScale float32) *Theme {
	return &Theme{variant: variant, textScale: min(max(textScale, MinTextScale), MaxTextScale)}
}

// Color answers from the palette the user chose; system is what the desktop asks for.
func (t *Theme) Color(name fyne.ThemeColorName, system fyne.ThemeVariant) color.Color {
	palette := lightPalette
	if t.isDark(system) {
		palette = darkPalette
	}
	if c, ok := palette[name]; ok {
		return c
	}
	return theme.DefaultTheme().Color(name, system)
}

func (t *Theme) isDark(system fyne.ThemeVariant) bool {
	return t.variant == Dark || t.variant == System && system == theme.VariantDark
}

// Font keeps Fyne's bundled faces: they cover Latin, Greek and Cyrillic and have a fixed-width one.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	return theme.DefaultTheme().Font(style)
}

// Icon keeps Fyne's icons, which take their colour from this theme.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return theme.DefaultTheme().Icon(name)
}
