package today

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"anteroom/data"
	"anteroom/ui/uitest/practice"
)

// offered are the offers of the booking that is open, the one taken in brackets.
func (s *sample) offered() (texts []string) {
	s.t.Helper()
	for _, o := range s.form().display.Shown().Offers {
		if o.IsTaken {
			o.Text = "[" + o.Text + "]"
		}
		texts = append(texts, o.Text)
	}
	return texts
}

func (s *sample) wantOffers(want ...string) {
	s.t.Helper()
	if got := s.offered(); !slices.Equal(got, want) {
		s.t.Errorf("offered: %q, want %q", got, want)
	}
}

// TestNextFreeIsOffered: the next five free times of anybody, of one or of several, for the kind; the first is filled in.
func TestNextFreeIsOffered(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("b") // an appointment: no time is asked for
		s.typed("b")
		s.wantOffers("[9:45 Osei]", "9:45 Lind", "10:30 Osei", "10:45 Osei", "10:45 Lind", "Later…")
		s.form().toggleWith(2) // Dr Lind
		s.Settle()
		s.wantOffers("[9:45]", "10:45", "11:00", "11:15", "11:30", "Later…")
		if f := s.form().form; f.Practitioner != "lind" {
			t.Errorf("%+v", f)
		}
		s.form().toggleWith(3) // and Nurse Roy, who is away till Friday
		s.Settle()
		s.wantOffers("[9:45 Lind]", "10:45 Lind", "11:00 Lind", "11:15 Lind", "11:30 Lind", "Later…")
		s.form().toggleWith(2) // and no Dr Lind
		s.Settle()
		s.wantOffers("[Fri 9:00]", "Fri 9:15", "Fri 9:30", "Fri 9:45", "Fri 10:00", "Later…")
		s.form().toggleWith(0) // anyone again
		s.Settle()
		s.fill(func(f *bookingForm) { f.Type = "check" })
		s.wantOffers("[10:30 Osei]", "10:45 Lind", "11:00 Osei", "11:15 Lind", "11:30 Osei", "Later…")
		s.form().takeOffer(5)
		s.Settle()
		s.wantOffers("[12:00 Osei]", "12:00 Lind", "13:30 Osei", "13:30 Lind", "14:00 Osei", "Later…")
	})
}

// TestOfferIsTaken by the arrow keys, shown in the day, and booked by Enter.
func TestOfferIsTaken(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("b")
		s.typed("b")
		s.typed("quill")
		s.press(fyne.KeyReturn)
		s.window.Canvas().Focus(s.page.bookingDialog.offers)
		s.press(fyne.KeyRight, fyne.KeyRight)
		s.wantOffers("9:45 Osei", "9:45 Lind", "[10:30 Osei]", "10:45 Osei", "10:45 Lind", "Later…")
		s.wantLine("10:30 · free · Dr Osei")
		s.press(fyne.KeyReturn)
		s.wantWritten("Rosa Quill osei 24 Nov 10:30 15 booked")
	})
}

// TestTypedTimeFindsWhoIsFree among those looked among; where nobody is, it asks with whom.
func TestTypedTimeFindsWhoIsFree(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Book(Request{Patient: "p5"})
		s.Settle()
		s.fill(func(f *bookingForm) { f.Start = "10:00" }) // when both have somebody
		s.form().save()
		s.Settle()
		s.wantErrors(map[field]string{fieldPractitioner: "Nobody is free then. Choose with whom."})
		s.fill(func(f *bookingForm) { f.Start = "10:35" })
		if v := s.form().display.Shown(); v.When != "Tue 24 Nov 2026, 10:35–10:50 · Dr Osei" {
			t.Errorf("it is with %q", v.When)
		}
		s.form().save()
		s.Settle()
		s.wantWritten("Rosa Quill osei 24 Nov 10:35 15 booked")
	})
}

