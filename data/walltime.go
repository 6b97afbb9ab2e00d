package data

import (
	"fmt"
	"sort"
	"time"
)

// SkippedError says that no clock shows a time on a day: it goes from one minute of the day
// to a later one, as at the beginning of summer time.
type SkippedError struct{ From, To int }

func (e *SkippedError) Error() string {
	return fmt.Sprintf("the clock goes from %s to %s", FormatTime(e.From), FormatTime(e.To))
}

// Moments are those at which the clock shows a minute of the day: one, or two where it goes
// back between them. A *SkippedError: it shows that minute never.
func (d Date) Moments(minute int, zone *time.Location) ([]time.Time, error) {
	moments, change := d.moments(minute, zone)
	if len(moments) == 0 {
		before := change.UTC().Add(time.Duration(offsetOf(change.Add(-time.Second))) * time.Second)
		return nil, &SkippedError{minuteOf(before), minuteOf(change)}
	}
	return moments, nil
}

// moments are the same; where there is none, change is when the clock goes on. It asks for
// offsets alone: Time.ZoneBounds ends the rules of a leap year a day early, and never
// gets over that day.
func (d Date) moments(minute int, zone *time.Location) (moments []time.Time, change time.Time) {
	shown := time.Date(d.Year, d.Month, d.Day, 0, minute, 0, 0, time.UTC)
	const far = 36 * time.Hour // further than any clock is from UTC, and no two changes are so near
	before, after := shown.Add(-far).In(zone), shown.Add(far).In(zone)
	for _, side := range []time.Time{before, after} {
		at := shown.Add(-time.Duration(offsetOf(side)) * time.Second).In(zone)
		if offsetOf(at) == offsetOf(side) && (len(moments) == 0 || !at.Equal(moments[0])) {
			moments = append(moments, at)
		}
	}
	if len(moments) > 0 {
		return moments, time.Time{}
	}
	step := sort.Search(int(2*far/time.Second), func(s int) bool {
		return offsetOf(before.Add(time.Duration(s)*time.Second)) != offsetOf(before)
	})
	return nil, before.Add(time.Duration(step) * time.Second)
}

// offsetOf is how far the clock is ahead of UTC, in seconds.
func offsetOf(t time.Time) int {
	_, offset := t.Zone()
	return offset
}

// IsShownTwice says that the clock of the zone that a moment is given in shows it twice on
// that day.
func IsShownTwice(t time.Time) bool {
	moments, _ := DateOf(t).Moments(minuteOf(t), t.Location())
	return len(moments) > 1
}

// WallTime is a date and time as the clock in a time zone shows it, without the zone. Of an appointment it is what stays
// when the rules of the time zone become others.
type WallTime struct {
	_       struct{} `cbor:",toarray"`
	Minutes int64    // since 1970-01-01 0:00 on that clock
	Offset  int      // seconds east of UTC: which one is meant of two moments that the clock shows alike
}

// WallTimeOf is what the clock of the zone that a moment is given in shows.
func WallTimeOf(t time.Time) WallTime {
	y, m, d := t.Date()
	return WallTime{Minutes: time.Date(y, m, d, t.Hour(), t.Minute(), 0, 0, time.UTC).Unix() / 60, Offset: offsetOf(t)}
}

// In is the moment at which the clock of a zone shows it, or goes on where it skips that.
func (w WallTime) In(zone *time.Location) time.Time {
	shown := time.Unix(w.Minutes*60, 0).UTC()
	day, minute := DateOf(shown), minuteOf(shown)
	moments, err := day.Moments(minute, zone)
	if err != nil {
		return day.At(minute, zone)
	}
	for _, t := range moments {
		if offsetOf(t) == w.Offset {
			return t
		}
	}
	return moments[0]
}
