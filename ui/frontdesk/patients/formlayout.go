package patients

import (
	"fyne.io/fyne/v2"

	"anteroom/data"
	"anteroom/ui/layouts"
)

// firstFields are those that a patient is known by. What looks alike stands beside them, or below.
var firstFields = []data.Field{data.FieldName, data.FieldAlsoKnownAs, data.FieldBorn, data.FieldPhone, data.FieldOtherPhone}

// For text at 100 %:
const (
	fieldWidth  = 360 // of a column of fields, as widgets have it
	leastInPair = 150 // the least width of a field that has another one beside it
	leastAlike  = 300 // the least width of what looks alike beside the fields
	formWidth   = 1140
)

// formLayout has the fields in two columns where there is room, and what looks alike as a third one, or over the second.
// With one column it is below the first fields. The objects, as Tab goes: the first fields, those of the first column
// below them, those of the second column, what looks alike.
type formLayout struct{ width float32 }

func (l *formLayout) columns() int {
	field, between := layouts.Scaled(fieldWidth), float32(margin)
	switch {
	case l.width >= 2*field+2*between+layouts.Scaled(leastAlike):
		return 3
	case l.width >= 2*field+between:
		return 2
	}
	return 1
}

// inColumns are the objects that stand below each other, column by column.
func (l *formLayout) inColumns(objects []fyne.CanvasObject) [][]fyne.CanvasObject {
	first, reach, more, alike := objects[0], objects[1], objects[2], objects[3]
	switch l.columns() {
	case 3:
		return [][]fyne.CanvasObject{{first, reach}, {more}, {alike}}
	case 2:
		return [][]fyne.CanvasObject{{first, reach}, {alike, more}}
	}
	return [][]fyne.CanvasObject{{first, alike, reach, more}}
}

func (l *formLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	field, x := layouts.Scaled(fieldWidth), float32(0)
	alike, isBeside := objects[3], l.columns() == 2
	for _, column := range l.inColumns(objects) {
		y := float32(0)
		for _, o := range column {
			if !o.Visible() {
				continue
			}
			width := min(size.Width, field)
			if o == alike && !isBeside {
				width = size.Width - x
			}
			height := layouts.FitHeight(o, width)
			layouts.Place(o, x, y, width, height)
			y += height + gap
		}
		x += field + margin
	}
}

// MinSize is as high as the objects need at the width of the last layout, and as wide as the widest of them.
func (l *formLayout) MinSize(objects []fyne.CanvasObject) (least fyne.Size) {
	for _, column := range l.inColumns(objects) {
		least = least.Max(layouts.Column{Gap: gap}.MinSize(column))
	}
	return least
}
