package today

import (
	"time"

	"anteroom/data"
)

const minutesOfDay = 24 * 60

// minuteIn is the minute of a day at which the clock shows a moment: before the
// day 0, after it the last one.
func minuteIn(day data.Date, t time.Time) int {
	switch of := data.DateOf(t); {
	case of.Before(day):
		return 0
	case day.Before(of):
		return minutesOfDay
	}
	return t.Hour()*60 + t.Minute()
}

// span is a part of a day, in minutes from midnight.
type span struct{ from, to int }
