package data_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"anteroom/data"
)

func TestParseSpans(t *testing.T) {
	for _, tc := range []struct {
		text string
		want string // as FormatSpans writes it
		err  error
	}{
		{"9:00–12:30, 13:30-17:00", "9:00–12:30, 13:30–17:00", nil},
		{"9-12", "9:00–12:00", nil},
		{"9-12; 13-17", "9:00–12:00, 13:00–17:00", nil},
		{"13-17, 9-12", "9:00–12:00, 13:00–17:00", nil},
		{"9-12\n13-17\n", "9:00–12:00, 13:00–17:00", nil},
		{"9—12,", "9:00–12:00", nil},
		{"9-12, 12-17", "9:00–17:00", nil}, // no break
		{"0-24", "0:00–24:00", nil},
		{"22:00-24:00", "22:00–24:00", nil},
		{"900-1230", "9:00–12:30", nil},
		{"9h-12h30", "9:00–12:30", nil},
		{"9.15-12.30", "9:15–12:30", nil},
		{"9,15-12,30", "9:15–12:30", nil},
		{"8-12,30", "8:00–12:30", nil},
		{"8,30-12,30, 14-18,30", "8:30–12:30, 14:00–18:30", nil},
		{"8,30–12,30; 13,30–17", "8:30–12:30, 13:30–17:00", nil},
		{"9-12,13-17", "9:00–12:00, 13:00–17:00", nil},
		{"9-12,13,15-17", "", data.ErrNotATime}, // a comma in a time, or between two
		{"8,30-12,14-18", "", data.ErrNotATime},
		{"9-12,13,30", "", data.ErrNotATime},
		{"9,15-12,5", "", data.ErrNotATime},
		{"9 am - 5 pm", "9:00–17:00", nil},
		{"9-5 pm", "9:00–17:00", nil},
		{"1-5 pm", "13:00–17:00", nil},
		{"12-5 pm", "12:00–17:00", nil},
		{"9-12 pm", "9:00–12:00", nil},
		{"12-1 am", "00:00–01:00", nil},
		{"8-11 am", "8:00–11:00", nil},
		{"13-5 pm", "13:00–17:00", nil},
		{"", "", nil},
		{" , ", "", nil},
		{"9-12, 11-13", "", data.ErrOverlap},
		{"9-12, 9-12", "", data.ErrOverlap},
		{"8-17, 9-12", "", data.ErrOverlap},
		{"12-9", "12:00–21:00", nil}, // hours rise through the day
		{"9-5", "9:00–17:00", nil},
		{"9-12:30, 1:30-5", "9:00–12:30, 13:30–17:00", nil},
		{"9-12.30; 1.30-5", "9:00–12:30, 13:30–17:00", nil},
		{"8-12, 2-6, 7-8", "8:00–12:00, 14:00–18:00, 19:00–20:00", nil},
		{"7-8, 9-12", "7:00–8:00, 9:00–12:00", nil},
		{"1:30-5", "13:30–17:00", nil},
		{"130-500", "13:30–17:00", nil},
		{"8-8", "8:00–20:00", nil},
		{"10-2", "10:00–14:00", nil},
		{"8-10", "8:00–10:00", nil}, // not at 22:00
		{"7-20", "7:00–20:00", nil},
		{"1:30-5, 9-12:30", "9:00–12:30, 13:30–17:00", nil},
		{"07:00-08:00", "07:00–08:00", nil},
		{"01:30-05:00", "01:30–05:00", nil}, // who means the night
		{"7 am - 8", "07:00–08:00", nil},
		{"22-6", "", data.ErrEndsBefore},
		{"22-22", "", data.ErrNoLength},
		{"9", "", data.ErrNotATime},
		{"9-", "", data.ErrNotATime},
		{"-9", "", data.ErrNotATime},
		{"9-12-13", "", data.ErrNotATime},
		{"24-24", "", data.ErrNotATime},
		{"9-25", "", data.ErrNotATime},
		{"9-24:01", "", data.ErrNotATime},
		{"closed", "", data.ErrNotATime},
		{"9-12, whenever", "", data.ErrNotATime},
	} {
		got, err := data.ParseSpans(tc.text)
		if data.FormatSpans(got) != tc.want || !errors.Is(err, tc.err) || (err == nil) != (tc.err == nil) {
			t.Errorf("%q: %q, %v; want %q, %v", tc.text, data.FormatSpans(got), err, tc.want, tc.err)
		}
	}
}