// TestWhoIsFreeFollowsWhatIsTyped: who was free at a time that was typed over, or for as long as it was to take, is not
// booked for another.
func TestWhoIsFreeFollowsWhatIsTyped(t *testing.T) {
	onPage(t, usualDayAnd(visitOf("x", "osei", 2, 11*60, 30, data.Booked, 0)), func(s *sample) {
		s.page.Book(Request{Patient: "p5"})
		s.Settle()
		for _, c := range []struct{ start, length, want string }{
			{"9:45", "15", "osei"},
			{"10:45", "15", "osei"},
			{"11:00", "15", "lind"},
			{"10:00", "15", ""},
			{"10:30", "15", "osei"},
			{"9:45", "15", "osei"},
			{"9:45", "30", ""},
			{"9:45", "15", "osei"},
		} {
			s.fill(func(f *bookingForm) { f.Start, f.Length = c.start, c.length })
			if got := s.form().form.Practitioner; got != c.want {
				t.Errorf("at %s for %s minutes it is with %q, want %q", c.start, c.length, got, c.want)
			}
		}
	})
}

// TestPointedTimeStays when somebody else is to have the appointment: only a time that was offered gives way.
func TestPointedTimeStays(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Book(Request{Practitioner: "osei", Date: tuesday, Minute: 15 * 60, HasMinute: true})
		s.Settle()
		s.form().toggleWith(2)
		s.Settle()
		if f := s.form().form; f.Start != "15:00" || f.Practitioner != "lind" {
			t.Errorf("%+v", f)
		}
	})
}

// TestTypedAfterEnter: what is typed while it is looked who is free is not booked by the Enter before it.
func TestTypedAfterEnter(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Book(Request{Patient: "p5"})
		s.Settle()
		b := s.form()
		edit := func(start string) {
			f := b.form
			f.Start = start
			b.edit(f)
		}
		edit("10:45")
		b.save()
		edit("1")
		edit("11:00")
		s.Settle()
		s.wantWritten()
		if s.page.booking == nil {
			t.Error("the form is gone")
		}
	})
}

// TestDayIsPointedAtWhileBooking: the day stays to be seen, and a click in it says when and with whom.
func TestDayIsPointedAtWhileBooking(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("b")
		s.typed("b")
		if s.window.Canvas().Overlays().Top() != nil || !s.page.grid.content.Visible() {
			t.Fatal("the booking lies over the day")
		}
		m := s.mouse()
		m.click(m.over(1, 11*60+5))
		if f := s.form().form; f.Practitioner != "lind" || f.Start != "11:00" || f.Date != "24 Nov 2026" {
			t.Errorf("%+v", f)
		}
		s.press(fyne.KeyReturn) // from the day into the form
		s.typed("quill")
		s.press(fyne.KeyReturn, fyne.KeyReturn)
		s.wantWritten("Rosa Quill lind 24 Nov 11:00 15 booked")
		if s.page.booking != nil || len(s.page.panel.place.Objects) != 1 {
			t.Error("the booking stays")
		}
	})
}

// TestEnterOnNobodyBeginsANewPatient right there.
func TestEnterOnNobodyBeginsANewPatient(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("b")
		s.typed("b")
		s.typed("Nora Vint")
		s.press(fyne.KeyReturn)
		s.wantFocus(s.page.bookingDialog.born)
		s.typed("4 Mar 1981")
		s.press(fyne.KeyReturn)
		s.wantWritten("patient Nora Vint", "Nora Vint osei 24 Nov 09:45 15 booked")
	})
}

// TestNarrowPageBooksInADialog: there is no room beside the day.
func TestNarrowPageBooksInADialog(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.window.Resize(fyne.NewSize(900, 668))
		s.Settle()
		s.typed("b")
		if s.window.Canvas().Overlays().Top() == nil {
			t.Error("the booking stands beside the day")
		}
	})
}

// TestNothingIsFree says so.
func TestNothingIsFree(t *testing.T) {
	r := practice.Records{Details: usualDetails(), Patients: people}
	for i := range r.Details.Practitioners {
		r.Details.Practitioners[i].Hours = [7][]data.Span{}
	}
	onPage(t, r, func(s *sample) {
		s.page.Book(Request{})
		s.Settle()
		if v := s.form().display.Shown(); v.NoOffers != "Nothing is free in the next eight weeks." || v.Form.Start != "" {
			t.Errorf("%q, %+v", v.NoOffers, v.Form)
		}
	})
}

