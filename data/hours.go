package data

import (
	"cmp"
	"slices"
	"strings"
)

// dayMinutes is the end of a day, as a span may have it: 24:00.
const dayMinutes = 24 * 60

// ParseSpans reads the hours of a day: "9:00–12:30, 13:30-17:00", "9-12; 1-5 pm".
// They come sorted; two that touch are one, since there is no break between them.
// No text is no hours. Errors are ErrNotATime, ErrEndsBefore, ErrNoLength and
// ErrOverlap.
func ParseSpans(text string) ([]Span, error) {
	var spans []Span
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;،、\n", r) }) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		span, err := parseSpan(part)
		if err != nil {
			return nil, err
		}
		spans = append(spans, span)
	}
	slices.SortFunc(spans, bySpan)
	if err := checkSpans(spans); err != nil {
		return nil, err
	}
	return joined(spans), nil
}

// FormatSpans writes hours as ParseSpans reads them: "9:00–12:30, 13:30–17:00".
func FormatSpans(spans []Span) string {
	parts := make([]string, len(spans))
	for i, s := range spans {
		parts[i] = FormatTime(s.From) + "–" + FormatTime(s.To)
	}
	return strings.Join(parts, ", ")
}

// parseSpan reads "9:00–12:30". Of "1–5 pm" the first time is in the half of the
// day that makes the span the shorter one.
func parseSpan(text string) (Span, error) {
	from, to, ok := strings.Cut(strings.Map(func(r rune) rune {
		if isDash(r) {
			return '-'
		}
		return r
	}, text), "-")
	if !ok {
		return Span{}, ErrNotATime
	}
	first, err := readClock(from)
	if err != nil {
		return Span{}, err
	}
	last, err := readClock(to)
	if err != nil {
		return Span{}, err
	}
	end, err := last.minute(true)
	if err != nil {
		return Span{}, err
	}
	halves := []half{first.half}
	if first.half == anyHalf && last.half != anyHalf && first.hour <= 12 && first.hour > 0 {
		halves = []half{afternoon, morning}
	}
	start := 0
	for _, h := range halves {
		first.half = h
		if start, err = first.minute(false); err != nil {
			return Span{}, err
		}
		if start < end {
			break
		}
	}
	span := Span{From: start, To: end}
	return span, span.check()
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
