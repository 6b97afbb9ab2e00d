package today

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/data"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// tap presses a button of the open dialog, after it was there for a moment.
func (s *sample) tap(text string) {
	s.t.Helper()
	s.pass(screen.LastingAfter)
	for _, b := range s.visitActions() {
		if b.Text == text && b.Visible() {
			b.Tapped(nil)
			s.Settle()
			return
		}
	}
	s.t.Fatalf("there is no %q", text)
}

// sheetButtons are those of the appointment, but for the dialog's own.
func (s *sample) visitActions() (buttons []*widgets.Button) {
	s.t.Helper()
	for _, o := range test.LaidOutObjects(s.dialog()) {
		if b, ok := o.(*widgets.Button); ok && b.Narrow {
			buttons = append(buttons, b)
		}
	}
	if len(buttons) == 0 {
		s.t.Fatal("no appointment is open")
	}
	return buttons
}

func TestVisitSays(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.press(fyne.KeyReturn)
		v := s.page.day.form.display.Shown()
		want := visitView{
			Title: "Stefan Novak", Who: "30 Jul 1954, 72 · 01632 960207", Alert: "Penicillin allergy",
			When: "Tue 24 Nov 2026, 9:15–9:30 · 15 min · Dr Osei", Status: "● arrived",
		}
		if v.Title != want.Title || v.Who != want.Who || v.Alert != want.Alert || v.When != want.When || v.Status != want.Status {
			t.Errorf("%+v", v)
		}
		if got := strings.Join(v.Stamps, "; "); got != "booked 20 Nov 14:02 by Ben Jones; arrived 8:58 by Anna Smith" {
			t.Error(got)
		}
	})
}

// TestVisitSteps: Enter opens it and does the next step, unless it is held down.
func TestVisitSteps(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.press(fyne.KeyReturn, fyne.KeyReturn)
		s.wantWritten()
		s.pass(screen.LastingAfter)
		s.press(fyne.KeyReturn)
		s.wantWritten("c arrived")
		s.wantFocus(s.page.grid.body)
		s.press(fyne.KeyReturn)
		s.pass(screen.LastingAfter)
		s.press(fyne.KeyF3)
		s.wantWritten("c with")
		s.to("g")
		s.press(fyne.KeyReturn)
		s.tap("Did not attend")
		s.wantWritten("g absent")
	})
}

func TestVisitLeadsElsewhere(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.press(fyne.KeyReturn)
		s.tap("Move…")
		s.fill(func(f *bookingForm) { f.Practitioner, f.Date, f.Start, f.Length = "lind", "26 Nov", "14:00", "20" })
		s.dialog().Primary().Tapped(nil)
		s.Settle()
		s.wantWritten("c lind 26 Nov 14:00 20")
		s.wantLine("14:00–14:20 · Lucy Marsh · booked · Consultation")
		if len(s.anna.Desk.Drafts()) != 0 {
			t.Errorf("%v", s.anna.Desk.Drafts())
		}

		s.press(fyne.KeyReturn)
		s.tap("Cancel appointment…")
		s.press(fyne.KeyReturn)
		s.wantWritten("c cancelled")

		s.press(fyne.KeyHome)
		s.to("a")
		s.press(fyne.KeyReturn)
		s.tap("Book again…")
		if f := s.form().form; f.Patient != "p1" || f.With != "osei" || f.Practitioner != "osei" || f.Start != "9:30" {
			t.Errorf("%+v", f)
		}
		s.press(fyne.KeyEscape, fyne.KeyReturn)
		s.tap("Open patient")
		if len(s.patients) != 1 || s.patients[0] != "p1" || s.dialog() != nil {
			t.Errorf("%v", s.patients)
		}
	})
}

// TestMoveByTypingOverOthers asks, and keeps what was typed.
func TestMoveByTypingOverOthers(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.press(fyne.KeyReturn)
		s.tap("Move…")
		s.fill(func(f *bookingForm) { f.Start = "10:00" })
		s.form().save()
		s.Settle()
		s.press(fyne.KeyEscape)
		if s.form().form.Start != "10:00" || s.form().saving {
			t.Errorf("%+v", s.form().form)
		}
		s.form().save()
		s.Settle()
		s.press(fyne.KeyTab, fyne.KeyReturn)
		if s.dialog() != nil {
			t.Error("a dialog is left")
		}
		s.wantLine("10:00–10:15 · Lucy Marsh · booked · Consultation")
	})
}

