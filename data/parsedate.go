package data

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// near is how many years after today a year of two digits can mean.
const near = 50

// ParseDate reads a date as people type it: "4/3/1981" in the order given,
// "4 Mar 1981", "March 4, 1981", "4. März 1981", "4 de marzo de 1981", "1981-03-04", "04031981", "040381". Of a year of
// two digits the last one counts that is not after today's. Errors are
// ErrNotADate and ErrNoSuchDay.
func ParseDate(text string, order DateOrder, today Date) (Date, error) {
	parts := dateParts(text)
	if len(parts) == 1 && isNumber(parts[0]) {
		return parseDigits(parts[0], order, today)
	}
	return parseParts(parts, order, today)
}

// ParseNear is ParseDate for days that may be to come: a year of two digits is
// the one within fifty years of today.
func ParseNear(text string, order DateOrder, today Date) (Date, error) {
	return ParseDate(text, order, Date{today.Year + near, today.Month, today.Day})
}

// parseDigits reads a date that is typed without anything between: eight digits
// or six. Eight that are no day in the order given are one in the only other.
func parseDigits(digits string, order DateOrder, today Date) (Date, error) {
	if len(digits) != 8 && len(digits) != 6 {
		return Date{}, ErrNotADate
	}
	orders := []DateOrder{order}
	if len(digits) == 8 {
		if order == YearFirst {
			orders = append(orders, DayFirst)
		} else {
			orders = append(orders, YearFirst)
		}
	}
	for _, o := range orders {
		year := len(digits) - 4 // its digits
		parts := []string{digits[:2], digits[2:4], digits[4:]}
		if o == YearFirst {
			parts = []string{digits[:year], digits[year : year+2], digits[year+2:]}
		}
		if d, err := parseParts(parts, o, today); err == nil {
			return d, nil
		}
	}
	return Date{}, ErrNoSuchDay
}

// ordinals follow the number of a day: "4th", "1er", "1º".
var ordinals = []string{"st", "nd", "rd", "th", "er", "º", "°"}

func parseParts(parts []string, order DateOrder, today Date) (Date, error) {
	if len(parts) != 3 {
		return Date{}, ErrNotADate
	}
	if i := slices.IndexFunc(parts, func(s string) bool { return monthNamed(s) != 0 }); i >= 0 {
		rest := slices.Delete(slices.Clone(parts), i, i+1)
		yearBefore := len(rest[0]) > 2 || order == YearFirst && len(rest[1]) <= 2 // "1981 March 4"
		if yearBefore && i > 0 {
			return newDate(rest[0], monthNamed(parts[i]), rest[1], today)
		}
		return newDate(rest[1], monthNamed(parts[i]), rest[0], today)
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
	if !isNumber(month) || len(month) > 2 {
		return Date{}, ErrNotADate
	}
	number, _ := strconv.Atoi(month) // digits, few: no error
	return newDate(year, time.Month(number), day, today)
}

// dateParts are the numbers and words of a date, without those that say nothing:
// the day of the week, "of", "de", the "th" of "4th".
func dateParts(text string) []string {
	var spaced strings.Builder
	var before rune
	for _, r := range plainDigits(strings.ToLower(text)) {
		if unicode.IsDigit(r) != unicode.IsDigit(before) && before != 0 { // "4Mar1981"
			spaced.WriteByte(' ')
		}
		before = r
		spaced.WriteRune(r)
	}
	parts := strings.FieldsFunc(spaced.String(), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || strings.ContainsRune("./,−'’／．年月日년월일", r)
	})
	kept := parts[:0]
	for i, part := range parts {
		ordinal := slices.Contains(ordinals, part)
		if ordinal && i > 0 && isNumber(parts[i-1]) || !isNumber(part) && isAside(part) {
			continue
		}
		kept = append(kept, part)
	}
	return kept
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
