package data

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// WaitingPatient is a patient in the waiting room.
type WaitingPatient struct {
	Visit
	Since time.Time     // they arrived
	For   time.Duration // they have been waiting; never less than none
}

// overnight is how long before now a time of yesterday is still current.
const overnight = 8 * time.Hour

// IsCurrent says that a moment is of the day of now, in its zone, or of the night before.
func IsCurrent(t, now time.Time) bool {
	return DateOf(t.In(now.Location())) == DateOf(now) || t.Before(now) && now.Sub(t) < overnight
}

// Waiting are the patients who arrived, today or last night, and are not yet with their
// practitioner, the longest wait first. If a visit's record does not open, it counts from
// the visit's start.
func Waiting(visits []Visit, now time.Time) []WaitingPatient {
	var all []WaitingPatient
	for _, v := range visits {
		if v.Status != Arrived {
			continue
		}
		since := v.Stamped(Arrived)
		if since.IsZero() {
			since = v.Start
		}
		if !IsCurrent(since, now) && DateOf(v.Start.In(now.Location())) != DateOf(now) {
			continue // somebody forgot to say what became of them
		}
		all = append(all, WaitingPatient{Visit: v, Since: since, For: max(0, now.Sub(since))})
	}
	slices.SortStableFunc(all, func(a, b WaitingPatient) int {
		return cmp.Or(a.Since.Compare(b.Since), a.Start.Compare(b.Start), strings.Compare(a.ID, b.ID))
	})
	return all
}

// Figures count the visits of a day by their status.
type Figures struct {
	Booked, Waiting, With, Seen, Absent int

	Measured int           // how many waits MeanWait is of
	MeanWait time.Duration // from arrived to with the practitioner; 0: none was measured
}

// FiguresOf are the figures of visits. A wait is included if both its beginning and its
// end were stamped, in this order.
func FiguresOf(visits []Visit) Figures {
	var f Figures
	var waited time.Duration
	for _, v := range visits {
		switch v.Status {
		case Booked:
			f.Booked++
		case Arrived:
			f.Waiting++
		case With:
			f.With++
		case Done:
			f.Seen++
		case Absent:
			f.Absent++
		}
		if wait, ok := v.Waited(); ok {
			f.Measured++
			waited += wait
		}
	}
	if f.Measured > 0 {
		f.MeanWait = waited / time.Duration(f.Measured)
	}
	return f
}

// Waited is how long the patient waited; ok is false if that is not known (yet).
func (a Appointment) Waited() (wait time.Duration, ok bool) {
	arrived, with := a.Stamped(Arrived), a.Stamped(With)
	if arrived.IsZero() || with.IsZero() || with.Before(arrived) {
		return 0, false
	}
	return with.Sub(arrived), true
}

// DayFigures are the figures of one day.
type DayFigures struct {
	Day Date
	Figures
}

// FourWeeks are the figures of 28 days, the last of them today, in a zone.
func FourWeeks(visits []Visit, today Date, zone *time.Location) []DayFigures {
	byDay := map[Date][]Visit{}
	for _, v := range visits {
		day := DateOf(v.Start.In(zone))
		byDay[day] = append(byDay[day], v)
	}
	all := make([]DayFigures, 28)
	for i := range all {
		day := today.AddDays(i + 1 - len(all))
		all[i] = DayFigures{day, FiguresOf(byDay[day])}
	}
	return all
}
