package exchange

import (
	"slices"
	"strings"

	"anteroom/data"
)

// Fit takes columns back that are something by their titles, and not by what most of their
// rows have: a "status" that is married. It returns the targets, and by column the first text
// that does not fit.
// A "gender" of M and F, where no other column is the sex, is that.
func Fit(targets []Target, rows []Row, today data.Date) (fitting []Target, unfit []string) {
	fitting, unfit = slices.Clone(targets), make([]string, len(targets))
	for i, t := range targets {
		said := texts(rows, i, t)
		odd := slices.DeleteFunc(slices.Clone(said), func(text string) bool { return isOf(t, text, today) })
		if 2*len(odd) > len(said) && len(said) > 1 { // one alone may be a slip
			fitting[i], unfit[i] = Target{}, odd[0]
		}
	}
	gender, sex := Target{data.FieldGender, Whole}, Target{data.FieldSex, Whole}
	if at := slices.Index(fitting, gender); at >= 0 && !slices.Contains(fitting, sex) {
		said := texts(rows, at, sex)
		if len(said) > 0 && !slices.ContainsFunc(said, func(text string) bool { return !isSex(text) }) {
			fitting[at] = sex
		}
	}
	return fitting, unfit
}

// texts are what a column says in some rows, for a field.
func texts(rows []Row, at int, t Target) (said []string) {
	for _, row := range rows {
		if row.Bad != nil || row.asIs {
			continue
		}
		if text := row.text(at, t); text != "" {
			said = append(said, text)
		}
	}
	return said
}

func isSex(text string) bool {
	return sexes[text] != "" || slices.Contains(sexWords, strings.ToLower(text))
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
	case t == Target{data.FieldAddress, Town}: // a "State" may be the patient's
		_, known := states()[fold(text)]
		return !known
	case t.Field == data.FieldEmail:
		return strings.Contains(text, "@")
	case t.Field == data.FieldPhone, t.Field == data.FieldOtherPhone:
		return hasDigit(text)
	}
	return true
}
