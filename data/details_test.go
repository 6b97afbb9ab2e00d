package data_test

import (
	"slices"
	"testing"
	"time"

	"anteroom/data"
)

// ann works on weekdays, with a break at noon, and is away on two days.
func ann() data.Practitioner {
	p := data.Practitioner{ID: "ann", Name: "Dr Ann Example"}
	for day := time.Monday; day <= time.Friday; day++ {
		p.Hours[day] = []data.Span{{From: 9 * 60, To: 12*60 + 30}, {From: 13*60 + 30, To: 17 * 60}}
	}
	p.Away = []data.DayRange{{From: date(2026, time.June, 17), To: date(2026, time.June, 18), Why: "course"}}
	return p
}

func ben() data.Practitioner {
	p := ann()
	p.ID, p.Name, p.Away = "ben", "Dr Ben Example", nil
	return p
}

func gone() data.Practitioner {
	p := ben()
	p.ID, p.Name, p.Gone = "cleo", "Dr Cleo Example", true
	return p
}

func TestDetailsFind(t *testing.T) {
	d := data.Details{
		Practitioners: []data.Practitioner{gone(), ann(), ben()},
		Types:         []data.AppointmentType{{ID: "old", Minutes: 5, Gone: true}, {ID: "new", Minutes: 10}},
	}
	if p := d.Present(); len(p) != 2 || p[0].ID != "ann" || p[1].ID != "ben" || d.Practitioners[0].ID != "cleo" {
		t.Error(p)
	}
	if k := d.Offered(); len(k) != 1 || k[0].ID != "new" || d.Types[0].ID != "old" {
		t.Error(k)
	}
	if p, ok := d.Practitioner("cleo"); !ok || p.Name != "Dr Cleo Example" {
		t.Error(p, ok)
	}
	if k, ok := d.Type("old"); !ok || k.Minutes != 5 {
		t.Error(k, ok)
	}
	if _, ok := d.Practitioner("nobody"); ok {
		t.Error("there is nobody")
	}
	if _, ok := d.Type(""); ok {
		t.Error("there is no such kind")
	}
}

func TestOnAndAway(t *testing.T) {
	p := ann()
	for day, want := range map[int]bool{14: false, 15: true, 16: true, 17: false, 18: false, 19: true, 20: false} {
		d := date(2026, time.June, day)
		if got := p.On(d); (len(got) == 2) != want || want != !slices.Equal(got, nil) {
			t.Errorf("on %v: %v", d, got)
		}
		why, away := p.AwayOn(d)
		if wantAway := day == 17 || day == 18; away != wantAway || (why == "course") != wantAway {
			t.Errorf("on %v away: %q, %v", d, why, away)
		}
	}
}

func TestWorks(t *testing.T) {
	p := ann()
	p.Hours[time.Friday] = []data.Span{{From: 20 * 60, To: 24 * 60}}
	p.Hours[time.Tuesday] = []data.Span{{From: 9 * 60, To: 12 * 60}, {From: 12 * 60, To: 17 * 60}} // no break
	day := func(d, hour, minute int) time.Time {
		return time.Date(2026, time.June, d, hour, minute, 0, 0, time.UTC)
	}
	for _, tc := range []struct {
		start, end time.Time
		want       bool
	}{
		{day(15, 9, 0), day(15, 12, 30), true},
		{day(15, 8, 55), day(15, 9, 10), false},
		{day(15, 12, 15), day(15, 12, 45), false},
		{day(15, 12, 15), day(15, 13, 45), false},
		{day(15, 16, 45), day(15, 17, 0), true},
		{day(15, 16, 45), day(15, 17, 1), false},
		{day(15, 16, 45), day(16, 10, 0), false},
		{day(16, 11, 45), day(16, 12, 15), true},
		{day(17, 9, 0), day(17, 9, 15), false},
		{day(19, 23, 45), day(20, 0, 0), true},
		{day(19, 23, 45), day(20, 0, 15), false},
		{day(20, 9, 0), day(20, 9, 15), false},
	} {
		if got := p.Works(tc.start, tc.end); got != tc.want {
			t.Errorf("%v to %v: %v", tc.start, tc.end, got)
		}
	}
}

func TestDefaultDetails(t *testing.T) {
	d := data.DefaultDetails()
	if k, ok := d.Type(data.Consultation); !ok || k.Minutes != 15 || d.WaitLimit != 20 {
		t.Errorf("%+v", d)
	}
	d.Types[0].Minutes = 99
	if data.DefaultDetails().Types[0].Minutes != 15 {
		t.Error("the default was changed")
	}
}
