package widgets

import "anteroom/ui/layouts"

const (
	gap     = 8  // between things that belong together
	cardPad = 24 // inside a card or a dialog
)

// maxField is how wide a field is at most: it fills a card or a dialog of the usual width.
func maxField() float32 { return layouts.Scaled(dialogWidth) - 2*cardPad }
