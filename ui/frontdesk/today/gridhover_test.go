package today

import (
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
