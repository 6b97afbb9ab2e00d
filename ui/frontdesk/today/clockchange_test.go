package today

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/data"
	"anteroom/ui/looks"
)

// inZone is a test on the usual day of a practice that this computer's clock is not set to.
func inZone(t *testing.T, name string, fn func(*sample)) {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	desk := usualDay()
	desk.zone = zone
	with(t, desk, looks.New(looks.Light, 1), true, fn)
}

// spring and autumn are when the clock changes in Berlin.
var (
	spring = data.Date{Year: 2027, Month: time.March, Day: 28}
	autumn = data.Date{Year: 2027, Month: time.October, Day: 31}
)

// TestDayOfThePractice: the day, now and all times are the practice's, not this computer's.
func TestDayOfThePractice(t *testing.T) {
	inZone(t, "Pacific/Kiritimati", func(s *sample) { // 14 hours ahead: 23:20 on the same day
		s.page.openBookingFor(forWalkIn, Request{})
		s.Settle()
		if f := s.form().form; f.Start != "23:20" || f.Date != "24 Nov 2026" {
			t.Errorf("%+v", f)
		}
	})
	inZone(t, "Pacific/Auckland", func(s *sample) {
		s.page.openBookingFor(forBooking, Request{})
		s.fill(func(f *bookingForm) {
			f.Patient, f.Practitioner, f.Date, f.Start, f.Length = "p5", "osei", "1 Dec 2026", "9:00", "15"
		})
		s.form().save()
		s.Settle()
		if got := s.desk.visits[len(s.desk.visits)-1].Start; !got.Equal(time.Date(2026, 11, 30, 20, 0, 0, 0, time.UTC)) {
			t.Errorf("it is booked at %v", got.UTC())
		}
	})
}

// TestSkippedTimeIsRefused: a time that the clock skips is refused by name, before saving too.
func TestSkippedTimeIsRefused(t *testing.T) {
	inZone(t, "Europe/Berlin", func(s *sample) {
		const why = "There is no such time on that day: the clock goes from 2:00 to 3:00."
		s.page.openBookingFor(forBooking, Request{})
		s.fill(func(f *bookingForm) {
			f.Patient, f.Practitioner, f.Date, f.Start, f.Length = "p5", "osei", spring.String(), "02:30", "15"
		})
		if got := s.form().shown.Warning; got != why {
			t.Errorf("before: %q", got)
		}
		s.form().save()
		s.Settle()
		s.wantErrors(map[field]string{fieldStart: why})
		s.wantCalls()
	})
}

// TestTimeThatComesTwiceIsAsked: which of the two is meant is asked, and said from then on.
func TestTimeThatComesTwiceIsAsked(t *testing.T) {
	for row, want := range []string{"Sun 31 Oct 2027, 2:30 (UTC+02:00)–2:45", "Sun 31 Oct 2027, 2:30 (UTC+01:00)–2:45"} {
		inZone(t, "Europe/Berlin", func(s *sample) {
			s.page.openBookingFor(forBooking, Request{})
			s.fill(func(f *bookingForm) {
				f.Patient, f.Practitioner, f.Date, f.Start, f.Length = "p5", "osei", autumn.String(), "02:30", "15"
			})
			s.form().save()
			s.Settle()
			if len(s.page.dialogs.open) != 2 {
				t.Fatal("nothing is asked")
			}
			s.press(fyne.KeyEscape)
			s.wantCalls() // nothing was booked
			s.form().save()
			s.Settle()
			for range row + 1 {
				s.press(fyne.KeyDown)
			}
			s.press(fyne.KeyReturn)
			s.wantMessage("Booked: Rosa Quill, " + want + ". Ctrl+Z takes it back.")
		})
	}
}

// TestTwiceInTheGrid: two appointments that the clock shows at the same time stand beside
// each other.
func TestTwiceInTheGrid(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	moments, err := autumn.Moments(150, zone)
	if err != nil {
		t.Fatal(err)
	}
	var visits []data.Visit
	for i, m := range append(moments, moments[1].Add(40*time.Minute)) {
		visits = append(visits, data.Visit{Appointment: data.Appointment{ID: string(rune('a' + i)), Start: m, End: m.Add(30 * time.Minute), Status: data.Booked}})
	}
	boxes := boxesOf(data.Details{}, autumn, visits, "")
	if boxes[0].Of != 2 || boxes[1].Lane == boxes[0].Lane || boxes[2].Of != 1 {
		t.Errorf("%+v", boxes)
	}
}

// TestOverMidnight: a visit over midnight stands on both days with its times, and who waits
// at midnight still does after it.
func TestOverMidnight(t *testing.T) {
	desk := usualDay()
	late := tuesday.At(23*60+40, time.UTC)
	desk.visits = append(desk.visits, data.Visit{
		Appointment: data.Appointment{ID: "late", Patient: "p5", Practitioner: "osei", Start: late, End: late.Add(40 * time.Minute), Status: data.Booked},
		Who:         data.Summary{ID: "p5", Name: "Rosa Quill"},
	})
	with(t, desk, looks.New(looks.Light, 1), true, func(s *sample) {
		waits := func() bool {
			return slices.ContainsFunc(s.page.waiting.list, func(w data.Waiter) bool { return w.ID == "late" })
		}
		s.pass(time.Until(late.Add(-5 * time.Minute)))
		v, _ := s.page.day.visit("late")
		s.page.day.become(v, data.Arrived, "", nil)
		s.Settle()
		if !waits() {
			t.Fatal("nobody waits before midnight")
		}
		s.pass(30 * time.Minute)
		if s.page.day.date != tuesday.AddDays(1) || !waits() {
			t.Errorf("after midnight it is %v; somebody waits: %v", s.page.day.date, waits())
		}
		i := s.page.day.columnOf("osei")
		boxes := s.page.day.columns[i].Boxes
		if len(boxes) == 0 || boxes[0].ID != "late" || spanText(boxes[0].From, boxes[0].To) != "0:00–0:20" || !strings.HasPrefix(boxes[0].Rest, "23:40–0:20 ") {
			t.Errorf("%+v", boxes)
		}
		v, _ = s.page.day.visit("late")
		s.page.day.become(v, data.With, "", nil) // without a question
		s.Settle()
		if waits() || s.dialog() != nil {
			t.Error("the practitioner could not take who waited")
		}
		s.pass(12 * time.Hour)
		if got := s.page.waiting.view().Title; got != "Waiting 0" {
			t.Errorf("at noon: %s", got)
		}
	})
}
