package today

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/looks"
)

func TestMouse(t *testing.T) {
	onTuesday(t, func(s *sample) {
		m := s.mouse()
		s.press(fyne.KeyTab)
		m.down(m.over(0, 10*60+10))
		s.wantFocus(s.page.grid.body)
		s.wantLine("10:00–10:30 · Ivo Tandy · booked · Check-up")
		m.to(m.over(1, 11*60+10))
		s.wantLine("Moving Ivo Tandy · 11:00–11:30 · 30 min · Dr Lind")
		g := s.page.grid.body.ghost
		if g.when.Text != "11:00–11:30 · 30 min" || g.with.Text != "Dr Lind" || g.who.Text != "Ivo Tandy" {
			t.Errorf("the ghost says %q, %q, %q", g.when.Text, g.with.Text, g.who.Text)
		}
		m.up()
		s.wantWritten("g lind 24 Nov 11:00 30")
		m.click(m.over(0, 15*60+20))
		s.wantLine("15:15 · free · Dr Osei")
		m.click(m.over(0, 15*60+20))
		if s.dialog() == nil || s.page.booking.form.Start != "15:15" {
			t.Error("a double click does not book")
		}
	})
}

// TestSidewaysNearTheEdge: an appointment that goes straight sideways keeps its
// time, to the minute, and the day does not scroll away under it.
func TestSidewaysNearTheEdge(t *testing.T) {
	onPage(t, usualDayAnd(visitOf("x", "osei", 4, 13*60+32, 15, data.Booked, 0)), func(s *sample) {
		s.window.Resize(fyne.NewSize(1024, 460))
		grid, m := s.page.grid, s.mouse()
		s.scrollTo(grid.y(13*60+37) - grid.scroll.Size().Height + 8)
		offset := grid.scroll.Offset
		at := m.over(0, 13*60+35)
		if below := grid.scroll.Size().Height - at.Y; below <= 0 || below > scrollEdge {
			t.Fatalf("%v above the lower end", below)
		}
		m.down(at)
		for range 50 { // two seconds along the lower end
			at.X += (grid.x(1) - grid.x(0)) / 50
			m.to(at)
			s.pass(40 * time.Millisecond)
		}
		s.wantLine("Moving Rosa Quill · 13:32–13:47 · 15 min · Dr Lind")
		m.up()
		s.wantWritten("x lind 24 Nov 13:32 15")
		s.wantOffset(offset)
	})
}

// TestRestAtTheEdge: the day scrolls once the mouse rests near the end of what is
// in sight, slowly, as long as it stays there. What the ghost says is what is done.
func TestRestAtTheEdge(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.window.Resize(fyne.NewSize(1024, 500))
		grid, m := s.page.grid, s.mouse()
		s.scrollTo(0)
		m.down(m.over(0, 10*60+10))
		at := m.over(0, 10*60+10)
		at.Y = grid.scroll.Size().Height - scrollEdge - 1
		m.to(at)
		s.pass(time.Second)
		s.wantOffset(fyne.Position{})
		at.Y += 2
		m.to(at)
		m.wait(edgeRest - 10*time.Millisecond)
		s.wantOffset(fyne.Position{})
		said := s.line()
		m.wait(time.Second)
		if scrolled := grid.scroll.Offset.Y; scrolled < 40 || scrolled > 120 {
			t.Errorf("it scrolled by %v in a second", scrolled)
		}
		if s.line() == said {
			t.Errorf("the ghost stays at %q", said)
		}
		at.Y -= 3
		m.to(at)
		offset := grid.scroll.Offset
		m.wait(time.Second)
		s.wantOffset(offset)
		shown := grid.body.ghost.when.Text
		m.up()
		from, to, _ := strings.Cut(strings.TrimSuffix(shown, " · 30 min"), "–")
		s.wantDialog("Move it there?", from+"–"+to, "The practice is closed then.") // at noon
		s.press(fyne.KeyTab, fyne.KeyReturn)
		s.wantWritten("g osei 24 Nov " + from + " 30")
		s.wantOffset(offset)
	})
}

// TestEscWhileDragging drops nothing, whatever the mouse does after it, and ends
// the scrolling.
func TestEscWhileDragging(t *testing.T) {
	onTuesday(t, func(s *sample) {
		m := s.mouse()
		m.down(m.over(0, 10*60+10))
		at := m.over(1, 11*60)
		at.Y = s.page.grid.scroll.Size().Height - 5
		m.to(at)
		s.press(fyne.KeyEscape)
		s.wantLine("10:00–10:30 · Ivo Tandy · booked · Check-up")
		offset := s.page.grid.scroll.Offset
		s.pass(2 * time.Second)
		s.wantOffset(offset)
		m.to(m.over(1, 12*60))
		s.wantLine("10:00–10:30 · Ivo Tandy · booked · Check-up")
		s.typed("m") // moved by keys: the mouse has no part in it
		m.to(m.over(1, 13*60))
		m.up()
		s.wantLine("Moving Ivo Tandy · 10:00–10:30 · 30 min · Dr Osei")
		s.wantWritten()
	})
}

