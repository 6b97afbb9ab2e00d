package data

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Lane is where a visit stands beside others at the same time: the lane Index of
// Of lanes of equal width.
type Lane struct{ Index, Of int }

// Lanes lays out the visits of one practitioner: those that overlap in time, or
// hang together by others that do, share the width. Only times and ids count, so
// that nothing jumps when a visit arrives or is cancelled; who leaves cancelled
// ones out does so before. The lanes are in the order of the visits.
func Lanes(visits []Visit) []Lane {
	order := make([]int, len(visits))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := visits[i], visits[j]
		return cmp.Or(a.Start.Compare(b.Start), b.End.Compare(a.End), strings.Compare(a.ID, b.ID), cmp.Compare(i, j))
	})
	lanes := make([]Lane, len(visits))
	var ends []time.Time // of the lanes of this cluster
	var until time.Time
	first := 0 // the place in order where the cluster begins
	widen := func(upTo int) {
		for _, i := range order[first:upTo] {
			lanes[i].Of = len(ends)
		}
	}
	for place, i := range order {
		v := visits[i]
		if place > first && !v.Start.Before(until) {
			widen(place)
			first, ends = place, nil
		}
		free := slices.IndexFunc(ends, func(end time.Time) bool { return !v.Start.Before(end) })
		if free < 0 {
			free, ends = len(ends), append(ends, time.Time{})
		}
		ends[free] = endOf(v)
		lanes[i].Index = free
		if len(ends) == 1 || ends[free].After(until) {
			until = ends[free]
		}
	}
	widen(len(order))
	return lanes
}

// endOf is the end of a visit, of a damaged one too that has no length.
func endOf(v Visit) time.Time {
	if least := v.Start.Add(time.Minute); v.End.Before(least) {
		return least
	}
	return v.End
}

// Shown is the part of a day that its grid shows: full hours around everybody's
// hours and all the visits, 8 to 18 when there is neither.
func Shown(day Date, zone *time.Location, practitioners []Practitioner, visits []Visit) Span {
	shown := Span{From: dayMinutes}
	widen := func(from, to int) { shown.From, shown.To = min(shown.From, from), max(shown.To, to) }
	for _, p := range practitioners {
		for _, s := range p.On(day) {
			widen(s.From, s.To)
		}
	}
	for _, v := range visits {
		if s, ok := v.On(day, zone); ok {
			widen(s.From, s.To)
		}
	}
	if shown.From >= shown.To {
		return Span{From: 8 * 60, To: 18 * 60}
	}
	return Span{From: shown.From / 60 * 60, To: min((shown.To+59)/60*60, dayMinutes)}
}

// OnDay are the visits of which any part lies on a day.
func OnDay(visits []Visit, day Date, zone *time.Location) []Visit {
	return slices.DeleteFunc(slices.Clone(visits), func(v Visit) bool {
		_, ok := v.On(day, zone)
		return !ok
	})
}

// On is the part of a day that a visit takes, as the clock shows it; ok is false
// if there is none. It is never empty: where the clock goes back during a visit, it
// lasts to the later of the times shown.
func (v Visit) On(day Date, zone *time.Location) (s Span, ok bool) {
	start, end := v.Start.In(zone), endOf(v).In(zone)
	if day.Before(DateOf(start)) || !day.In(zone).Before(end) {
		return Span{}, false
	}
	s = Span{From: minuteOf(start), To: minuteOf(end)}
	if DateOf(start).Before(day) {
		s.From = 0
	}
	if day.Before(DateOf(end)) {
		s.To = dayMinutes
	}
	if s.To <= s.From {
		s.To = min(s.From+max(1, int(end.Sub(start)/time.Minute)), dayMinutes)
	}
	return s, true
}
