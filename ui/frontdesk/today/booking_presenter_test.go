package today

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/looks"
	"anteroom/ui/uitest/practice"
)

// form is the open dialog's.
func (s *sample) form() *booking {
	s.t.Helper()
	if s.page.booking == nil {
		s.t.Fatal("no booking is open")
	}
	return s.page.booking
}

// fill types over what is in a field.
func (s *sample) fill(change func(*bookingForm)) {
	s.t.Helper()
	f := s.form().form
	change(&f)
	s.form().edit(f)
	s.Settle()
}

func (s *sample) wantErrors(want map[field]string) {
	s.t.Helper()
	for f, got := range s.form().display.Shown().Errors {
		if got != want[field(f)] {
			s.t.Errorf("beside field %d stands %q, want %q", f, got, want[field(f)])
		}
	}
}

// TestBookByKeyboard goes from a free time to a booking without a mouse.
func TestBookByKeyboard(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
		s.typed("quill")
		s.press(fyne.KeyReturn)
		if f := s.form().form; f.Patient != "p5" || f.Query != "Rosa Quill" {
			t.Errorf("%+v", f)
		}
		s.press(fyne.KeyReturn)
		s.wantWritten("Rosa Quill osei 24 Nov 09:45 15 booked")
		s.wantMessage("Booked: Rosa Quill, Tue 24 Nov 2026, 9:45–10:00, with Dr Osei.")
		s.wantLine("9:45–10:00 · Rosa Quill · booked · Consultation")
		s.wantFocus(s.page.grid.body)
		if s.dialog() != nil || len(s.anna.Desk.Drafts()) != 0 {
			t.Errorf("dialog %v, drafts %v", s.dialog(), s.anna.Desk.Drafts())
		}
		s.page.Undo()
		s.Settle()
		s.wantMessage("Taken back: the booking of Rosa Quill, Tue 24 Nov 2026, 9:45–10:00.")
		s.wantLine("9:45 · free · Dr Osei")
	})
}

// TestChooseFromTheList by the arrows.
func TestChooseFromTheList(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Book(Request{Practitioner: "lind"})
		s.Settle()
		s.typed("o")
		s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn) // into the list, to the fourth
		if f := s.form().form; f.Patient != "p2" {
			t.Errorf("%+v", f)
		}
		if v := s.form().display.Shown(); v.Alert != "Penicillin allergy" || v.Who != "30 Jul 1954, 72 · 01632 960207" {
			t.Errorf("%+v", v)
		}
		s.press(fyne.KeyReturn) // what is free first was filled in
		s.wantWritten("Stefan Novak lind 24 Nov 09:45 15 booked")
	})
}

func TestFieldsRefuse(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Book(Request{})
		s.Settle()
		s.press(fyne.KeyReturn)
		s.wantErrors(map[field]string{fieldPatient: "Choose a patient from the list, or add a new one."})
		for _, c := range []struct {
			date, start, length string
			want                map[field]string
		}{
			{"31/2/2027", "9:00", "15", map[field]string{fieldDate: "There is no such day. Look at day and month."}},
			{"soon", "25:00", "15", map[field]string{fieldDate: "Type a date, such as 24 Nov.", fieldStart: "Type a time, such as 9:15."}},
			{"24 Nov", "9:00", "0", map[field]string{fieldLength: "It has no length. Type a number of minutes from 1."}},
			{"24 Nov", "9:00", "-15", map[field]string{fieldLength: "It ends before it begins. Type a later time."}},
			{"24 Nov", "9:00", "1500", map[field]string{fieldLength: "It is longer than a day. Type fewer minutes."}},
			{"24 Nov", "9:00", "1,5", map[field]string{fieldLength: "Minutes or hours? Type minutes as 90, hours as 1:30 or 1.5 h."}},
			{"24 Nov", "9:00", "a while", map[field]string{fieldLength: "Type a number of minutes, such as 15."}},
		} {
			s.fill(func(f *bookingForm) { f.Patient, f.Date, f.Start, f.Length = "p1", c.date, c.start, c.length })
			s.form().save()
			s.Settle()
			s.wantErrors(c.want)
		}
		s.fill(func(f *bookingForm) { f.Length, f.Note = "15", strings.Repeat("long ", 5_000) })
		s.form().save()
		s.wantErrors(map[field]string{fieldNote: "This is too long. Shorten it."})
		s.fill(func(f *bookingForm) { f.Note = "a\x07b" })
		s.form().save()
		s.wantErrors(map[field]string{fieldNote: "Leave out invisible characters."})
		s.wantWritten()
		note := strings.Repeat("ä̈ שלום\n", 1_250) // 10,000 characters, kept exactly
		s.fill(func(f *bookingForm) { f.Start, f.Note = "16:00", note })
		s.form().save()
		s.Settle()
		s.wantWritten("Maya Okafor osei 24 Nov 16:00 15 booked")
		if got := s.booked("p1").Note; got != note {
			t.Error("the note is another")
		}
	})
}