// TestUnclearSpans: what may be morning or afternoon is asked.
func TestUnclearSpans(t *testing.T) {
	for text, want := range map[string][]string{
		"7-8": {"07:00–08:00", "19:00–20:00"}, "7:00-8:00": {"07:00–08:00", "19:00–20:00"}, "7-9": {"07:00–09:00", "19:00–21:00"},
		"6-7, 8-9": {"06:00–07:00, 08:00–09:00", "06:00–07:00, 20:00–21:00", "18:00–19:00, 20:00–21:00"}, "13:30-17, 1-2": nil,
	} {
		got, err := data.ParseSpans(text)
		var unclear *data.UnclearError
		if !errors.As(err, &unclear) || got != nil {
			t.Errorf("%q: %v, %v", text, got, err)
			continue
		}
		var readings []string
		for _, r := range unclear.Readings {
			readings = append(readings, data.PaddedSpans(r))
		}
		if !slices.Equal(readings, want) {
			t.Errorf("%q: %q, want %q", text, readings, want)
		}
	}
}

// anySpans draws the hours of a day as ParseSpans makes them.
func anySpans() *rapid.Generator[[]data.Span] {
	return rapid.Custom(func(t *rapid.T) []data.Span {
		edges := rapid.SliceOfNDistinct(rapid.IntRange(0, 288), 0, 6, rapid.ID[int]).Draw(t, "edges")
		slices.Sort(edges)
		var spans []data.Span
		for i := 0; i+1 < len(edges); i += 2 {
			spans = append(spans, data.Span{From: edges[i] * 5, To: edges[i+1] * 5})
		}
		return spans
	})
}

func TestSpansReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spans := anySpans().Draw(t, "spans")
		got, err := data.ParseSpans(data.FormatSpans(spans))
		if err != nil || !slices.Equal(got, spans) {
			t.Fatalf("%q: %v, %v", data.FormatSpans(spans), got, err)
		}
	})
}

func TestParseAway(t *testing.T) {
	winter := data.DayRange{From: date(2026, time.December, 24), To: date(2027, time.January, 2), Why: "holiday"}
	why := func(r data.DayRange, why string) data.DayRange { r.Why = why; return r }
	day := data.DayRange{From: winter.From, To: winter.From}
	for _, tc := range []struct {
		text  string
		order data.DateOrder
		want  data.DayRange
	}{
		{"24 Dec 2026 – 2 Jan 2027 holiday", data.DayFirst, winter},
		{"24 Dec 2026 - 2 Jan 2027 holiday", data.DayFirst, winter},
		{"24 Dec 2026–2 Jan 2027 holiday", data.DayFirst, winter},
		{"24 Dec 2026-2 Jan 2027 holiday", data.DayFirst, winter},
		{"24 Dec 2026 to 2 Jan 2027 holiday", data.DayFirst, winter},
		{"24/12/2026-2/1/2027 holiday", data.DayFirst, winter},
		{"24/12/26 – 2/1/27: holiday", data.DayFirst, winter},
		{"12/24/26 – 1/2/27, holiday", data.MonthFirst, winter},
		{"26-12-24 – 27-1-2 holiday", data.YearFirst, winter},
		{"2026-12-24 – 2027-01-02 holiday", data.DayFirst, winter},
		{"2026-12-24-2027-01-02 holiday", data.MonthFirst, winter},
		{"20261224-20270102", data.YearFirst, why(winter, "")},
		{"December 24, 2026 – January 2, 2027 holiday", data.MonthFirst, winter},
		{"Thu 24 Dec 2026 until Sat 2 Jan 2027 holiday", data.DayFirst, winter},
		{"24 Dec 2026 – 2 Jan 2027", data.DayFirst, why(winter, "")},
		{"24 Dec – 2 Jan 2027 holiday", data.DayFirst, winter},
		{"24 Dec - 2 Jan 2027 holiday", data.DayFirst, winter},
		{"24/12 – 2/1/2027 holiday", data.DayFirst, winter},
		{"24-12 - 2-1-2027 holiday", data.DayFirst, winter},
		{"Dec 24 – Jan 2, 2027 holiday", data.MonthFirst, winter},
		{"24 – 28 Dec 2026", data.DayFirst, data.DayRange{From: winter.From, To: date(2026, time.December, 28)}},
		{"24-28 Dec 2026 half-term", data.DayFirst, data.DayRange{From: winter.From, To: date(2026, time.December, 28), Why: "half-term"}},
		{"14 Jun - 15 Jun 2026", data.DayFirst, data.DayRange{From: date(2026, time.June, 14), To: today}},
		{"24 Dec – 12 Jan 2027", data.DayFirst, data.DayRange{From: winter.From, To: date(2027, time.January, 12)}},
		{"24 Dec - 12 Jan 2027", data.DayFirst, data.DayRange{From: winter.From, To: date(2027, time.January, 12)}},
		{"24 Dec 2026", data.DayFirst, day},
		{"24 Dec 2026 course", data.DayFirst, why(day, "course")},
		{"24 Dec 2026 – course", data.DayFirst, why(day, "course")},
		{"24 Dec 2026 half-term, of course", data.DayFirst, why(day, "half-term, of course")},
		{"24 Dec 2026 of course", data.DayFirst, why(day, "of course")},
		{"24 Dec 2026 to do", data.DayFirst, why(day, "to do")},
		{"24 Dec 2026 Sunday duty", data.DayFirst, why(day, "Sunday duty")},
		{"24 Dec 2026 9-5 elsewhere", data.DayFirst, why(day, "9-5 elsewhere")},
		{"24 Dec 2026 عطلة", data.DayFirst, why(day, "عطلة")},
	} {
		got, err := data.ParseAway(tc.text, tc.order, today)
		if diff := cmp.Diff([]data.DayRange{tc.want}, got); err != nil || diff != "" {
			t.Errorf("%q: %v\n%s", tc.text, err, diff)
		}
	}
	got, err := data.ParseAway("\n2 Jan 2027 two\r\n\n 24 Dec 2026 one \n", data.DayFirst, today)
	if err != nil || data.FormatAway(got) != "24 Dec 2026 one\n2 Jan 2027 two" {
		t.Error(data.FormatAway(got), err)
	}
	if got, err := data.ParseAway(" \n", data.DayFirst, today); err != nil || got != nil {
		t.Error(got, err)
	}
}

