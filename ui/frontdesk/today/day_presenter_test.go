package today

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/data"
)

// TestArrows goes through a column, and to the ones beside it at the same time.
func TestArrows(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.wantFocus(s.page.grid.body)
		s.wantLine("9:15–9:30 · Stefan Novak · arrived · Consultation") // it is 9:20
		s.press(fyne.KeyDown)
		s.wantLine("9:30–9:45 · Lucy Marsh · booked · Consultation")
		s.press(fyne.KeyDown)
		s.wantLine("9:45 · free · Dr Osei")
		s.press(fyne.KeyRight)
		s.wantLine("9:45 · free · Dr Lind")
		s.press(fyne.KeyRight, fyne.KeyRight)
		s.wantLine("9:45 · away: holiday · Nurse Roy")
		s.press(fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft)
		s.wantLine("9:45 · free · Dr Osei")
		s.press(fyne.KeyUp, fyne.KeyUp, fyne.KeyUp, fyne.KeyUp)
		s.wantLine("8:45 · free, outside working hours · Dr Osei")
		if got := s.page.grid.body.AccessibilityLabel(); got != s.line() {
			t.Errorf("a screen reader says %q", got)
		}
		for range 20 {
			s.press(fyne.KeyUp)
		}
		s.wantLine("8:00 · free, outside working hours · Dr Osei")
		for range 60 {
			s.press(fyne.KeyDown)
		}
		s.wantLine("17:45 · free, outside working hours · Dr Osei")
	})
}

// TestOverlappingOnes are reached one after the other, an absent one's time too.
func TestOverlappingOnes(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("f")
		s.wantLine("9:00–9:10 · Ivo Tandy · did not attend · Consultation")
		s.press(fyne.KeyDown)
		s.wantLine("9:00–9:30 · Tomasz Lindqvist-Featherstonehaugh · with Dr Lind · Consultation")
		s.press(fyne.KeyDown)
		s.wantLine("9:15–9:45 · Rosa Quill · arrived · Consultation")
		column := s.page.day.columns[1]
		for _, b := range column.Boxes[:3] {
			if b.Of != 2 {
				t.Errorf("%s has %d lanes", b.Name, b.Of)
			}
		}
		for _, b := range s.page.day.columns[0].Boxes {
			if b.ID == "h" {
				t.Error("a cancelled one is drawn")
			}
		}
	})
}

func TestStepsByKey(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.press(fyne.KeyF3, fyne.KeyF3) // a key that is held down
		s.wantWritten("c arrived")
		s.wantMessage("Lucy Marsh: arrived.")
		s.wantLine("9:30–9:45 · Lucy Marsh · arrived · Consultation")
		s.pass(stepGuard)
		s.press(fyne.KeyF3)
		s.pass(stepGuard)
		s.press(fyne.KeyF3)
		s.pass(stepGuard)
		s.press(fyne.KeyF3) // it is done: nothing is left to do
		s.wantWritten("c", "c with done")
		s.to("f") // came after all
		s.press(fyne.KeyF3)
		s.wantWritten("f arrived")
		s.press(fyne.KeyDown)
		s.wantMessage("")
	})
}

func TestCancelAsksWhy(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.press(fyne.KeyDelete)
		s.typed("called in, ill")
		s.press(fyne.KeyReturn)
		s.wantWritten("c cancelled called in, ill")
		if s.dialog() != nil {
			t.Fatal("the dialog is still there")
		}
		s.wantFocus(s.page.grid.body)
		s.wantLine("9:30 · free · Dr Osei")
		s.to("a") // is done
		s.press(fyne.KeyDelete)
		if s.dialog() != nil {
			t.Error("one that is done can be cancelled")
		}
		s.wantMessage("This can't be done with the appointment as it is now.")
		s.to("g")
		s.press(fyne.KeyDelete, fyne.KeyEscape)
		s.wantWritten()
	})
}

