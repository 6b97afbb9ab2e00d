package data

import (
	"slices"
	"strings"
)

// DateOrder is the order in which a country writes day, month and year.
type DateOrder int

// The orders there are.
const (
	DayFirst DateOrder = iota
	MonthFirst
	YearFirst
)

// The countries (ISO 3166-1) whose dates don't begin with the day, after the
// Unicode CLDR's short formats.
var (
	monthFirst = []string{"US", "PH", "PR", "GU", "VI", "AS", "MP", "UM", "FM", "MH", "PW"}
	yearFirst  = []string{"CN", "JP", "KR", "KP", "TW", "HU", "LT", "SE", "MN", "CA", "ZA", "BT", "IR", "NP"}
)

// OrderOf is the order of a country, or of a locale such as "en-GB" or "en_GB.UTF-8".
func OrderOf(locale string) DateOrder {
	locale, _, _ = strings.Cut(locale, ".")
	for _, part := range strings.FieldsFunc(locale, func(r rune) bool { return r == '-' || r == '_' || r == '@' }) {
		switch {
		case slices.Contains(monthFirst, part):
			return MonthFirst
		case slices.Contains(yearFirst, part):
			return YearFirst
		}
	}
	return DayFirst
}
