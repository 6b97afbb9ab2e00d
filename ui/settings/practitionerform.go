package settings

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/words"
)

// practitionerForm is what is typed of a practitioner.
type practitionerForm struct {
	Name   string
	Colour int
	Hours  [7]string // by time.Weekday
	Away   string    // one a line
}

func newPractitionerForm(p data.Practitioner) practitionerForm {
	f := practitionerForm{Name: p.Name, Colour: p.Colour, Away: data.FormatAway(p.Away)}
	for day, spans := range p.Hours {
		f.Hours[day] = data.FormatSpans(spans)
	}
	return f
}

// practitionerErrors is what is wrong with it, beside each field.
type practitionerErrors struct {
	Name  string
	Hours [7]string
	Away  string
}

// longestName is how many characters a name has at most.
const longestName = 60

// read makes a practitioner of the form; what is wrong with it is said instead.
func (f practitionerForm) read(was data.Practitioner, others []data.Practitioner, order data.DateOrder, today data.Date) (data.Practitioner, practitionerErrors) {
	var wrong practitionerErrors
	now := was
	now.Name, now.Colour = strings.TrimSpace(f.Name), f.Colour
	wrong.Name = nameWrong(now.Name, slices.ContainsFunc(others, func(o data.Practitioner) bool {
		return o.ID != was.ID && !o.Gone && strings.EqualFold(o.Name, now.Name)
	}))
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
	return now, wrong
}

// nameWrong is what is wrong with a name; "" is nothing.
func nameWrong(name string, taken bool) string {
	switch {
	case name == "":
		return lang.L("Type a name.")
	case len([]rune(name)) > longestName:
		return lang.L("Use at most {{.Count}} characters.", map[string]any{"Count": longestName})
	case data.HasControl(name, false):
		return lang.L("Leave out invisible characters.")
	case taken:
		return lang.L("This name is there already. Choose another one.")
	}
	return ""
}

// copyMonday puts Monday's hours where Tuesday's to Friday's are.
func (f practitionerForm) copyMonday() practitionerForm {
	for day := time.Tuesday; day <= time.Friday; day++ {
		f.Hours[day] = f.Hours[time.Monday]
	}
	return f
}
