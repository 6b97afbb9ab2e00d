package exchange

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"anteroom/data"
)

// Value is what some rows have in a column and what only people can tell the meaning of.
type Value struct {
	Target Target
	Text   string // as it is first written
	Rows   int
}

// Answer is what becomes of a value.
type Answer int

// The answers.
const (
	Refuse Answer = iota // the rows
	LeaveOut
	Keep // as the file has it
	BeLeft
	BeDeceased
	BeMale
	BeFemale
)

// Choices are the answers for the values of a column, the usual one first.
func Choices(t Target) []Answer {
	switch {
	case t == Target{data.FieldState, Whole}:
		return []Answer{LeaveOut, BeLeft, BeDeceased, Refuse} // without one they are active
	case t.Part == Death:
		return []Answer{Refuse, LeaveOut, BeDeceased}
	case t.isSex():
		return []Answer{Keep, BeMale, BeFemale}
	case t.Field == data.FieldAlert:
		return []Answer{Keep, LeaveOut}
	}
	return []Answer{Refuse, LeaveOut}
}

// answerWords are what some answers put in the place of a value.
var answerWords = map[Answer]string{
	LeaveOut: "", BeLeft: "left", BeDeceased: deceasedWord, BeMale: "male", BeFemale: "female",
}

// Answers are the answers to values, by column and valueKey.
type Answers map[Target]map[string]Answer

// Of is the answer to a value: the usual one where there is none yet.
func (a Answers) Of(v Value) Answer {
	if answer, ok := a.find(v.Target, v.Text); ok {
		return answer
	}
	return Choices(v.Target)[0]
}

func (a Answers) find(t Target, text string) (answer Answer, ok bool) {
	if len(a[t]) > 0 {
		answer, ok = a[t][valueKey(text)]
	}
	return answer, ok
}

// Set answers a value.
func (a Answers) Set(v Value, answer Answer) {
	if a[v.Target] == nil {
		a[v.Target] = map[string]Answer{}
	}
	a[v.Target][valueKey(v.Text)] = answer
}

// read is a text as the answer to it says; answered is false if there is none.
func (a Answers) read(t Target, text string) (read string, answered bool) {
	answer, ok := a.find(t, text)
	if word, replaced := answerWords[answer]; ok && replaced {
		return word, true
	}
	return text, ok && answer == Keep
}

// valueKey is the same for texts that people take for one.
func valueKey(text string) string {
	if key := data.Fold(text); key != "" {
		return key
	}
	return text
}

// MaxValues is how many values of a column are asked about.
const MaxValues = 12

// Asks says that Judge may find something to ask in a column.
func (t Target) Asks() bool {
	switch t.Field {
	case data.FieldState, data.FieldSex, data.FieldGender, data.FieldEmail, data.FieldAlert:
		return t.Part != Ignored
	}
	return isPhone(t) || t.IsDate()
}

func (t Target) isSex() bool {
	return t.Part != Ignored && (t.Field == data.FieldSex || t.Field == data.FieldGender)
}

// isUnclear says that a text is none of those that a column can have; dates are judged
// elsewhere. Of sexes it is each letter: what one means the others tell.
func isUnclear(t Target, text string, asIs bool) bool {
	switch {
	case t.isSex():
		return !asIs && utf8.RuneCountInString(text) == 1
	case t.IsDate():
		return false
	case t.Field == data.FieldAlert:
		return !asIs && slices.Contains(yes, data.Fold(text))
	}
	return !isOf(t, text, data.Date{})
}

// values counts what is to be asked.
type values struct{ counts map[Target]map[string]*Value }

func (v *values) count(one Value) {
	const most = 1000 // of a column: more are no words that stand for something
	if v.counts == nil {
		v.counts = map[Target]map[string]*Value{}
	}
	if v.counts[one.Target] == nil {
		v.counts[one.Target] = map[string]*Value{}
	}
	of, key := v.counts[one.Target], valueKey(one.Text)
	if of[key] == nil && len(of) < most {
		of[key] = &one
	}
	if of[key] != nil {
		of[key].Rows++
	}
}

// verdict is what is to be asked, by column, the commonest first, and Findings.TooMany.
func (v *values) verdict() (ask []Value, tooMany string) {
	for _, t := range Targets() {
		var all []Value
		isState := t == Target{data.FieldState, Whole}
		for _, one := range v.counts[t] {
			if one.Rows > 1 || isState || t.isSex() { // in other columns one alone is a slip
				all = append(all, *one)
			}
		}
		slices.SortFunc(all, func(a, b Value) int { return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Text, b.Text)) })
		switch {
		case isState && len(all) > MaxValues:
			tooMany = all[0].Text
		case t.isSex() && !slices.ContainsFunc(all, func(one Value) bool { return !strings.Contains(clearSexes, valueKey(one.Text)) }):
		default:
			ask = append(ask, all[:min(MaxValues, len(all))]...)
		}
	}
	return ask, tooMany
}
