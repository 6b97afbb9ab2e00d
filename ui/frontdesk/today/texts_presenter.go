package today

import (
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/data/zone"
	"anteroom/ui/words"
)

// statusBeside is a status where it is clear who the practitioner is.
func statusBeside(s data.Status, practitioner string) string {
	if s == data.With && practitioner != "" {
		return lang.L("with {{.Name}}", map[string]any{"Name": practitioner})
	}
	return words.Status(s)
}

// typeName is what a type of appointment is called; "" for an unknown one.
func typeName(d data.Details, id string) string {
	if t, ok := d.Type(id); ok {
		return words.KindName(t)
	}
	return ""
}

// practitionerName is a practitioner's name.
func practitionerName(d data.Details, id string) string {
	if p, ok := d.Practitioner(id); ok {
		return p.Name
	}
	return lang.L("nobody known")
}

// patientName is whose an appointment is.
func patientName(v data.Visit) string {
	switch {
	case v.Damaged:
		return lang.L("Damaged record")
	case v.Who.Name == "":
		return lang.L("Unknown patient")
	}
	return v.Who.Name
}

// whoText is what tells a patient from others of the same name.
func whoText(s data.Summary, today data.Date) string {
	var parts []string
	if !s.Born.IsZero() {
		parts = append(parts, words.Born(s.Born, today, s.State))
	}
	if s.Phone != "" {
		parts = append(parts, s.Phone)
	}
	if s.RecordNumber != "" {
		parts = append(parts, lang.L("No. {{.Number}}", map[string]any{"Number": s.RecordNumber}))
	}
	return strings.Join(parts, " · ")
}

// minuteText is a minute of the day as a clock shows it; the end of the day is 24:00.
func minuteText(minute int) string {
	if minute == minutesOfDay {
		return data.FormatTime(minute)
	}
	return data.FormatTime(((minute % minutesOfDay) + minutesOfDay) % minutesOfDay)
}

func spanText(from, to int) string { return minuteText(from) + "–" + minuteText(to) }

// dayText is a day with its weekday: "Tue 24 Nov 2026".
func dayText(d data.Date) string {
	return d.In(time.UTC).Format("Mon 2 Jan 2006")
}

// nearDayText is a day as it is told without doubt today: with its year if that
// is another one.
func nearDayText(d, today data.Date) string {
	if d.Year == today.Year {
		return d.In(time.UTC).Format("Mon 2 Jan")
	}
	return dayText(d)
}

// nearDateText is nearDayText without the day of the week: a week begins with the same one, and its name took the room of
// the other buttons.
func nearDateText(d, today data.Date) string {
	if d.Year == today.Year {
		return d.In(time.UTC).Format("2 Jan")
	}
	return d.In(time.UTC).Format("2 Jan 2006")
}

// whenText is the day and time of an appointment.
func whenText(a data.Appointment) string {
	of := map[string]any{
		"Day": dayText(data.DateOf(a.Start)), "From": words.TimeOfDay(a.Start), "To": words.TimeOfDay(a.End), "Offset": zone.Offset(a.Start),
	}
	if data.IsShownTwice(a.Start) {
		return lang.L("{{.Day}}, {{.From}} ({{.Offset}})–{{.To}}", of)
	}
	return lang.L("{{.Day}}, {{.From}}–{{.To}}", of)
}

// timesText is the time of an appointment without its day.
func timesText(a data.Appointment) string {
	return words.TimeOfDay(a.Start) + "–" + words.TimeOfDay(a.End)
}

func lengthText(minutes int) string {
	return lang.L("{{.Minutes}} min", map[string]any{"Minutes": minutes})
}

// clashText says with whom an appointment would overlap.
func clashText(c *data.Clash, practitioner string) string {
	var others []string
	for _, v := range c.With {
		others = append(others, lang.L("{{.Name}}, {{.Time}}", map[string]any{
			"Name": patientName(v), "Time": timesText(v.Appointment),
		}))
	}
	return lang.L("{{.Practitioner}} has another appointment then: {{.Others}}.", map[string]any{
		"Practitioner": practitioner, "Others": strings.Join(others, "; "),
	})
}

// undoneText says what was taken back.
func undoneText(u data.Undone, d data.Details) string {
	of := map[string]any{
		"Name": patientName(u.Visit), "When": whenText(u.Visit.Appointment),
		"Status": words.Status(u.Visit.Status), "Practitioner": practitionerName(d, u.Visit.Practitioner),
	}
	switch u.Act {
	case data.ActBooked:
		return lang.L("Taken back: the booking of {{.Name}}, {{.When}}.", of)
	case data.ActMoved:
		return lang.L("Taken back: {{.Name}} is at {{.When}} with {{.Practitioner}} again.", of)
	case data.ActAnnotated:
		return lang.L("Taken back: the note on {{.Name}}, {{.When}}, is as it was.", of)
	}
	return lang.L("Taken back: {{.Name}}, {{.When}}, is “{{.Status}}” again.", of)
}
