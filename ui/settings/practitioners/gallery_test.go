package practitioners

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/data"
)

// longWord is a long name.
var longWord = strings.Repeat("Maximiliane ", 5)

// practitionerSamples are the gallery's states of "Practitioners" and
// "Appointments".
var practitionerSamples = samples{
	"practitioners": func(_ *testing.T, s *screenSample) { s.enter(rowPractitioners) },
	"practitioners-none": func(_ *testing.T, s *screenSample) {
		s.desk.details.Practitioners = nil
		s.enter(rowPractitioners)
	},
	"practitioners-long": func(_ *testing.T, s *screenSample) {
		for i := range 10 {
			p := s.desk.details.Practitioners[0]
			p.ID, p.Name, p.Colour, p.Gone = fmt.Sprint(i), longWord, i, i > 7
			p.Hours[time.Wednesday], p.Hours[time.Friday] = nil, []data.Span{{From: 0, To: 60}, {From: 120, To: 180}, {From: 240, To: 1000}}
			for j := range 12 {
				day := data.Date{Year: 2026, Month: time.Month(1 + j), Day: 24}
				p.Away = append(p.Away, data.DayRange{From: day, To: day.AddDays(9), Why: longWord})
			}
			s.desk.details.Practitioners = append(s.desk.details.Practitioners, p)
		}
		s.enter(rowPractitioners)
		s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
	},
	"practitioners-moved": func(t *testing.T, s *screenSample) {
		s.enter(rowPractitioners)
		s.press(fyne.KeyDown)
		s.tabTo(t, "Move up")
		s.press(fyne.KeyReturn)
	},
	"practitioners-gone": func(t *testing.T, s *screenSample) {
		s.enter(rowPractitioners)
		s.tabTo(t, "Remove…")
		s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
	},
	"practitioners-remove": func(t *testing.T, s *screenSample) {
		s.enter(rowPractitioners)
		s.tabTo(t, "Remove…")
		s.press(fyne.KeyReturn)
	},
	"practitioner": func(_ *testing.T, s *screenSample) {
		s.enter(rowPractitioners)
		s.press(fyne.KeyReturn)
	},
	"practitioner-wrong": func(t *testing.T, s *screenSample) {
		s.enter(rowPractitioners)
		s.press(fyne.KeyReturn)
		s.replace("")
		s.press(fyne.KeyTab, fyne.KeyTab)
		s.replace("9:00–8:00")
		s.press(fyne.KeyTab, fyne.KeyTab)
		s.replace("nine to five")
		s.press(fyne.KeyReturn)
	},
	"practitioner-overtaken": func(t *testing.T, s *screenSample) {
		s.desk.meantimes = append(s.desk.meantimes, func(d *data.Details) {
			d.Practitioners[0].Name, d.Practitioners[0].Colour = "Dr A. Osei", 5
		})
		s.enter(rowPractitioners)
		s.press(fyne.KeyReturn)
		s.replace("Dr Osei-Mensah")
		s.press(fyne.KeyReturn)
	},
	"practitioner-new": func(t *testing.T, s *screenSample) {
		s.enter(rowPractitioners)
		s.press(shiftTab, fyne.KeyReturn)
	},
	"appointments": func(_ *testing.T, s *screenSample) { s.enter(rowAppointments) },
	"appointments-last": func(_ *testing.T, s *screenSample) {
		s.desk.details.Types[1].Gone = true
		s.enter(rowAppointments)
	},
	"appointments-long": func(_ *testing.T, s *screenSample) {
		for i := range 12 {
			s.desk.details.Types = append(s.desk.details.Types, data.AppointmentType{ID: fmt.Sprint(i), Name: longWord, Minutes: 480, Gone: i > 7})
		}
		s.desk.details.HealthNumber = longWord
		s.enter(rowAppointments)
		s.press(fyne.KeyEnd)
	},
	"appointments-wrong": func(t *testing.T, s *screenSample) {
		s.enter(rowAppointments)
		s.tabTo(t, "Remove…")
		s.press(fyne.KeyTab)
		s.replace("soon")
		s.press(fyne.KeyReturn)
	},
	"appointments-overtaken": func(t *testing.T, s *screenSample) {
		s.desk.meantimes = append(s.desk.meantimes, func(d *data.Details) { d.WaitLimit = 30 })
		s.enter(rowAppointments)
		s.tabTo(t, "Remove…")
		s.press(fyne.KeyTab)
		s.replace("25")
		s.press(fyne.KeyReturn)
	},
	"appointments-kind": func(t *testing.T, s *screenSample) {
		s.enter(rowAppointments)
		s.press(fyne.KeyReturn)
		s.replace("")
		s.press(fyne.KeyReturn)
	},
}
