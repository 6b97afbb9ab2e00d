package today

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/data"
	"anteroom/data/zone"
)

// inZone is a test on the usual day of a practice that this computer's clock is not set to.
func inZone(t *testing.T, name string, fn func(*sample)) {
	t.Helper()
	r := usualDay()
	r.Zone = name
	onPage(t, r, fn)
}

func berlin(t *testing.T) *time.Location {
	t.Helper()
	location, err := zone.Load("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return location
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
		if got := s.booked("p5").Start; !got.Equal(time.Date(2026, 11, 30, 20, 0, 0, 0, time.UTC)) {
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
		if got := s.form().display.Shown().Warning; got != why {
			t.Errorf("before: %q", got)
		}
		s.form().save()
		s.Settle()
		s.wantErrors(map[field]string{fieldStart: why})
		s.wantWritten()
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
			if s.dialogs() != 2 {
				t.Fatal("nothing is asked")
			}
			s.press(fyne.KeyEscape)
			s.wantWritten() // nothing was booked
			s.form().save()
			s.Settle()
			for range row + 1 {
				s.press(fyne.KeyDown)
			}
			s.press(fyne.KeyReturn)
			s.wantMessage("Booked: Rosa Quill, " + want + ", with Dr Osei.")
		})
	}
}

// TestTwiceInTheGrid: two appointments that the clock shows at the same time stand beside
// each other.
func TestTwiceInTheGrid(t *testing.T) {
	clock := berlin(t)
	moments, err := autumn.Moments(150, clock)
	if err != nil {
		t.Fatal(err)
	}
	var visits []data.Visit
	for i, m := range append(moments, moments[1].Add(40*time.Minute)) {
		visits = append(visits, data.Visit{Appointment: data.Appointment{ID: string(rune('a' + i)), Start: m, End: m.Add(30 * time.Minute), Status: data.Booked}})
	}
	boxes := boxesOf(data.Details{}, autumn, visits)
	if boxes[0].Of != 2 || boxes[1].Lane == boxes[0].Lane || boxes[2].Of != 1 {
		t.Errorf("%+v", boxes)
	}
}

// TestOverTheHourThatComesTwice: a visit during which the clock goes back has a length in the
// grid, and its time is not free.
func TestOverTheHourThatComesTwice(t *testing.T) {
	clock := berlin(t)
	start := autumn.At(165, clock)
	v := data.Visit{Appointment: data.Appointment{ID: "a", Start: start, End: start.Add(30 * time.Minute), Status: data.Booked}}
	boxes := boxesOf(data.Details{}, autumn, []data.Visit{v})
	if boxes[0].From != 165 || boxes[0].To != 195 {
		t.Errorf("%+v", boxes)
	}
}

// TestPutDownInTheHourThatComesTwice: it is asked which one is meant.
func TestPutDownInTheHourThatComesTwice(t *testing.T) {
	start := autumn.At(105, berlin(t)) // 1:45
	r := usualDayAnd(data.Appointment{ID: "night", Patient: "p5", Practitioner: "osei", Start: start, End: start.Add(15 * time.Minute), Status: data.Booked})
	r.Zone = "Europe/Berlin"
	onPage(t, r, func(s *sample) {
		s.page.day.goTo(autumn)
		s.Settle()
		s.to("night")
		s.typed("m")
		s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
		if s.dialogs() != 1 || !s.page.day.moving.isDropped {
			t.Fatal("nothing is asked")
		}
		s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn) // the second time
		s.press(fyne.KeyTab, fyne.KeyReturn)                // outside working hours: move anyway
		if got := s.visit("night").Start.UTC(); !got.Equal(time.Date(2027, 10, 31, 1, 10, 0, 0, time.UTC)) {
			t.Errorf("it is at %v: %q", got, s.message())
		}
	})
}

// TestMoveOverMidnight: what ends after midnight keeps its length and its time where it is
// moved aside, and goes by one step where it is moved down.
func TestMoveOverMidnight(t *testing.T) {
	onPage(t, usualDayAnd(visitOf("late", "osei", 4, 23*60+30, 60, data.Booked, 0)), func(s *sample) {
		s.to("late")
		for _, step := range []struct {
			act  func()
			want string
		}{
			{func() { s.typed("m") }, "23:30–0:30 · 60 min"},
			{func() { s.typed("+") }, "23:30–0:35 · 65 min"},
			{func() { s.press(fyne.KeyDown) }, "23:35–0:40 · 65 min"},
			{func() { s.press(fyne.KeyRight) }, "23:35–0:40 · 65 min"},
		} {
			step.act()
			if got := s.page.day.display.Shown().Grid.Ghost.When; got != step.want {
				t.Errorf("%s, want %s", got, step.want)
			}
		}
		s.press(fyne.KeyEscape)
		if !s.page.day.grab("late", false) {
			t.Fatal("the mouse can't take it")
		}
		s.page.day.drag(s.page.day.columnOf("osei")+1, 0)
		if got := s.page.day.display.Shown().Grid.Ghost.When; got != "23:30–0:30 · 60 min" {
			t.Errorf("dragged aside: %s", got)
		}
	})
}

// TestWeekOfThePractice: the week counts by the practice's days.
func TestWeekOfThePractice(t *testing.T) {
	r := usualDay()
	r.Zone = "Pacific/Kiritimati"
	r.Appointments = []data.Appointment{visitOf("late", "osei", 4, -13*60, 60, data.Done, 0)} // at 1:00 there, on Monday by UTC
	onPage(t, r, func(s *sample) {
		s.page.week.begin()
		s.Settle()
		if got := s.page.week.sums[0].Days; got[0].Count != 0 || got[1].Count != 1 {
			t.Errorf("the week: %+v", got)
		}
	})
}

// TestNextFreeOfThePractice: free times are those of the practice's hours, weeks ahead too.
func TestNextFreeOfThePractice(t *testing.T) {
	inZone(t, "Pacific/Kiritimati", func(s *sample) {
		p := s.page.day.details.Practitioners[0]
		for day := range p.Hours {
			p.Hours[day] = nil
		}
		p.Hours[time.Friday] = []data.Span{{From: 9 * 60, To: 10 * 60}}
		s.page.day.details.Practitioners[0] = p
		var found []string
		from := s.page.day.now()
		for range 2 {
			s.page.day.search(p, from, time.Hour, func(start time.Time, _ bool) {
				found = append(found, start.Format("2 Jan 15:04 -0700"))
				from = start.Add(time.Hour)
			})
			s.Settle()
		}
		if !slices.Equal(found, []string{"27 Nov 09:00 +1400", "4 Dec 09:00 +1400"}) {
			t.Errorf("%q", found)
		}
	})
}

// TestOverMidnight: a visit over midnight stands on both days with its times, and who waits
// at midnight still does after it.
func TestOverMidnight(t *testing.T) {
	late := visitOf("late", "osei", 4, 23*60+40, 40, data.Booked, 0)
	onPage(t, usualDayAnd(late), func(s *sample) {
		waits := func() bool {
			return slices.ContainsFunc(s.page.waiting.list, func(w data.WaitingPatient) bool { return w.ID == "late" })
		}
		s.pass(time.Until(late.Start.Add(-5 * time.Minute)))
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
		s.pass(9 * time.Hour)
		if got := s.page.waiting.view().Title; got != "Waiting 0" {
			t.Errorf("in the morning: %s", got)
		}
	})
}
