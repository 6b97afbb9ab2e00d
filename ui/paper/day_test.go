package paper

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

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

// A list has each visit once, under its practitioner, on as many pages as it needs.
func TestDayHasEveryVisit(t *testing.T) {
	d := sampleDay(3, 40)
	visits := d.Practitioners[1].Visits
	visits[0].Who.Alert, visits[1].Status, visits[2].Status = "Invented allergy", data.Absent, data.Cancelled
	visits[3].WalkIn, visits[3].Note = true, "brings a letter"
	document := readable(t, d)
	text := joined(texts(t, document))
	for p, of := range d.Practitioners {
		if got := strings.Count(text, of.Name+" "); got < 2 {
			t.Errorf("%s is named on %d pages", of.Name, got)
		}
		for i, v := range of.Visits {
			want := 1
			if p == 1 && i == 2 {
				want = 0 // it was called off
			}
			if got := strings.Count(text, v.Who.Name+" "); got != want {
				t.Errorf("%s stands there %d times", v.Who.Name, got)
			}
		}
	}
	for _, want := range []string{
		"Tuesday 24 November 2026 · 8:30–12:30, 14:00–18:00 · 40 appointments", "39 appointments", "Did not attend", "Walk-in", "brings a letter",
		"There is an alert on this patient: see the screen.", "Page 1 of ", "1 Mar 1950, 76", "020 7946 0000", "shred it after the day",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the list", want)
		}
	}
	if n := bytes.Count(document, []byte("/Type /Page\n")); n < 6 || n > 9 {
		t.Errorf("%d pages", n)
	}
}

// TestDayOfAnything: whatever names and notes there are, each row lies on its page.
func TestDayOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := sampleDay(1, rapid.IntRange(0, 12).Draw(t, "visits"))
		for i := range d.Practitioners[0].Visits {
			v := &d.Practitioners[0].Visits[i]
			v.Who.Name = rapid.StringN(0, 200, -1).Draw(t, "name")
			v.Note = rapid.StringN(0, 3000, -1).Draw(t, "note")
			v.Damaged, v.Who.Damaged = rapid.Bool().Draw(t, "damaged"), rapid.Bool().Draw(t, "unknown")
		}
		s, err := d.draw()
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range d.pages(s) {
			y := page.head.height
			for _, r := range page.rows {
				y += r.height
			}
			if y > dayFoot+0.01 && len(page.rows) > 1 {
				t.Errorf("rows down to %.1f", y)
			}
		}
	})
}

// A list of a day on which nobody works says so.
func TestDayOfNobody(t *testing.T) {
	document := readable(t, Day{Practice: "Brook Street Practice", Date: data.DateOf(made), Printed: made})
	text := joined(texts(t, document))
	if !strings.Contains(text, "No appointments") || bytes.Count(document, []byte("/Type /Page\n")) != 1 {
		t.Error(text)
	}
}

// A slip has what is still to come, in its order, and nothing else of the patient.
func TestSlip(t *testing.T) {
	details := data.Details{
		Practitioners: []data.Practitioner{{ID: "osei", Name: "Dr Osei"}}, Kinds: []data.Kind{{ID: "k", Name: "Blood test"}},
	}
	at := func(days int, s data.Status) data.Visit {
		start := made.AddDate(0, 0, days)
		return data.Visit{Appointment: data.Appointment{Start: start, End: start.Add(time.Hour), Status: s, Practitioner: "osei", Kind: "k"}}
	}
	who := data.Summary{Name: "Ola Nordmann", Born: data.Date{Year: 1981, Month: 3, Day: 4}, Phone: "020 7946 0001", Alert: "Invented allergy"}
	slip := NewSlip("Brook Street Practice", who, made, details,
		[]data.Visit{at(9, data.Booked), at(2, data.Booked), at(-2, data.Booked), at(3, data.Cancelled)})
	text := joined(texts(t, readable(t, slip)))
	first, second := strings.Index(text, "Thursday 26 November 2026"), strings.Index(text, "Thursday 3 December 2026")
	if first < 0 || second < first || strings.Contains(text, "22 November") || strings.Contains(text, "27 November") {
		t.Error(text)
	}
	for _, want := range []string{"Brook Street Practice", "Ola Nordmann", "Your next appointments", "Dr Osei · Blood test"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the slip", want)
		}
	}
	for _, no := range []string{"1981", "7946", "allergy"} {
		if strings.Contains(text, no) {
			t.Errorf("%q is on the slip", no)
		}
	}
	for range 20 {
		slip.Next = append(slip.Next, slip.Next[0])
	}
	if text := joined(texts(t, readable(t, slip))); !strings.Contains(text, "and 14 more: ask at the desk") {
		t.Errorf("of 22: %s", text)
	}
}

func BenchmarkDayPDF(b *testing.B) {
	d := sampleDay(10, 40)
	for b.Loop() {
		if _, err := d.PDF(); err != nil {
			b.Fatal(err)
		}
	}
}