func TestParseAwayRefuses(t *testing.T) {
	for text, want := range map[string]error{
		"holiday":                                 data.ErrNotADate,
		"24 Dec":                                  data.ErrNotADate,
		"31 Feb 2027":                             data.ErrNoSuchDay,
		"24 Dec 2026 – 31 Feb 2027":               data.ErrNoSuchDay,
		"24 Dec – soon":                           data.ErrNotADate,
		"soon – 24 Dec 2026":                      data.ErrNotADate,
		"29 Feb – 3 Mar 2027":                     data.ErrNotADate,
		"– 24 Dec 2026":                           data.ErrNotADate,
		"24 Dec 2026 –":                           data.ErrNotADate,
		"24 Dec 2026 – 2 Janu":                    data.ErrNotADate,
		"24 Dec 2026 – 23 Dec 2026":               data.ErrEndsBefore,
		"24 Dec 2026 a\x07b":                      data.ErrControl,
		"24 Dec 2026 " + strings.Repeat("é", 201): data.ErrTooLong,
	} {
		got, err := data.ParseAway("1 Jan 2027\n"+text+"\n", data.DayFirst, today)
		var line *data.LineError
		if !errors.Is(err, want) || !errors.As(err, &line) || line.Line != 2 || got != nil {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

func TestAwayReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ranges := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) data.DayRange {
			from := anyDate().Draw(t, "from")
			return data.DayRange{From: from, To: from.AddDays(rapid.IntRange(0, 40).Draw(t, "days")), Why: rapid.SampledFrom([]string{"", "course", "half-term", "عطلة", "to do", "– course", "to 5"}).Draw(t, "why")}
		}), 0, 4).Draw(t, "ranges")
		got, err := data.ParseAway(data.FormatAway(ranges), data.MonthFirst, today)
		if err != nil || len(got) != len(ranges) {
			t.Fatalf("%q: %v, %v", data.FormatAway(ranges), got, err)
		}
		for _, r := range ranges {
			if !slices.Contains(got, r) {
				t.Fatalf("%q: %v is lost: %v", data.FormatAway(ranges), r, got)
			}
		}
	})
}
