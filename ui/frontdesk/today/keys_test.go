package today

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/data"
)

// TestLettersWorkAfterAClick on a button of the page, in the waiting room and in the week.
func TestLettersWorkAfterAClick(t *testing.T) {
	onTuesday(t, func(s *sample) {
		test.Tap(s.page.bar.date)
		s.press(fyne.KeyEscape) // the focus goes back to the button
		s.wantFocus(s.page.bar.date)
		s.typed("w")
		s.typed("quill") // into the walk-in
		if f := s.form().form; !f.WalkIn || f.Query != "quill" {
			t.Errorf("%+v", f)
		}
		s.press(fyne.KeyEscape, fyne.KeyTab, fyne.KeyReturn) // Throw away
		for _, o := range []fyne.Focusable{s.page.bar.date, s.page.panel.list, nil} {
			s.window.Canvas().Focus(o)
			if o == nil {
				s.window.Canvas().Unfocus()
				s.window.Canvas().OnTypedRune()('n')
			} else {
				o.TypedRune('n')
			}
			s.Settle()
			s.wantFocus(s.page.grid.body) // where Enter then books
			s.press(fyne.KeyReturn)
			if s.page.booking == nil {
				t.Fatalf("after N on %T Enter books nothing", o)
			}
			s.press(fyne.KeyEscape)
		}
		s.window.Canvas().Focus(s.page.bar.date)
		s.typed("v")
		if !s.page.isWeek {
			t.Error("V shows no week")
		}
		s.window.Canvas().Focus(s.page.bar.date)
		s.typed("g")
		if s.dialog() == nil {
			t.Error("G asks for no date in the week")
		}
	})
}

// TestKeysLeaveTheCursorAloneFromTheWaitingRoom: what is selected is there.
func TestKeysLeaveTheCursorAloneFromTheWaitingRoom(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.window.Canvas().Focus(s.page.panel.list)
		s.typed("m+-")
		s.press(fyne.KeyDelete, fyne.KeyBackspace)
		s.wantFocus(s.page.panel.list)
		if s.page.day.moving != nil || s.dialog() != nil {
			t.Error("a key acts on the day")
		}
		s.wantWritten()
		s.press(fyne.KeyF3)
		s.wantWritten("b with") // who waits the longest is selected
	})
}

// TestKeysActOnWhatIsSeen: what scrolled away is shown first.
func TestKeysActOnWhatIsSeen(t *testing.T) {
	onTuesday(t, func(s *sample) {
		for key, press := range map[string]func(){
			"F3": func() { s.press(fyne.KeyF3) }, "Delete": func() { s.press(fyne.KeyDelete) }, "M": func() { s.typed("m") },
			"+": func() { s.typed("+") }, "Enter": func() { s.press(fyne.KeyReturn) },
		} {
			s.to("c")
			s.window.Canvas().Focus(s.page.grid.body)
			s.page.grid.scroll.ScrollToBottom()
			s.page.grid.scrolled()
			if s.page.grid.isCursorInSight() {
				t.Fatal("it did not scroll away")
			}
			press()
			s.wantWritten()
			s.wantMessage("This had scrolled out of sight. Press the key again to act on it.")
			if s.dialog() != nil || s.page.day.moving != nil || !s.page.grid.isCursorInSight() {
				t.Errorf("%s acts on what is not seen, or does not show it", key)
			}
		}
		s.press(fyne.KeyF3)
		s.wantWritten("c arrived")
	})
}

// TestWaitingRowIsSeen: of many who wait the one who is chosen may have scrolled away.
func TestWaitingRowIsSeen(t *testing.T) {
	r := usualDay()
	for i := range 30 {
		r.Appointments = append(r.Appointments, visitOf("w"+string(rune('A'+i)), "osei", i%6, 9*60, 10, data.Arrived, 9*60+i%20))
	}
	onPage(t, r, func(s *sample) {
		s.window.Canvas().Focus(s.page.panel.list)
		s.page.panel.rows.ScrollToBottom()
		s.press(fyne.KeyF3)
		s.wantWritten()
		s.press(fyne.KeyF3)
		s.wantWritten("b with")
	})
}

