package data

import (
	"strconv"
	"time"
)

// births are dates of birth that a piece of a search may mean.
type births struct {
	month, day       uint32 // 0: any
	earliest, latest uint32 // years
	century          bool   // earliest and latest are the last two digits of years
	exact            bool   // one day and no other
}

func (p *births) has(born uint32) bool {
	year := born / 10000
	if p.century {
		year %= 100
	}
	return year-p.earliest <= p.latest-p.earliest && // no year is negative
		(p.month == 0 || born/100%100 == p.month) && (p.day == 0 || born%100 == p.day) && born > 0
}

// anyYear are years of four digits and fewer.
const anyYear = 9999

// birthsOf reads dates as people type them into a search: as ParseDate does, also
// "040381", and not yet whole: "4/3", "4/3/19", "mar 1981", "3/1981", "1981". Of two numbers with
// nothing but space between them it says nothing. A day and month that the
// calendar does not have in the given order are read in the other.
func birthsOf(text string, order DateOrder, today Date) []births {
	if len(text) > 30 {
		return nil
	}
	parts := dateParts(text)
	named := -1
	for i, part := range parts {
		switch {
		case !isNumber(part) && named < 0 && monthNamed(part) > 0:
			named = i
		case !isNumber(part):
			return nil
		}
	}
	switch {
	case len(parts) == 1 && named < 0:
		return birthsOfDigits(parts[0], order, today)
	case len(parts) == 2 && named >= 0:
		return birthsInMonth(monthNamed(parts[named]), parts[1-named])
	case len(parts) == 2:
		return birthsOfTwo(parts, order)
	case len(parts) == 3 && named >= 0:
		month := strconv.Itoa(int(monthNamed(parts[named])))
		rest := append(append([]string{}, parts[:named]...), parts[named+1:]...)
		if len(rest[0]) > 2 && named > 0 { // "1981 March 4"
			return birthsOfDay(rest[0], month, rest[1], today)
		}
		return birthsOfDay(rest[1], month, rest[0], today)
	case len(parts) == 3:
		return birthsOfThree(parts, order, today)
	}
	return nil
}

func birthsOfDigits(digits string, order DateOrder, today Date) []births {
	switch n := len(digits); {
	case n == 4:
		year := numberOf(digits)
		return []births{{earliest: year, latest: year}}
	case n < 5 || n > 8:
		return nil
	case order == YearFirst && n == 6:
		return birthsOfDay(digits[:2], digits[2:4], digits[4:], today)
	case order == YearFirst && n == 8:
		return birthsOfDay(digits[:4], digits[4:6], digits[6:], today)
	case order == YearFirst:
		return nil
	default:
		found := birthsOfThree([]string{digits[:2], digits[2:4], digits[4:]}, order, today)
		if found == nil && n == 8 {
			found = birthsOfDay(digits[:4], digits[4:6], digits[6:], today)
		}
		return found
	}
}

// birthsInMonth are those of a month, and a year or a day.
func birthsInMonth(month time.Month, other string) []births {
	m := uint32(month)
	found := birthsInYears(other, births{month: m})
	if day := numberOf(other); len(other) <= 2 && 1 <= day && day <= 31 {
		found = append(found, births{month: m, day: day, latest: anyYear})
	}
	return found
}

// birthsOfTwo are those of a day and month, or month and year.
func birthsOfTwo(parts []string, order DateOrder) []births {
	a, b := numberOf(parts[0]), numberOf(parts[1])
	switch {
	case len(parts[0]) == 4 && isMonth(b):
		return birthsInYears(parts[0], births{month: b})
	case len(parts[1]) >= 3 && isMonth(a):
		return birthsInYears(parts[1], births{month: a})
	case len(parts[0]) > 2 || len(parts[1]) > 2:
		return nil
	}
	day, month := a, b
	if order != DayFirst {
		day, month = b, a
	}
	if !isMonth(month) {
		day, month = month, day
	}
	if !isMonth(month) || !isDay(day) {
		return nil
	}
	return []births{{month: month, day: day, latest: anyYear}}
}

// birthsOfThree reads three numbers in an order.
func birthsOfThree(parts []string, order DateOrder, today Date) []births {
	if len(parts[0]) > 2 {
		order = YearFirst
	} else if order == YearFirst && len(parts[2]) > 2 {
		order = DayFirst
	}
	if order == YearFirst {
		return birthsOfDay(parts[0], parts[1], parts[2], today)
	}
	day, month := parts[0], parts[1]
	if order == MonthFirst {
		day, month = month, day
	}
	if !isMonth(numberOf(month)) {
		day, month = month, day
	}
	return birthsOfDay(parts[2], month, day, today)
}

// birthsOfDay are those of a day and month, in the years that the beginning of a
// year may become. Of a year of two digits the last not after today is exact.
func birthsOfDay(year, month, day string, today Date) []births {
	m, d := numberOf(month), numberOf(day)
	if len(month) > 2 || len(day) > 2 || !isMonth(m) || !isDay(d) {
		return nil
	}
	found := birthsInYears(year, births{month: m, day: d})
	if len(year) == 4 {
		found[0].exact = true
	}
	if len(year) == 2 {
		if date, err := newDate(year, time.Month(m), day, today); err == nil {
			y := uint32(date.Year)
			found = append(found, births{month: m, day: d, earliest: y, latest: y, exact: true})
		}
	}
	return found
}

// birthsInYears are the given ones in the years that begin with some digits, or
// end with them if they are two.
func birthsInYears(digits string, p births) []births {
	if len(digits) > 4 {
		return nil
	}
	p.earliest, p.latest = numberOf(digits), numberOf(digits)
	for range 4 - len(digits) {
		p.earliest, p.latest = p.earliest*10, p.latest*10+9
	}
	found := []births{p}
	if len(digits) == 2 {
		p.century, p.earliest, p.latest = true, numberOf(digits), numberOf(digits)
		found = append(found, p)
	}
	return found
}

// numberOf is the number of a few digits.
func numberOf(digits string) uint32 {
	n, _ := strconv.ParseUint(digits, 10, 16)
	return uint32(n)
}

func isMonth(n uint32) bool { return 1 <= n && n <= 12 }
func isDay(n uint32) bool   { return 1 <= n && n <= 31 }
