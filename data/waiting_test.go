package data_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"anteroom/data"
)

// became is a visit that went through statuses, each with its time.
func became(t *testing.T, v data.Visit, steps ...any) data.Visit {
	t.Helper()
	for i := 0; i < len(steps); i += 2 {
		a, err := v.Become(steps[i].(data.Status), steps[i+1].(time.Time), "asmith")
		if err != nil {
			t.Fatal(err)
		}
		v.Appointment = a
	}
	return v
}

// aMorning has a visit of each sort.
func aMorning(t *testing.T) []data.Visit {
	moved := became(t, visit("moved", at(9, 0), at(9, 15)), data.Arrived, at(9, 20))
	moved.Appointment, _ = moved.Move(at(11, 0), at(11, 15), "ann", at(9, 45), "asmith")
	damaged := visit("damaged", at(9, 30), at(9, 45))
	damaged.Status, damaged.Damaged = data.Arrived, true
	return []data.Visit{
		became(t, visit("seen", at(8, 0), at(8, 15)), data.Arrived, at(7, 50), data.With, at(8, 10), data.Done, at(8, 30)),
		became(t, visit("no with", at(8, 15), at(8, 30)), data.Arrived, at(7, 50), data.Done, at(8, 30)),
		became(t, visit("inside", at(8, 30), at(8, 45)), data.Arrived, at(8, 30), data.With, at(8, 40)),
		became(t, visit("absent", at(8, 30), at(8, 45)), data.Absent, at(8, 45)),
		became(t, visit("cancelled", at(8, 30), at(8, 45)), data.Cancelled, at(8, 45)),
		became(t, visit("late", at(8, 45), at(9, 0)), data.Arrived, at(8, 40), data.Absent, at(8, 50), data.Arrived, at(9, 40)),
		moved,
		damaged,
		visit("to come", at(12, 0), at(12, 15)),
		visit("to come too", at(12, 0), at(12, 15)),
	}
}

func TestWaiting(t *testing.T) {
	type row struct {
		ID    string
		Since time.Time
		For   time.Duration
	}
	rows := func(now time.Time) (all []row) {
		for _, w := range data.Waiting(aMorning(t), now) {
			all = append(all, row{w.ID, w.Since, w.For})
		}
		return all
	}
	want := []row{{"moved", at(9, 20), 40 * time.Minute}, {"damaged", at(9, 30), 30 * time.Minute}, {"late", at(9, 40), 20 * time.Minute}}
	if diff := cmp.Diff(want, rows(at(10, 0))); diff != "" {
		t.Error(diff)
	}
	if got := rows(at(9, 30))[2]; got.For != 0 {
		t.Error("who arrives in the future has waited", got.For)
	}
}

func TestFigures(t *testing.T) {
	want := data.Figures{Booked: 2, Waiting: 3, With: 1, Seen: 2, Absent: 1, Measured: 2, MeanWait: 15 * time.Minute}
	if got := data.FiguresOf(aMorning(t)); got != want {
		t.Errorf("%+v", got)
	}
	if got := data.FiguresOf(nil); got != (data.Figures{}) {
		t.Errorf("%+v", got)
	}
	// A clock that was put back between the stamps has no say.
	back := became(t, visit("back", at(8, 0), at(8, 15)), data.Arrived, at(8, 10), data.With, at(8, 0))
	if got := data.FiguresOf([]data.Visit{back}); got.Measured != 0 || got.With != 1 {
		t.Errorf("%+v", got)
	}
}

func TestFourWeeks(t *testing.T) {
	auckland := zoneNamed(t, "Pacific/Auckland")
	visits := []data.Visit{
		visit("today", at(9, 0), at(9, 15)),
		visit("tomorrow there", at(13, 0), at(13, 15)), // 1 in the morning of the 16th
		visit("first day", at(-27*24+9, 0), at(-27*24+10, 0)),
		visit("before it", at(-28*24+9, 0), at(-28*24+10, 0)),
	}
	for _, tc := range []struct {
		zone  *time.Location
		today int
	}{{time.UTC, 2}, {auckland, 1}} {
		got := data.FourWeeks(visits, today, tc.zone)
		if len(got) != 28 || got[27].Day != today || got[0].Day != today.AddDays(-27) || got[27].Booked != tc.today || got[0].Booked != 1 || got[1].Booked != 0 {
			t.Errorf("%v: %+v", tc.zone, got)
		}
	}
}