// TestWeekBooksWhereItsCursorIs, and not where that of the hidden day is.
func TestWeekBooksWhereItsCursorIs(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.typed("v")
		s.press(fyne.KeyDown, fyne.KeyRight, fyne.KeyRight)
		s.press(fyne.KeyF3, fyne.KeyDelete)
		s.wantWritten()
		s.page.book()
		s.Settle()
		if f := s.form().form; f.Practitioner != "lind" || f.Date != "26 Nov 2026" || f.Start != "9:00" {
			t.Errorf("%+v", f)
		}
		s.press(fyne.KeyEscape)
		s.page.nextFree()
		s.Settle()
		s.wantMessage("Next free with Dr Lind: Thu 26 Nov 2026, 9:30.")
	})
}

// TestStepsOnAnotherDayAsk, from the day and from an appointment's dialog.
func TestStepsOnAnotherDayAsk(t *testing.T) {
	tomorrow := visitOf("t", "osei", 2, 9*60+30, 15, data.Booked, 0)
	tomorrow.Start, tomorrow.End = tomorrow.Start.AddDate(0, 0, 1), tomorrow.End.AddDate(0, 0, 1)
	late := visitOf("l", "osei", 4, 15*60, 15, data.Arrived, 8*60)
	late.Stamps[1].At = late.Stamps[1].At.AddDate(0, 0, -1)
	onPage(t, usualDayAnd(tomorrow, late), func(s *sample) {
		s.page.GoTo(tomorrow)
		s.Settle()
		s.press(fyne.KeyF3)
		s.wantWritten()
		s.wantDialogText("The appointment of Lucy Marsh is Wed 25 Nov 2026, 9:30–9:45, and today is Tue 24 Nov 2026.")
		s.press(fyne.KeyReturn) // too many: leaves it
		s.wantWritten()
		s.pass(time.Second)
		s.press(fyne.KeyReturn)
		s.pass(time.Second)
		s.tap("Did not attend")
		s.wantWritten()
		s.press(fyne.KeyEscape)
		if s.page.day.form == nil || s.page.day.form.display.Shown().Busy != "" || s.page.day.form.display.Shown().Error != "" {
			t.Error("the dialog does not go on")
		}
		s.press(fyne.KeyEscape, fyne.KeyF3, fyne.KeyTab, fyne.KeyReturn)
		s.wantWritten("t arrived")

		s.to("l")
		s.press(fyne.KeyF3)
		s.wantDialogText("Rosa Quill has been “arrived” since Mon 23 Nov 2026, and today is Tue 24 Nov 2026.")
		s.press(fyne.KeyTab, fyne.KeyReturn)
		s.wantWritten("l with")
	})
}

// TestArrive is for the search and for a patient's page.
func TestArrive(t *testing.T) {
	r := usualDay()
	r.Patients = append(r.Patients, data.Patient{ID: "p7", Name: "Nobody Today"})
	onPage(t, r, func(s *sample) {
		var id, said string
		arrive := func(patient string) {
			id, said = "", ""
			s.page.Arrive(patient, func(a data.Appointment, text string) { id, said = a.ID, text })
			s.Settle()
		}
		want := func(wantID, text string) {
			t.Helper()
			if id != wantID || said != text {
				t.Errorf("%q, %q", id, said)
			}
		}
		arrive("p7")
		want("", "Nobody Today has no appointment today.")
		arrive("p2")
		want("", "Stefan Novak is not expected any more today: Tue 24 Nov 2026, 9:15–9:30, arrived.")
		s.wantWritten()
		arrive("p3")
		want("c", "Lucy Marsh: arrived.")
		s.wantWritten("c arrived")

		arrive("p6") // did not attend at 9:00, and is booked for 10:00
		want("", "")
		if d := s.dialog(); d == nil || !d.Primary().Disabled() {
			t.Fatal("it is not asked which")
		}
		s.press(fyne.KeyReturn)
		s.wantWritten() // nothing is chosen yet
		s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
		want("g", "Ivo Tandy: arrived.")
		s.wantWritten("g arrived")
		s.anna.Stop(auth.ErrDisk)
		arrive("p1")
		want("", problem(auth.ErrDisk))
	})
}

// TestAskedCancellationIsOfWhatWasShown: moved meanwhile, it is not cancelled.
func TestAskedCancellationIsOfWhatWasShown(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.press(fyne.KeyDelete)
		s.benMoves("c", "osei", 10*60+30)
		s.page.Refresh()
		s.Settle()
		s.press(fyne.KeyReturn)
		s.wantWritten()
		if got := s.dialog().Error(); !strings.HasPrefix(got, "Somebody else changed the appointment of Lucy Marsh meanwhile") {
			t.Errorf("it says %q", got)
		}
	})
}
