package words

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2/lang"
)

// Date is a day as people read it without doubt, on this computer's clock: "3 Nov 2026".
func Date(t time.Time) string { return Day(t.Local()) }

// Day is Date on the clock of the zone that the moment is given in.
func Day(t time.Time) string { return t.Format("2 Jan 2006") }

// Clock is a time of the day on this computer's clock: "9:40".
func Clock(t time.Time) string { return TimeOfDay(t.Local()) }

// TimeOfDay is Clock on the clock of the zone that the moment is given in.
func TimeOfDay(t time.Time) string { return fmt.Sprintf("%d:%02d", t.Hour(), t.Minute()) }

// Exactly is a time to the second, where it matters which came first.
func Exactly(t time.Time) string { return t.Local().Format("Mon 2 Jan 2006, 15:04:05 MST") }

// Moment is a time near now, on the clock of the zone that now is given in: "today 8:02",
// "yesterday 17:40", else its date.
func Moment(t, now time.Time) string {
	t = t.In(now.Location())
	clock := map[string]any{"Clock": TimeOfDay(t)}
	switch days(now) - days(t) {
	case 0:
		return lang.L("today {{.Clock}}", clock)
	case 1:
		return lang.L("yesterday {{.Clock}}", clock)
	}
	return Day(t)
}

// Since is since when something is so: "9:40" today, else as Moment.
func Since(t, now time.Time) string {
	if t := t.In(now.Location()); days(now) == days(t) {
		return TimeOfDay(t)
	}
	return Moment(t, now)
}

// days counts days of the calendar, so that "yesterday" holds across a change
// to summer time.
func days(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}
