package patients

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

// formField is a field of the form.
type formField struct {
	of    data.Field
	box   *widgets.Field
	focus fyne.Focusable
	get   func() string
	set   func(string)
}

// lines is how many a text of several lines has in sight.
const lines = 4

// newFormField makes a field; edited hears of each change, and left when the cursor
// leaves a field of one line.
func newFormField(f data.Field, edited, left func()) *formField {
	label := words.PatientField(f, "")
	switch f {
	case data.FieldSex, data.FieldGender:
		return newChoiceField(f, label, edited)
	case data.FieldState:
		return newStateField(f, label, edited)
	case data.FieldAddress, data.FieldAlert, data.FieldNotes:
		entry := widgets.NewTextArea(lines)
		entry.OnChanged = func(string) { edited() }
		field := &formField{f, widgets.NewField(label, entry), entry, func() string { return entry.Text }, entry.SetText}
		if f == data.FieldAlert {
			field.box.SetHelp(lang.L("Shown on every screen of this patient."))
		}
		if f == data.FieldNotes {
			field.box.SetHelp(lang.L("Ctrl+Enter saves."))
		}
		field.box.Reserve(1)
		return field
	}
	entry := widgets.NewEntry()
	entry.OnChanged = func(string) { edited() }
	entry.OnFocus = func(gained bool) {
		if !gained {
			left()
		}
	}
	field := &formField{f, widgets.NewField(label, entry).Reserve(1), entry, func() string { return entry.Text }, func(text string) {
		entry.SetText(text)
		entry.CursorColumn = len([]rune(text)) // typing goes on at the end
	}}
	switch f {
	case data.FieldBorn, data.FieldSince:
		field.box.Reserve(2)
	case data.FieldEmergency:
		field.box.SetHelp(lang.L("Whom to call, and the number."))
	}
	return field
}

func newChoiceField(f data.Field, label string, edited func()) *formField {
	choice := widgets.NewChoiceEntry(func(string) { edited() })
	return &formField{f, widgets.NewField(label, choice).Reserve(1), choice.Focusable(), choice.Text, choice.SetText}
}

func newStateField(f data.Field, label string, edited func()) *formField {
	var options []string
	for _, s := range states {
		options = append(options, words.PatientState(s))
	}
	choice := widgets.NewSelect(options, func(string) { edited() })
	return &formField{
		f, widgets.NewField(label, choice).Reserve(1), choice,
		func() string { return stateWord(states[max(0, choice.SelectedIndex())]) },
		func(word string) { choice.SetSelectedIndex(slices.Index(states, stateOf(word))) },
	}
}

// formLayout is a column of fields, with what looks alike beside the first ones
// (the objects, as Tab goes: first fields, further fields, what looks alike), or
// between them where there is no room beside them.
type formLayout struct{ width float32 }

const (
	fieldWidth = 360 // for text at 100 %, as widgets have it
	leastAlike = 300 // the least width of what looks alike, for text at 100 %
)

func (l *formLayout) isWide() bool {
	return l.width >= layouts.Scaled(fieldWidth)+margin+layouts.Scaled(leastAlike)
}

func (l *formLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	first, rest, alike := objects[0], objects[1], objects[2]
	width := min(size.Width, layouts.Scaled(fieldWidth))
	y := layouts.FitHeight(first, width)
	layouts.Place(first, 0, 0, width, y)
	y += gap
	if alike.Visible() {
		if l.isWide() {
			left := width + margin
			height := layouts.FitHeight(alike, size.Width-left)
			layouts.Place(alike, left, 0, size.Width-left, height)
		} else {
			height := layouts.FitHeight(alike, size.Width)
			layouts.Place(alike, 0, y, size.Width, height)
			y += height + gap
		}
	}
	layouts.Place(rest, 0, y, width, layouts.FitHeight(rest, width))
}

// MinSize is as high as the objects need at the width of the last layout.
func (l *formLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	first, rest, alike := objects[0].MinSize(), objects[1].MinSize(), objects[2].MinSize()
	height := first.Height + gap + rest.Height
	if objects[2].Visible() {
		if l.isWide() {
			height = max(height, alike.Height)
		} else {
			height += alike.Height + gap
		}
	}
	return fyne.NewSize(max(first.Width, rest.Width), height)
}
