package today

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/looks"
)

// hand is a mouse over the day, which a window tells of as Fyne does: a press, what
// it drags, and its end, with a click where it did not move.
type hand struct {
	*sample
	at    fyne.Position // of what is in sight
	moved bool
}

func (s *sample) hand() *hand { return &hand{sample: s} }

// over is a place a little below a minute in a column, of what is in sight.
func (h *hand) over(column, minute int) fyne.Position {
	g := h.page.grid
	return fyne.NewPos(g.x(column)+20, g.y(minute)+3).Subtract(g.scroll.Offset)
}

func (h *hand) onSheet() fyne.PointEvent {
	return fyne.PointEvent{Position: h.at.Add(h.page.grid.scroll.Offset)}
}

func (h *hand) down(at fyne.Position) {
	h.at, h.moved = at, false
	h.mouseDown(h.page.grid.sheet, h.onSheet().Position)
}

func (h *hand) to(at fyne.Position) {
	h.at, h.moved = at, true
	h.page.grid.sheet.Dragged(&fyne.DragEvent{PointEvent: h.onSheet()})
	h.Settle()
}

func (h *hand) up() {
	event := h.onSheet()
	sheet := h.page.grid.sheet
	sheet.MouseUp(&desktop.MouseEvent{PointEvent: event})
	if h.moved {
		sheet.DragEnd()
	} else {
		sheet.Tapped(&event)
	}
	h.Settle()
}

// wait lets time go by in small steps: the scrolling goes on by itself.
func (h *hand) wait(d time.Duration) {
	for ; d > 0; d -= 5 * time.Millisecond {
		time.Sleep(5 * time.Millisecond) // of the bubble's time
		h.Settle()
	}
}

func (h *hand) click(at fyne.Position) {
	h.down(at)
	h.up()
}

// scrollTo scrolls the day so far down.
func (s *sample) scrollTo(y float32) { s.page.grid.scrollTo(fyne.NewPos(0, y)) }

func (s *sample) wantOffset(want fyne.Position) {
	s.t.Helper()
	if got := s.page.grid.scroll.Offset; got != want {
		s.t.Errorf("the day is scrolled to %v, want %v", got, want)
	}
}

func (s *sample) wantDialog(title string, texts ...string) {
	s.t.Helper()
	d := s.dialog()
	if d == nil {
		s.t.Fatalf("no dialog, but %q", s.message())
	}
	got := strings.Join(textsIn(d), "\n")
	for _, text := range append(texts, title) {
		if !strings.Contains(got, text) {
			s.t.Errorf("the dialog says %q, not %q", got, text)
		}
	}
}

// textsIn are the texts of what is laid out in an object.
func textsIn(o fyne.CanvasObject) (all []string) {
	for _, o := range test.LaidOutObjects(o) {
		if text, ok := o.(interface{ Text() string }); ok {
			all = append(all, text.Text())
		}
	}
	return all
}

func TestMouse(t *testing.T) {
	onTuesday(t, func(s *sample) {
		h := s.hand()
		s.press(fyne.KeyTab)
		h.down(h.over(0, 10*60+10))
		s.wantFocus(s.page.grid.sheet)
		s.wantLine("10:00–10:30 · Ivo Tandy · booked · Check-up")
		h.to(h.over(1, 11*60+10))
		s.wantLine("Moving Ivo Tandy · 11:00–11:30 · 30 min · Dr Lind")
		g := s.page.grid.sheet.ghost
		if g.when.Text != "11:00–11:30 · 30 min" || g.with.Text != "Dr Lind" || g.who.Text != "Ivo Tandy" {
			t.Errorf("the ghost says %q, %q, %q", g.when.Text, g.with.Text, g.who.Text)
		}
		h.up()
		s.wantWritten("g lind 24 Nov 11:00 30")
		h.click(h.over(0, 15*60+20))
		s.wantLine("15:15 · free · Dr Osei")
		h.click(h.over(0, 15*60+20))
		if s.dialog() == nil || s.page.dialogs.booking.form.Start != "15:15" {
			t.Error("a double click does not book")
		}
	})
}

