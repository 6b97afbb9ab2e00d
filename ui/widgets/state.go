package widgets

import "fyne.io/fyne/v2"

// SetVisible shows or hides, and leaves alone what is so already.
func SetVisible(o fyne.CanvasObject, visible bool) {
	switch {
	case visible && !o.Visible():
		o.Show()
	case !visible && o.Visible():
		o.Hide()
	}
}

// SetEnabled turns a widget on or off, and leaves alone what is so already.
func SetEnabled(o fyne.Disableable, on bool) {
	switch {
	case on && o.Disabled():
		o.Enable()
	case !on && !o.Disabled():
		o.Disable()
	}
}
