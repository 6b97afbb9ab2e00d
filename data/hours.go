package data

import (
	"cmp"
	"slices"
	"strings"
)

// dayMinutes is the end of a day, as a span may have it: 24:00.
const dayMinutes = 24 * 60

// UnclearError says that hours may be of the morning or of the afternoon.
type UnclearError struct {
	Readings [][]Span // that are as likely; none where all are odd
}

func (*UnclearError) Error() string { return "morning or afternoon" }

// ParseSpans reads the hours of a day: "9:00–12:30, 13:30-17:00", "9-12; 1-5 pm",
// "9-12:30, 1:30-5", "9,15-12,30".
//
// Hours rise through the day, so a time that may be in either half of it (1 to 9,
// neither with am or pm nor as "09") is in the one in which they do, between 6:00
// and 21:00, and each span is as short as it can be. Where that leaves two
// readings, as of "7-8", the error is an *UnclearError.
//
// They come sorted; two that touch are one, since there is no break between them.
// No text is no hours. Other errors are ErrNotATime, ErrEndsBefore, ErrNoLength and
// ErrOverlap.
func ParseSpans(text string) ([]Span, error) {
	typed, err := typedSpans(text)
	if err != nil {
		if typed, _ = typedSpans(pointed(text)); typed == nil {
			return nil, err
		}
	}
	readings := rising(typed, 0)
	if len(readings) == 0 {
		slices.SortStableFunc(typed, func(a, b typedSpan) int { return cmp.Compare(likely(a.from)[0], likely(b.from)[0]) })
		readings = rising(typed, 0)
	}
	switch len(readings) {
	case 1:
		return joined(readings[0]), nil
	case 0:
		return nil, oddSpans(typed)
	}
	return nil, &UnclearError{readings}
}

func typedSpans(text string) (typed []typedSpan, err error) {
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;،、\n", r) }) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		span, err := parseSpan(part)
		if err != nil {
			return nil, err
		}
		typed = append(typed, span)
	}
	return typed, nil
}

// pointed has points for the commas that may stand in times: "9,15-12,30". It has
// them for all, so that "9-12,13,15-17", where one stands between two spans, is
// refused instead of guessed.
func pointed(text string) string {
	b := []byte(plainDigits(text))
	for i := 1; i+2 < len(b); i++ {
		if b[i] == ',' && isDigit(b[i-1]) && isDigit(b[i+1]) && isDigit(b[i+2]) {
			b[i] = '.'
		}
	}
	return string(b)
}

// FormatSpans writes hours as ParseSpans reads them: "9:00–12:30, 13:30–17:00".
func FormatSpans(spans []Span) string {
	text := formatSpans(spans, FormatTime)
	if again, err := ParseSpans(text); err == nil && slices.Equal(again, spans) {
		return text
	}
	return PaddedSpans(spans)
}

// PaddedSpans writes them so that nobody takes them for the other half of the day:
// "09:00–12:30, 13:30–17:00".
func PaddedSpans(spans []Span) string { return formatSpans(spans, paddedTime) }

func formatSpans(spans []Span, time func(minute int) string) string {
	parts := make([]string, len(spans))
	for i, s := range spans {
		parts[i] = time(s.From) + "–" + time(s.To)
	}
	return strings.Join(parts, ", ")
}

// typedSpan is a span as it was typed. A time that may be in either half of the day
// has both, the earlier one first.
type typedSpan struct{ from, to []int }

// rising are all readings of spans in which the hours rise, from a minute on.
func rising(spans []typedSpan, after int) (readings [][]Span) {
	if len(spans) == 0 {
		return [][]Span{nil}
	}
	for _, from := range likely(spans[0].from) {
		to := slices.IndexFunc(likely(spans[0].to), func(m int) bool { return m > from })
		if from < after || to < 0 {
			continue
		}
		span := Span{From: from, To: likely(spans[0].to)[to]}
		for _, rest := range rising(spans[1:], span.To) {
			readings = append(readings, append([]Span{span}, rest...))
		}
		if len(spans[0].to) == 1 && len(readings) > 0 {
			break // "7-20" is of a clock of 24 hours
		}
	}
	return readings
}

// likely are those of two readings of a time at which a practice is open.
func likely(readings []int) []int {
	if len(readings) == 1 {
		return readings
	}
	return slices.DeleteFunc(slices.Clone(readings), func(m int) bool { return m < earliest || m > latest })
}

// oddSpans says what is wrong with hours that have no likely reading.
func oddSpans(typed []typedSpan) error {
	spans := make([]Span, len(typed))
	for i, t := range typed {
		spans[i] = Span{From: t.from[0], To: t.to[0]}
	}
	slices.SortFunc(spans, bySpan)
	if err := checkSpans(spans); err != nil {
		return err
	}
	return &UnclearError{}
}

// parseSpan reads "9:00–12:30". Of "1–5 pm" the first time is in the half of the
// day that makes the span the shorter one.
func parseSpan(text string) (typedSpan, error) {
	from, to, ok := strings.Cut(strings.Map(func(r rune) rune {
		if isDash(r) {
			return '-'
		}
		return r
	}, text), "-")
	if !ok {
		return typedSpan{}, ErrNotATime
	}
	first, err := readClock(from)
	if err != nil {
		return typedSpan{}, err
	}
	last, err := readClock(to)
	if err != nil {
		return typedSpan{}, err
	}
	end, err := last.minute(true)
	if err != nil {
		return typedSpan{}, err
	}
	if last.half != anyHalf && first.half == anyHalf && first.hour >= 1 && first.hour <= 12 {
		first.half = afternoon
		if start, err := first.minute(false); err != nil || start >= end {
			first.half = morning
		}
	}
	start, err := first.minute(false)
	if err != nil {
		return typedSpan{}, err
	}
	return typedSpan{first.readings(start), last.readings(end)}, nil
}

// readings are the minutes of the day that a time may be.
func (c clock) readings(minute int) []int {
	if c.isVague() {
		return []int{minute, minute + halfDay}
	}
	return []int{minute}
}

func (s Span) check() error {
	switch {
	case s.From < 0 || s.To > dayMinutes:
		return ErrNotATime
	case s.To < s.From:
		return ErrEndsBefore
	case s.To == s.From:
		return ErrNoLength
	}
	return nil
}

// checkSpans refuses hours that are not as ParseSpans makes them.
func checkSpans(spans []Span) error {
	for i, s := range spans {
		if err := s.check(); err != nil {
			return err
		}
		if i > 0 && s.From < spans[i-1].To {
			return ErrOverlap
		}
	}
	return nil
}

func bySpan(a, b Span) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) }

// joined are sorted spans in which those that touch are one.
func joined(spans []Span) []Span {
	var out []Span
	for _, s := range spans {
		if last := len(out) - 1; last >= 0 && out[last].To == s.From {
			out[last].To = s.To
			continue
		}
		out = append(out, s)
	}
	return out
}
