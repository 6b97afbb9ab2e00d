package words

import (
	"errors"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
)

// Data is what a person reads about a value that the rules of data refuse, and
// what to do. ok is false for other errors.
func Data(err error) (text string, ok bool) {
	for _, known := range dataSentences {
		if errors.Is(err, known.err) {
			return known.text(), true
		}
	}
	return "", false
}

var dataSentences = []struct {
	err  error
	text func() string
}{
	{data.ErrEmpty, func() string { return lang.L("Type something here.") }},
	{data.ErrTooLong, func() string { return lang.L("This is too long. Shorten it.") }},
	{data.ErrControl, func() string {
		return lang.L("This has invisible characters that mean nothing here. Type it instead of pasting it.")
	}},
	{data.ErrNotADate, func() string { return lang.L("This is not a date. Type day, month and year, such as 4 Mar 1981.") }},
	{data.ErrNoSuchDay, func() string { return lang.L("There is no such day. Look at day and month.") }},
	{data.ErrFuture, func() string { return lang.L("This day is still to come. Look at the year.") }},
	{data.ErrTooLongAgo, func() string { return lang.L("Nobody is that old. Look at the year.") }},
	{data.ErrNotAnEmail, func() string { return lang.L("This is not an email address. It looks like name@example.org.") }},
	{data.ErrNotAPhone, func() string { return lang.L("A phone number has digits. Type it, or leave this empty.") }},
	{data.ErrNotATime, func() string { return lang.L("This is not a time. Type it like 9:15.") }},
	{data.ErrEndsBefore, func() string { return lang.L("The end is before the beginning. Look at both.") }},
	{data.ErrNoLength, func() string { return lang.L("This takes no time at all. Choose a later end.") }},
	{data.ErrTooLongVisit, func() string { return lang.L("This is longer than a day. Choose an earlier end.") }},
	{data.ErrOverlap, func() string { return lang.L("Two of these times overlap. Change one of them.") }},
	{data.ErrNotADuration, func() string { return lang.L("Type a number of minutes.") }},
	{data.ErrUnclearLength, func() string { return lang.L("Minutes or hours? Type minutes as 90, hours as 1:30 or 1.5 h.") }},
	{data.ErrNameTaken, func() string { return lang.L("This name is taken. Choose another.") }},
	{data.ErrUnknownChoice, func() string { return lang.L("Choose one from the list.") }},
	{data.ErrUnknownType, func() string { return lang.L("This kind of appointment is not offered any more. Choose another.") }},
	{data.ErrStatus, func() string { return lang.L("This appointment can't become that any more. Look at it again.") }},
	{data.ErrMerged, func() string { return lang.L("This patient was merged into another one. Open that one.") }},
	{data.ErrSame, func() string { return lang.L("These are one and the same record. Choose another patient.") }},
	{data.ErrTooLate, func() string { return lang.L("It is too late to take this back: that goes for 30 days.") }},
	{data.ErrChanged, func() string { return lang.L("Somebody else changed this meanwhile. Look at it again.") }},
	{data.ErrNothing, func() string { return lang.L("There is nothing to undo.") }},
	{data.ErrOtherStep, func() string {
		return lang.L("Something else was done meanwhile, so nothing was taken back. Undo again to see what.")
	}},
}

// PatientField is what a field of a patient is called. The practice says what
// the national health number is called; "" is in general words.
func PatientField(f data.Field, healthNumber string) string {
	switch f {
	case data.FieldName:
		return lang.L("Name")
	case data.FieldAlsoKnownAs:
		return lang.L("Also known as")
	case data.FieldBorn:
		return lang.L("Date of birth")
	case data.FieldSex:
		return lang.L("Sex")
	case data.FieldGender:
		return lang.L("Gender")
	case data.FieldPhone:
		return lang.L("Phone")
	case data.FieldOtherPhone:
		return lang.L("Other phone")
	case data.FieldEmail:
		return lang.L("Email")
	case data.FieldAddress:
		return lang.L("Address")
	case data.FieldRecordNumber:
		return lang.L("Record number")
	case data.FieldHealthNumber:
		if healthNumber != "" {
			return healthNumber
		}
		return lang.L("National health number")
	case data.FieldEmergency:
		return lang.L("Emergency contact")
	case data.FieldAlert:
		return lang.L("Alert")
	case data.FieldNotes:
		return lang.L("Notes")
	case data.FieldState:
		return lang.L("Comes here")
	case data.FieldSince:
		return lang.L("Since")
	}
	return ""
}

// PatientState is a state of a patient in a word or two.
func PatientState(s data.PatientState) string {
	switch s {
	case data.Left:
		return lang.L("Left the practice")
	case data.Deceased:
		return lang.L("Deceased")
	}
	return lang.L("Active")
}

// Born is a date of birth and the age on the day today: "4 Mar 1981, 45". Of
// a deceased person there is no age.
func Born(born, today data.Date, state data.PatientState) string {
	if born.IsZero() || state == data.Deceased {
		return born.String()
	}
	return lang.L("{{.Date}}, {{.Age}}", map[string]any{"Date": born.String(), "Age": born.Age(today)})
}