func TestMove(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.typed("m")
		s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyRight)
		s.wantLine("Moving Lucy Marsh · 9:45–10:00 · 15 min · Dr Lind")
		s.wantWritten() // not before it is put down
		s.press(fyne.KeyEscape)
		s.wantLine("9:30–9:45 · Lucy Marsh · booked · Consultation")
		s.typed("M")
		s.press(fyne.KeyRight, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
		s.typed("-")
		s.press(fyne.KeyReturn)
		s.wantWritten("c lind 24 Nov 09:45 10")
		s.wantMessage("Lucy Marsh: Tue 24 Nov 2026, 9:45–9:55, 10 min.")
		s.wantLine("9:45–9:55 · Lucy Marsh · booked · Consultation")
		s.typed("m")
		s.press(fyne.KeyReturn) // where it was
		s.wantWritten()
	})
}

func TestMoveToAnotherDay(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.typed("m")
		s.press(fyne.KeyPageDown, fyne.KeyReturn)
		s.wantWritten("c osei 25 Nov 09:30 15")
		s.wantLine("9:30–9:45 · Lucy Marsh · booked · Consultation")
		if s.page.bar.date.Text != "Wed 25 Nov" {
			t.Errorf("the day is %s", s.page.bar.date.Text)
		}
	})
}

func TestMoveOverOthers(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.typed("m")
		for range 6 {
			s.press(fyne.KeyDown)
		}
		s.press(fyne.KeyReturn)
		if s.dialog() == nil {
			t.Fatal("it does not ask")
		}
		s.press(fyne.KeyReturn) // an Enter too many
		s.wantWritten()
		s.wantLine("Moving Lucy Marsh · 10:00–10:15 · 15 min · Dr Osei")
		s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
		s.wantWritten("c osei 24 Nov 10:00 15")
		s.wantLine("10:00–10:15 · Lucy Marsh · booked · Consultation")
		s.wantFocus(s.page.grid.body)
	})
}

// TestLengthen loses no key to a slow disk.
func TestLengthen(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.anna.Delay(time.Second)
		s.to("g")
		s.typed("+++")
		s.pass(10 * time.Second)
		s.wantWritten("g", "g osei 24 Nov 10:00 45")
		s.typed("-")
		s.pass(10 * time.Second)
		s.wantWritten("g osei 24 Nov 10:00 40")
		s.wantLine("10:00–10:40 · Ivo Tandy · booked · Check-up")
	})
}

func TestNextFree(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.typed("n")
		s.wantMessage("Next free with Dr Osei: Tue 24 Nov 2026, 9:45.")
		s.wantLine("9:45 · free · Dr Osei")
		s.typed("n")
		s.wantLine("10:30 · free · Dr Osei")
		s.press(fyne.KeyReturn)
		if s.dialog() == nil || s.page.booking.form.Start != "10:30" {
			t.Error("Enter does not book there")
		}
		s.press(fyne.KeyEscape)
		s.page.day.cur.column = "roy"
		s.typed("n")
		s.wantMessage("Next free with Nurse Roy: Fri 27 Nov 2026, 9:00.")
		s.wantLine("9:00 · free · Nurse Roy")
		s.saveDetails(func(d *data.Details) { d.Practitioners[2].Hours = [7][]data.Span{} })
		s.page.Refresh()
		s.Settle()
		s.typed("n")
		s.wantMessage("Nurse Roy has nothing free in the next eight weeks.")
	})
}

func TestDays(t *testing.T) {
	onTuesday(t, func(s *sample) {
		date := func(want string) {
			t.Helper()
			if got := s.page.bar.date.Text; got != want {
				t.Errorf("the day is %s, want %s", got, want)
			}
		}
		s.press(fyne.KeyPageUp)
		date("Mon 23 Nov")
		if s.page.grid.now != -1 {
			t.Error("another day has a now-line")
		}
		s.press(fyne.KeyPageDown, fyne.KeyPageDown)
		date("Wed 25 Nov")
		s.press(fyne.KeyHome)
		date("Tue 24 Nov")
		s.wantLine("9:15–9:30 · Stefan Novak · arrived · Consultation")
		s.typed("g")
		s.typed("3 dec")
		s.press(fyne.KeyReturn)
		date("Thu 3 Dec")
		s.wantFocus(s.page.grid.body)
		s.typed("g")
		s.typed("31 feb")
		s.press(fyne.KeyReturn)
		if s.dialog() == nil {
			t.Fatal("31 February is a day")
		}
		s.press(fyne.KeyEscape)
		s.typed("g")
		s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyLeft, fyne.KeyReturn) // into the calendar, a week on, a day back
		date("Wed 9 Dec")
		s.typed("g")
		s.typed("4/3/28")
		s.press(fyne.KeyReturn)
		date("Sat 4 Mar 2028")
	})
}

