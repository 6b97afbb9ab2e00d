package today

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/data"
)

// TestThereAndBack: to a long appointment beside, and back to the time it began at.
func TestThereAndBack(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("g")
		s.press(fyne.KeyDown)
		s.wantLine("10:30 · free · Dr Osei")
		s.press(fyne.KeyRight)
		s.wantLine("10:00–10:45 · Maya Okafor · booked · Consultation")
		s.press(fyne.KeyLeft)
		s.wantLine("10:30 · free · Dr Osei")
	})
}

// TestMoveToTheNextFree: what is being moved is not in its own way.
func TestMoveToTheNextFree(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("g")
		s.typed("m")
		for range 4 {
			s.press(fyne.KeyUp)
		}
		s.typed("n") // between 9:45 and 10:30, now that it is not there
		s.wantLine("Moving Ivo Tandy · 9:45–10:15 · 30 min · Dr Osei")
		s.wantMessage("Next free with Dr Osei: Tue 24 Nov 2026, 9:45.")
		s.press(fyne.KeyReturn)
		s.wantWritten("g osei 24 Nov 09:45 30")
	})
}

// TestCarriedAwayByOthers: somebody else moved it meanwhile.
func TestCarriedAwayByOthers(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.typed("m")
		s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
		s.benNotes("c", "theirs")
		s.press(fyne.KeyReturn)
		s.wantMessage("Somebody else changed the appointment of Lucy Marsh meanwhile, so nothing was done. It is shown as it is now.")
		s.wantLine("9:30–9:45 · Lucy Marsh · booked · Consultation")
	})
}

// TestPutDownOnce: an Enter too many does not move it twice.
func TestPutDownOnce(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.typed("m")
		s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
		s.anna.Delay(time.Second)
		s.press(fyne.KeyReturn, fyne.KeyReturn)
		s.pass(10 * time.Second)
		s.wantWritten("c osei 24 Nov 09:45 15")
	})
}

// TestOneThatIsOverDoesNotMove.
func TestOneThatIsOverDoesNotMove(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("a")
		s.typed("m")
		s.wantMessage("This can't be done with the appointment as it is now.")
		s.typed("+")
		s.wantLine("9:00–9:15 · Maya Okafor · done · Consultation")
		s.wantWritten()
	})
}

// TestOnlyTheLastDayCounts: days that are leafed through do not come back late.
func TestOnlyTheLastDayCounts(t *testing.T) {
	y := visitOf("y", "osei", 1, 9*60, 15, data.Booked, 0)
	y.Start, y.End = y.Start.AddDate(0, 0, 2), y.End.AddDate(0, 0, 2)
	onPage(t, usualDayAnd(y), func(s *sample) {
		s.anna.Delay(5 * time.Second)
		s.press(fyne.KeyPageDown)
		s.pass(500 * time.Millisecond)
		s.anna.Answer()
		s.press(fyne.KeyPageDown)
		s.pass(30 * time.Second)
		if s.page.day.loaded != tuesday.AddDays(2) || len(s.page.day.columns[0].Boxes) != 1 {
			t.Errorf("shown is %v", s.page.day.loaded)
		}
	})
}
