package practitioners

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/data"
	"anteroom/ui/settings/panetest"
)

var longWord = strings.Repeat("Maximiliane ", 5)

func TestGallery(t *testing.T) {
	panetest.Gallery(t, records(), map[string]func(*panetest.Sample){
		"practitioners": func(s *panetest.Sample) { show(s, false) },
		"practitioners-none": func(s *panetest.Sample) {
			s.ChangeDetails(func(d *data.Details) { d.Practitioners = nil })
			show(s, false)
		},
		"practitioners-long": func(s *panetest.Sample) {
			s.ChangeDetails(addLongOnes)
			show(s, false)
			s.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
		},
		"practitioners-moved": func(s *panetest.Sample) {
			show(s, false)
			s.Press(fyne.KeyDown)
			s.TabTo("Move up")
			s.Press(fyne.KeyReturn)
		},
		"practitioners-gone": func(s *panetest.Sample) {
			show(s, false)
			s.TabTo("Remove…")
			s.Press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
		},
		"practitioners-remove": func(s *panetest.Sample) {
			show(s, false)
			s.TabTo("Remove…")
			s.Press(fyne.KeyReturn)
		},
		"practitioner": func(s *panetest.Sample) {
			show(s, false)
			s.Press(fyne.KeyReturn)
		},
		"practitioner-wrong": func(s *panetest.Sample) {
			show(s, false)
			s.Press(fyne.KeyReturn)
			s.Replace("")
			s.Press(fyne.KeyTab, fyne.KeyTab)
			s.Replace("9:00–8:00")
			s.Press(fyne.KeyTab, fyne.KeyTab)
			s.Replace("nine to five")
			s.Press(fyne.KeyReturn)
		},
		"practitioner-overtaken": func(s *panetest.Sample) {
			show(s, false)
			s.ChangeDetails(func(d *data.Details) { d.Practitioners[0].Name, d.Practitioners[0].Colour = "Dr A. Osei", 5 })
			s.Press(fyne.KeyReturn)
			s.Replace("Dr Osei-Mensah")
			s.Press(fyne.KeyReturn)
		},
		"practitioner-new": func(s *panetest.Sample) {
			show(s, false)
			s.Press(panetest.ShiftTab, fyne.KeyReturn)
		},
	})
}

// addLongOnes adds ten practitioners of whom there is a lot to say.
func addLongOnes(d *data.Details) {
	for i := range 10 {
		p := d.Practitioners[0]
		p.ID, p.Name, p.Colour, p.Gone = fmt.Sprint(i), fmt.Sprint(longWord, i), i, i > 7
		p.Hours[time.Wednesday], p.Hours[time.Friday] = nil, []data.Span{{From: 0, To: 60}, {From: 120, To: 180}, {From: 240, To: 1000}}
		for month := time.January; month <= time.December; month++ {
			day := data.Date{Year: 2026, Month: month, Day: 24}
			p.Away = append(p.Away, data.DayRange{From: day, To: day.AddDays(9), Why: longWord})
		}
		d.Practitioners = append(d.Practitioners, p)
	}
}
