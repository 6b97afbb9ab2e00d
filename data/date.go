package data

import (
	"encoding/binary"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Date is a day of the calendar, of no time zone. The zero Date is none.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the day of a moment in the zone it is given in.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// IsZero says that there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Valid says that the calendar has such a day.
func (d Date) Valid() bool { return !d.IsZero() && DateOf(d.at(time.UTC)) == d }

func (d Date) at(zone *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, zone)
}

// In is the beginning of the day in a zone: midnight, or the first moment after
// it where the clock skips midnight.
func (d Date) In(zone *time.Location) time.Time {
	t := d.at(zone)
	if DateOf(t).Before(d) { // time.Date may answer with the moment before a gap
		return d.at(zone).Add(time.Hour)
	}
	return t
}

// AddDays is the day n days later.
func (d Date) AddDays(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC))
}

// Before says that d is earlier than e.
func (d Date) Before(e Date) bool { return d.number() < e.number() }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.at(time.UTC).Weekday() }

// number is the date as YYYYMMDD.
func (d Date) number() int { return d.Year*10000 + int(d.Month)*100 + d.Day }

// String is the date as people read it without doubt: "4 Mar 1981".
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.at(time.UTC).Format("2 Jan 2006")
}

// ISO is the date as "1981-03-04" (ISO 8601), for files.
func (d Date) ISO() string {
	if d.IsZero() {
		return ""
	}
	return d.at(time.UTC).Format(time.DateOnly)
}

// Age is the full years of somebody born on d, on the day today. Who was born
// on 29 February is a year older on 1 March of other years.
func (d Date) Age(today Date) int {
	age := today.Year - d.Year
	if today.Month < d.Month || today.Month == d.Month && today.Day < d.Day {
		age--
	}
	return age
}

// MarshalBinary is the date for a sealed record: YYYYMMDD as four bytes, big endian.
func (d Date) MarshalBinary() ([]byte, error) {
	return binary.BigEndian.AppendUint32(nil, uint32(d.number())), nil
}

// UnmarshalBinary reads what MarshalBinary wrote; ErrNotADate if it did not.
func (d *Date) UnmarshalBinary(b []byte) error {
	if len(b) != 4 {
		return ErrNotADate
	}
	n := int(binary.BigEndian.Uint32(b))
	*d = Date{n / 10000, time.Month(n / 100 % 100), n % 100}
	if !d.IsZero() && !d.Valid() {
		return ErrNotADate
	}
	return nil
}

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
		for _, c := range monthFirst {
			if part == c {
				return MonthFirst
			}
		}
		for _, c := range yearFirst {
			if part == c {
				return YearFirst
			}
		}
	}
	return DayFirst
}

// ParseDate reads a date as people type it: "4/3/1981" in the order given,
// "4 Mar 1981", "March 4, 1981", "1981-03-04", "04031981". Of a year of two
// digits the last one counts that is not after today's. Errors are ErrNotADate
// and ErrNoSuchDay.
func ParseDate(text string, order DateOrder, today Date) (Date, error) {
	parts := dateParts(text)
	if len(parts) == 1 && len(parts[0]) == 8 && isNumber(parts[0]) {
		parts = splitDigits(parts[0], order)
	}
	if len(parts) != 3 {
		return Date{}, ErrNotADate
	}
	for i, part := range parts {
		month := monthNamed(part)
		if month == 0 {
			continue
		}
		rest := append(append([]string{}, parts[:i]...), parts[i+1:]...)
		if len(rest[0]) > 2 && i > 0 { // "1981 March 4"
			return newDate(rest[0], month, rest[1], today)
		}
		return newDate(rest[1], month, rest[0], today)
	}
	for _, part := range parts {
		if !isNumber(part) {
			return Date{}, ErrNotADate
		}
	}
	if len(parts[0]) > 2 {
		order = YearFirst
	} else if order == YearFirst && len(parts[2]) > 2 {
		order = DayFirst
	}
	year, month, day := parts[2], parts[1], parts[0]
	switch order {
	case MonthFirst:
		month, day = parts[0], parts[1]
	case YearFirst:
		year, day = parts[0], parts[2]
	}
	number, err := strconv.Atoi(month)
	if err != nil || number < 1 || number > 12 {
		return Date{}, ErrNoSuchDay
	}
	return newDate(year, time.Month(number), day, today)
}

// dateParts are the numbers and words of a date.
func dateParts(text string) []string {
	var spaced strings.Builder
	var before rune
	for _, r := range text {
		if unicode.IsDigit(r) != unicode.IsDigit(before) && before != 0 { // "4Mar1981"
			spaced.WriteByte(' ')
		}
		before = r
		spaced.WriteRune(r)
	}
	parts := strings.FieldsFunc(strings.ToLower(spaced.String()), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("./-,–−", r)
	})
	kept := parts[:0]
	for i, part := range parts {
		ordinal := part == "st" || part == "nd" || part == "rd" || part == "th"
		if !(ordinal && i > 0 && isNumber(parts[i-1])) {
			kept = append(kept, part)
		}
	}
	return kept
}

func splitDigits(digits string, order DateOrder) []string {
	if order == YearFirst {
		return []string{digits[:4], digits[4:6], digits[6:]}
	}
	return []string{digits[:2], digits[2:4], digits[4:]}
}

// monthNamed is the month of an English name of three letters or more; 0: none.
func monthNamed(word string) time.Month {
	if len(word) < 3 {
		return 0
	}
	for m := time.January; m <= time.December; m++ {
		if name := strings.ToLower(m.String()); strings.HasPrefix(name, word) || word == "sept" && m == time.September {
			return m
		}
	}
	return 0
}

func newDate(year string, month time.Month, day string, today Date) (Date, error) {
	if !isNumber(year) || !isNumber(day) || len(day) > 2 || len(year) != 2 && len(year) != 4 {
		return Date{}, ErrNotADate
	}
	y, _ := strconv.Atoi(year) // digits, few: no error
	d, _ := strconv.Atoi(day)
	if len(year) == 2 {
		y += today.Year / 100 * 100
		if today.Before(Date{y, month, d}) {
			y -= 100
		}
	}
	date := Date{y, month, d}
	if !date.Valid() {
		return Date{}, ErrNoSuchDay
	}
	return date, nil
}

func isNumber(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}
