package widgets

const (
	gap      = 8  // between things that belong together
	cardPad  = 24 // inside a card or a dialog
	maxField = 360
)
