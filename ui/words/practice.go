package words

import (
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
)

// Colours are the names of the colours that practitioners have, by their number.
func Colours() []string {
	return []string{
		lang.L("Blue"), lang.L("Orange"), lang.L("Purple"), lang.L("Green"),
		lang.L("Pink"), lang.L("Olive"), lang.L("Brown"), lang.L("Grey"),
	}
}

// Weekday is the name of a day.
func Weekday(d time.Weekday) string {
	switch d {
	case time.Monday:
		return lang.L("Monday")
	case time.Tuesday:
		return lang.L("Tuesday")
	case time.Wednesday:
		return lang.L("Wednesday")
	case time.Thursday:
		return lang.L("Thursday")
	case time.Friday:
		return lang.L("Friday")
	case time.Saturday:
		return lang.L("Saturday")
	}
	return lang.L("Sunday")
}

// ShortWeekday is the name of a day in little room.
func ShortWeekday(d time.Weekday) string {
	switch d {
	case time.Monday:
		return lang.L("Mon")
	case time.Tuesday:
		return lang.L("Tue")
	case time.Wednesday:
		return lang.L("Wed")
	case time.Thursday:
		return lang.L("Thu")
	case time.Friday:
		return lang.L("Fri")
	case time.Saturday:
		return lang.L("Sat")
	}
	return lang.L("Sun")
}

// Week are the days of one, as the screens have them.
func Week() []time.Weekday {
	return []time.Weekday{
		time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday,
	}
}

// KindName is the name of a kind of appointment.
func KindName(k data.AppointmentType) string {
	if k.Name == "" {
		return lang.L("Consultation")
	}
	return k.Name
}

// DetailName is what is wrong with the name of a practitioner, a kind of
// appointment or a number; "" is nothing.
func DetailName(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, data.ErrTooLong):
		return lang.L("That is too long. Shorten it.")
	case errors.Is(err, data.ErrControl):
		return lang.L("Leave out invisible characters.")
	case errors.Is(err, data.ErrNameTaken):
		return lang.L("This name is there already. Choose another one.")
	}
	return lang.L("Type a name.")
}

// Hours is what is wrong with the hours of a day.
func Hours(err error) string {
	var unclear *data.UnclearError
	switch {
	case errors.As(err, &unclear) && len(unclear.Readings) > 1:
		return lang.L("Is it {{.Morning}}, or {{.Afternoon}}? Type am or pm, or the hours as 07:00 or 19:00.", map[string]any{
			"Morning": data.PaddedSpans(unclear.Readings[0]), "Afternoon": data.PaddedSpans(unclear.Readings[len(unclear.Readings)-1]),
		})
	case errors.As(err, &unclear):
		return lang.L("Is it in the morning or in the afternoon? Type am or pm, or the hours as 07:00 or 19:00.")
	case errors.Is(err, data.ErrEndsBefore):
		return lang.L("A time ends before it begins. Look at it again.")
	case errors.Is(err, data.ErrNoLength):
		return lang.L("A time ends when it begins. Look at it again.")
	case errors.Is(err, data.ErrOverlap):
		return lang.L("Two times overlap. Look at them again.")
	}
	return lang.L("Type the hours as 9:00–12:30, 13:30–17:00.")
}

// Away is what is wrong with days away, and on which line.
func Away(err error) string {
	text := lang.L("Type one day or two a line, as 24 Nov 2026 or 24 Nov 2026 – 4 Dec 2026.")
	switch {
	case errors.Is(err, data.ErrNoSuchDay):
		text = lang.L("There is no such day. Look at it again.")
	case errors.Is(err, data.ErrEndsBefore):
		text = lang.L("The days end before they begin. Look at them again.")
	case errors.Is(err, data.ErrTooLong):
		text = lang.L("That is too long. Shorten it.")
	case errors.Is(err, data.ErrControl):
		text = lang.L("Leave out invisible characters.")
	}
	var at *data.LineError
	if errors.As(err, &at) {
		return lang.L("Line {{.Line}}: {{.Problem}}", map[string]any{"Line": at.Line, "Problem": text})
	}
	return text
}
