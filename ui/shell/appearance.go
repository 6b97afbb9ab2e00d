package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/looks"
)

// What the user chose for the eyes is kept, for this OS account, under these keys.
const (
	keyVariant = "appearance.variant" // a looks.Variant
	keyText    = "appearance.text"    // in per cent of the normal size
)

// Text sizes, in per cent.
const (
	normalText = int(100 * looks.MinTextScale)
	maxText    = int(100 * looks.MaxTextScale)
	textStep   = 10
)

// appearance is how Anteroom looks on this computer.
type appearance struct {
	app     fyne.App
	variant looks.Variant
	text    int    // per cent
	onText  func() // it is another one
}

// newAppearance gives the app the look that was chosen last.
func newAppearance(app fyne.App) *appearance {
	a := &appearance{
		app:     app,
		variant: looks.Variant(app.Preferences().IntWithFallback(keyVariant, int(looks.System))),
		text:    app.Preferences().IntWithFallback(keyText, normalText),
		onText:  func() {},
	}
	a.apply()
	return a
}

func (a *appearance) apply() {
	a.app.Settings().SetTheme(looks.New(a.variant, float32(a.text)/100))
}

func (a *appearance) enlarge() { a.resize(a.text + textStep) }

func (a *appearance) reduce() { a.resize(a.text - textStep) }

func (a *appearance) normalize() { a.resize(normalText) }

func (a *appearance) resize(percent int) {
	a.text = min(max(percent, normalText), maxText)
	a.app.Preferences().SetInt(keyText, a.text)
	a.apply()
	a.onText()
}

// toggle goes from light to dark or back, whatever the computer has.
func (a *appearance) toggle() {
	if a.isDark() {
		a.choose(looks.Light)
	} else {
		a.choose(looks.Dark)
	}
}

// follow looks as the computer does, and changes with it.
func (a *appearance) follow() { a.choose(looks.System) }

func (a *appearance) choose(v looks.Variant) {
	a.variant = v
	a.app.Preferences().SetInt(keyVariant, int(v))
	a.apply()
}

func (a *appearance) isDark() bool {
	return a.variant == looks.Dark ||
		a.variant == looks.System && a.app.Settings().ThemeVariant() == theme.VariantDark
}
