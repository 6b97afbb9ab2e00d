package patients

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/data"
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
	case data.FieldSex:
		return newChipsField(f, label, edited)
	case data.FieldGender:
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

func newChipsField(f data.Field, label string, edited func()) *formField {
	chips := widgets.NewChips(label, lang.L("Other…"), func(string) { edited() })
	return &formField{f, widgets.NewField(label, chips).Reserve(1), chips, chips.Text, chips.SetText}
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
