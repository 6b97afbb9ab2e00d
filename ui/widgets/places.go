package widgets

import "fyne.io/fyne/v2"

// Place is a line of a list of places: one to go to, or, without a sign, a heading.
type Place struct {
	Text string
	Sign fyne.Resource
}

// placesWidth is that of a list of places, signs included, for text at 100 %.
const placesWidth = 146

// NewPlaces returns a list of places; spoken is what it is called by who can't see it.
func NewPlaces(spoken string, places ...Place) *List {
	l := NewList(Head{Width: placesWidth, Grow: true})
	l.Spoken = spoken
	l.rows.HideSeparators = true
	l.sign = func(row int) fyne.Resource { return places[row].Sign }
	l.SetSource(len(places), func(row, _ int) string { return places[row].Text })
	return l
}
