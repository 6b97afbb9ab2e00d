package screen

import "fyne.io/fyne/v2"

// Screen is what a window shows.
type Screen interface {
	Content() fyne.CanvasObject
	// Focus gives the focus to where the person begins.
	Focus()
}