// TestSidewaysNearTheEdge: an appointment that goes straight sideways keeps its
// time, to the minute, and the day does not scroll away under it.
func TestSidewaysNearTheEdge(t *testing.T) {
	onPage(t, usualDayAnd(visitOf("x", "osei", 4, 13*60+32, 15, data.Booked, 0)), func(s *sample) {
		grid, h := s.page.grid, s.hand()
		s.scrollTo(grid.y(13*60+37) - grid.scroll.Size().Height + 8)
		offset := grid.scroll.Offset
		at := h.over(0, 13*60+35)
		if below := grid.scroll.Size().Height - at.Y; below <= 0 || below > scrollEdge {
			t.Fatalf("%v above the lower end", below)
		}
		h.down(at)
		for range 50 { // two seconds along the lower end
			at.X += (grid.x(1) - grid.x(0)) / 50
			h.to(at)
			s.pass(40 * time.Millisecond)
		}
		s.wantLine("Moving Rosa Quill · 13:32–13:47 · 15 min · Dr Lind")
		h.up()
		s.wantWritten("x lind 24 Nov 13:32 15")
		s.wantOffset(offset)
	})
}

// TestRestAtTheEdge: the day scrolls once the mouse rests near the end of what is
// in sight, slowly, as long as it stays there. What the ghost says is what is done.
func TestRestAtTheEdge(t *testing.T) {
	onTuesday(t, func(s *sample) {
		grid, h := s.page.grid, s.hand()
		s.scrollTo(0)
		h.down(h.over(0, 10*60+10))
		at := h.over(0, 10*60+10)
		at.Y = grid.scroll.Size().Height - scrollEdge - 1
		h.to(at)
		s.pass(time.Second)
		s.wantOffset(fyne.Position{})
		at.Y += 2
		h.to(at)
		h.wait(edgeRest - 10*time.Millisecond)
		s.wantOffset(fyne.Position{})
		said := s.line()
		h.wait(time.Second)
		if scrolled := grid.scroll.Offset.Y; scrolled < 40 || scrolled > 120 {
			t.Errorf("it scrolled by %v in a second", scrolled)
		}
		if s.line() == said {
			t.Errorf("the ghost stays at %q", said)
		}
		at.Y -= 3
		h.to(at)
		offset := grid.scroll.Offset
		h.wait(time.Second)
		s.wantOffset(offset)
		shown := grid.sheet.ghost.when.Text
		h.up()
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
		h := s.hand()
		h.down(h.over(0, 10*60+10))
		at := h.over(1, 11*60)
		at.Y = s.page.grid.scroll.Size().Height - 5
		h.to(at)
		s.press(fyne.KeyEscape)
		s.wantLine("10:00–10:30 · Ivo Tandy · booked · Check-up")
		offset := s.page.grid.scroll.Offset
		s.pass(2 * time.Second)
		s.wantOffset(offset)
		h.to(h.over(1, 12*60))
		s.wantLine("10:00–10:30 · Ivo Tandy · booked · Check-up")
		s.typed("m") // carried by keys: the mouse has no part in it
		h.to(h.over(1, 13*60))
		h.up()
		s.wantLine("Moving Ivo Tandy · 10:00–10:30 · 30 min · Dr Osei")
		s.wantWritten()
	})
}

// TestDropNowhere: let go outside the day, or with another button pressed, under
// a dialog, or on a locked window, nothing is dropped.
func TestDropNowhere(t *testing.T) {
	where := map[string]func(*hand){
		"outside": func(h *hand) { h.to(fyne.NewPos(400, -10)) },
		"below":   func(h *hand) { h.to(fyne.NewPos(100, h.page.grid.scroll.Size().Height+1)) },
		"another button": func(h *hand) {
			h.page.grid.sheet.MouseDown(&desktop.MouseEvent{PointEvent: h.onSheet(), Button: desktop.MouseButtonSecondary})
		},
		"a dialog": func(h *hand) { h.page.openDate() },
		"locked":   func(h *hand) { h.window.Canvas().Unfocus() },
	}
	for name, leave := range where {
		t.Run(name, func(t *testing.T) {
			onTuesday(t, func(s *sample) {
				h := s.hand()
				h.down(h.over(0, 10*60+10))
				h.to(h.over(1, 11*60+10))
				leave(h)
				if g := s.page.grid.sheet.ghost; g.frame.Visible() && name != "a dialog" {
					t.Error("a ghost is shown")
				}
				h.up()
				s.wantWritten()
				if s.page.day.moving != nil {
					t.Error("it is still carried")
				}
			})
		})
	}
}

