package data_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"anteroom/data"
)

func visit(id string, start, end time.Time) data.Visit {
	return data.Visit{Appointment: booked(id, start, end)}
}

func TestLanes(t *testing.T) {
	visits := []data.Visit{
		visit("alone", at(8, 0), at(8, 30)),
		visit("long", at(9, 0), at(10, 0)),
		visit("inside", at(9, 10), at(9, 20)),
		visit("after inside", at(9, 20), at(9, 40)), // takes the lane that is free again
		visit("chained", at(9, 30), at(10, 30)),
		visit("last", at(10, 15), at(10, 45)), // hangs together with the first only by others
		visit("next", at(10, 45), at(11, 0)),
		visit("damaged", at(12, 0), at(12, 0)), // the longer comes first
		visit("over it", at(12, 0), at(12, 15)),
	}
	want := []data.Lane{{0, 1}, {0, 3}, {1, 3}, {1, 3}, {2, 3}, {0, 3}, {0, 1}, {1, 2}, {0, 2}}
	if got := data.Lanes(visits); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := data.Lanes(nil); len(got) != 0 {
		t.Error(got)
	}
}

// anyVisits draws visits of one day, of the practitioners given.
func anyVisits(most int, practitioners ...string) *rapid.Generator[[]data.Visit] {
	return rapid.Custom(func(t *rapid.T) []data.Visit {
		var visits []data.Visit
		for i := range rapid.IntRange(0, most).Draw(t, "visits") {
			start := at(0, 0).Add(time.Duration(rapid.IntRange(7*60, 18*60).Draw(t, "start")) * time.Minute)
			v := visit(string(rune('a'+i)), start, start.Add(time.Duration(rapid.IntRange(1, 120).Draw(t, "length"))*time.Minute))
			v.Status = rapid.SampledFrom(statuses).Draw(t, "status")
			v.Practitioner = rapid.SampledFrom(practitioners).Draw(t, "practitioner")
			visits = append(visits, v)
		}
		slices.SortStableFunc(visits, func(a, b data.Visit) int { return a.Start.Compare(b.Start) })
		return visits
	})
}

// TestLanesHold: no two at the same time share a lane, all of a cluster know the
// same number of lanes, each of them is needed, and neither order nor status
// changes where somebody stands.
func TestLanesHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		visits := anyVisits(12, "ann").Draw(t, "visits")
		lanes := data.Lanes(visits)
		for i, a := range visits {
			if lanes[i].Index < 0 || lanes[i].Index >= lanes[i].Of {
				t.Fatalf("%s stands in %v", a.ID, lanes[i])
			}
			for j, b := range visits[:i] {
				if a.Start.Before(b.End) && b.Start.Before(a.End) && (lanes[i].Index == lanes[j].Index || lanes[i].Of != lanes[j].Of) {
					t.Fatalf("%s and %s stand in %v and %v", a.ID, b.ID, lanes[i], lanes[j])
				}
			}
			if used := inLane(visits, lanes, i, lanes[i].Of-1); !used {
				t.Fatalf("%s: nobody is in the last of %d lanes", a.ID, lanes[i].Of)
			}
		}
		where := map[string]data.Lane{}
		for i, v := range visits {
			where[v.ID] = lanes[i]
		}
		other := slices.Clone(visits)
		seed := rapid.Uint64().Draw(t, "seed")
		rand.New(rand.NewPCG(seed, 0)).Shuffle(len(other), func(i, j int) { other[i], other[j] = other[j], other[i] })
		for i := range other {
			other[i].Status = data.Cancelled
		}
		for i, lane := range data.Lanes(other) {
			if where[other[i].ID] != lane {
				t.Fatalf("%s went from %v to %v", other[i].ID, where[other[i].ID], lane)
			}
		}
	})
}

// inLane says that some visit that hangs together with one stands in a lane.
func inLane(visits []data.Visit, lanes []data.Lane, one, lane int) bool {
	seen := map[int]bool{one: true}
	for todo := []int{one}; len(todo) > 0; todo = todo[1:] {
		a := visits[todo[0]]
		if lanes[todo[0]].Index == lane {
			return true
		}
		for j, b := range visits {
			if !seen[j] && a.Start.Before(b.End) && b.Start.Before(a.End) {
				seen[j], todo = true, append(todo, j)
			}
		}
	}
	return false
}

func TestShown(t *testing.T) {
	early := visit("early", at(6, 50), at(7, 0))
	late := visit("late", at(22, 30), at(22, 40))
	overnight := visit("overnight", at(23, 30), at(24, 30))
	work := []data.Practitioner{ann(), ben()}
	span := func(from, to int) data.Span { return data.Span{From: from * 60, To: to * 60} }
	for name, tc := range map[string]struct {
		day    data.Date
		who    []data.Practitioner
		visits []data.Visit
		want   data.Span
	}{
		"nothing":                {today, nil, nil, span(8, 18)},
		"a Sunday":               {date(2026, time.June, 14), work, nil, span(8, 18)},
		"hours":                  {today, work, nil, span(9, 17)},
		"hours and visits":       {today, work, []data.Visit{early, late}, span(6, 23)},
		"visits only":            {today, nil, []data.Visit{early}, span(6, 7)},
		"visits of another day":  {today.AddDays(2), nil, []data.Visit{early, late}, span(8, 18)},
		"until after midnight":   {today, nil, []data.Visit{overnight}, span(23, 24)},
		"from before midnight":   {today.AddDays(1), nil, []data.Visit{overnight}, span(0, 1)},
		"until midnight only":    {today.AddDays(1), nil, []data.Visit{visit("x", at(23, 0), at(24, 0))}, span(8, 18)},
		"somebody's days away":   {date(2026, time.June, 17), work[:1], nil, span(8, 18)},
		"one that is no minute":  {today, nil, []data.Visit{visit("x", at(9, 0), at(9, 0))}, span(9, 10)},
		"the last minute of all": {today, nil, []data.Visit{visit("x", at(23, 59), at(23, 59))}, span(23, 24)},
	} {
		if got := data.Shown(tc.day, time.UTC, tc.who, tc.visits); got.From != tc.want.From || got.To != tc.want.To {
			t.Errorf("%s: %v, want %v", name, got, tc.want)
		}
	}
	odd := ben()
	odd.Hours[time.Monday] = []data.Span{{From: 7*60 + 55, To: 17*60 + 5}}
	if got := data.Shown(today, time.UTC, []data.Practitioner{odd}, nil); got.From != 7*60 || got.To != 18*60 {
		t.Error(got)
	}
}

// TestShownWhereTheClockGoesBack: a visit that ends at an earlier time than it
// began, as the clock shows it, is still shown.
func TestShownWhereTheClockGoesBack(t *testing.T) {
	london := zoneNamed(t, "Europe/London")
	day := date(2026, time.October, 25)
	start := day.At(90, london) // 1:30, before the clock goes from 2 back to 1
	got := data.Shown(day, london, nil, []data.Visit{visit("x", start.UTC(), start.Add(45*time.Minute).UTC())})
	if got.From != 60 || got.To != 180 {
		t.Error(got)
	}
}
