package data_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"anteroom/data"
)

var statuses = []data.Status{data.Booked, data.Arrived, data.With, data.Done, data.Absent, data.Cancelled}

// at is a time of today's, in UTC.
func at(hour, minute int) time.Time {
	return time.Date(today.Year, today.Month, today.Day, hour, minute, 0, 0, time.UTC)
}

// booked is an appointment of practitioner "ann" today.
func booked(id string, start, end time.Time) data.Appointment {
	return data.Appointment{ID: id, Practitioner: "ann", Patient: "p-" + id, Start: start, End: end, Status: data.Booked}
}

// TestStatuses: these steps there are, and no others.
func TestStatuses(t *testing.T) {
	steps := map[[2]data.Status]bool{
		{data.Booked, data.Arrived}:    true,
		{data.Booked, data.Absent}:     true,
		{data.Booked, data.Cancelled}:  true,
		{data.Arrived, data.With}:      true,
		{data.Arrived, data.Done}:      true,
		{data.Arrived, data.Absent}:    true,
		{data.Arrived, data.Cancelled}: true,
		{data.With, data.Done}:         true,
		{data.Absent, data.Arrived}:    true,
	}
	for _, from := range append(statuses, "", "asleep") {
		for _, to := range append(statuses, "", "asleep") {
			before := booked("one", at(9, 0), at(9, 15))
			before.Status = from
			after, err := before.Become(to, at(8, 55), "asmith")
			if !steps[[2]data.Status{from, to}] {
				if !errors.Is(err, data.ErrStatus) || !cmp.Equal(before, after) {
					t.Errorf("%q became %q: %v", from, to, err)
				}
				continue
			}
			want := before
			want.Status, want.Stamps = to, []data.Stamp{{Status: to, At: at(8, 55), By: "asmith"}}
			if diff := cmp.Diff(want, after); err != nil || diff != "" {
				t.Errorf("%q to %q: %v\n%s", from, to, err, diff)
			}
		}
	}
	for _, s := range statuses {
		if free := s == data.Absent || s == data.Cancelled; s.Takes() == free {
			t.Errorf("%q takes time: %v", s, s.Takes())
		}
	}
}

func TestMove(t *testing.T) {
	for _, s := range statuses {
		before := booked("one", at(9, 0), at(9, 15))
		before.Status = s
		after, err := before.Move(at(10, 0), at(10, 30), "ben", at(8, 0), "asmith")
		if s != data.Booked && s != data.Arrived {
			if !errors.Is(err, data.ErrStatus) || !cmp.Equal(before, after) {
				t.Errorf("%q moved: %v", s, err)
			}
			continue
		}
		want := before
		want.Start, want.End, want.Practitioner = at(10, 0), at(10, 30), "ben"
		want.Stamps = []data.Stamp{{Status: s, At: at(8, 0), By: "asmith", Moved: true}}
		if diff := cmp.Diff(want, after); err != nil || diff != "" {
			t.Errorf("%q: %v\n%s", s, err, diff)
		}
	}
}

// TestTimes: a length of a minute to a day; a refused move leaves the appointment
// as it was.
func TestTimes(t *testing.T) {
	before := booked("one", at(9, 0), at(9, 15))
	for _, tc := range []struct {
		length time.Duration
		want   error
	}{
		{-time.Hour, data.ErrEndsBefore},
		{-time.Nanosecond, data.ErrEndsBefore},
		{0, data.ErrNoLength},
		{59 * time.Second, data.ErrNoLength},
		{time.Minute, nil},
		{24 * time.Hour, nil},
		{24*time.Hour + time.Minute, data.ErrTooLongVisit},
	} {
		a, err := before.Move(at(10, 0), at(10, 0).Add(tc.length), "ben", at(8, 0), "asmith")
		if !errors.Is(err, tc.want) || err == nil && a.Length() != tc.length || err != nil && !cmp.Equal(a, before) {
			t.Errorf("%v: %v, %+v", tc.length, err, a)
		}
		if got := booked("x", at(10, 0), at(10, 0).Add(tc.length)).CheckTimes(); !errors.Is(got, tc.want) {
			t.Errorf("%v: %v", tc.length, got)
		}
	}
}

