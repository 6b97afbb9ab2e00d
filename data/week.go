package data

import (
	"slices"
	"time"
)

// WeekRow is a practitioner's week.
type WeekRow struct {
	Practitioner Practitioner
	Days         [7]WeekDay
}

// WeekDay is a practitioner's day, in short.
type WeekDay struct {
	Day    Date
	Away   bool
	Why    string  // away
	Visits []Visit // all that begin on it, by start, cancelled ones too

	Count   int // of the visits that take time
	Booked  int // minutes of the working hours that visits take, each once
	Working int // minutes of the working hours
}

// WeekStart is the day on which the week of a day begins, if it begins with first.
func WeekStart(day Date, first time.Weekday) Date {
	return day.AddDays(-(int(day.Weekday()-first) + 7) % 7)
}

// Week sums up seven days, the first of them given, for each practitioner present,
// in the order of their columns, and each who is gone but has visits then. Visits
// whose record does not open are nobody's, and in no row.
func Week(d Details, visits []Visit, first Date, zone *time.Location) []WeekRow {
	var rows []WeekRow
	for _, p := range d.Practitioners {
		row := WeekRow{Practitioner: p}
		any := !p.Gone
		for i := range row.Days {
			row.Days[i] = p.weekDay(first.AddDays(i), visits, zone)
			any = any || len(row.Days[i].Visits) > 0
		}
		if any {
			rows = append(rows, row)
		}
	}
	return rows
}

func (p Practitioner) weekDay(day Date, visits []Visit, zone *time.Location) WeekDay {
	w := WeekDay{Day: day}
	w.Why, w.Away = p.AwayOn(day)
	var taken []Visit
	for _, v := range visits {
		if v.Practitioner != p.ID {
			continue
		}
		if v.Status.Takes() {
			taken = append(taken, v) // one of the day before may last until here
		}
		if DateOf(v.Start.In(zone)) == day {
			w.Visits = append(w.Visits, v)
			if v.Status.Takes() {
				w.Count++
			}
		}
	}
	byStart := func(a, b Visit) int { return a.Start.Compare(b.Start) }
	slices.SortStableFunc(w.Visits, byStart)
	slices.SortStableFunc(taken, byStart)
	for _, s := range p.On(day) {
		from, to := day.At(s.From, zone), day.At(s.To, zone)
		w.Working += int(to.Sub(from) / time.Minute)
		w.Booked += takenBetween(taken, from, to)
	}
	return w
}

// takenBetween is how many minutes of a time visits take, which are sorted by start.
func takenBetween(visits []Visit, from, to time.Time) int {
	var sum time.Duration
	for _, v := range visits {
		start, end := laterOf(v.Start, from), v.End
		if end.After(to) {
			end = to
		}
		if end.After(start) {
			sum += end.Sub(start)
			from = end // what two take counts once
		}
	}
	return int(sum / time.Minute)
}
