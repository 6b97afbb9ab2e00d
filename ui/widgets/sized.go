package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// Sized shows an object with text of another size than around it: 2 is twice as large.
func Sized(factor float32, o fyne.CanvasObject) *container.ThemeOverride {
	return container.NewThemeOverride(o, sizedTheme{factor: factor})
}

// sizedTheme is the app's theme with running text of another size.
type sizedTheme struct {
	appTheme
	factor float32
}

func (t sizedTheme) Size(name fyne.ThemeSizeName) float32 {
	size := t.appTheme.Size(name)
	if name == theme.SizeNameText {
		return t.factor * size
	}
	return size
}

// appTheme is the app's theme, whatever that is by now.
type appTheme struct{}

func (appTheme) app() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

func (t appTheme) Size(name fyne.ThemeSizeName) float32 { return t.app().Size(name) }

func (t appTheme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	return t.app().Color(name, variant)
}

func (t appTheme) Font(style fyne.TextStyle) fyne.Resource { return t.app().Font(style) }

func (t appTheme) Icon(name fyne.ThemeIconName) fyne.Resource { return t.app().Icon(name) }