// TestStampsAreCopied: two steps from one appointment don't write over each other.
func TestStampsAreCopied(t *testing.T) {
	a := booked("one", at(9, 0), at(9, 15))
	a.Stamps = append(make([]data.Stamp, 0, 8), data.Stamp{Status: data.Booked, At: at(7, 0), By: "asmith"})
	arrived, _ := a.Become(data.Arrived, at(8, 0), "asmith")
	absent, _ := a.Become(data.Absent, at(8, 1), "bjones")
	moved, _ := a.Move(at(10, 0), at(10, 15), "ann", at(8, 2), "bjones")
	if arrived.Stamps[1].Status != data.Arrived || absent.Stamps[1].Status != data.Absent || !moved.Stamps[1].Moved {
		t.Error(arrived.Stamps, absent.Stamps, moved.Stamps)
	}
}

// TestStamped: the last time counts, and a move is no new status.
func TestStamped(t *testing.T) {
	a := booked("one", at(9, 0), at(9, 15))
	a, _ = a.Become(data.Arrived, at(8, 50), "asmith")
	a, _ = a.Become(data.Absent, at(9, 10), "asmith")
	a, _ = a.Become(data.Arrived, at(9, 20), "asmith")
	a, _ = a.Move(at(9, 30), at(9, 45), "ann", at(9, 21), "asmith")
	if got := a.Stamped(data.Arrived); !got.Equal(at(9, 20)) {
		t.Error(got)
	}
	if got := a.Stamped(data.Done); !got.IsZero() {
		t.Error(got)
	}
}

func TestOverlaps(t *testing.T) {
	a := booked("one", at(9, 0), at(9, 30))
	for _, tc := range []struct {
		name string
		b    data.Appointment
		want bool
	}{
		{"the same time", booked("two", at(9, 0), at(9, 30)), true},
		{"inside", booked("two", at(9, 10), at(9, 20)), true},
		{"around", booked("two", at(8, 0), at(10, 0)), true},
		{"its last minute", booked("two", at(9, 29), at(10, 0)), true},
		{"right after", booked("two", at(9, 30), at(10, 0)), false},
		{"right before", booked("two", at(8, 30), at(9, 0)), false},
		{"itself, moved", booked("one", at(9, 10), at(9, 40)), false},
		{"a new one", booked("", at(9, 10), at(9, 40)), true},
	} {
		if a.Overlaps(tc.b) != tc.want || tc.b.Overlaps(a) != tc.want {
			t.Errorf("%s: not %v", tc.name, tc.want)
		}
	}
	if fresh := booked("", at(9, 0), at(9, 30)); !fresh.Overlaps(booked("", at(9, 0), at(9, 30))) {
		t.Error("two new ones")
	}
	other := booked("two", at(9, 0), at(9, 30))
	other.Practitioner = "ben"
	if a.Overlaps(other) {
		t.Error("another practitioner's")
	}
	for _, s := range statuses {
		b := booked("two", at(9, 0), at(9, 30))
		b.Status = s
		if a.Overlaps(b) != s.Takes() || b.Overlaps(a) != s.Takes() {
			t.Errorf("one that is %q", s)
		}
	}
}

func TestTakesOtherThan(t *testing.T) {
	start := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	before := data.Appointment{Practitioner: "osei", Start: start, End: start.Add(30 * time.Minute), Status: data.Booked}
	for name, c := range map[string]struct {
		change func(before, after *data.Appointment)
		want   bool
	}{
		"the same":             {func(_, _ *data.Appointment) {}, false},
		"arrived":              {func(_, a *data.Appointment) { a.Status = data.Arrived }, false},
		"shorter":              {func(_, a *data.Appointment) { a.End = a.End.Add(-time.Minute) }, false},
		"begins later":         {func(_, a *data.Appointment) { a.Start = a.Start.Add(time.Minute) }, false},
		"longer":               {func(_, a *data.Appointment) { a.End = a.End.Add(time.Minute) }, true},
		"begins earlier":       {func(_, a *data.Appointment) { a.Start = a.Start.Add(-time.Minute) }, true},
		"another practitioner": {func(_, a *data.Appointment) { a.Practitioner = "lind" }, true},
		"cancelled":            {func(_, a *data.Appointment) { a.Status, a.Practitioner = data.Cancelled, "lind" }, false},
		"was cancelled":        {func(b, _ *data.Appointment) { b.Status = data.Cancelled }, true},
		"was absent":           {func(b, _ *data.Appointment) { b.Status = data.Absent }, true},
	} {
		b, a := before, before
		if c.change(&b, &a); a.TakesOtherThan(b) != c.want {
			t.Errorf("%s: %v", name, !c.want)
		}
	}
}