func TestUndo(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Undo()
		s.wantMessage("There is nothing to undo.")
		s.press(fyne.KeyDown)
		s.wantMessage("")
		s.to("c")
		s.press(fyne.KeyF3, fyne.KeyPageDown)
		s.page.Undo()
		s.Settle()
		s.wantMessage("Taken back: Lucy Marsh, Tue 24 Nov 2026, 9:30–9:45, is “booked” again.")
		s.wantLine("9:30–9:45 · Lucy Marsh · booked · Consultation")
		s.typed("+")
		s.benNotes("c", "theirs")
		s.page.Undo()
		s.Settle()
		s.wantMessage("Not undone: somebody changed that appointment since. Look at it again.")
	})
}

// cancelAndFill cancels an appointment, whose time somebody else then has.
func (s *sample) cancelAndFill() {
	s.t.Helper()
	s.to("c")
	s.press(fyne.KeyDelete, fyne.KeyReturn)
	s.benBooks(5, "osei", 9*60+30, 15)
}

// TestUndoWhereOthersAre: what is taken back does not come over somebody who has
// the time by now, unless that is meant.
func TestUndoWhereOthersAre(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.cancelAndFill()
		status := func() data.Status { return s.visit("c").Status }
		s.page.Undo()
		s.Settle()
		if s.dialog() == nil || status() != data.Cancelled {
			t.Fatalf("not asked: %s", status())
		}
		s.press(fyne.KeyReturn) // the careful one
		if s.dialog() != nil || status() != data.Cancelled || s.anna.Desk.CanUndo() != 1 {
			t.Fatalf("not left as it was: %s", status())
		}
		s.page.Undo()
		s.Settle()
		s.dialog().Primary().Tapped(nil)
		s.Settle()
		if s.dialog() != nil || status() != data.Booked {
			t.Errorf("not taken back: %s", status())
		}
		s.wantMessage("Taken back: Lucy Marsh, Tue 24 Nov 2026, 9:30–9:45, is “booked” again.")
	})
}

// TestUndoTwiceWhereOthersAre: the answer is about what was asked, and nothing goes
// on before it.
func TestUndoTwiceWhereOthersAre(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.cancelAndFill()
		s.anna.Delay(100 * time.Millisecond)
		steps := func() int { return s.anna.Desk.CanUndo() }
		s.page.Undo()
		s.page.Undo() // by a key that repeats itself
		v, _ := s.page.day.visit("g")
		s.page.day.stepOn(v) // a moment before the question comes
		s.pass(time.Second)
		if s.dialog() == nil || steps() != 1 || s.visit("g").Status != v.Status {
			t.Fatalf("%d steps, %s", steps(), s.visit("g").Status)
		}
		s.dialog().Primary().Tapped(nil)
		s.pass(time.Second)
		if s.dialog() != nil || s.visit("c").Status != data.Booked || s.visit("g").Status == v.Status || steps() != 1 {
			t.Errorf("not what was asked about: %s, %s, %d steps", s.visit("c").Status, s.visit("g").Status, steps())
		}
	})
}

// TestSomebodyElseWasFaster: nothing is done, and the appointment is shown as it is.
func TestSomebodyElseWasFaster(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.benSets("c", data.Absent)
		s.press(fyne.KeyF3)
		s.wantMessage("Somebody else changed the appointment of Lucy Marsh meanwhile, so nothing was done. It is shown as it is now.")
		s.wantLine("9:30–9:45 · Lucy Marsh · did not attend · Consultation")
	})
}
