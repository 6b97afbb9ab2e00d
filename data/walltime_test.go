package data_test

import (
	"errors"
	"testing"
	"time"

	"anteroom/data"
	"anteroom/data/zone"
)

func berlin(t *testing.T) *time.Location {
	t.Helper()
	location, err := zone.Load("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return location
}

// TestMoments: a time that the clock skips is no moment, one that it shows twice is two.
func TestMoments(t *testing.T) {
	location := berlin(t)
	spring, autumn := data.Date{Year: 2027, Month: 3, Day: 28}, data.Date{Year: 2027, Month: 10, Day: 31}
	for _, c := range []struct {
		day    data.Date
		minute int
		want   []string
		from   int
		to     int
	}{
		{spring, 119, []string{"01:59 +0100"}, 0, 0},
		{spring, 120, nil, 120, 180},
		{spring, 179, nil, 120, 180},
		{spring, 180, []string{"03:00 +0200"}, 0, 0},
		{autumn, 119, []string{"01:59 +0200"}, 0, 0},
		{autumn, 120, []string{"02:00 +0200", "02:00 +0100"}, 0, 0},
		{autumn, 179, []string{"02:59 +0200", "02:59 +0100"}, 0, 0},
		{autumn, 180, []string{"03:00 +0100"}, 0, 0},
		{autumn, 1440, []string{"00:00 +0100"}, 0, 0},
	} {
		moments, err := c.day.Moments(c.minute, location)
		var skipped *data.SkippedError
		if errors.As(err, &skipped) != (c.want == nil) || skipped != nil && *skipped != (data.SkippedError{From: c.from, To: c.to}) {
			t.Errorf("%v, minute %d: %v", c.day, c.minute, err)
		}
		if len(moments) != len(c.want) {
			t.Errorf("%v, minute %d: %v", c.day, c.minute, moments)
			continue
		}
		for i, m := range moments {
			if got := m.Format("15:04 -0700"); got != c.want[i] {
				t.Errorf("%v, minute %d: %s, want %s", c.day, c.minute, got, c.want[i])
			}
			if data.IsShownTwice(m) != (len(moments) > 1) {
				t.Errorf("%v is shown twice: %v", m, data.IsShownTwice(m))
			}
			if back := data.WallTimeOf(m).In(location); !back.Equal(m) {
				t.Errorf("%v came back as %v", m, back)
			}
		}
	}
}

// TestSkippedBesideMidnight: some clocks skip midnight, and one skipped a whole day.
func TestSkippedBesideMidnight(t *testing.T) {
	for _, c := range []struct {
		zone string
		day  data.Date
		at   int
		want string
	}{
		{"Africa/Cairo", data.Date{Year: 2027, Month: 4, Day: 30}, 30, "the clock goes from 0:00 to 1:00"},
		{"Pacific/Apia", data.Date{Year: 2011, Month: 12, Day: 30}, 9 * 60, "the clock goes from 0:00 to 0:00"},
		{"Australia/Lord_Howe", data.Date{Year: 2027, Month: 10, Day: 3}, 2*60 + 10, "the clock goes from 2:00 to 2:30"},
	} {
		location, err := zone.Load(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.day.Moments(c.at, location); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.zone, err, c.want)
		}
	}
}

// TestWallTimeStays: what the clock shows stays, in another zone and under other rules; where
// no clock shows it any more, it is when the clock goes on.
func TestWallTimeStays(t *testing.T) {
	wall := data.WallTimeOf(time.Date(2027, 3, 28, 2, 30, 0, 0, time.FixedZone("", 3600)))
	if got := wall.In(time.FixedZone("", -5*3600)).Format(time.RFC3339); got != "2027-03-28T02:30:00-05:00" {
		t.Errorf("elsewhere it is %s", got)
	}
	if got := wall.In(berlin(t)).Format(time.RFC3339); got != "2027-03-28T03:00:00+02:00" {
		t.Errorf("where it is skipped it is %s", got)
	}
}

// TestEndOfLeapYear: the last day of a leap year has its hours. Go's time zones end their
// year before it, where their rules go beyond their table.
func TestEndOfLeapYear(t *testing.T) {
	for year := 2028; year < 2100; year += 4 {
		day := data.Date{Year: year, Month: 12, Day: 31}
		if got := day.At(9*60, berlin(t)).Format(time.RFC3339); got != day.ISO()+"T09:00:00+01:00" {
			t.Errorf("it begins at %s", got)
		}
	}
}
