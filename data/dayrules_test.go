package data_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"anteroom/data"
)

// dayBook is a day in memory, that two users work on with the rules of this package.
type dayBook struct {
	now   time.Time
	all   map[string]data.Appointment
	steps []step
	made  int
}

// step is what undo takes back: the appointment as it was; nil: there was none.
type step struct {
	id     string
	before *data.Appointment
}

func (b *dayBook) visits() []data.Visit {
	var visits []data.Visit
	for _, id := range slices.Sorted(maps.Keys(b.all)) {
		visits = append(visits, data.Visit{Appointment: b.all[id]})
	}
	return visits
}

func (b *dayBook) put(a data.Appointment) {
	s := step{id: a.ID}
	if before, ok := b.all[a.ID]; ok {
		s.before = &before
	}
	b.steps = append(b.steps, s)
	b.all[a.ID] = a
}

// drawTimes are those of an appointment, most of which can be.
func drawTimes(t *rapid.T) (practitioner string, start, end time.Time) {
	start = at(9, 5*rapid.IntRange(0, 24).Draw(t, "start"))
	end = start.Add(time.Duration(5*rapid.IntRange(-1, 12).Draw(t, "length")) * time.Minute)
	return rapid.SampledFrom([]string{"ann", "ben"}).Draw(t, "practitioner"), start, end
}

// draw picks an appointment, if there is one.
func (b *dayBook) draw(t *rapid.T) (a data.Appointment, ok bool) {
	if len(b.all) == 0 {
		return a, false
	}
	return b.all[rapid.SampledFrom(slices.Sorted(maps.Keys(b.all))).Draw(t, "appointment")], true
}

func (b *dayBook) book(t *rapid.T) {
	practitioner, start, end := drawTimes(t)
	b.made++
	a := data.Appointment{
		ID: fmt.Sprintf("%03d", b.made), Practitioner: practitioner, Start: start, End: end, Status: data.Booked,
		Stamps: []data.Stamp{{Status: data.Booked, At: b.now, By: "asmith"}},
	}
	err := a.CheckTimes()
	if (err == nil) != start.Before(end) {
		t.Fatalf("%v to %v: %v", start, end, err)
	}
	if err == nil {
		b.put(a)
	}
}

func (b *dayBook) move(t *rapid.T) {
	before, ok := b.draw(t)
	if !ok {
		return
	}
	practitioner, start, end := drawTimes(t)
	after, err := before.Move(start, end, practitioner, b.now, "bjones")
	can := start.Before(end) && (before.Status == data.Booked || before.Status == data.Arrived)
	if (err == nil) != can {
		t.Fatalf("%q to %v–%v: %v", before.Status, start, end, err)
	}
	if err == nil {
		b.put(after)
	}
}

func (b *dayBook) become(t *rapid.T) {
	before, ok := b.draw(t)
	if !ok {
		return
	}
	to := rapid.SampledFrom(statuses).Draw(t, "status")
	after, err := before.Become(to, b.now, "bjones")
	if (err == nil) != before.Status.Becomes(to) || err != nil && !errors.Is(err, data.ErrStatus) {
		t.Fatalf("%q to %q: %v", before.Status, to, err)
	}
	if err == nil {
		b.put(after)
	}
}

func (b *dayBook) undo(t *rapid.T) {
	if len(b.steps) == 0 {
		return
	}
	last := b.steps[len(b.steps)-1]
	b.steps = b.steps[:len(b.steps)-1]
	if last.before == nil {
		delete(b.all, last.id)
	} else {
		b.all[last.id] = *last.before
	}
}

// check asks of every appointment that it is one, that its stamps tell how it came
// to be so, and that exactly those overlap that share a minute.
func (b *dayBook) check(t *rapid.T) {
	visits := b.visits()
	minutes := map[string][]string{} // who takes a practitioner's minute
	for _, v := range visits {
		if err := v.CheckTimes(); err != nil || !v.Start.Before(v.End) {
			t.Fatalf("%s: %v to %v: %v", v.ID, v.Start, v.End, err)
		}
		if wrong := wrongStamps(v.Appointment, b.now); wrong != "" {
			t.Fatalf("%s: %s: %v", v.ID, wrong, v.Stamps)
		}
		if v.Status == data.Absent || v.Status == data.Cancelled {
			continue
		}
		for m := v.Start; m.Before(v.End); m = m.Add(time.Minute) {
			key := v.Practitioner + m.Format(" 15:04")
			minutes[key] = append(minutes[key], v.ID)
		}
	}
	shares := map[string]map[string]bool{}
	for _, ids := range minutes {
		for _, one := range ids {
			for _, other := range ids {
				if shares[one] == nil {
					shares[one] = map[string]bool{}
				}
				shares[one][other] = one != other
			}
		}
	}
	counted := map[data.Status]int{}
	for _, v := range visits {
		counted[v.Status]++
		var want, got []string
		for _, id := range slices.Sorted(maps.Keys(shares[v.ID])) {
			if shares[v.ID][id] {
				want = append(want, id)
			}
		}
		for _, other := range v.Clashing(visits) {
			got = append(got, other.ID)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%s overlaps %s, by the minute %s", v.ID, strings.Join(got, " "), strings.Join(want, " "))
		}
	}
	f := data.FiguresOf(visits)
	if f.Booked != counted[data.Booked] || f.Waiting != counted[data.Arrived] || f.With != counted[data.With] ||
		f.Seen != counted[data.Done] || f.Absent != counted[data.Absent] || f.Waiting != len(data.Waiting(visits, b.now)) {
		t.Fatalf("%+v of %v", f, counted)
	}
}

// wrongStamps says what is wrong with the history of an appointment; "": nothing.
func wrongStamps(a data.Appointment, now time.Time) string {
	if len(a.Stamps) == 0 || a.Stamps[0].Status != data.Booked && !a.WalkIn || a.Stamps[0].Moved {
		return "it does not begin with the booking"
	}
	for i, s := range a.Stamps[1:] {
		before := a.Stamps[i]
		switch {
		case s.At.Before(before.At):
			return "stamps are out of order"
		case s.Moved && s.Status != before.Status:
			return "a move changed the status"
		case !s.Moved && !before.Status.Becomes(s.Status):
			return "no such step"
		}
	}
	if last := a.Stamps[len(a.Stamps)-1]; last.Status != a.Status || now.Before(last.At) {
		return "the last stamp is of something else"
	}
	return ""
}

// TestDayRules: whatever is booked, moved, changed and undone, in whatever order,
// every appointment stays one that can be.
func TestDayRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := &dayBook{now: at(8, 0), all: map[string]data.Appointment{}}
		acts := map[string]func(*rapid.T){
			"book": b.book, "book too": b.book, "move": b.move, "become": b.become, "become too": b.become, "undo": b.undo,
			"wait": func(t *rapid.T) {
				b.now = b.now.Add(time.Duration(rapid.IntRange(1, 600).Draw(t, "seconds")) * time.Second)
			},
			"": b.check,
		}
		t.Repeat(acts)
		for len(b.steps) > 0 {
			b.undo(t)
			b.check(t)
		}
		if len(b.all) != 0 {
			t.Fatalf("after everything was undone: %v", b.all)
		}
	})
}