// TestAnotherBookingWhileOneIsOpen: who is asked for is who is booked, and what was typed for somebody else is asked about.
func TestAnotherBookingWhileOneIsOpen(t *testing.T) {
	onTuesday(t, func(s *sample) {
		ask := func(asks bool, act func()) {
			t.Helper()
			act()
			s.Settle()
			if asks {
				s.wantDialogText("Throw away what you typed?")
				s.press(fyne.KeyTab, fyne.KeyReturn)
			}
		}
		wantFor := func(p purpose, patient string) {
			t.Helper()
			if b := s.form(); b.purpose != p || b.form.Patient != patient || s.dialogs() != 1 {
				t.Errorf("open for %v: %+v, and %d dialogs", b.purpose, b.form, s.dialogs())
			}
		}
		s.page.Book(Request{Practitioner: "lind", Date: tuesday, Minute: 15 * 60, HasMinute: true})
		s.Settle()
		s.page.Book(Request{Patient: "p5"}) // nobody is in it yet
		s.Settle()
		wantFor(forBooking, "p5")
		if s.form().form.Start != "15:00" {
			t.Error("the time that was pointed at is lost")
		}
		ask(true, func() { s.page.Book(Request{Patient: "p3"}) })
		wantFor(forBooking, "p3")
		ask(false, s.page.WalkIn)
		wantFor(forWalkIn, "")
		v, _ := s.page.day.visit("g")
		ask(false, func() { s.page.Move(v) })
		wantFor(forMove, "p6")
		b := s.form()
		ask(false, func() { s.page.Move(v) })
		if s.form() != b {
			t.Error("the same move is begun anew")
		}
		v, _ = s.page.day.visit("c")
		ask(false, func() { s.page.Move(v) })
		wantFor(forMove, "p3")
		s.wantWritten()
	})
}

// TestEnterWaitsForWhatIsFound: a time that nobody has seen yet is not booked.
func TestEnterWaitsForWhatIsFound(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("b")
		s.anna.Delay(time.Second)
		s.typed("b")
		s.typed("quill")
		s.press(fyne.KeyReturn, fyne.KeyReturn)
		s.pass(5 * time.Second)
		s.wantWritten()
		if f := s.form().form; f.Start != "9:45" {
			t.Errorf("%+v", f)
		}
		s.press(fyne.KeyReturn)
		s.pass(5 * time.Second)
		s.wantWritten("Rosa Quill osei 24 Nov 09:45 15 booked")
	})
}

// TestOffersFollowTheRecords: what others book meanwhile is offered no more, and the time in the form stays.
func TestOffersFollowTheRecords(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("b")
		s.typed("b")
		s.benBooks(4, "osei", 9*60+45, 15)
		s.page.Refresh()
		s.Settle()
		s.wantOffers("9:45 Lind", "10:30 Osei", "10:45 Osei", "10:45 Lind", "11:00 Osei", "Later…")
		if f := s.form().form; f.Start != "9:45" || f.Practitioner != "osei" {
			t.Errorf("%+v", f)
		}
	})
}

// TestPointingSaysWithWhom, whoever was looked among; only the left button points.
func TestPointingSaysWithWhom(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("b")
		s.typed("b")
		s.form().toggleWith(2) // Dr Lind
		s.Settle()
		m := s.mouse()
		m.click(m.over(0, 11*60+5))
		if f := s.form().form; f.With != "osei" || f.Practitioner != "osei" || f.Start != "11:00" {
			t.Errorf("%+v", f)
		}
		m.at = m.over(1, 14*60+5)
		s.page.grid.body.MouseDown(&desktop.MouseEvent{PointEvent: m.onSheet(), Button: desktop.MouseButtonSecondary})
		s.Settle()
		if f := s.form().form; f.Start != "11:00" {
			t.Errorf("the right button pointed: %+v", f)
		}
	})
}

// TestWalkInOfSomebodyExpected says that they are, or they would be there twice.
func TestWalkInOfSomebodyExpected(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.typed("w")
		s.typed("marsh")
		s.press(fyne.KeyReturn)
		if got := s.form().display.Shown().Warning; got != "Lucy Marsh is expected today at 9:30 with Dr Osei: have them arrive for that." {
			t.Errorf("it warns %q", got)
		}
	})
}

// TestMoveOffersOtherTimes than the one that the appointment has.
func TestMoveOffersOtherTimes(t *testing.T) {
	onTuesday(t, func(s *sample) {
		v, _ := s.page.day.visit("c")
		s.page.openMove(v)
		s.Settle()
		for _, o := range s.offered() {
			if o == "9:30 Osei" || o == "[9:30 Osei]" {
				t.Errorf("it offers %q", s.offered())
			}
		}
		if f := s.form().form; f.Start != "9:30" {
			t.Errorf("%+v", f)
		}
	})
}
