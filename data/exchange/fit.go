package exchange

import (
	"slices"
	"strings"
	"unicode"

	"anteroom/data"
)

// Fit takes columns back that are something by their titles, and not by what most of their
// rows have: a "status" that is married. It returns the targets and which columns those are.
// A "gender" of M and F, where no other column is the sex, is that.
func Fit(targets []Target, rows []Row, today data.Date) (fitting []Target, unfit []bool) {
	fitting, unfit = slices.Clone(targets), make([]bool, len(targets))
	for i, t := range targets {
		said, fits := 0, 0
		for _, row := range rows {
			if row.Bad != nil || row.asIs || i >= len(row.Cells) {
				continue
			}
			if text := value(row.Cells[i], t); text != "" {
				said++
				if isOf(t, text, today) {
					fits++
				}
			}
		}
		if 2*fits < said && said > 1 { // one alone may be a slip
			fitting[i], unfit[i] = Target{}, true
		}
	}
	if at := slices.Index(fitting, Target{data.FieldGender, Whole}); at >= 0 && !slices.Contains(fitting, Target{data.FieldSex, Whole}) && areSexes(rows, at) {
		fitting[at].Field = data.FieldSex
	}
	return fitting, unfit
}

// areSexes says that a column has nothing but these.
func areSexes(rows []Row, at int) (all bool) {
	for _, row := range rows {
		if row.Bad != nil || row.asIs || at >= len(row.Cells) {
			continue
		}
		text := value(row.Cells[at], Target{data.FieldSex, Whole})
		if text == "" {
			continue
		}
		if word := sexes[text]; word == "" && !slices.Contains(sexWords, strings.ToLower(text)) {
			return false
		}
		all = true
	}
	return all
}

// isOf says whether a text can be of a field. It may be wrong all the same.
func isOf(t Target, text string, today data.Date) bool {
	switch {
	case t.IsDate():
		return slices.ContainsFunc(orders, func(o data.DateOrder) bool {
			_, err := data.ParseDate(dateText(text), o, today)
			return err == nil
		})
	case t == Target{data.FieldState, Whole}:
		_, known := states()[fold(text)]
		return known
	case t.Field == data.FieldEmail:
		return strings.Contains(text, "@")
	case t.Field == data.FieldPhone, t.Field == data.FieldOtherPhone:
		return strings.ContainsFunc(text, unicode.IsDigit)
	}
	return true
}