func TestNotes(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.press(fyne.KeyReturn)
		body := s.page.day.form
		body.edit("check", "mother comes along")
		body.save()
		s.Settle()
		s.wantWritten("c check mother comes along")
		if s.dialog() != nil || len(s.anna.Desk.Drafts()) != 0 {
			t.Errorf("dialog %v, drafts %v", s.dialog(), s.anna.Desk.Drafts())
		}
		s.press(fyne.KeyReturn)
		s.page.day.form.edit("check", "mother and brother")
		s.press(fyne.KeyEscape)
		s.press(fyne.KeyReturn)
		if v := s.page.day.form.display.Shown(); v.Note != "mother and brother" || !v.CanSave || v.Help != "This note is not saved yet." {
			t.Errorf("%+v", v)
		}
	})
}

// TestTwoNotes: the second writer sees the first one's before it is replaced.
func TestTwoNotes(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.press(fyne.KeyReturn)
		body := s.page.day.form
		body.edit("consultation", "mine")
		s.benNotes("c", "theirs")
		body.save() // before this window has heard of it
		s.Settle()
		if v := body.display.Shown(); v.Note != "mine" || !strings.Contains(v.Error, "what you typed is still here") {
			t.Errorf("%+v", v)
		}
		body.save()
		s.Settle()
		if v := body.display.Shown(); v.Note != "mine" || v.Help != "Saved by somebody else: theirs" || !v.CanSave {
			t.Errorf("%+v", v)
		}
		s.wantWritten()
		body.save()
		s.Settle()
		s.wantWritten("c mine")
	})
}

// TestVisitFollows what others do, and keeps what is typed.
func TestVisitFollows(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.press(fyne.KeyReturn)
		s.page.day.form.edit("consultation", "typed")
		s.benSets("c", data.Arrived)
		s.page.Refresh()
		s.Settle()
		if v := s.page.day.form.display.Shown(); v.Status != "● arrived" || v.Note != "typed" || v.Buttons[0].Text != "With practitioner" {
			t.Errorf("%+v", v)
		}
		s.wantFocus(s.visitActions()[0])
	})
}

func TestWaitingRoom(t *testing.T) {
	onTuesday(t, func(s *sample) {
		v := s.page.waiting.display.Shown()
		if len(v.Rows) != 2 || v.Title != "Waiting 2" {
			t.Fatalf("%+v", v)
		}
		if r := v.Rows[0]; r.Wait != "22 min" || !r.Long || !r.Alert || r.sub() != "Dr Osei · since 8:58 · too long" {
			t.Errorf("%+v", r)
		}
		if r := v.Rows[1]; r.Wait != "11 min" || r.Long {
			t.Errorf("%+v", r)
		}
		if got := v.Figures; got != "Seen 1 · did not attend 1 · mean wait 9 min" {
			t.Error(got)
		}
		s.pass(10 * time.Minute)
		if r := s.page.panel.list.rows[1]; r.Wait != "21 min" || !r.Long {
			t.Errorf("%+v", r)
		}
		if got := s.page.panel.list.cards[1].wait.Text; got != "! 21 min" {
			t.Error(got)
		}
		s.window.Canvas().Focus(s.page.panel.list)
		s.press(fyne.KeyDown, fyne.KeyF3)
		s.wantWritten("e with")
		s.wantFocus(s.page.panel.list)
		if got := s.page.panel.list.AccessibilityLabel(); got != "Stefan Novak, 32 min, Dr Osei · since 8:58 · too long" {
			t.Error(got)
		}
		s.press(fyne.KeyReturn)
		if s.page.day.form == nil || s.page.day.form.visit.ID != "b" {
			t.Error("Enter does not open the dialog")
		}
		s.tap("With practitioner")
		if got := s.page.panel.list.empty.Text; got != "Nobody is waiting." {
			t.Error(got)
		}
	})
}

// TestWaitingRoomIsOfToday whatever day is beside it.
func TestWaitingRoomIsOfToday(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.press(fyne.KeyPageDown, fyne.KeyPageDown)
		s.window.Canvas().Focus(s.page.panel.list)
		s.press(fyne.KeyF3)
		s.wantWritten("b with")
		if got := s.page.panel.title.Text(); got != "Waiting 1" {
			t.Error(got)
		}
	})
}

// TestWeekAndBack: each time it says what is shown, also where that is what it was before.
func TestWeekAndBack(t *testing.T) {
	onTuesday(t, func(s *sample) {
		day := s.line()
		s.window.Canvas().Focus(s.page.bar.week)
		for range 2 {
			s.press(fyne.KeyReturn)
			s.wantLine("Tue 24 Nov 2026 · Dr Osei · 4 appointments, 18 % full")
			s.press(fyne.KeyReturn)
			s.wantLine(day)
		}
	})
}

