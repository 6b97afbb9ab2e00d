package today

import (
	"errors"
	"strconv"
	"strings"

	"anteroom/data"
)

// parseLength reads how many minutes an appointment takes. One of less than
// none would end before it begins.
func parseLength(text string) (minutes int, err error) {
	if rest, isLess := strings.CutPrefix(strings.TrimSpace(text), "-"); isLess {
		if _, err := data.ParseMinutes(rest); err == nil {
			return 0, data.ErrEndsBefore
		}
	}
	return data.ParseMinutes(text)
}

// parseDay reads the day of an appointment, which unlike a date of birth mostly
// lies ahead. Without a year it is the next such day.
func parseDay(text string, order data.DateOrder, today data.Date) (data.Date, error) {
	day, err := data.ParseNear(text, order, today)
	if !errors.Is(err, data.ErrNotADate) || strings.TrimSpace(text) == "" {
		return day, err
	}
	withYear := func(year int) (data.Date, error) {
		if order == data.YearFirst {
			if day, err := data.ParseNear(strconv.Itoa(year)+" "+text, order, today); err == nil {
				return day, nil
			}
		}
		return data.ParseNear(text+" "+strconv.Itoa(year), order, today)
	}
	day, yearErr := withYear(today.Year)
	switch {
	case errors.Is(yearErr, data.ErrNotADate):
		return data.Date{}, err
	case yearErr != nil, day.Before(today): // on 29 February of a year that has none, too
		return withYear(today.Year + 1)
	}
	return day, nil
}
