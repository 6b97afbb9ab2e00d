package settings

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"anteroom/auth"
	"anteroom/data"
)

// fakeDesk keeps the practice's details, and notes how often they were saved.
type fakeDesk struct {
	zone *time.Location // nil: this computer's
	mu   sync.Mutex
	fakePatients
	details   data.Details
	saves     int
	fail      error                 // everything with this
	meantimes []func(*data.Details) // what others do just before each saving
}

func newFakeDesk() *fakeDesk {
	nine, half, one, five := 9*60, 12*60+30, 13*60+30, 17*60
	full := []data.Span{{From: nine, To: half}, {From: one, To: five}}
	osei := data.Practitioner{ID: "o", Name: "Dr Osei", Colour: 0}
	for day := time.Monday; day <= time.Friday; day++ {
		osei.Hours[day] = full
	}
	osei.Hours[time.Friday] = []data.Span{{From: nine, To: half}}
	lind := data.Practitioner{ID: "l", Name: "Dr Lind", Colour: 1, Away: []data.DayRange{{From: data.Date{Year: 2000, Month: 1, Day: 3}, To: data.Date{Year: 2000, Month: 1, Day: 14}, Why: "Holiday"}}}
	lind.Hours[time.Tuesday], lind.Hours[time.Thursday] = full, full
	marsh := data.Practitioner{ID: "m", Name: "Nurse Marsh", Colour: 2}
	here := data.Patient{ID: "c", Name: "Cleo Novak", Born: data.Date{Year: 1999, Month: 1, Day: 30}}
	return &fakeDesk{fakePatients: fakePatients{patients: []data.Patient{here}}, details: data.Details{
		Version: 1, Practitioners: []data.Practitioner{osei, lind, marsh}, WaitLimit: 20, HealthNumber: "NHS number",
		Types: []data.AppointmentType{{ID: "consultation", Minutes: 15}, {ID: "k", Name: "Check-up", Minutes: 30}},
	}}
}

func (d *fakeDesk) Zone() *time.Location { return cmp.Or(d.zone, time.Local) }

func (d *fakeDesk) Details(context.Context) (data.Details, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.details, d.fail
}

func (d *fakeDesk) SaveDetails(_ context.Context, now data.Details) (data.Details, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fail != nil {
		return data.Details{}, d.fail
	}
	if len(d.meantimes) > 0 {
		next := d.meantimes[0]
		d.meantimes = d.meantimes[1:]
		d.details.Practitioners, d.details.Types = slices.Clone(d.details.Practitioners), slices.Clone(d.details.Types)
		next(&d.details)
		d.details.Version++
	}
	if now.Version != d.details.Version {
		return data.Details{}, auth.ErrConflict
	}
	now.Version++
	d.details = now
	d.saves++
	return now, nil
}

func (d *fakeDesk) set(change func(*fakeDesk)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change(d)
}
