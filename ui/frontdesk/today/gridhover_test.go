package today

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"anteroom/data"
)

// TestBubbleTells all of an appointment once the mouse has rested on it, of the next one at once, and goes with the mouse.
func TestBubbleTells(t *testing.T) {
	r := usualDay()
	r.Appointments[1].Note = "Bring the letter"
	onPage(t, r, func(s *sample) {
		m, bubble := s.mouse(), s.page.grid.bubble
		m.rest(m.over(0, 9*60+20))
		if bubble.isShown() {
			t.Error("it tells before the mouse has rested")
		}
		s.pass(bubbleAfter)
		if !bubble.isShown() || bubble.name.Text() != "Stefan Novak" || bubble.alert.Text() != "Penicillin allergy" || bubble.note.Text() != "Bring the letter" {
			t.Errorf("visible: %v, %q, %q, %q", bubble.isShown(), bubble.name.Text(), bubble.alert.Text(), bubble.note.Text())
		}
		if got := bubble.when.Text(); got != "9:15–9:30 · 15 min · Dr Osei" {
			t.Error(got)
		}
		box := s.page.grid.scroll.Position().X + s.page.grid.x(1)
		if left := bubble.surface.Position().X; left < box-2*gap || bubble.surface.Size().Width < 100 || bubble.surface.Size().Height < 60 {
			t.Errorf("it lies at %v, %v large, over its appointment that ends at %v", bubble.surface.Position(), bubble.surface.Size(), box)
		}
		m.rest(m.over(0, 10*60+10))
		if !bubble.isShown() || bubble.name.Text() != "Ivo Tandy" {
			t.Errorf("of the next one it tells %q", bubble.name.Text())
		}
		m.rest(m.over(0, 15*60))
		if bubble.isShown() {
			t.Error("it tells of a free time")
		}
		m.rest(m.over(0, 10*60+10))
		s.page.grid.body.MouseOut()
		s.pass(2 * bubbleAfter)
		if bubble.isShown() {
			t.Error("it tells although the mouse has left")
		}
	})
}

// TestBubbleOfTheKeys: the appointment that a key leads to is told of.
func TestBubbleOfTheKeys(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("a")
		s.press(fyne.KeyDown)
		s.pass(bubbleAfter)
		if b := s.page.grid.bubble; !b.isShown() || b.name.Text() != "Stefan Novak" || b.keys.Text() == "" {
			t.Errorf("visible: %v, %q", b.isShown(), b.name.Text())
		}
		s.press(fyne.KeyDown, fyne.KeyDown) // a free time
		s.pass(bubbleAfter)
		if s.page.grid.bubble.isShown() {
			t.Error("it tells of a free time")
		}
	})
}

// TestBubbleNamesNoKeysOfAnother: the keys act on the appointment that the cursor is at, wherever the mouse is.
func TestBubbleNamesNoKeysOfAnother(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		m, b := s.mouse(), s.page.grid.bubble
		m.rest(m.over(0, 10*60+10))
		s.pass(bubbleAfter)
		if b.name.Text() != "Ivo Tandy" || b.keys.Text() != "" || b.keys.Visible() {
			t.Errorf("of %s it says %q, which would be done to Lucy Marsh", b.name.Text(), b.keys.Text())
		}
		m.rest(m.over(0, 9*60+35))
		if b.name.Text() != "Lucy Marsh" || b.keys.Text() == "" {
			t.Errorf("of %s it says %q", b.name.Text(), b.keys.Text())
		}
	})
}

// TestFreeTimeIsLit under the mouse, with its time, and no other.
func TestFreeTimeIsLit(t *testing.T) {
	onTuesday(t, func(s *sample) {
		m, h := s.mouse(), s.page.grid.body.hover
		m.rest(m.over(1, 15*60+20))
		if !h.face.Visible() || h.time.Text != "15:15" {
			t.Errorf("lit: %v, %q", h.face.Visible(), h.time.Text)
		}
		m.rest(m.over(0, 9*60+20))
		if h.face.Visible() || h.time.Visible() {
			t.Error("a time stays lit while the mouse is on an appointment")
		}
	})
}

// TestEndIsDragged makes an appointment longer by the mouse, and one that has come no more.
func TestEndIsDragged(t *testing.T) {
	onTuesday(t, func(s *sample) {
		m, g := s.mouse(), s.page.grid
		end := m.over(0, 10*60+30)
		end.Y -= 6 // over is a little below
		m.rest(end)
		if got := g.body.Cursor(); got != desktop.VResizeCursor {
			t.Errorf("at the end the pointer is %v", got)
		}
		m.down(end)
		end.X += g.x(1) // whatever column the mouse is over by then
		end.Y += 30 * g.minute
		m.to(end)
		s.wantLine("Moving Ivo Tandy · 10:00–11:00 · 60 min · Dr Osei")
		m.up()
		s.wantWritten("g osei 24 Nov 10:00 60")

		m.rest(m.over(0, 10*60+30))
		if got := g.body.Cursor(); got != desktop.DefaultCursor {
			t.Errorf("in the middle the pointer is %v", got)
		}
		v, _ := s.page.day.visit("b")
		if v.Status != data.Arrived {
			t.Fatal(v.Status)
		}
	})
}