// TestDoubleBooking says with whom, and asks.
func TestDoubleBooking(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Book(Request{Patient: "p3", Practitioner: "osei", Date: tuesday, Minute: 10 * 60, HasMinute: true})
		s.Settle()
		s.press(fyne.KeyReturn)
		s.press(fyne.KeyReturn) // too many
		s.wantWritten()
		if s.form().form.Patient != "p3" {
			t.Error("what was typed is lost")
		}
		s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
		s.wantWritten("Lucy Marsh osei 24 Nov 10:00 15 booked")
		s.wantLine("10:00–10:15 · Lucy Marsh · booked · Consultation")
	})
}

func TestUnusualTimesAreSaid(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Book(Request{Patient: "p3", Practitioner: "osei", Date: tuesday, Minute: 13 * 60, HasMinute: true})
		s.Settle()
		for _, c := range []struct {
			practitioner, date, start string
			warning                   string
		}{
			{"osei", "24 Nov", "13:00", "This is outside the working hours of Dr Osei."},
			{"osei", "24 Nov", "16:50", "This is outside the working hours of Dr Osei."},
			{"roy", "24 Nov", "10:00", "Nurse Roy is away then: holiday."},
			{"osei", "23 Nov 2026", "10:00", "This time is over already."},
			{"osei", "24 Nov", "10:00", ""},
		} {
			s.fill(func(f *bookingForm) { f.Practitioner, f.Date, f.Start = c.practitioner, c.date, c.start })
			if got := s.form().display.Shown().Warning; got != c.warning {
				t.Errorf("%s %s with %s: %q, want %q", c.date, c.start, c.practitioner, got, c.warning)
			}
		}
		s.fill(func(f *bookingForm) { f.Practitioner = "roy" })
		s.form().save()
		s.Settle()
		s.wantWritten("Lucy Marsh roy 24 Nov 10:00 15 booked") // said, not forbidden
	})
}

func TestTypeSetsTheLength(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Book(Request{Patient: "p3", Type: "check"})
		s.Settle()
		if s.form().form.Length != "30" {
			t.Errorf("%+v", s.form().form)
		}
		if f := s.form().form; f.Date != "24 Nov 2026" || f.Start != "10:30" || f.Practitioner != "osei" {
			t.Errorf("what is free first for half an hour: %+v", f)
		}
		s.fill(func(f *bookingForm) { f.Type = "consultation" })
		if s.form().form.Length != "15" {
			t.Errorf("%+v", s.form().form)
		}
	})
}

// TestDraftComesBack after a sign-out, and goes when it is booked or thrown away.
func TestDraftComesBack(t *testing.T) {
	onPage(t, usualDay(), func(s *sample) {
		s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
		s.typed("nov")
		s.press(fyne.KeyReturn)
		s.fill(func(f *bookingForm) { f.Note = "asked for the morning" })
		if s.anna.Desk.Draft(DraftKey) == "" {
			t.Fatal("nothing is kept")
		}
		s.page.Close()
		s.anna.Rejoin()
		s.anna.CatchUp()
		s.open(true)
		if !s.page.Resume() {
			t.Fatal("nothing is resumed")
		}
		s.Settle()
		if f := s.form().form; f.Patient != "p2" || f.Note != "asked for the morning" || f.Start != "9:45" || !s.form().display.Shown().Resumed {
			t.Errorf("%+v", f)
		}
		s.press(fyne.KeyEscape, fyne.KeyTab, fyne.KeyReturn) // Throw away
		if len(s.anna.Desk.Drafts()) != 0 || s.page.Resume() {
			t.Errorf("%v", s.anna.Desk.Drafts())
		}
	})
}

