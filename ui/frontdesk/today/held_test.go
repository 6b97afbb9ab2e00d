package today

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/data"
	"anteroom/ui/screen"
)

// arriveAtTheDesk has a patient arrive as F3 in the search does, which leads to the day.
func (s *sample) arriveAtTheDesk(patient string) (said *[]string) {
	said = new([]string)
	s.page.Arrive(patient, func(a data.Appointment, text string) {
		*said = append(*said, text)
		if a.ID != "" {
			s.page.GoTo(a)
			s.page.Focus()
		}
	})
	s.Settle()
	return said
}

// hold presses F3 for a while, as a key that is held down.
func (s *sample) hold(d time.Duration) {
	for ; d > 0; d -= stepGuard / 2 {
		s.press(fyne.KeyF3)
		s.pass(stepGuard / 2)
	}
}

// TestF3IsOneStep: held or pressed twice, it does not make the next step where it
// led to.
func TestF3IsOneStep(t *testing.T) {
	for _, slow := range []time.Duration{0, 2 * time.Second} {
		onTuesday(t, func(s *sample) {
			s.anna.Delay(slow)
			s.arriveAtTheDesk("p3")
			s.pass(2 * slow)
			s.hold(3 * stepGuard)
			s.wantWritten("c arrived")

			s.anna.Answer()
			s.pass(5 * time.Second)
			s.press(fyne.KeyReturn)
			s.pass(screen.LastingAfter)
			s.anna.Delay(slow)
			s.press(fyne.KeyF3)
			s.pass(slow)
			if s.dialog() != nil {
				t.Fatal("the dialog is still there")
			}
			s.hold(3 * stepGuard)
			s.wantWritten("c with")

			s.pass(5 * time.Second)
			s.press(fyne.KeyF3)
			s.pass(slow)
			s.wantWritten("c done")
		})
	}
}

// TestArriveOfAMergedOne: the appointment has the id that its patient had.
func TestArriveOfAMergedOne(t *testing.T) {
	r := usualDay()
	r.Patients = append(r.Patients, data.Patient{ID: "twin", Name: "Lucy Marsh", Merge: &data.Merge{Into: "p3"}})
	r.Appointments[2].Patient = "twin"
	onPage(t, r, func(s *sample) {
		s.arriveAtTheDesk("p3")
		s.wantWritten("c arrived")
	})
}

// TestArriveOnceAtATime asks one question, and after it, or an error, hears the
// key again.
func TestArriveOnceAtATime(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.anna.Delay(time.Second)
		s.pass(5 * time.Second)
		for range 2 {
			s.arriveAtTheDesk("p6")
			said := s.arriveAtTheDesk("p6")
			if len(*said) != 1 || (*said)[0] != "One moment…" {
				t.Errorf("told %q", *said)
			}
			s.pass(2 * time.Second)
			if n := s.dialogs(); n != 1 {
				t.Fatalf("%d questions", n)
			}
			s.press(fyne.KeyEscape)
		}
		s.wantWritten()
	})
}

// TestLateNextFree: what the mouse moves by then stays with it.
func TestLateNextFree(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.anna.Delay(time.Second)
		s.typed("n")
		m := s.mouse()
		m.down(m.over(0, 9*60+32))
		m.to(m.over(1, 11*60+2))
		g := s.page.day.display.Shown().Grid.Ghost
		s.pass(3 * time.Second)
		if now := s.page.day.display.Shown().Grid.Ghost; now.Column != 1 || now.at != g.at {
			t.Errorf("it was moved to %+v, and is at %+v", g, now)
		}
		if said := s.page.day.message; said != "" {
			t.Errorf("it says %q", said)
		}
		s.press(fyne.KeyEscape)
		m.up()

		s.typed("m")
		s.typed("n")
		s.press(fyne.KeyEscape) // it is put back where it was
		s.pass(3 * time.Second)
		s.wantLine("9:30–9:45 · Lucy Marsh · booked · Consultation")
	})
}
