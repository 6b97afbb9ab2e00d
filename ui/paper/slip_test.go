package paper

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/lang"
	"pgregory.net/rapid"

	"anteroom/data"
	"anteroom/resources"
)

// A slip has what is still to come, in its order, and nothing else of the patient.
func TestSlip(t *testing.T) {
	details := data.Details{
		Practitioners: []data.Practitioner{{ID: "osei", Name: "Dr Osei"}}, Types: []data.AppointmentType{{ID: "k", Name: "Blood test"}},
	}
	at := func(days int, s data.Status) data.Visit {
		start := made.AddDate(0, 0, days)
		return data.Visit{Appointment: data.Appointment{Start: start, End: start.Add(time.Hour), Status: s, Practitioner: "osei", Type: "k"}}
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
	describesNobody(t, readable(t, slip))
	for range 20 {
		slip.Next = append(slip.Next, slip.Next[0])
	}
	if text := joined(texts(t, readable(t, slip))); !strings.Contains(text, "and 14 more: ask at the desk") {
		t.Errorf("of 22: %s", text)
	}
}

// TestSlipOfAnything: no name and no number of appointments needs a second page.
func TestSlipOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.StringN(0, 300, -1), rapid.StringOfN(rapid.RuneFrom([]rune("Wi -…Ж上ش")), 0, 1000, -1))
		slip := Slip{Practice: text.Draw(t, "practice"), Name: text.Draw(t, "name"), Printed: made}
		for range rapid.IntRange(0, 20).Draw(t, "appointments") {
			slip.Next = append(slip.Next, Next{made, text.Draw(t, "practitioner"), text.Draw(t, "kind")})
		}
		s, err := slip.draw(nil)
		if err != nil {
			t.Fatal(err)
		}
		if s.pdf.PageCount() != 1 || s.y > bottom {
			t.Errorf("%d pages, down to %.1f", s.pdf.PageCount(), s.y)
		}
		if _, err := s.bytes(); err != nil {
			t.Fatal(err)
		}
	})
}

// The longest slip there can be.
func TestLongestSlip(t *testing.T) {
	long := strings.Repeat("Wide Words ", 40)
	slip := Slip{Practice: long, Name: long, Printed: made}
	for range slipMost + 1 {
		slip.Next = append(slip.Next, Next{time.Date(2026, time.September, 30, 12, 40, 0, 0, time.Local), long, long})
	}
	document := readable(t, slip)
	checkSlip(t, document)
	if text := joined(texts(t, document)); strings.Count(text, "Wednesday 30 September 2026, 12:40") != slipMost || !strings.Contains(text, "and 1 more") {
		t.Error(text)
	}
}

// checkSlip holds a slip to one page, within US Letter.
func checkSlip(t *testing.T, document []byte) {
	t.Helper()
	if n := bytes.Count(document, []byte("/Type /Page\n")); n != 1 {
		t.Errorf("%d pages", n)
	}
	for _, w := range texts(t, document) {
		if w.x < margin-0.01 || w.x > 210-margin || w.y < 14 || w.y > bottom {
			t.Errorf("%q begins at %.1f, %.1f", w.text, w.x, w.y)
		}
	}
}

func TestSlipInOtherLetters(t *testing.T) {
	slip := Slip{Practice: "Brook Street Practice", Name: "王小明", Printed: made, Next: []Next{{made, "سارة", "上"}, {made, "Dr 王", ""}, {made, "", ""}}}
	document := readable(t, slip)
	checkSlip(t, document)
	text := joined(texts(t, document))
	for _, want := range []string{"(in other letters: ask at the desk) · (in other letters: ask at the desk)", "Dr …"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the slip: %s", want, text)
		}
	}
	if text := joined(texts(t, readable(t, Slip{Name: "Ola Sample", Printed: made}))); !strings.Contains(text, "No appointment is booked.") {
		t.Error(text)
	}
}

func TestSameSlipSameBytes(t *testing.T) {
	slip := Slip{Practice: "Brook Street Practice", Name: "Ola Sample", Printed: made, Next: []Next{{made, "Dr Osei", "Blood test"}}}
	first, err := slip.PDF(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	second, err := slip.PDF(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Content, second.Content) || !bytes.HasPrefix(first.Content, []byte("%PDF-")) {
		t.Error("two documents of one slip differ")
	}
}

// One appointment is not several, in the words that people read.
func TestOneAppointment(t *testing.T) {
	if err := lang.AddTranslationsFS(resources.Translations, "translation"); err != nil {
		t.Fatal(err)
	}
	slip := Slip{Printed: made, Next: []Next{{made, "Dr Osei", ""}}}
	if text := joined(texts(t, readable(t, slip))); strings.Contains(text, "appointments") {
		t.Error(text)
	}
	for count, want := range map[int]string{0: "0 appointments", 1: "1 appointment ", 2: "2 appointments"} {
		if text := joined(texts(t, readable(t, sampleDay(1, count)))); !strings.Contains(text, "· "+want) {
			t.Errorf("%d: %s", count, text)
		}
	}
}
