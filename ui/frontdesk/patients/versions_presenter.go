package patients

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/words"
)

// question is what of a patient two records, or two people, have differently:
// one or more fields that only make sense together.
type question struct {
	Label    string
	Fields   []data.Field
	Versions []version
	Chosen   int
}

// version is one answer.
type version struct {
	Caption string   // whose it is
	Text    string   // as it is shown
	Values  []string // of the fields
}

// units are the fields that are chosen together: a state and its date, say.
// together are more of them.
func units(together ...[]data.Field) [][]data.Field {
	together = append(together, []data.Field{data.FieldState, data.FieldSince})
	var all [][]data.Field
	for _, f := range data.Fields() {
		i := slices.IndexFunc(together, func(unit []data.Field) bool { return slices.Contains(unit, f) })
		switch {
		case i < 0:
			all = append(all, []data.Field{f})
		case together[i][0] == f:
			all = append(all, together[i])
		}
	}
	return all
}

func valuesOf(form data.PatientForm, unit []data.Field) []string {
	values := make([]string, len(unit))
	for i, f := range unit {
		values[i] = form[f]
	}
	return values
}

func setValues(form *data.PatientForm, unit []data.Field, values []string) {
	for i, f := range unit {
		form[f] = values[i]
	}
}

func isBlank(values []string) bool { return strings.Join(values, "") == "" }

// threeWay brings together what two people made of one record: base is what
// both began with. What only one of them changed is taken; where both did, and
// differently, it is a question, in which mine comes first.
func threeWay(base, mine, theirs data.PatientForm, healthNumber string) (merged data.PatientForm, both []question) {
	merged = theirs
	for _, unit := range units() {
		b, m, t := valuesOf(base, unit), valuesOf(mine, unit), valuesOf(theirs, unit)
		switch {
		case slices.Equal(m, b), slices.Equal(m, t):
		case slices.Equal(t, b):
			setValues(&merged, unit, m)
		default:
			both = append(both, newQuestion(unit, m, t, healthNumber))
		}
	}
	return merged, both
}

// newQuestion has the two versions of a unit, and both of them where they are
// texts that can stand one below the other.
func newQuestion(unit []data.Field, one, other []string, healthNumber string) question {
	q := question{Label: words.PatientField(unit[0], healthNumber), Fields: unit}
	q.Versions = []version{{Values: one}, {Values: other}}
	if joined := join(unit, one, other); joined != nil {
		q.Versions = append(q.Versions, version{Caption: lang.L("Both"), Values: joined})
	}
	for i := range q.Versions {
		q.Versions[i].Text = valuesText(unit, q.Versions[i].Values)
	}
	if len(unit) == 1 {
		q.Versions[0].Text, q.Versions[1].Text = excerpts(q.Versions[0].Text, q.Versions[1].Text)
		if len(q.Versions) == 3 {
			q.Versions[2].Text = shortened(q.Versions[2].Text, 2*excerptLength)
		}
	}
	return q
}

// join is both versions together; nil where that makes no sense.
func join(unit []data.Field, one, other []string) []string {
	if isBlank(one) || isBlank(other) {
		return nil
	}
	switch unit[0] {
	case data.FieldAlert, data.FieldNotes:
		return []string{one[0] + "\n" + other[0]}
	case data.FieldPhone:
		if len(unit) < 2 {
			return nil
		}
		var numbers []string
		for _, number := range append(slices.Clone(one), other...) {
			if number != "" && !slices.Contains(numbers, number) {
				numbers = append(numbers, number)
			}
		}
		if len(numbers) == len(unit) {
			return numbers
		}
	}
	return nil
}

// valuesText is a version as people read it.
func valuesText(unit []data.Field, values []string) string {
	if unit[0] == data.FieldState {
		text := words.PatientState(stateOf(values[0]))
		if values[1] != "" {
			text = lang.L("{{.State}}, {{.Date}}", map[string]any{"State": text, "Date": values[1]})
		}
		return text
	}
	kept := slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
	if len(kept) == 0 {
		return lang.L("(nothing)")
	}
	return strings.Join(kept, "\n")
}

// states are all of them, in the order of the form.
var states = []data.PatientState{data.Active, data.Left, data.Deceased}

// stateWord is a state as a form has it.
func stateWord(s data.PatientState) string { return data.Patient{State: s}.Form()[data.FieldState] }

func stateOf(word string) data.PatientState {
	for _, s := range states {
		if stateWord(s) == word {
			return s
		}
	}
	return data.Active
}

const (
	excerptLength = 300 // of a long version that is shown
	excerptLead   = 40  // of what is the same before the first difference
)

// excerpts are two long texts from shortly before where they begin to differ.
func excerpts(one, other string) (string, string) {
	a, b := []rune(one), []rune(other)
	if len(a) <= excerptLength && len(b) <= excerptLength {
		return one, other
	}
	same := 0
	for same < len(a) && same < len(b) && a[same] == b[same] {
		same++
	}
	cut := func(text []rune) string {
		from := min(max(0, same-excerptLead), max(0, len(text)-1))
		if from == 0 {
			return shortened(string(text), excerptLength)
		}
		return "…" + shortened(string(text[from:]), excerptLength)
	}
	return cut(a), cut(b)
}
