package paper

import (
	"fmt"
	"time"

	"anteroom/data"
)

// sampleDay is a day of so many practitioners, each with so many visits.
func sampleDay(practitioners, visits int) Day {
	d := Day{
		Practice: "Brook Street Practice", Date: data.DateOf(made), Printed: made,
		Kinds: []data.Kind{{ID: "k1"}, {ID: "k2", Name: "Blood test"}, {ID: "k3", Name: "Vaccination abroad"}},
	}
	midnight := d.Date.In(time.Local)
	for p := range practitioners {
		of := DayOf{Name: fmt.Sprintf("Dr Sample %d", p), Hours: []data.Span{{From: 510, To: 750}, {From: 840, To: 1080}}}
		for i := range visits {
			start := midnight.Add(8*time.Hour + time.Duration(i)*15*time.Minute)
			of.Visits = append(of.Visits, data.Visit{
				Appointment: data.Appointment{
					ID: fmt.Sprintf("a%d-%d", p, i), Start: start, End: start.Add(15 * time.Minute), Status: data.Booked, Kind: "k1",
				},
				Who: data.Summary{
					ID: fmt.Sprintf("p%d-%d", p, i), Name: fmt.Sprintf("Patient%d-%d Invented", p, i),
					Born: data.Date{Year: 1950 + i, Month: time.March, Day: 1 + i%28}, Phone: fmt.Sprintf("020 7946 0%d%02d", p%10, i),
				},
			})
		}
		d.Practitioners = append(d.Practitioners, of)
	}
	return d
}
