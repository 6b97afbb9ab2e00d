package patients

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"anteroom/data"
)

// TestFindSaysWhoIsExpected, with the key by which they arrive.
func TestFindSaysWhoIsExpected(t *testing.T) {
	inBubble(t, func(s *sample) {
		s.today()
		f := s.searching()
		s.typed("ann")
		if row := f.list.Row(0); row.Lead != "○ today 10:15 Dr Osei" || row.Detail != "4 Mar 1981, 45  ·  01632 960101  ·  No. 4711" {
			t.Errorf("the first row is %+v", row)
		}
		s.wantText("Enter: open  ·  F3: arrived")
		s.press(fyne.KeyDown) // who has no appointment
		s.wantText("Enter: open")
		s.wantNoText("F3")
		s.press(fyne.KeyDown)
		s.wantText("Enter: begin a new patient")
	})
}

// TestFindHasWhoIsExpectedFirst: it is they who stand at the desk, also where more of that name are found than there is
// room for.
func TestFindHasWhoIsExpectedFirst(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.searching()
		s.typed("ann")
		if row := f.list.Row(0); row.Title != "Ann Smith" {
			t.Errorf("the first row is %+v", row)
		}
		coming := visit("", 0, data.Booked)
		coming.Patient = "annie"
		if _, err := s.practice.Ben.Desk.Book(t.Context(), coming, false); err != nil {
			t.Fatal(err)
		}
		s.press(fyne.KeyEscape)
		f.search.limit = 1
		f.Focus()
		s.typed("ann")
		if row := f.list.Row(0); row.Title != "Annie Smyth" || f.list.Len() != 2 {
			t.Errorf("the first of %d rows is %+v", f.list.Len(), row)
		}
	})
}

// TestExpectedFollowsTheDay: it is read again where appointments changed, and not with each key.
func TestExpectedFollowsTheDay(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.searching()
		asked := slowly(&f.search.expected.asks, 0)
		s.typed("ann")
		if len(*asked) != 0 {
			t.Errorf("read %d times more", len(*asked))
		}
		s.today()
		s.anna.CatchUp()
		s.typed(" ")
		if row := f.list.Row(0); row.Lead != "○ today 10:15 Dr Osei" {
			t.Errorf("the first row is %+v", row)
		}
		later := visit("", 0, data.Booked)
		later.Start, later.End = later.Start.Add(5*time.Hour), later.End.Add(5*time.Hour)
		if _, err := s.practice.Ben.Desk.Book(t.Context(), later, false); err != nil {
			t.Fatal(err)
		}
		s.anna.CatchUp()
		s.typed("s")
		if c := f.search.expected.known["ann"]; c.text != "○ today 10:15 Dr Osei  ·  ○ today 14:15 Dr Osei" || !c.canArrive {
			t.Errorf("known of Ann: %+v", c)
		}
	})
}

// TestExpectedIsReadAnew with each search, for what this window did a moment ago.
func TestExpectedIsReadAnew(t *testing.T) {
	inBubble(t, func(s *sample) {
		s.today()
		f := s.searching()
		s.typed("ann")
		for _, v := range s.practice.Visits() {
			if data.DateOf(v.Start) == tuesday {
				if _, err := s.practice.Ben.Desk.Become(t.Context(), v.Appointment, data.Arrived, ""); err != nil {
					t.Fatal(err)
				}
			}
		}
		s.press(fyne.KeyEscape)
		f.Focus()
		s.typed("ann")
		if row := f.list.Row(0); row.Lead != "● arrived, 10:15 Dr Osei" {
			t.Errorf("the first row is %+v", row)
		}
		s.wantNoText("F3")
	})
}

