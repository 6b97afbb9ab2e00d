package activity

import (
	"strings"
	"testing"
	"time"

	"anteroom/auth"
)

func day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.Local)
}

func TestParseDay(t *testing.T) {
	for _, typed := range []string{"2026-11-24", "24.11.2026", "24/11/2026", "24 Nov 2026", " 24  nov 2026 ", "24 November 2026"} {
		if got, ok := parseDay(typed); !ok || !got.Equal(day(2026, 11, 24)) {
			t.Errorf("%q: %v, %v", typed, got, ok)
		}
	}
	for _, typed := range []string{"2026-3-4", "4.3.2026", "4/3/2026", "4 Mar 2026"} {
		if got, ok := parseDay(typed); !ok || !got.Equal(day(2026, 3, 4)) {
			t.Errorf("%q: %v, %v", typed, got, ok)
		}
	}
	if got, ok := parseDay("  "); !ok || !got.IsZero() {
		t.Errorf("empty: %v, %v", got, ok)
	}
	if got, ok := parseDay("31.12.2999"); !ok || got.Year() != 2999 {
		t.Errorf("the future: %v, %v", got, ok)
	}
	for _, typed := range []string{"11/24/2026", "31.2.2026", "24.11.26", "24.11", "today", "2026-11-24 9:40", "0", strings.Repeat("9", 1000), "24 Nov", "٢٤.١١.٢٠٢٦"} {
		if got, ok := parseDay(typed); ok {
			t.Errorf("%q is %v", typed, got)
		}
	}
}

// The day of a filter ends where the next begins, also where clocks change.
func TestDaysOfAFilter(t *testing.T) {
	was := time.Local
	t.Cleanup(func() { time.Local = was })
	for zone, c := range map[string]struct {
		day   string
		hours float64
	}{
		"Europe/Berlin":    {"29.3.2026", 23},
		"America/Santiago": {"6.9.2026", 23}, // midnight is left out
		"America/New_York": {"1.11.2026", 25},
	} {
		location, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		time.Local = location
		from, ok := parseDay(c.day)
		if until := nextDay(from); !ok || until.Sub(from).Hours() != c.hours || from.Add(-time.Second).Day() == from.Day() {
			t.Errorf("%s: %v to %v", zone, from, until)
		}
	}
}

func TestActivityDaysAreJudgedOnceTypingPauses(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.begin()
		all, asked := s.shown().Rows, s.Anna.Asked()
		for i := range "1.1.2000" {
			s.typeDays("1.1.2000"[:i+1], "")
			s.Pass(typingPause / 2)
			if s.shown().FromError != "" || s.Anna.Asked() != asked {
				t.Fatalf("in the midst of typing: %+v", s.shown())
			}
		}
		s.Pass(typingPause)
		if f := s.filter; !f.From.Equal(day(2000, 1, 1)) || !f.Until.IsZero() || s.Anna.Asked() != asked+1 || s.shown().Rows != all {
			t.Errorf("%+v, %d rows", f, s.shown().Rows)
		}
		s.typeDays("2.1.2000", "3.1.2000")
		s.apply() // Enter
		s.Settle()
		if f := s.filter; !f.Until.Equal(day(2000, 1, 4)) || s.shown().Rows != 0 {
			t.Errorf("%+v, %d rows", f, s.shown().Rows)
		}
		asked = s.Anna.Asked()
		s.Pass(time.Minute)
		if s.Anna.Asked() != asked {
			t.Error("applied twice")
		}
	})
}

func TestActivityDaysThatAreNone(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.begin()
		asked := s.Anna.Asked()
		for _, c := range []struct{ from, to, fromError, toError string }{
			{"11/24/2026", "", "This is no day. Type it like 24 Nov 2026.", ""},
			{"", "31.2.2026", "", "This is no day. Type it like 24 Nov 2026."},
			{"25.11.2026", "24.11.2026", "", "This day is before the one in “From”."},
		} {
			s.typeDays(c.from, c.to)
			s.Pass(typingPause)
			if v := s.shown(); v.FromError != c.fromError || v.ToError != c.toError || v.CanExport || s.canExport() {
				t.Errorf("%q to %q: %+v", c.from, c.to, v)
			}
		}
		if s.Anna.Asked() != asked {
			t.Error("asked for days that are none")
		}
		s.typeDays("24.11.2026", "24.11.2026") // one day
		if s.shown().FromError != "" || s.shown().ToError != "" {
			t.Error("the errors stay while one types")
		}
		s.Pass(typingPause)
		if f := s.filter; f.Until.Sub(f.From) != 24*time.Hour || !s.shown().CanExport {
			t.Errorf("%+v", f)
		}
		s.typeDays("", "")
		s.Pass(typingPause)
		if f := s.filter; f != (auth.ActivityFilter{}) || s.shown().Rows != count(s.Sample) {
			t.Errorf("%+v, %d rows", f, s.shown().Rows)
		}
	})
}

func TestPeopleToChooseFrom(t *testing.T) {
	long := strings.Repeat("Maximiliane ", 9)
	people := newPeople([]auth.UserInfo{
		{ID: "1", Name: "Anna Smith", Username: "asmith"}, {ID: "2", Name: "Anna Smith", Username: "anna2"},
		{ID: "3", Name: "Everyone", Username: "joker"}, {ID: "4", Name: long, Username: "max"}, {ID: "5", Name: "Ben Jones", Username: "bjones"},
	})
	want := []person{
		{"", "Everyone"}, {"1", "Anna Smith (asmith)"}, {"2", "Anna Smith (anna2)"}, {"3", "Everyone (joker)"},
		{"4", long[:39] + "…"}, {"5", "Ben Jones"},
	}
	for i, p := range people {
		if p != want[i] {
			t.Errorf("%d: %+v, want %+v", i, p, want[i])
		}
	}
}

func TestActivityKindsHaveNames(t *testing.T) {
	seen := map[string]bool{}
	for i, text := range kindTexts() {
		if text == "" || seen[text] || i > 0 && text == string(auth.ActivityKinds[i-1]) {
			t.Errorf("%d: %q", i, text)
		}
		seen[text] = true
	}
}