// TestNewPatient is taken down first, and once, whatever becomes of the booking.
func TestNewPatient(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Book(Request{Practitioner: "osei", Date: tuesday, Minute: 10 * 60, HasMinute: true})
		s.Settle()
		s.form().newPatient(true)
		s.fill(func(f *bookingForm) { f.Query, f.Born, f.Phone = "Nora Vint", "31 Feb 1980", "x" })
		s.form().save()
		s.Settle()
		s.wantErrors(map[field]string{
			fieldBorn: "There is no such day. Look at day and month.", fieldPhone: "This is not a phone number. Type its digits.",
		})
		s.fill(func(f *bookingForm) { f.Born, f.Phone = "3 Feb 1980", "01632 960999" })
		s.form().save()
		s.Settle()
		s.wantWritten("patient Nora Vint")
		s.press(fyne.KeyEscape) // another time
		s.fill(func(f *bookingForm) { f.Start = "11:00" })
		s.press(fyne.KeyReturn)
		s.wantWritten("Nora Vint osei 24 Nov 11:00 15 booked")
		s.wantLine("11:00–11:15 · Nora Vint · booked · Consultation")
	})
}

// TestLikelyDuplicates are shown while a new one is typed.
func TestLikelyDuplicates(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Book(Request{})
		s.Settle()
		s.form().newPatient(true)
		s.typed("Maya Okafor")
		if v := s.form().display.Shown(); v.ResultsTitle != "Is it one of these?" || len(v.Results) != 1 {
			t.Errorf("%q %v", v.ResultsTitle, v.Results)
		}
		s.press(fyne.KeyDown, fyne.KeyReturn)
		if f := s.form().form; f.Patient != "p1" || f.New {
			t.Errorf("%+v", f)
		}
	})
}

func TestWalkIn(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.typed("w")
		if f := s.form().form; f.Practitioner != "osei" || f.Start != "9:45" {
			t.Errorf("%+v", f)
		}
		s.benBooks(2, "lind", 9*60+45, 15)
		s.fill(func(f *bookingForm) { f.Practitioner = "lind" })
		if f := s.form().form; f.Practitioner != "lind" || f.Start != "10:45" {
			t.Errorf("%+v", f)
		}
		s.typed("tandy")
		s.press(fyne.KeyReturn, fyne.KeyReturn)
		s.wantWritten("Ivo Tandy lind 24 Nov 10:45 15 arrived")
		s.wantLine("10:45–11:00 · Ivo Tandy · arrived · walk-in · Consultation")
		if got := s.page.panel.title.Text(); got != "Waiting 3" {
			t.Error(got)
		}
		if b := s.page.day.columns[1].Boxes; !strings.Contains(b[len(b)-1].Rest, "walk-in") {
			t.Errorf("%+v", b)
		}
	})
}

func TestBookingFails(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Book(Request{Patient: "p3", Practitioner: "osei", Date: tuesday, Minute: 16 * 60, HasMinute: true})
		s.Settle()
		s.anna.FailWrites(auth.ErrDiskFull)
		s.anna.Delay(5 * time.Second)
		asked := s.anna.Asked()
		s.press(fyne.KeyReturn, fyne.KeyReturn)
		s.form().save()
		if s.form().display.Shown().Busy == "" {
			t.Error("it does not say that it goes on")
		}
		s.pass(6 * time.Second)
		if n := s.anna.Asked() - asked; n != 1 {
			t.Errorf("it tried %d times", n)
		}
		if got := s.dialog().Error(); got != "The disk is full, so nothing was saved. Make room, then try again." {
			t.Error(got)
		}
		s.anna.Answer()
		s.press(fyne.KeyReturn)
		s.wantWritten("Lucy Marsh osei 24 Nov 16:00 15 booked")
		s.wantLine("16:00–16:15 · Lucy Marsh · booked · Consultation")
	})
}