// TestDropNowhere: let go outside the day, or with another button pressed, under
// a dialog, or on a locked window, nothing is dropped.
func TestDropNowhere(t *testing.T) {
	where := map[string]func(*mouse){
		"outside": func(m *mouse) { m.to(fyne.NewPos(400, -10)) },
		"below":   func(m *mouse) { m.to(fyne.NewPos(100, m.page.grid.scroll.Size().Height+1)) },
		"another button": func(m *mouse) {
			m.page.grid.body.MouseDown(&desktop.MouseEvent{PointEvent: m.onSheet(), Button: desktop.MouseButtonSecondary})
		},
		"a dialog": func(m *mouse) { m.page.openDate() },
		"locked":   func(m *mouse) { m.window.Canvas().Unfocus() },
	}
	for name, leave := range where {
		t.Run(name, func(t *testing.T) {
			onTuesday(t, func(s *sample) {
				m := s.mouse()
				m.down(m.over(0, 10*60+10))
				m.to(m.over(1, 11*60+10))
				leave(m)
				if g := s.page.grid.body.ghost; g.frame.Visible() && name != "a dialog" {
					t.Error("a ghost is shown")
				}
				m.up()
				s.wantWritten()
				if s.page.day.moving != nil {
					t.Error("it is still moved")
				}
			})
		})
	}
}

// TestSmallMoves: a press that moves less than 6 px is a click, and two of them a
// double click.
func TestSmallMoves(t *testing.T) {
	onTuesday(t, func(s *sample) {
		m := s.mouse()
		at := m.over(0, 10*60+10)
		for range 2 {
			m.down(at)
			m.to(at.AddXY(3, 4))
			s.wantLine("10:00–10:30 · Ivo Tandy · booked · Check-up")
			m.up()
		}
		s.wantWritten()
		if s.dialog() == nil {
			t.Error("it does not open")
		}
	})
}

// TestDropAsks before anything but a free time to come, in working hours, once for
// all reasons; a yes does what the ghost showed.
func TestDropAsks(t *testing.T) {
	for _, c := range []struct {
		name           string
		column, minute int
		says           []string
		yes            string
	}{
		{"past", 1, 8*60 + 30, []string{"This time is past.", "The practice is closed then."}, "g lind 24 Nov 08:30 30"},
		{"closed", 1, 17*60 + 15, []string{"Ivo Tandy would be at Tue 24 Nov 2026, 17:15–17:45 with Dr Lind.", "The practice is closed then."}, "g lind 24 Nov 17:15 30"},
		{"away", 2, 10 * 60, []string{"Nurse Roy is away that day."}, "g roy 24 Nov 10:00 30"},
		{"past, over somebody", 0, 9 * 60, []string{"This time is past.", "Dr Osei has another appointment then: Maya Okafor, 9:00–9:15; Stefan Novak, 9:15–9:30."}, "g osei 24 Nov 09:00 30"},
	} {
		t.Run(c.name, func(t *testing.T) {
			onTuesday(t, func(s *sample) {
				m := s.mouse()
				drop := func() {
					s.scrollTo(s.page.grid.y(10*60) - 40)
					m.down(m.over(0, 10*60))
					s.scrollTo(s.page.grid.y(c.minute) - 40) // by the wheel
					m.to(m.over(c.column, c.minute).AddXY(8, 0))
					m.up()
				}
				drop()
				s.wantDialog("Move it there?", c.says...)
				s.wantWritten()
				s.press(fyne.KeyReturn) // an Enter too many
				s.wantWritten()
				s.wantLine("10:00–10:30 · Ivo Tandy · booked · Check-up")
				drop()
				s.press(fyne.KeyTab, fyne.KeyReturn)
				s.wantWritten(c.yes)
			})
		})
	}
}

// TestMoveByKeysAsksToo, and No leaves it where it is.
func TestMoveByKeysAsksToo(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.typed("m")
		for range 6 {
			s.press(fyne.KeyUp)
		}
		s.press(fyne.KeyReturn)
		s.wantDialog("Move it there?", "This time is past.", "Maya Okafor")
		s.press(fyne.KeyEscape)
		s.wantLine("Moving Lucy Marsh · 9:00–9:15 · 15 min · Dr Osei")
		s.wantWritten()
	})
}

// TestYesToMoreThanWasAsked: who came to be there since the question is asked about.
func TestYesToMoreThanWasAsked(t *testing.T) {
	onTuesday(t, func(s *sample) {
		m := s.mouse()
		m.down(m.over(0, 10*60))
		s.scrollTo(s.page.grid.y(16 * 60)) // by the wheel
		m.to(m.over(1, 17*60+15))
		m.up()
		s.wantDialog("Move it there?", "The practice is closed then.")
		s.benBooks(4, "lind", 17*60+15, 15)
		s.page.Refresh()
		s.Settle()
		s.press(fyne.KeyTab, fyne.KeyReturn)
		s.wantWritten()
		s.wantDialog("Move it there?", "The practice is closed then.", "Rosa Quill")
	})
}