// TestSmallMoves: a press that moves less than 6 px is a click, and two of them a
// double click.
func TestSmallMoves(t *testing.T) {
	onTuesday(t, func(s *sample) {
		h := s.hand()
		at := h.over(0, 10*60+10)
		for range 2 {
			h.down(at)
			h.to(at.AddXY(3, 4))
			s.wantLine("10:00–10:30 · Ivo Tandy · booked · Check-up")
			h.up()
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
				h := s.hand()
				drop := func() {
					s.scrollTo(s.page.grid.y(10*60) - 40)
					h.down(h.over(0, 10*60))
					s.scrollTo(s.page.grid.y(c.minute) - 40) // by the wheel
					h.to(h.over(c.column, c.minute).AddXY(8, 0))
					h.up()
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

// TestCarryByKeysAsksToo, and No leaves it in hand.
func TestCarryByKeysAsksToo(t *testing.T) {
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
		h := s.hand()
		h.down(h.over(0, 10*60))
		s.scrollTo(s.page.grid.y(16 * 60)) // by the wheel
		h.to(h.over(1, 17*60+15))
		h.up()
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
				h := s.hand()
				h.down(h.over(0, 10*60+10))
				h.to(h.over(1, 11*60+10))
				shown := s.line()
				change(s, id)
				s.page.Refresh()
				s.pass(time.Minute)
				if name == "nothing" {
					s.wantLine(shown)
					h.up()
					s.wantWritten(id + " lind 24 Nov 11:00 30")
					return
				}
				s.wantMessage("Somebody else changed the appointment of Ivo Tandy meanwhile, so nothing was done. It is shown as it is now.")
				h.to(h.over(1, 12*60))
				h.up()
				s.wantWritten()
			})
		})
	}
}

// TestDayGrowsWhileDragging: where the day begins earlier all at once, what is in
// sight stays where it is.
func TestDayGrowsWhileDragging(t *testing.T) {
	onTuesday(t, func(s *sample) {
		h := s.hand()
		s.scrollTo(60)
		h.down(h.over(0, 10*60+10))
		h.to(h.over(1, 11*60+10))
		at := h.over(1, 11*60+10)
		s.benBooks(0, "osei", 6*60, 15)
		s.page.Refresh()
		s.Settle()
		if now := h.over(1, 11*60+10); now != at {
			t.Errorf("11:10 is at %v, then at %v", at, now)
		}
		h.to(at.AddXY(1, 0))
		s.wantLine("Moving Ivo Tandy · 11:00–11:30 · 30 min · Dr Lind")
	})
}

// TestDragOfOneThatIsOver says why not, once.
func TestDragOfOneThatIsOver(t *testing.T) {
	onTuesday(t, func(s *sample) {
		h := s.hand()
		h.down(h.over(0, 9*60+2))
		h.to(h.over(1, 11*60))
		s.wantMessage("This can't be done with the appointment as it is now.")
		h.to(h.over(1, 12*60))
		h.up()
		s.wantWritten()
		h.down(h.over(0, 9*60+20)) // who has arrived moves
		h.to(h.over(1, 11*60+5))
		h.up()
		s.wantWritten("b lind 24 Nov 11:00 15")
	})
}

// TestClickNeverScrolls, not even where the appointment is half out of sight; an
// arrow key does.
func TestClickNeverScrolls(t *testing.T) {
	onTuesday(t, func(s *sample) {
		grid, h := s.page.grid, s.hand()
		s.scrollTo(grid.y(10*60 + 20))
		offset := grid.scroll.Offset
		at := h.over(0, 10*60+21)
		h.click(at)
		s.wantLine("10:00–10:30 · Ivo Tandy · booked · Check-up")
		s.wantOffset(offset)
		h.click(at)
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
		h := s.hand()
		h.click(h.over(0, 9*60+20))
		h.click(h.over(0, 9*60+35))
		h.pass(time.Second)
		at := h.over(0, 10*60+10)
		h.click(at)
		s.benMoves("g", "lind", 10*60)
		other := s.benBooks(4, "osei", 10*60, 30)
		s.page.Refresh()
		s.Settle()
		h.click(at)
		s.wantLine("10:00–10:30 · Rosa Quill · booked · Consultation")
		h.pass(time.Second)
		h.click(at)
		h.down(at)
		s.benSets(other, data.Cancelled)
		s.page.Refresh()
		s.Settle()
		h.up()
		h.pass(time.Second)
		h.click(h.over(1, 14*60)) // two clicks, but slow
		h.pass(time.Second)
		h.click(h.over(1, 14*60))
		if s.dialog() != nil {
			t.Error("it opens")
		}
	})
}