// TestExpectedTellsHowFar somebody is who came.
func TestExpectedTellsHowFar(t *testing.T) {
	at := func(hour int, status data.Status) data.Visit {
		v := visit("v", 0, status)
		v.Start = tuesday.At(hour*60, time.UTC)
		return data.Visit{Appointment: v}
	}
	details := few().Details
	for _, c := range []struct {
		visits []data.Visit
		want   coming
	}{
		{[]data.Visit{at(9, data.Done)}, coming{}},
		{[]data.Visit{at(9, data.Cancelled)}, coming{}},
		{[]data.Visit{at(9, data.Arrived)}, coming{"● arrived, 9:00 Dr Osei", false}},
		{[]data.Visit{at(9, data.Absent)}, coming{"× did not attend, 9:00 Dr Osei", true}},
		{[]data.Visit{at(9, data.Arrived), at(14, data.Booked)}, coming{"○ today 14:00 Dr Osei", true}},
		{[]data.Visit{at(9, data.Booked), at(14, data.With)}, coming{"○ today 9:00 Dr Osei", true}},
	} {
		var got coming
		for _, v := range c.visits {
			got = got.with(v, details)
		}
		if got != c.want {
			t.Errorf("of %v: %+v, want %+v", c.visits, got, c.want)
		}
	}
}

// TestHitMenus: the right mouse button and the menu keys let down what can be done with a row.
func TestHitMenus(t *testing.T) {
	inBubble(t, func(s *sample) {
		s.today()
		f := s.searching()
		open := func(text string, keys ...fyne.KeyName) {
			f.leaveFor(f.Focus)
			s.Settle()
			s.typed(text)
			s.press(keys...)
		}
		open("ann", desktop.KeyMenu, fyne.KeyReturn)
		s.wantWent("patient ann")
		open("ann", fyne.KeyF10, fyne.KeyDown, fyne.KeyReturn)
		s.wantWent("arrive ann", "day 24 Nov 2026")
		open("smyth", fyne.KeyF10, fyne.KeyDown, fyne.KeyReturn) // who does not come today
		s.wantWent("book annie")
		open("bo", fyne.KeyF10, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
		s.wantWent("edit bo")
		down := fyne.KeyDown
		open("bo", fyne.KeyF10, down, down, down, fyne.KeyReturn)
		s.wantWent()
		s.wantText("Bo Anderson has no appointments to come.")
		open("ann", fyne.KeyF10, down, down, down, down, fyne.KeyReturn)
		s.wantWent("print ann 3")
		open("zoe", fyne.KeyF10, fyne.KeyReturn)
		s.wantWent("new zoe")
		open("bo", fyne.KeyF10, fyne.KeyEscape)
		s.wantWent()
		s.wantHits(f, 0, "Bo Anderson", "New patient “bo”")
		f.leaveFor(func() {})

		l := NewList(s.params)
		s.show(l)
		s.typed("ann")
		s.press(fyne.KeyDown, fyne.KeyF10, fyne.KeyDown, fyne.KeyReturn)
		s.wantWent("book annie")
		s.press(fyne.KeyUp, desktop.KeyMenu, fyne.KeyDown, fyne.KeyReturn)
		s.wantWent("arrive ann", "day 24 Nov 2026")
	})
}

// TestHitMenuByMouse: a press takes the cursor from the field, and the menu is of the row under it.
func TestHitMenuByMouse(t *testing.T) {
	inBubble(t, func(s *sample) {
		s.today()
		f := s.searching()
		right := func(row int) {
			s.typed("ann")
			var rows []widgetRow
			for _, o := range test.LaidOutObjects(f.drop) {
				if row, ok := o.(widgetRow); ok {
					rows = append(rows, row)
				}
			}
			r := rows[row]
			r.MouseDown(&mouseEvent{Button: desktop.MouseButtonSecondary})
			s.window.Canvas().Unfocus() // as Fyne does at a press beside the focus
			r.MouseUp(&mouseEvent{Button: desktop.MouseButtonSecondary})
			r.TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(20, 10)})
			s.Settle()
		}
		right(1)
		s.press(fyne.KeyReturn)
		s.wantWent("patient annie")
		f.Focus()
		s.Settle()
		right(0)
		s.press(fyne.KeyDown, fyne.KeyReturn)
		s.wantWent("arrive ann", "day 24 Nov 2026")
	})
}

// widgetRow is a row of a list of results, for a mouse.
type widgetRow interface {
	fyne.SecondaryTappable
	desktop.Mouseable
}