// TestChangedWhileDragging: what somebody else moved, ended or removed meanwhile
// is not dropped; a mere refresh changes nothing.
func TestChangedWhileDragging(t *testing.T) {
	for name, change := range map[string]func(s *sample, id string){
		"nothing": func(*sample, string) {},
		"moved":   func(s *sample, id string) { s.benMoves(id, "osei", 11*60) },
		"ended":   func(s *sample, id string) { s.benSets(id, data.Cancelled) },
		"removed": func(s *sample, _ string) {
			s.meanwhile(func(d *desk.Desk) (data.Appointment, error) {
				u, err := d.Undo(s.t.Context(), 0)
				return u.Visit.Appointment, err
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := usualDay()
			r.Appointments = slices.Delete(r.Appointments, 6, 7)
			inPractice(t, r, looks.New(looks.Light, 1), func(s *sample) {
				id := s.benBooks(5, "osei", 10*60, 30)
				s.open(true)
				m := s.mouse()
				m.down(m.over(0, 10*60+10))
				m.to(m.over(1, 11*60+10))
				shown := s.line()
				change(s, id)
				s.page.Refresh()
				s.pass(time.Minute)
				if name == "nothing" {
					s.wantLine(shown)
					m.up()
					s.wantWritten(id + " lind 24 Nov 11:00 30")
					return
				}
				s.wantMessage("Somebody else changed the appointment of Ivo Tandy meanwhile, so nothing was done. It is shown as it is now.")
				m.to(m.over(1, 12*60))
				m.up()
				s.wantWritten()
			})
		})
	}
}

// TestDayGrowsWhileDragging: where the day begins earlier all at once, what is in
// sight stays where it is.
func TestDayGrowsWhileDragging(t *testing.T) {
	onTuesday(t, func(s *sample) {
		m := s.mouse()
		s.scrollTo(60)
		m.down(m.over(0, 10*60+10))
		m.to(m.over(1, 11*60+10))
		at := m.over(1, 11*60+10)
		s.benBooks(0, "osei", 6*60, 15)
		s.page.Refresh()
		s.Settle()
		if now := m.over(1, 11*60+10); now != at {
			t.Errorf("11:10 is at %v, then at %v", at, now)
		}
		m.to(at.AddXY(1, 0))
		s.wantLine("Moving Ivo Tandy · 11:00–11:30 · 30 min · Dr Lind")
	})
}

// TestDragOfOneThatIsOver says why not, once.
func TestDragOfOneThatIsOver(t *testing.T) {
	onTuesday(t, func(s *sample) {
		m := s.mouse()
		m.down(m.over(0, 9*60+2))
		m.to(m.over(1, 11*60))
		s.wantMessage("This can't be done with the appointment as it is now.")
		m.to(m.over(1, 12*60))
		m.up()
		s.wantWritten()
		m.down(m.over(0, 9*60+20)) // who has arrived moves
		m.to(m.over(1, 11*60+5))
		m.up()
		s.wantWritten("b lind 24 Nov 11:00 15")
	})
}

// TestClickNeverScrolls, not even where the appointment is half out of sight; an
// arrow key does.
func TestClickNeverScrolls(t *testing.T) {
	onTuesday(t, func(s *sample) {
		grid, m := s.page.grid, s.mouse()
		s.scrollTo(grid.y(10*60 + 20))
		offset := grid.scroll.Offset
		at := m.over(0, 10*60+21)
		m.click(at)
		s.wantLine("10:00–10:30 · Ivo Tandy · booked · Check-up")
		s.wantOffset(offset)
		m.click(at)
		if s.dialog() == nil {
			t.Fatal("a double click does not open it")
		}
		s.press(fyne.KeyEscape)
		s.wantOffset(offset)
		s.press(fyne.KeyUp)
		if grid.scroll.Offset.Y >= offset.Y {
			t.Error("a key does not scroll")
		}
	})
}

// TestDoubleClickOnTwo opens neither: not where two places were clicked, not where
// another appointment came under the mouse, not where it is gone by the second.
func TestDoubleClickOnTwo(t *testing.T) {
	onTuesday(t, func(s *sample) {
		m := s.mouse()
		m.click(m.over(0, 9*60+20))
		m.click(m.over(0, 9*60+35))
		m.pass(time.Second)
		at := m.over(0, 10*60+10)
		m.click(at)
		s.benMoves("g", "lind", 10*60)
		other := s.benBooks(4, "osei", 10*60, 30)
		s.page.Refresh()
		s.Settle()
		m.click(at)
		s.wantLine("10:00–10:30 · Rosa Quill · booked · Consultation")
		m.pass(time.Second)
		m.click(at)
		m.down(at)
		s.benSets(other, data.Cancelled)
		s.page.Refresh()
		s.Settle()
		m.up()
		m.pass(time.Second)
		m.click(m.over(1, 14*60)) // two clicks, but slow
		m.pass(time.Second)
		m.click(m.over(1, 14*60))
		if s.dialog() != nil {
			t.Error("it opens")
		}
	})
}