func TestWeek(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.typed("v")
		s.wantFocus(s.page.table)
		if got := s.page.bar.date.Text; got != "23 Nov – 29 Nov" {
			t.Error(got)
		}
		s.wantLine("Tue 24 Nov 2026 · Dr Osei · 4 appointments, 18 % full")
		s.press(fyne.KeyDown, fyne.KeyDown)
		s.wantLine("Tue 24 Nov 2026 · Nurse Roy · away")
		s.press(fyne.KeyUp, fyne.KeyLeft, fyne.KeyLeft) // over the beginning of the week
		s.wantLine("Sun 22 Nov 2026 · Dr Lind · –")
		s.press(fyne.KeyHome, fyne.KeyPageDown)
		s.wantLine("Tue 1 Dec 2026 · Dr Lind · 0 appointments, 0 % full")
		s.press(fyne.KeyReturn)
		s.wantFocus(s.page.grid.body)
		if s.page.bar.date.Text != "Tue 1 Dec" || s.page.day.cur.column != "lind" || s.page.table.content.Visible() {
			t.Errorf("%s, %+v", s.page.bar.date.Text, s.page.day.cur)
		}
		s.typed("v")
		s.press(fyne.KeyEscape)
		s.wantFocus(s.page.grid.body)
		s.press(fyne.KeyHome)
		s.typed("v")
		for range 2 {
			s.mouseDown(s.page.table, fyne.NewPos(300, 60))
		}
		s.page.table.DoubleTapped(nil)
		s.Settle()
		if s.page.bar.date.Text != "Tue 24 Nov" {
			t.Error(s.page.bar.date.Text)
		}
	})
}

// TestColumns of a day: who is gone has one as long as there are appointments.
func TestColumns(t *testing.T) {
	r := usualDay()
	d := r.Details
	d.Practitioners[1].Gone = true
	columns, shown := columnsOf(d, tuesday, time.UTC, visitsOf(r)[:9])
	if len(columns) != 3 || columns[1].Note != "works here no more" || shown != (span{8 * 60, 18 * 60}) {
		t.Errorf("%+v, %v", columns, shown)
	}
	columns, shown = columnsOf(d, tuesday.AddDays(4), time.UTC, nil) // a Saturday
	if len(columns) != 2 || columns[0].Note != "not working" || shown != (span{7 * 60, 19 * 60}) {
		t.Errorf("%+v, %v", columns, shown)
	}
}

// TestStops: a free time begins where an appointment ends, and then at each quarter.
func TestStops(t *testing.T) {
	c := column{Boxes: []box{
		{ID: "a", From: 545, To: 555, Status: data.Booked},
		{ID: "b", From: 545, To: 550, Status: data.Absent},
		{ID: "d", From: 560, To: 575, Status: data.Absent}, // comes no more: others may
		{ID: "c", From: 570, To: 640, Status: data.Done},
	}}
	got := c.stops(span{540, 645})
	want := []stop{{span{540, 545}, ""}, {span{545, 555}, "a"}, {span{545, 550}, "b"}, {span{555, 570}, ""}, {span{560, 575}, "d"}, {span{570, 640}, "c"}, {span{640, 645}, ""}}
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("stop %d is %v, want %v", i, got[i], want[i])
		}
	}
}

// TestNothingGoesOnAfterClose: a page that was left shows nothing any more.
func TestNothingGoesOnAfterClose(t *testing.T) {
	onPage(t, usualDay(), func(s *sample) {
		s.press(fyne.KeyReturn)
		s.page.Close()
		if s.dialog() != nil {
			t.Error("a dialog is left")
		}
		reads := s.anna.Asked()
		s.page.Refresh()
		s.pass(time.Hour)
		if s.anna.Asked() > reads+2 { // the reading that Refresh began
			t.Errorf("it went on reading: %d", s.anna.Asked()-reads)
		}
	})
}

// TestAdminIsKnownLate: once it is known that who signed in is an admin, the page
// leads to where practitioners are added.
func TestAdminIsKnownLate(t *testing.T) {
	onPage(t, nobody(), func(s *sample) {
		s.page.SetAdmin(false)
		if s.page.toAdd.Visible() || !strings.Contains(s.page.advice.Text(), "Ask a Practice Admin") {
			t.Errorf("for staff it says %q", s.page.advice.Text())
		}
		s.page.SetAdmin(true)
		if !s.page.toAdd.Visible() || strings.Contains(s.page.advice.Text(), "Ask a Practice Admin") {
			t.Errorf("for an admin it says %q", s.page.advice.Text())
		}
	})
}