// TestHoverFollowsTheDay: what others change, or another day, is not told of as it was.
func TestHoverFollowsTheDay(t *testing.T) {
	onTuesday(t, func(s *sample) {
		m, h, bubble := s.mouse(), s.page.grid.body.hover, s.page.grid.bubble
		again := func() {
			s.page.Refresh()
			s.Settle()
		}
		m.rest(m.over(0, 10*60+10))
		s.pass(bubbleAfter)
		s.benSets("g", data.Arrived)
		again()
		if got := bubble.state.Text(); !bubble.isShown() || !strings.Contains(got, "arrived") {
			t.Errorf("visible: %v, %q", bubble.isShown(), got)
		}
		s.page.day.goDays(1)
		s.Settle()
		if bubble.isShown() {
			t.Error("it tells of another day's appointment")
		}
		s.page.day.goDays(-1)
		s.Settle()

		m.rest(m.over(1, 15*60+20))
		s.benBooks(4, "lind", 15*60+15, 15)
		again()
		if h.face.Visible() || h.time.Visible() {
			t.Error("a time that is taken stays lit")
		}

		s.to("c")
		s.press(fyne.KeyUp, fyne.KeyDown)
		s.pass(bubbleAfter)
		if !bubble.isShown() {
			t.Fatal("it does not tell of what a key led to")
		}
		s.typed("m")
		if bubble.isShown() {
			t.Error("it covers the day that an appointment is moved in")
		}
	})
}

// TestEndThatStays: the mouse takes none at its end that the day shows only a part of, and a mouse that goes sideways
// makes none longer.
func TestEndThatStays(t *testing.T) {
	overnight := visitOf("x", "osei", 4, 23*60, 120, data.Booked, 0)
	odd := visitOf("y", "osei", 2, 15*60, 33, data.Booked, 0)
	onPage(t, usualDayAnd(overnight, odd), func(s *sample) {
		m, g := s.mouse(), s.page.grid
		atEnd := func(id string) fyne.Position {
			t.Helper()
			for _, b := range g.view.Columns[0].Boxes {
				if b.ID == id {
					at, size := g.boxPlace(0, b)
					return at.AddXY(20, size.Height-2).Subtract(g.scroll.Offset)
				}
			}
			t.Fatalf("%s is not in the day", id)
			return fyne.Position{}
		}
		for range 2 {
			m.rest(atEnd("x"))
			if got := g.body.Cursor(); got != desktop.DefaultCursor {
				t.Errorf("on %v at the end of what goes on after midnight the pointer is %v", s.page.day.date, got)
			}
			s.page.day.goDays(1)
			s.Settle()
		}
		s.page.day.goToday()
		s.Settle()
		s.to("y")
		end := atEnd("y")
		m.down(end)
		m.to(end.AddXY(30, 1))
		s.wantLine("Moving Lucy Marsh · 15:00–15:33 · 33 min · Dr Osei")
		m.up()
		s.wantWritten()
	})
}

// TestEndIsDraggedOver the hours of the practitioner: it asks; of what began already it does not ask whether that is past.
func TestEndIsDraggedOver(t *testing.T) {
	onPage(t, usualDayAnd(visitOf("x", "roy", 4, 9*60, 30, data.Booked, 0), visitOf("y", "lind", 2, 16*60+30, 30, data.Booked, 0)), func(s *sample) {
		s.saveDetails(func(d *data.Details) { d.Practitioners[2].Away = nil })
		s.page.Refresh()
		s.Settle()
		drag := func(column, end, to int) {
			m, g := s.mouse(), s.page.grid
			s.scrollTo(g.y(end) - 100)
			at := m.over(column, end)
			at.Y -= 6
			m.down(at)
			m.to(at.AddXY(0, float32(to-end)*g.minute))
			m.up()
		}
		drag(2, 9*60+30, 9*60+45)
		s.wantWritten("x roy 24 Nov 09:00 45")
		drag(1, 17*60, 17*60+15)
		s.wantDialog("Make it longer?", "Lucy Marsh would be at Tue 24 Nov 2026, 16:30–17:15 with Dr Lind.", "The practice is closed then.")
		s.press(fyne.KeyTab, fyne.KeyReturn)
		s.wantWritten("y lind 24 Nov 16:30 45")
		drag(1, 17*60+15, 17*60+5)
		s.wantWritten("y lind 24 Nov 16:30 35")
	})
}
