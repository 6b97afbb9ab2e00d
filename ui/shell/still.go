//go:build !darwin

package shell

import "fyne.io/fyne/v2"

// still is an app in which nothing moves by itself. In Fyne any animation, and so a
// cursor that blinks, paints the whole window some 15 times a second for as long as
// a field has the focus, also one in a dialog that was closed.
//
// On macOS Fyne expects its own settings when the system's colours change; there the
// build tag no_animations does the same.
type still struct{ fyne.App }

func (s still) Settings() fyne.Settings { return stillSettings{s.App.Settings()} }

type stillSettings struct{ fyne.Settings }

// ShowAnimations implements fyne.Settings.
func (stillSettings) ShowAnimations() bool { return false }

// holdStill has all widgets ask a still app.
func holdStill(a fyne.App) { fyne.SetCurrentApp(still{a}) }
