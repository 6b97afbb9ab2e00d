package shell

import "fyne.io/fyne/v2"

// holdStill is left to the build tag no_animations: see still.go.
func holdStill(fyne.App) {}
