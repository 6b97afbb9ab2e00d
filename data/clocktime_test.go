package data_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"anteroom/data"
)

func TestParseTime(t *testing.T) {
	for text, want := range map[string]int{
		"9:15": 9*60 + 15, "915": 9*60 + 15, "0915": 9*60 + 15, "9.15": 9*60 + 15, "9": 9 * 60, "09": 9 * 60, " 9 : 15 ": 9*60 + 15,
		"9 15": 9*60 + 15, "9:15 pm": 21*60 + 15, "9:15pm": 21*60 + 15, "9.15 P.M.": 21*60 + 15, "915pm": 21*60 + 15, "9pm": 21 * 60,
		"9 p": 21 * 60, "9 am": 9 * 60, "9a": 9 * 60, "12 am": 0, "12:30 a.m.": 30, "12 pm": 12 * 60, "12:01 pm": 12*60 + 1,
		"21h15": 21*60 + 15, "21 h 15": 21*60 + 15, "21h": 21 * 60, "9h05": 9*60 + 5, "9 Uhr": 9 * 60, "9.15 Uhr": 9*60 + 15, "9 Uhr 15": 9*60 + 15,
		"1:30": 13*60 + 30, "130": 13*60 + 30, "5": 17 * 60, "01:30": 90, "0130": 90, "1:30 am": 90, "6": 6 * 60, // nobody comes at night
		"0:00": 0, "0": 0, "000": 0, "0000": 0, "23:59": 23*60 + 59, "2359": 23*60 + 59, "9：15": 9*60 + 15, "9,15": 9*60 + 15, "9,15 Uhr": 9*60 + 15, "9,15 pm": 21*60 + 15, "9,15h": 9*60 + 15, "٩,١٥": 9*60 + 15,
		"9h15": 9*60 + 15, "9 h 15": 9*60 + 15, "9:15am": 9*60 + 15, "9:15 a. m.": 9*60 + 15, "9:15 p. m.": 21*60 + 15, "9\u202fh\u202f15": 9*60 + 15,
		"9h15min": 9*60 + 15, "9 h 15 min": 9*60 + 15, "9 heures": 9 * 60, "14 heures 30": 14*60 + 30, "0915 hrs": 9*60 + 15, "9:15 hs": 9*60 + 15, "21.15 horas": 21*60 + 15, "٩:١٥": 9*60 + 15, "９時": -1,
	} {
		got, err := data.ParseTime(text)
		if want < 0 {
			if !errors.Is(err, data.ErrNotATime) {
				t.Errorf("%q: %d, %v", text, got, err)
			}
			continue
		}
		if err != nil || got != want {
			t.Errorf("%q: %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", " ", "noon", "24:00", "24", "25", "9:60", "960", "2460", "9:5", "9:150", "9:", ":15", "-9", "9-15", "9:15:00", "91500",
		"13 pm", "0 am", "0:15 pm", "9 xm", "pm", "pm 9", "9:15 pm am", "999999999999999999999", "1 000", "9\x0015",
		"9,5", "9,150", "9, 15", "9,60", "24,00", "9,15,30", "9,", ",15", "9;15", "9/15", "1,000", "9 min", "9:15 min", "9h15 m", "9 heures 15 pm uhr",
	} {
		if got, err := data.ParseTime(text); !errors.Is(err, data.ErrNotATime) || got != 0 {
			t.Errorf("%q: %d, %v", text, got, err)
		}
	}
}

func TestTimeReadsBack(t *testing.T) {
	for minute := range 24 * 60 {
		if got, err := data.ParseTime(data.EntryTime(minute)); err != nil || got != minute {
			t.Fatalf("%d: %q, %d, %v", minute, data.EntryTime(minute), got, err)
		}
	}
}

func TestParseMinutes(t *testing.T) {
	for text, want := range map[string]int{
		"15": 15, " 15 ": 15, "015": 15, "90": 90, "15 min": 15, "15min.": 15, "15 minutes": 15, "15m": 15, "15'": 15, "1:30": 90, "0:45": 45,
		"1 h 30": 90, "1h30": 90, "1 h 30 min": 90, "1h 30m": 90, "1h": 60, "2 h": 120, "1 hour": 60, "2 hours 5 minutes": 125, "24h": 1440,
		"1440": 1440, "24:00": 1440, "1 30": 90, "١٥": 15,
		"1.5 h": 90, "1,5 h": 90, "1,5h": 90, " 1.5 Hours ": 90, "0.5h": 30, ".5 h": 30, "0,25 Std.": 15, "1.25 h": 75, "1.50 h": 90, "2.0 h": 120, "١٫٥ h": 90,
		"1.5\u00a0h": 90, "1,5\u202fh": 90, "1:30 h": 90, "1:30h": 90,
	} {
		if got, err := data.ParseMinutes(text); err != nil || got != want {
			t.Errorf("%q: %d, %v; want %d", text, got, err, want)
		}
	}
	for text, want := range map[string]error{
		"": data.ErrNotADuration, "long": data.ErrNotADuration, "-15": data.ErrNotADuration, "1:60": data.ErrNotADuration,
		"15 s": data.ErrNotADuration, "1:30:00": data.ErrNotADuration, "h": data.ErrNotADuration, "15 - 20": data.ErrNotADuration,
		"0": data.ErrNoLength, "0:00": data.ErrNoLength, "0h": data.ErrNoLength,
		"1441": data.ErrTooLongVisit, "24:01": data.ErrTooLongVisit, "25h": data.ErrTooLongVisit, "99999999999999999999": data.ErrTooLongVisit,
		"99999999999999999999 h": data.ErrTooLongVisit, "24.5 h": data.ErrTooLongVisit, "999999999999.5 h": data.ErrTooLongVisit, "0.0 h": data.ErrNoLength,
		"1.5": data.ErrUnclearLength, "1,5": data.ErrUnclearLength, "1.30": data.ErrUnclearLength, "1,30": data.ErrUnclearLength, "15.0": data.ErrUnclearLength,
		"1.30 h": data.ErrUnclearLength, "1,05h": data.ErrUnclearLength, "1.5 min": data.ErrNotADuration, "1:5": data.ErrNotADuration, "1.5.5": data.ErrNotADuration,
		"1.30\u00a0": data.ErrUnclearLength, "1. 30": data.ErrUnclearLength, "1:5h": data.ErrNotADuration,
	} {
		if got, err := data.ParseMinutes(text); !errors.Is(err, want) || got != 0 {
			t.Errorf("%q: %d, %v; want %v", text, got, err, want)
		}
	}
}

// TestAnyText: whatever is typed is a time of the day or refused, never a fault.
func TestAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9:. hpma–,-]{0,12}`)).Draw(t, "text")
		if m, err := data.ParseTime(text); err == nil && (m < 0 || m >= 24*60) || err != nil && !errors.Is(err, data.ErrNotATime) {
			t.Fatalf("%q: %d, %v", text, m, err)
		}
		if m, err := data.ParseMinutes(text); err == nil && (m < 1 || m > 24*60) {
			t.Fatalf("%q: %d, %v", text, m, err)
		}
		if spans, err := data.ParseSpans(text); err == nil {
			if again, err := data.ParseSpans(data.FormatSpans(spans)); err != nil || len(again) != len(spans) {
				t.Fatalf("%q: %v, then %v, %v", text, spans, again, err)
			}
		}
		if away, err := data.ParseAway(text, data.DayFirst, today); err == nil {
			if again, err := data.ParseAway(data.FormatAway(away), data.DayFirst, today); err != nil || !slices.Equal(again, away) {
				t.Fatalf("%q: %v, then %v, %v", text, away, again, err)
			}
		}
	})
}
