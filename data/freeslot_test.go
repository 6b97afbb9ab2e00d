package data_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"anteroom/data"
)

// written are slots in short: "ann 15 09:00-09:15".
func written(slots []data.Slot) string {
	var out []string
	for _, s := range slots {
		out = append(out, s.Practitioner+s.Start.Format(" 2 15:04")+s.End.Format("-15:04"))
	}
	return strings.Join(out, ", ")
}

func TestNextFree(t *testing.T) {
	d := goodDetails()
	d.Practitioners[1].Hours[time.Tuesday] = []data.Span{{From: 9 * 60, To: 10 * 60}, {From: 10 * 60, To: 11 * 60}} // no break
	visits := []data.Visit{
		visit("one", at(9, 0), at(9, 20)),
		visit("two", at(9, 30), at(12, 0)),
	}
	cancelled := visit("three", at(12, 0), at(12, 30))
	cancelled.Status = data.Cancelled
	visits = append(visits, cancelled)
	quarter := 15 * time.Minute
	for name, tc := range map[string]struct {
		visits []data.Visit
		ids    []string
		from   time.Time
		length time.Duration
		days   int
		n      int
		want   string
	}{
		"one after the other":    {nil, []string{"ann"}, at(7, 0), quarter, 1, 3, "ann 15 09:00-09:15, ann 15 09:15-09:30, ann 15 09:30-09:45"},
		"of all present":         {nil, nil, at(9, 0), quarter, 1, 3, "ann 15 09:00-09:15, ben 15 09:00-09:15, ann 15 09:15-09:30"},
		"between visits":         {visits, []string{"ann"}, at(7, 0), 10 * time.Minute, 1, 2, "ann 15 09:20-09:30, ann 15 12:00-12:10"},
		"too long for the gap":   {visits, []string{"ann"}, at(7, 0), quarter, 1, 1, "ann 15 12:00-12:15"},
		"on the grid":            {nil, []string{"ben"}, at(9, 1).Add(time.Second), quarter, 1, 1, "ben 15 09:05-09:20"},
		"over the break":         {nil, []string{"ben"}, at(12, 20), quarter, 1, 1, "ben 15 13:30-13:45"},
		"up to the break":        {nil, []string{"ben"}, at(12, 15), quarter, 1, 1, "ben 15 12:15-12:30"},
		"after the day's end":    {nil, []string{"ben"}, at(16, 50), quarter, 2, 1, "ben 16 09:00-09:15"},
		"not that far":           {nil, []string{"ben"}, at(16, 50), quarter, 1, 1, ""},
		"over days away":         {nil, []string{"ann"}, at(41, 0), quarter, 4, 1, "ann 19 09:00-09:15"},
		"over the weekend":       {nil, []string{"ann"}, at(4*24+17, 0), quarter, 9, 1, "ann 22 09:00-09:15"},
		"who is gone":            {nil, []string{"cleo"}, at(9, 0), quarter, 9, 1, ""},
		"nobody":                 {nil, []string{"x"}, at(9, 0), quarter, 9, 1, ""},
		"of no length":           {nil, nil, at(9, 0), 0, 9, 1, ""},
		"none wanted":            {nil, nil, at(9, 0), quarter, 9, 0, ""},
		"longer than any hours":  {nil, nil, at(9, 0), 4 * time.Hour, 14, 1, ""},
		"over where hours touch": {nil, []string{"ben"}, at(24+9, 40), 30 * time.Minute, 1, 2, "ben 16 09:40-10:10, ben 16 10:10-10:40"},
		"as long as the morning": {nil, []string{"ben"}, at(9, 0), 210 * time.Minute, 1, 1, "ben 15 09:00-12:30"},
	} {
		if got := written(data.NextFree(d, tc.visits, tc.ids, tc.from, tc.length, tc.days, tc.n)); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}

// TestNextFreeWhereTheClockChanges: hours are those of the clock on the wall, the
// length is real.
func TestNextFreeWhereTheClockChanges(t *testing.T) {
	night := data.Practitioner{ID: "n", Name: "Night"}
	for day := range night.Hours {
		night.Hours[day] = []data.Span{{From: 0, To: 3 * 60}}
	}
	d := data.Details{Practitioners: []data.Practitioner{night}}
	for _, tc := range []struct {
		zone string
		day  data.Date
		n    int // of half an hour
		last string
	}{
		{"Europe/London", date(2026, time.March, 29), 4, "02:30"},
		{"Europe/London", date(2026, time.October, 25), 8, "02:30"},
		{"America/Sao_Paulo", date(2018, time.November, 4), 4, "02:30"},
		{"Asia/Beirut", date(2022, time.March, 27), 4, "02:30"},
		{"Asia/Kathmandu", date(2026, time.March, 29), 6, "02:30"},
	} {
		zone := zoneNamed(t, tc.zone)
		slots := data.NextFree(d, nil, nil, tc.day.In(zone), 30*time.Minute, 1, 99)
		if len(slots) != tc.n || slots[len(slots)-1].Start.Format("15:04") != tc.last {
			t.Errorf("%s: %s", tc.zone, written(slots))
		}
		taken := visit("x", slots[0].Start.UTC(), slots[0].End.UTC())
		taken.Practitioner = "n"
		if got := data.NextFree(d, []data.Visit{taken}, nil, tc.day.In(zone), 30*time.Minute, 1, 99); !slices.Equal(got, slots[1:]) {
			t.Errorf("%s: with the first taken %s", tc.zone, written(got))
		}
	}
}

// TestNextFreeAgainstEveryMinute: the times offered are those that a look at every
// step of the grid finds.
func TestNextFreeAgainstEveryMinute(t *testing.T) {
	zones := []*time.Location{time.UTC, zoneNamed(t, "Europe/London"), zoneNamed(t, "America/Sao_Paulo")}
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom(zones).Draw(t, "zone")
		d := data.Details{Practitioners: []data.Practitioner{ann(), ben()}}
		for i := range d.Practitioners {
			for day := range d.Practitioners[i].Hours {
				d.Practitioners[i].Hours[day] = anySpans().Draw(t, fmt.Sprint("hours ", day))
			}
		}
		first := rapid.SampledFrom([]data.Date{today, date(2026, time.March, 28), date(2026, time.October, 24), date(2018, time.November, 3)}).Draw(t, "first")
		visits := anyVisits(10, "ann", "ben").Draw(t, "visits")
		for i, v := range visits {
			by := first.AddDays(i % 3).In(zone).Sub(at(0, 0))
			visits[i].Start, visits[i].End = v.Start.Add(by).UTC(), v.End.Add(by).UTC()
		}
		from := first.In(zone).Add(time.Duration(rapid.IntRange(0, 30*60*60).Draw(t, "from")) * time.Second)
		length := time.Duration(rapid.IntRange(1, 90).Draw(t, "length")) * time.Minute
		days, n := rapid.IntRange(0, 3).Draw(t, "days"), rapid.IntRange(0, 40).Draw(t, "n")

		var want []data.Slot
		for _, p := range d.Practitioners {
			free := from // what is before it was offered already
			for at := from.Truncate(time.Minute).UTC(); data.DateOf(at.In(zone)).Before(data.DateOf(from).AddDays(days)); at = at.Add(time.Minute) {
				slot := data.Slot{Practitioner: p.ID, Start: at.In(zone), End: at.Add(length).In(zone)}
				probe := booked("probe", slot.Start, slot.End)
				probe.Practitioner = p.ID
				if slot.Start.Minute()%5 != 0 || slot.Start.Before(free) || !inHours(p, slot, zone) || len(probe.Clashing(visits)) > 0 {
					continue
				}
				want, free = append(want, slot), slot.End
			}
		}
		slices.SortStableFunc(want, func(a, b data.Slot) int { return a.Start.Compare(b.Start) })
		want = want[:min(len(want), n)]
		if got := data.NextFree(d, visits, nil, from, length, days, n); !slices.Equal(got, want) {
			t.Fatalf("offered %s\nthere is %s", written(got), written(want))
		}
	})
}

// inHours says that a slot lies in one span of its practitioner's, between the
// moments at which the clock shows its ends.
func inHours(p data.Practitioner, s data.Slot, zone *time.Location) bool {
	day := data.DateOf(s.Start)
	return slices.ContainsFunc(p.On(day), func(span data.Span) bool {
		return !s.Start.Before(day.At(span.From, zone)) && !s.End.After(day.At(span.To, zone))
	})
}
