package data_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"anteroom/data"
)

func TestWeekStart(t *testing.T) {
	for day := range 14 {
		d := today.AddDays(day)
		if got := data.WeekStart(d, time.Monday); got != today.AddDays(day/7*7) {
			t.Errorf("%v: %v", d, got)
		}
		if got := data.WeekStart(d, time.Sunday); got != today.AddDays((day+1)/7*7-1) {
			t.Errorf("%v: %v", d, got)
		}
	}
}

func TestWeek(t *testing.T) {
	cancelled := visit("cancelled", at(14, 0), at(15, 0))
	cancelled.Status = data.Cancelled
	old := visit("old", at(9, 0), at(9, 15))
	old.Practitioner = "cleo"
	nobody := visit("damaged", at(9, 0), at(9, 15))
	nobody.Practitioner, nobody.Damaged = "", true
	visits := []data.Visit{
		visit("two", at(9, 15), at(9, 45)),
		visit("one", at(8, 30), at(9, 30)), // half before the hours, and over the next
		visit("break", at(12, 15), at(13, 45)),
		cancelled, nobody,
		visit("next day", at(24+9, 0), at(24+9, 20)),
		visit("next week", at(7*24+9, 0), at(7*24+9, 20)),
	}
	d := goodDetails()
	rows := data.Week(d, visits, today, time.UTC)
	if len(rows) != 2 || rows[0].Practitioner.ID != "ann" || rows[1].Practitioner.ID != "ben" {
		t.Fatalf("%+v", rows)
	}
	type short struct {
		Count, Booked, Working, Visits int
		Why                            string
	}
	var got []short
	for i, day := range rows[0].Days {
		if day.Day != today.AddDays(i) || day.Away != (day.Why != "") {
			t.Errorf("%+v", day)
		}
		got = append(got, short{day.Count, day.Booked, day.Working, len(day.Visits), day.Why})
	}
	full := 420
	want := []short{{3, 75, full, 4, ""}, {1, 20, full, 1, ""}, {Why: "course"}, {Why: "course"}, {Working: full}, {}, {}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if rows[0].Days[0].Visits[0].ID != "one" {
		t.Error("they are not by start")
	}
	if rows := data.Week(d, append(visits, old), today, time.UTC); len(rows) != 3 || rows[2].Days[0].Count != 1 {
		t.Errorf("who is gone: %+v", rows)
	}
}

// TestWeekNeverOverfull: booked minutes never exceed those of the working hours,
// whatever the clock does.
func TestWeekNeverOverfull(t *testing.T) {
	london := zoneNamed(t, "Europe/London")
	rapid.Check(t, func(t *rapid.T) {
		p := ann()
		for day := range p.Hours {
			p.Hours[day] = anySpans().Draw(t, "hours")
		}
		visits := anyVisits(12, "ann", "ben").Draw(t, "visits")
		first := data.WeekStart(date(2026, time.October, 25), time.Monday)
		for i, v := range visits {
			by := first.AddDays(i % 7).In(london).Sub(at(0, 0))
			visits[i].Start, visits[i].End = v.Start.Add(by), v.End.Add(by)
		}
		rows := data.Week(data.Details{Practitioners: []data.Practitioner{p}}, visits, first, london)
		for _, day := range rows[0].Days {
			minutes := 0
			for at := day.Day.In(london); data.DateOf(at) == day.Day; at = at.Add(time.Minute) {
				slot := data.Slot{Start: at, End: at.Add(time.Minute).In(london)}
				probe := booked("probe", slot.Start, slot.End)
				if inHours(p, slot, london) && len(probe.Clashing(visits)) > 0 {
					minutes++
				}
			}
			if day.Booked != minutes || day.Booked > day.Working {
				t.Fatalf("%v: %d of %d minutes, counted one by one %d", day.Day, day.Booked, day.Working, minutes)
			}
		}
	})
}
