// Package demo invents a practice: the same for the same moment, and plainly
// nobody's.
package demo

import (
	"time"

	"anteroom/data"
)

// seed is that of the demo practice.
const seed = 5_000

// patientCount is how many patients the demo practice has.
const patientCount = 5_000

// Users are the names of who did what in the demo practice, as its stamps have them.
var Users = []string{"Ina Invented", "Sam Sample"}

// Data is all that a practice has.
type Data struct {
	Details      data.Details
	Patients     []data.Patient
	Appointments []data.Appointment // by start
}

// Practice is the demo practice as it is at a moment: 28 working days behind it, a
// full day on which two are with their practitioner and four are waiting, two weeks
// to come. Times are in now's zone.
func Practice(now time.Time) Data {
	now = now.Truncate(time.Minute)
	today := data.DateOf(now)
	d := Data{Details: details(now)}
	for p := range patients(patientCount, seed, today) {
		d.Patients = append(d.Patients, p)
	}
	d.Appointments = newCalendar(d, now).all()
	return d
}
