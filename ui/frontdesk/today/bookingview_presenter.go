package today

import (
	"errors"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/words"
)

func (b *booking) view() bookingView {
	v := bookingView{Purpose: b.purpose, Form: b.form, Error: b.err, Resumed: b.resumed}
	if b.saving {
		v.Busy, v.Saving = lang.L("One moment…"), true
	}
	if born, err := data.ParseDate(b.form.Born, b.order, b.today()); err == nil {
		v.Born = words.Born(born, b.today(), data.Active)
	}
	for i, err := range b.errs {
		v.Errors[i] = fieldProblem(field(i), err)
	}
	today := b.today()
	for _, s := range b.results {
		v.Results = append(v.Results, result{s.ID, resultName(s), whoText(s, today)})
	}
	if s, ok := b.desk.Summary(b.form.Patient); ok && b.form.Patient != "" {
		v.Who, v.Alert = whoText(s, today), s.Alert
	}
	v.ResultsTitle = b.resultsTitle()
	v.Practitioners = b.choices()
	for _, c := range v.Practitioners {
		v.With = append(v.With, slices.Contains(b.candidates(), c.ID))
	}
	if v.Offers = b.offered(); len(v.Offers) == 0 && b.wasFound {
		v.NoOffers = lang.L("Nothing is free in the next eight weeks.")
		if b.purpose == forWalkIn {
			v.NoOffers = lang.L("Nobody is free today any more.")
		}
	}
	for _, k := range b.day.details.Types {
		if !k.Gone || k.ID == b.form.Type {
			v.Types = append(v.Types, choice{k.ID, typeName(b.day.details, k.ID)})
		}
	}
	v.When, v.Warning = b.whenLines()
	return v
}

// choices are who can be booked.
func (b *booking) choices() (there []choice) {
	for _, p := range b.day.details.Practitioners {
		if !p.Gone || p.ID == b.form.Practitioner {
			there = append(there, choice{p.ID, p.Name})
		}
	}
	return there
}

// purposeWords are the title of the dialog, and its primary button.
func purposeWords(p purpose) (title, primary string) {
	switch p {
	case forWalkIn:
		return lang.L("Walk-in"), lang.L("Into the waiting room")
	case forMove:
		return lang.L("Move the appointment"), lang.L("Move")
	}
	return lang.L("Book an appointment"), lang.L("Book")
}

// resultName is a patient's name, and what has to be known before booking.
func resultName(s data.Summary) string {
	switch {
	case s.Damaged:
		return lang.L("Damaged record")
	case s.State == data.Deceased:
		return lang.L("{{.Name}} (deceased)", map[string]any{"Name": s.Name})
	case s.State == data.Left:
		return lang.L("{{.Name}} (left)", map[string]any{"Name": s.Name})
	case s.Alert != "":
		return "⚠ " + s.Name
	}
	return s.Name
}

// resultsTitle says what the list of patients is.
func (b *booking) resultsTitle() string {
	done, total, ready := b.desk.Loading()
	switch {
	case b.form.Patient != "" || b.purpose == forMove:
		return ""
	case !ready:
		return lang.L("Patients are still being read: {{.Done}} of {{.Total}}.", map[string]any{
			"Done": words.Number(int64(done)), "Total": words.Number(int64(total)),
		})
	case b.form.New && len(b.results) > 0:
		return lang.L("Is it one of these?")
	case b.form.New:
		return ""
	case len(b.results) == 0 && b.isEmptyQuery():
		return lang.L("Type a part of the name, the date of birth or the phone number.")
	case len(b.results) == 0:
		return lang.L("Nobody of that name. Enter: a new patient.")
	case b.isEmptyQuery():
		return lang.L("Seen last")
	}
	return lang.L("Found")
}

