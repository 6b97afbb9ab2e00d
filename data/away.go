package data

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// LineError says what is wrong with a line of a text.
type LineError struct {
	Line   int // the first is 1
	Reason error
}

func (e *LineError) Error() string { return e.Reason.Error() }

func (e *LineError) Unwrap() error { return e.Reason }

// ParseAway reads days away, one day or a range a line, with a reason or without:
// "24 Dec 2026 – 2 Jan 2027 holiday". Dates are in the order given; a year of two
// digits is one near today. They come sorted. The error is a *LineError.
func ParseAway(text string, order DateOrder, today Date) ([]DayRange, error) {
	var all []DayRange
	line := 0
	for one := range strings.SplitSeq(text, "\n") {
		line++
		if one = strings.TrimSpace(one); one == "" {
			continue
		}
		r, err := parseDayRange(one, order, today)
		if err != nil {
			return nil, &LineError{line, err}
		}
		all = append(all, r)
	}
	slices.SortStableFunc(all, func(a, b DayRange) int {
		return cmp.Or(cmp.Compare(a.From.number(), b.From.number()), cmp.Compare(a.To.number(), b.To.number()))
	})
	return all, nil
}

// FormatAway writes days away as ParseAway reads them, whatever the order of dates.
func FormatAway(ranges []DayRange) string {
	lines := make([]string, len(ranges))
	for i, r := range ranges {
		lines[i] = r.From.String()
		if _, _, like := cutUntil(r.Why); like || r.To != r.From { // "– course" alone would be read as a range
			lines[i] += " – " + r.To.String()
		}
		if r.Why != "" {
			lines[i] += " " + r.Why
		}
	}
	return strings.Join(lines, "\n")
}

func parseDayRange(line string, order DateOrder, today Date) (DayRange, error) {
	from, rest, err := cutDate(line, order, today)
	if err != nil {
		if r, ok := parseShortRange(line, order, today); ok {
			return r, r.check()
		}
		return DayRange{}, err
	}
	r := DayRange{From: from, To: from, Why: rest}
	after, dash, ok := cutUntil(rest)
	if !ok {
		return r, r.check()
	}
	to, why, err := cutDate(after, order, today)
	first, _ := utf8.DecodeRuneInString(after)
	switch {
	case err == nil:
		r.To, r.Why = to, why
	case errors.Is(err, ErrNoSuchDay) || after == "" || unicode.IsDigit(first):
		return DayRange{}, err // it is meant as a date
	case dash:
		r.Why = after // "24 Dec 2026 – course"
	}
	return r, r.check()
}

// parseShortRange reads a range whose first day leaves out what its last one has:
// "24–28 Dec 2026", "24 Dec – 2 Jan 2027".
func parseShortRange(line string, order DateOrder, today Date) (r DayRange, ok bool) {
	dash := strings.IndexFunc(line, func(r rune) bool { return isDash(r) && r != '-' })
	if dash < 0 {
		dash = strings.Index(line, " - ") + 1
	}
	if dash <= 0 {
		dash = strings.IndexByte(line, '-')
	}
	if dash <= 0 {
		return DayRange{}, false
	}
	after, _, _ := cutUntil(line[dash:])
	to, why, err := cutDate(after, order, today)
	if err != nil {
		return DayRange{}, false
	}
	for _, layout := range []string{"2006", "Jan 2006"} {
		for year := range 2 { // "24 Dec – 2 Jan 2027" begins in the year before
			left := Date{to.Year - year, to.Month, 1}.utc().Format(layout)
			if from, err := ParseDate(line[:dash]+" "+left, order, today); err == nil && !to.Before(from) {
				return DayRange{from, to, why}, true
			}
		}
	}
	return DayRange{}, false
}

// check refuses a range that ends before it begins and a reason that is no line.
func (r DayRange) check() error {
	switch {
	case !r.From.Valid() || !r.To.Valid():
		return ErrNoSuchDay
	case r.To.Before(r.From):
		return ErrEndsBefore
	}
	return checkLine(r.Why)
}

// cutDate reads the date that a text begins with, the shortest there is.
func cutDate(text string, order DateOrder, today Date) (d Date, rest string, err error) {
	var before rune
	for i, r := range text + " " {
		ends := unicode.IsSpace(r) || isDash(r)
		if ends && i > 0 {
			d, err := ParseNear(strings.TrimRight(text[:i], ",:;"), order, today)
			rest := strings.TrimSpace(text[i:])
			if err == nil && !beginsWithYear(rest) || errors.Is(err, ErrNoSuchDay) {
				return d, rest, err
			}
		}
		if isDash(r) && (r != '-' || unicode.IsSpace(before)) {
			break // it stands between two dates
		}
		before = r
	}
	return Date{}, "", ErrNotADate
}

// beginsWithYear says that a year comes next, so that "24-28 Dec" of "24-28 Dec 2026"
// is not all of a date.
func beginsWithYear(text string) bool {
	word, _, _ := strings.Cut(plainDigits(text), " ")
	return len(word) == 4 && isNumber(word)
}

// cutUntil takes off what stands between two dates: a dash, or a word for it.
func cutUntil(text string) (after string, dash, ok bool) {
	if r, n := utf8.DecodeRuneInString(text); isDash(r) {
		return strings.TrimSpace(text[n:]), true, true
	}
	for _, word := range []string{"to ", "until ", "till "} {
		if len(text) > len(word) && strings.EqualFold(text[:len(word)], word) {
			return strings.TrimSpace(text[len(word):]), false, true
		}
	}
	return "", false, false
}

func isDash(r rune) bool { return unicode.Is(unicode.Pd, r) || r == '−' }
