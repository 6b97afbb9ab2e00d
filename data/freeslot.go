package data

import (
	"slices"
	"time"
)

// grid is the step at which free times are offered, in minutes.
const grid = 5

// Slot is a time at which a practitioner is free.
type Slot struct {
	Practitioner string // id
	Start, End   time.Time
}

// NextFree are the next free times of a length, at most n, from a moment on and
// within so many days, that day included: inside somebody's hours, so not in breaks
// or on days away, and not over visits that take time. Without ids it looks at
// everybody present. Those of one practitioner don't overlap; at the same time the
// first column comes first. The clock is that of from's zone; the visits are those
// of the days looked at, by start.
func NextFree(d Details, visits []Visit, ids []string, from time.Time, length time.Duration, days, n int) []Slot {
	if length < time.Minute || n <= 0 {
		return nil
	}
	looked := d.Present()
	if len(ids) > 0 {
		looked = slices.DeleteFunc(looked, func(p Practitioner) bool { return !slices.Contains(ids, p.ID) })
	}
	taken := make([][]Visit, len(looked))
	for i, p := range looked {
		for _, v := range visits {
			if v.Practitioner == p.ID && v.Status.Takes() && v.End.After(from) {
				taken[i] = append(taken[i], v)
			}
		}
		slices.SortStableFunc(taken[i], func(a, b Visit) int { return a.Start.Compare(b.Start) })
	}
	var slots []Slot
	for i := 0; i < days && len(slots) < n; i++ {
		day := DateOf(from).AddDays(i)
		var ofDay []Slot
		for j, p := range looked {
			ofDay = append(ofDay, p.freeOn(day, from, length, taken[j], n)...)
		}
		slices.SortStableFunc(ofDay, func(a, b Slot) int { return a.Start.Compare(b.Start) })
		slots = append(slots, ofDay[:min(len(ofDay), n-len(slots))]...)
	}
	return slots
}

// freeOn are a practitioner's free times of a day, at most n.
func (p Practitioner) freeOn(day Date, from time.Time, length time.Duration, taken []Visit, n int) []Slot {
	var slots []Slot
	zone := from.Location()
	for _, span := range joined(p.On(day)) {
		end := day.At(span.To, zone)
		start := onGrid(laterOf(day.At(span.From, zone), from))
		for len(slots) < n && !start.Add(length).After(end) {
			slot := Slot{Practitioner: p.ID, Start: start, End: start.Add(length)}
			if i := slices.IndexFunc(taken, func(v Visit) bool { return v.Start.Before(slot.End) && slot.Start.Before(v.End) }); i >= 0 {
				start = onGrid(taken[i].End.In(zone))
				continue
			}
			slots = append(slots, slot)
			start = onGrid(slot.End)
		}
	}
	return slots
}

// onGrid is the first moment, from t on, whose minutes are on the grid.
func onGrid(t time.Time) time.Time {
	if whole := t.Truncate(time.Minute); whole.Before(t) {
		t = whole.Add(time.Minute)
	}
	for t.Second() != 0 || t.Minute()%grid != 0 { // at most a few: a zone may have odd seconds, long ago
		t = t.Add(time.Minute - time.Duration(t.Second())*time.Second)
	}
	return t
}

func laterOf(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
