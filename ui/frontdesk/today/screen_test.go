package today

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"anteroom/ui/looks"
	"anteroom/ui/widgets"
)

// TestOpensOnNow has now in the upper third of what is in sight, for what is still to come.
func TestOpensOnNow(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.window.Resize(fyne.NewSize(1024, 500))
		s.pass(4 * time.Hour)
		s.press(fyne.KeyHome)
		g := s.page.grid
		if at := (g.y(g.now) - g.scroll.Offset.Y) / g.scroll.Size().Height; at < 0.3 || at > 0.36 {
			t.Errorf("now is at %v of the height", at)
		}
		s.open(true) // by somebody who comes in now
		g = s.page.grid
		if at := (g.y(g.now) - g.scroll.Offset.Y) / g.scroll.Size().Height; at < 0.3 || at > 0.36 {
			t.Errorf("opened, now is at %v of the height", at)
		}
	})
}

// TestHoursOfADay: large text in the least window leaves three hours in sight, and a high window has larger hours.
func TestHoursOfADay(t *testing.T) {
	hours := func(s *sample) float32 { return s.page.grid.scroll.Size().Height / s.page.grid.minute / 60 }
	onPageIn(t, usualDay(), looks.New(looks.Light, 2), func(s *sample) {
		s.window.Resize(fyne.NewSize(1024, 700-2*27)) // without the menu
		if got := hours(s); got < leastHours {
			t.Errorf("at 200 %% there are %v hours", got)
		}
	})
	onTuesday(t, func(s *sample) {
		usual := s.page.grid.minute
		s.window.Resize(fyne.NewSize(1920, 1050))
		if got := s.page.grid.minute; got <= usual || hours(s) < hoursInSight-0.1 {
			t.Errorf("a minute is %v high in a low window and %v in a high one, of %v hours", usual, got, hours(s))
		}
	})
}

// TestDayHasTheRoom: in the commonest window, without a demo's line, the hours have 600 pixels.
func TestDayHasTheRoom(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.window.Resize(fyne.NewSize(1366, 748-31-8)) // without the menu; the bar of the front desk has a little air
		if got := s.page.grid.scroll.Size().Height; got < 600 {
			t.Errorf("the day has %v pixels", got)
		}
	})
}

// TestSendIn by the mouse, and take it back in the toast. The second press of a double click is for nobody else.
func TestSendIn(t *testing.T) {
	onTuesday(t, func(s *sample) {
		l := s.page.panel.list
		press := func(row int) {
			face := l.cards[row].face
			e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: face.Position().AddXY(4, 4)}, Button: desktop.MouseButtonPrimary}
			l.MouseDown(e)
			l.MouseUp(e)
			s.Settle()
		}
		press(0)
		press(0) // who moved up
		s.wantWritten("b with")
		s.wantMessage("Stefan Novak: with practitioner.")
		test.Tap(s.page.foot.toast.Act())
		s.Settle()
		s.wantWritten("b arrived")
		s.wantMessage("Taken back: Stefan Novak, Tue 24 Nov 2026, 9:15–9:30, is “arrived” again.")
		if s.page.foot.toast.Act().Visible() {
			t.Error("what was taken back is offered to be taken back")
		}
		s.pass(time.Second)
		e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(20, 4)}, Button: desktop.MouseButtonPrimary}
		l.MouseDown(e)
		l.MouseUp(e) // beside the button
		s.wantWritten()
	})
}

// TestMessagesGo by themselves, but for trouble.
func TestMessagesGo(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.press(fyne.KeyF3)
		s.wantMessage("Lucy Marsh: arrived.")
		s.pass(sayTime)
		s.wantMessage("")
		s.page.day.say(trouble, "The disk is full.")
		s.page.day.show()
		s.pass(10 * sayTime)
		s.wantMessage("The disk is full.")
	})
}

// TestMenus are of what is under the mouse, or lit.
func TestMenus(t *testing.T) {
	onTuesday(t, func(s *sample) {
		texts := func(items []widgets.MenuItem) (all []string) {
			for _, i := range items {
				if i.Text != "" {
					all = append(all, i.Text)
				}
			}
			return all
		}
		s.to("c")
		want := []string{"Open", "Arrived", "Did not attend", "Move…", "Cancel appointment…", "Book again…", "Open patient"}
		if got := texts(s.page.cursorMenu()); !slices.Equal(got, want) {
			t.Errorf("of a booked one: %q", got)
		}
		s.press(desktop.KeyMenu)
		s.press(fyne.KeyDown, fyne.KeyReturn) // Arrived
		s.wantWritten("c arrived")
		m := s.mouse()
		m.rest(m.over(1, 15*60+20))
		s.page.grid.body.TappedSecondary(&fyne.PointEvent{Position: m.onSheet().Position})
		s.press(fyne.KeyReturn)
		if f := s.form().form; f.Practitioner != "lind" || f.Start != "15:15" {
			t.Errorf("a free time's menu books %+v", f)
		}
	})
}
