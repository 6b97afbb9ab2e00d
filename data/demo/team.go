package demo

import (
	"time"

	"anteroom/data"
)

// The places of kinds in the details.
const (
	consultation = iota
	longVisit
	followUp
	bloodTest
	vaccination
)

// noon are the breaks there are, of which a day has one.
var noon = [2]data.Span{{From: 12 * 60, To: 12*60 + 45}, {From: 13*60 + 15, To: 14 * 60}}

// details are the demo practice's. Its hours are around now, on whatever day and
// at whatever time it is opened, and nobody is in a break or away then.
func details(now time.Time) data.Details {
	r := source(seed, forTeam, 0)
	d := data.Details{
		HealthNumber: "NHS number",
		WaitLimit:    20,
		Types: []data.AppointmentType{
			consultation: {ID: data.Consultation, Minutes: 15},
			longVisit:    {ID: newID(r), Name: "Long consultation", Minutes: 30},
			followUp:     {ID: newID(r), Name: "Follow-up", Minutes: 10},
			bloodTest:    {ID: newID(r), Name: "Blood test", Minutes: 10},
			vaccination:  {ID: newID(r), Name: "Vaccination", Minutes: 10},
			{ID: newID(r), Name: "House call", Minutes: 60, Gone: true},
		},
	}
	for i, name := range []string{"Dr Ann Example", "Dr Ola Nordmann", "Dr Testa Muster", "Nurse Sam Sample"} {
		p := data.Practitioner{ID: newID(r), Name: name, Colour: i}
		for day := time.Monday; day <= time.Friday; day++ {
			p.Hours[day] = workday(8*60+30*(i%2), 17*60+30*(i%3), noon[i%2])
		}
		d.Practitioners = append(d.Practitioners, p)
	}
	team := d.Practitioners
	team[0].Hours[time.Wednesday] = []data.Span{{From: 8 * 60, To: 13 * 60}}
	team[1].Hours[time.Friday] = nil
	team[2].Hours[time.Monday] = nil
	team[3].Hours[time.Saturday] = []data.Span{{From: 9 * 60, To: 12 * 60}}

	today := data.DateOf(now)
	minute := now.Hour()*60 + now.Minute()
	for i := range team {
		team[i].Hours[today.Weekday()] = openAround(minute)
	}
	team[0].Away = []data.DayRange{{From: today.AddDays(8), To: today.AddDays(10), Why: "Course"}}
	team[1].Away = []data.DayRange{{From: today.AddDays(-17), To: today.AddDays(-11), Why: "Holiday"}}
	team[2].Away = []data.DayRange{
		{From: today.AddDays(-6), To: today.AddDays(-6), Why: "Ill"},
		{From: today.AddDays(60), To: today.AddDays(74), Why: "Holiday"},
	}
	return d
}

// workday is a day with a break.
func workday(from, to int, pause data.Span) []data.Span {
	return []data.Span{{From: from, To: pause.From}, {From: pause.To, To: to}}
}

// openAround are hours with a minute well inside them, and the break far from it.
func openAround(minute int) []data.Span {
	const day = 24 * 60
	from := max(0, min(8*60+30, minute/60*60-2*60))
	to := min(day, max(17*60+30, minute/60*60+4*60))
	pause := noon[0]
	if minute < (noon[0].From+noon[1].To)/2 {
		pause = noon[1]
	}
	if pause.From <= from || pause.To >= to {
		return []data.Span{{From: from, To: to}}
	}
	return workday(from, to, pause)
}