// TestPatientsStillLoading are searched again by themselves.
func TestPatientsStillLoading(t *testing.T) {
	r := practice.Records{Details: usualDetails()}
	for i := range 400 {
		r.Patients = append(r.Patients, data.Patient{ID: fmt.Sprintf("p%03d", i), Name: "Somebody"})
	}
	r.Patients[399].Name = "Nora Vint"
	inPractice(t, r, looks.New(looks.Light, 1), func(s *sample) {
		s.anna.RejoinSlowly(100 * time.Millisecond)
		s.open(true)
		s.page.Book(Request{})
		s.Settle()
		s.typed("vint")
		want := func(title string, found int) {
			t.Helper()
			if v := s.form().display.Shown(); v.ResultsTitle != title || len(v.Results) != found {
				t.Errorf("%q, %v", v.ResultsTitle, v.Results)
			}
		}
		want("Patients are still being read: 0 of 400.", 0)
		s.pass(30 * time.Second)
		want("Patients are still being read: 250 of 400.", 0)
		s.pass(15 * time.Second)
		want("Found", 1)
	})
}

func TestParseDay(t *testing.T) {
	leapless := data.Date{Year: 2026, Month: time.March, Day: 1}
	for _, c := range []struct {
		text  string
		order data.DateOrder
		today data.Date
		want  string
	}{
		{"24 Nov", data.DayFirst, tuesday, "2026-11-24"},
		{"23 Nov", data.DayFirst, tuesday, "2027-11-23"},
		{"3/12", data.DayFirst, tuesday, "2026-12-03"},
		{"12/3", data.MonthFirst, tuesday, "2026-12-03"},
		{"12-3", data.YearFirst, tuesday, "2026-12-03"},
		{"3/12/26", data.DayFirst, tuesday, "2026-12-03"},
		{"1 Feb 2027", data.DayFirst, tuesday, "2027-02-01"},
		{"29 Feb", data.DayFirst, leapless, ""},
		{"29 Feb 2028", data.DayFirst, leapless, "2028-02-29"},
		{"", data.DayFirst, tuesday, ""},
		{"tomorrowish", data.DayFirst, tuesday, ""},
	} {
		got, err := parseDay(c.text, c.order, c.today)
		if got.ISO() != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%q is %s, %v, want %s", c.text, got.ISO(), err, c.want)
		}
	}
}

// Somebody who is here already, by name and date of birth, is taken down once more
// only if that is meant.
func TestBookingAsksIfSame(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Book(Request{})
		s.Settle()
		s.fill(func(f *bookingForm) {
			f.Query, f.New, f.Born, f.With, f.Start, f.Length = "Maya Okafor", true, "4/3/1981", "osei", "19:00", "15"
		})
		s.form().save()
		s.Settle()
		s.wantWritten()         // without a question
		s.press(fyne.KeyReturn) // the careful one
		if s.wantWritten(); s.dialog() == nil {
			t.Fatal("the form is gone")
		}
		s.form().save()
		s.Settle()
		s.dialog().Primary().Tapped(nil)
		s.Settle()
		if s.wantWritten("patient Maya Okafor", "Maya Okafor osei 24 Nov 19:00 15 booked"); s.dialog() != nil {
			t.Errorf("the form is still there: %+v", s.form().display.Shown())
		}
	})
}

// A question that goes with the dialog below it is answered with no: the day goes
// on.
func TestQuestionGoesWithItsDialog(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Book(Request{Patient: "p1"})
		s.Settle()
		no := 0
		s.page.ask(question{Title: "x", Text: "y", Primary: "z", Cancel: "c", No: func() { no++ }})
		s.Settle()
		s.form().close()
		s.Settle()
		if no != 1 || s.dialog() != nil || s.dialogs() != 0 {
			t.Errorf("answered %d times, %d are open", no, s.dialogs())
		}
	})
}
