package practitioners

import (
	"errors"
	"slices"
	"strings"
	"time"

	"anteroom/data"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// form is what is typed of a practitioner.
type form struct {
	Name   string
	Colour int
	Hours  [7]string // by time.Weekday
	Away   string    // one a line
}

func newForm(p data.Practitioner) form {
	f := form{Name: p.Name, Colour: p.Colour, Away: data.FormatAway(p.Away)}
	for day, spans := range p.Hours {
		f.Hours[day] = data.FormatSpans(spans)
	}
	return f
}

// hoursRead is how the hours of a day are understood, or what has to be asked about
// them, or is wrong with them; "" while they can't be read, for more may be typed.
func hoursRead(text string) string {
	spans, err := data.ParseSpans(text)
	var unclear *data.UnclearError
	if errors.As(err, &unclear) || errors.Is(err, data.ErrEndsBefore) || errors.Is(err, data.ErrNoLength) || errors.Is(err, data.ErrOverlap) {
		return words.Hours(err)
	}
	return data.PaddedSpans(spans)
}

// awayRead is how days away are understood.
func awayRead(text string, order data.DateOrder, today data.Date) string {
	days, err := data.ParseAway(text, order, today)
	if err != nil {
		return ""
	}
	return strings.ReplaceAll(data.FormatAway(days), "\n", "; ")
}

// formErrors is what is wrong with it, beside each field.
type formErrors struct {
	Name  string
	Hours [7]string
	Away  string
}

// read makes a practitioner of the form; what is wrong with it is said instead.
func (f form) read(was data.Practitioner, stored data.Details, order data.DateOrder, today data.Date) (data.Practitioner, formErrors) {
	var wrong formErrors
	now := was
	now.Name, now.Colour = strings.TrimSpace(f.Name), f.Colour
	for day, text := range f.Hours {
		spans, err := data.ParseSpans(text)
		if err != nil {
			wrong.Hours[day] = words.Hours(err)
		}
		now.Hours[day] = spans
	}
	away, err := data.ParseAway(f.Away, order, today)
	if err != nil {
		wrong.Away = words.Away(err)
	}
	now.Away = away
	others := slices.DeleteFunc(slices.Clone(stored.Practitioners), func(o data.Practitioner) bool { return o.ID == was.ID })
	rules := data.Details{Practitioners: append(others, now)}
	wrong.Name = words.DetailName(pane.DetailWrong(rules, data.PractitionerName, len(others)))
	return now, wrong
}

// copyMonday puts Monday's hours where Tuesday's to Friday's are.
func (f form) copyMonday() form {
	for day := time.Tuesday; day <= time.Friday; day++ {
		f.Hours[day] = f.Hours[time.Monday]
	}
	return f
}
