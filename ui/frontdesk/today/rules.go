package today

import (
	"slices"
	"time"

	"anteroom/data"
)

const minutesOfDay = 24 * 60

// minuteIn is the minute of a day at which the clock shows a moment: before the
// day 0, after it the last one.
func minuteIn(day data.Date, t time.Time) int {
	t = t.In(time.Local)
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

func (s span) overlaps(o span) bool { return s.from < o.to && o.from < s.to }

// lanes puts spans that overlap beside each other: for each its lane, and how
// many lanes there are beside it. The spans begin in their order.
func lanes(spans []span) (lane, of []int) {
	lane, of = make([]int, len(spans)), make([]int, len(spans))
	for from := 0; from < len(spans); {
		to, end := from, spans[from].to // of those that hang together
		var ends []int
		for ; to < len(spans) && (to == from || spans[to].from < end); to++ {
			end = max(end, spans[to].to)
			free := slices.IndexFunc(ends, func(e int) bool { return e <= spans[to].from })
			if free < 0 {
				free = len(ends)
				ends = append(ends, 0)
			}
			ends[free], lane[to] = spans[to].to, free
		}
		for i := from; i < to; i++ {
			of[i] = len(ends)
		}
		from = to
	}
	return lane, of
}

// nextFree is the first time from a moment on, within so many days, at which a
// practitioner works and has a length of time free.
func nextFree(p data.Practitioner, visits []data.Visit, from time.Time, length time.Duration, days int) (start time.Time, ok bool) {
	first := data.DateOf(from)
	for i := range days {
		day := first.AddDays(i)
		for _, hours := range p.On(day) {
			at := day.At(hours.From, time.Local)
			if at.Before(from) {
				at = from
			}
			if at, ok := freeIn(p.ID, visits, at, day.At(hours.To, time.Local), length); ok {
				return at, true
			}
		}
	}
	return time.Time{}, false
}

func freeIn(practitioner string, visits []data.Visit, at, to time.Time, length time.Duration) (start time.Time, ok bool) {
	for !to.Before(at.Add(length)) {
		try := data.Appointment{Practitioner: practitioner, Start: at, End: at.Add(length), Status: data.Booked}
		i := slices.IndexFunc(visits, func(v data.Visit) bool { return v.Appointment.Overlaps(try) })
		if i < 0 {
			return at, true
		}
		at = visits[i].End
	}
	return time.Time{}, false
}

// figures are how a day went so far.
type figures struct {
	seen, waiting, absent int
	meanWait              time.Duration // of those who went in; 0: nobody did
}

func figuresOf(visits []data.Visit) figures {
	var f figures
	var waited time.Duration
	waits := 0
	for _, v := range visits {
		switch v.Status {
		case data.Arrived:
			f.waiting++
		case data.With, data.Done:
			f.seen++
		case data.Absent:
			f.absent++
		}
		came, went := v.Stamped(data.Arrived), v.Stamped(data.With)
		if v.Status.Takes() && !came.IsZero() && went.After(came) {
			waited += went.Sub(came)
			waits++
		}
	}
	if waits > 0 {
		f.meanWait = waited / time.Duration(waits)
	}
	return f
}

// waiters are those who wait, the longest first.
func waiters(visits []data.Visit) []data.Visit {
	var found []data.Visit
	for _, v := range visits {
		if v.Status == data.Arrived {
			found = append(found, v)
		}
	}
	slices.SortStableFunc(found, func(a, b data.Visit) int {
		return a.Stamped(data.Arrived).Compare(b.Stamped(data.Arrived))
	})
	return found
}
