package today

import (
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode"

	"anteroom/data"
)

// parseClock reads a time of the day as people type it: "9:15", "9.15", "915",
// "9", "2:30 pm"; data.ErrNotATime if it is none.
func parseClock(text string) (minute int, err error) {
	text = strings.ToLower(strings.ReplaceAll(text, " ", ""))
	text, isPM := strings.CutSuffix(strings.ReplaceAll(text, ".m.", "m"), "pm")
	text, isAM := strings.CutSuffix(text, "am")
	hours, minutes, split := "", "0", false
	if i := strings.IndexAny(text, ":.h"); i >= 0 {
		hours, minutes, split = text[:i], text[i+1:], true
		if minutes == "" && text[i] == 'h' {
			minutes = "00"
		}
	} else if hours = text; len(text) > 2 {
		hours, minutes = text[:len(text)-2], text[len(text)-2:]
	}
	h, m, ok := smallNumber(hours), smallNumber(minutes), !split || len(minutes) == 2
	if isAM || isPM {
		ok = ok && 1 <= h && h <= 12
		h %= 12
		if isPM {
			h += 12
		}
	}
	if !ok || h < 0 || h > 23 || m < 0 || m > 59 {
		return 0, data.ErrNotATime
	}
	return h*60 + m, nil
}

// smallNumber is a number of at most two digits; -1 if it is none.
func smallNumber(text string) int {
	if len(text) == 0 || len(text) > 2 {
		return -1
	}
	n := 0
	for _, r := range text {
		if r < '0' || '9' < r {
			return -1
		}
		n = n*10 + int(r-'0')
	}
	return n
}

// parseLength reads a number of minutes: "15", "15 min".
func parseLength(text string) (minutes int, err error) {
	text = strings.TrimFunc(text, unicode.IsSpace)
	for _, unit := range []string{"minutes", "min", "m"} {
		text = strings.TrimSpace(strings.TrimSuffix(text, unit))
	}
	n, err := strconv.Atoi(text)
	switch {
	case errors.Is(err, strconv.ErrRange), n > minutesOfDay:
		return 0, data.ErrTooLongVisit
	case err != nil:
		return 0, data.ErrNotADuration
	case n < 0:
		return 0, data.ErrEndsBefore
	case n == 0:
		return 0, data.ErrNoLength
	}
	return n, nil
}

// aheadYears is how far ahead a year of two digits can be meant.
const aheadYears = 10

// parseDay reads the day of an appointment, which unlike a date of birth mostly
// lies ahead. Without a year it is the next such day.
func parseDay(text string, order data.DateOrder, today data.Date) (data.Date, error) {
	far := data.Date{Year: today.Year + aheadYears, Month: time.December, Day: 31}
	day, err := data.ParseDate(text, order, far)
	if !errors.Is(err, data.ErrNotADate) || strings.TrimSpace(text) == "" {
		return day, err
	}
	withYear := func(year int) (data.Date, error) {
		if order == data.YearFirst {
			if day, err := data.ParseDate(strconv.Itoa(year)+" "+text, order, far); err == nil {
				return day, nil
			}
		}
		return data.ParseDate(text+" "+strconv.Itoa(year), order, far)
	}
	day, yearErr := withYear(today.Year)
	switch {
	case errors.Is(yearErr, data.ErrNoSuchDay):
		return withYear(today.Year + 1) // 29 February
	case yearErr != nil:
		return data.Date{}, err
	case day.Before(today):
		return withYear(today.Year + 1)
	}
	return day, nil
}