// whenLines are the time in words, and what is unusual about it. Nothing of it
// is forbidden.
func (b *booking) whenLines() (when, warning string) {
	day, dayErr := parseDay(b.form.Date, b.order, b.today())
	minute, startErr := data.ParseTime(b.form.Start)
	length, lengthErr := parseLength(b.form.Length)
	if dayErr != nil {
		return "", b.warning
	}
	if startErr != nil || lengthErr != nil {
		return dayText(day), b.warning
	}
	moments, err := day.Moments(minute, b.desk.Zone())
	if err != nil && b.errs[fieldStart] == nil {
		return "", fieldProblem(fieldStart, err)
	}
	if err != nil {
		return "", b.warning // it is said beside the field
	}
	a := data.Appointment{Start: moments[0]}
	a.End = a.Start.Add(time.Duration(length) * time.Minute)
	var warnings []string
	if b.warning != "" {
		warnings = append(warnings, b.warning)
	}
	if p, ok := b.day.details.Practitioner(b.form.Practitioner); ok && !p.Works(a.Start, a.End) {
		why, away := p.AwayOn(day)
		of := map[string]any{"Name": p.Name, "Why": why}
		switch {
		case away && why != "":
			warnings = append(warnings, lang.L("{{.Name}} is away then: {{.Why}}.", of))
		case away:
			warnings = append(warnings, lang.L("{{.Name}} is away then.", of))
		default:
			warnings = append(warnings, lang.L("This is outside the working hours of {{.Name}}.", of))
		}
	}
	if b.purpose == forWalkIn {
		if expected := b.day.expected(b.form.Patient); len(expected) > 0 {
			warnings = append(warnings, lang.L("{{.Name}} is expected today at {{.Time}} with {{.Practitioner}}: have them arrive for that.", map[string]any{
				"Name": patientName(expected[0]), "Time": words.TimeOfDay(expected[0].Start), "Practitioner": practitionerName(b.day.details, expected[0].Practitioner),
			}))
		}
	}
	if b.purpose != forWalkIn && a.End.Before(b.now()) {
		warnings = append(warnings, lang.L("This time is over already."))
	}
	when = whenText(a)
	if p, ok := b.day.details.Practitioner(b.form.Practitioner); ok {
		when = lang.L("{{.When}} · {{.Practitioner}}", map[string]any{"When": when, "Practitioner": p.Name})
	}
	return when, strings.Join(warnings, " ")
}

// fieldProblem is what stands beside a field.
func fieldProblem(f field, err error) string {
	var skipped *data.SkippedError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &skipped):
		return skippedText(skipped)
	case errors.Is(err, errNobodyFree):
		return lang.L("Nobody is free then. Choose with whom.")
	case errors.Is(err, errNoPatient):
		return lang.L("Choose a patient from the list, or add a new one.")
	case errors.Is(err, data.ErrEmpty):
		return lang.L("Type a name.")
	case errors.Is(err, data.ErrUnknownChoice):
		return lang.L("Choose one from the list.")
	case errors.Is(err, data.ErrNoSuchDay):
		return lang.L("There is no such day. Look at day and month.")
	case errors.Is(err, data.ErrNotADate) && f == fieldBorn:
		return lang.L("Type the date of birth, such as 4 Mar 1981.")
	case errors.Is(err, data.ErrNotADate):
		return lang.L("Type a date, such as 24 Nov.")
	case errors.Is(err, data.ErrNotATime):
		return lang.L("Type a time, such as 9:15.")
	case errors.Is(err, data.ErrNotADuration):
		return lang.L("Type a number of minutes, such as 15.")
	case errors.Is(err, data.ErrUnclearLength):
		return lang.L("Minutes or hours? Type minutes as 90, hours as 1:30 or 1.5 h.")
	case errors.Is(err, data.ErrFuture):
		return lang.L("This day is yet to come.")
	case errors.Is(err, data.ErrTooLongAgo):
		return lang.L("This is too long ago. Look at the year.")
	case errors.Is(err, data.ErrNotAPhone):
		return lang.L("This is not a phone number. Type its digits.")
	}
	return problem(err)
}
