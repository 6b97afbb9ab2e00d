package today

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
)

// TestCursorStaysAtItsAppointment when other windows change the day.
func TestCursorStaysAtItsAppointment(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.benMoves("c", "lind", 12*60+30)
		s.benBooks(0, "osei", 7*60, 15)
		s.page.Refresh()
		s.Settle()
		s.wantLine("12:30–12:45 · Lucy Marsh · booked · Consultation")
		s.wantFocus(s.page.grid.body)
		s.benSets("c", data.Cancelled)
		s.page.Refresh()
		s.Settle()
		s.wantLine("12:30 · free, outside working hours · Dr Lind")
	})
}

// TestRefreshMakesNothingNew on a full day, if nothing changed.
func TestRefreshMakesNothingNew(t *testing.T) {
	onPage(t, fullDay(10, 40), func(s *sample) {
		body := s.page.grid.body
		shown := func() string {
			var all []string
			for _, o := range append(append(append([]fyne.CanvasObject{}, body.all...), s.page.panel.list.parts()...), s.page.grid.head.all...) {
				all = append(all, fmt.Sprintf("%p", o))
			}
			return strings.Join(all, " ")
		}
		before, boxes := shown(), len(body.boxes)
		if boxes == 0 || boxes > 160 {
			t.Errorf("%d boxes for 400 visits", boxes)
		}
		for range 3 {
			s.page.Refresh()
			s.Settle()
		}
		if shown() != before {
			t.Error("the objects are others")
		}
		views := 0
		s.page.day.display = screen.NewView(func(dayView) { views++ })
		s.page.day.show()
		views = 0
		s.page.Refresh()
		s.Settle()
		if views != 0 {
			t.Errorf("%d views are shown, and nothing changed", views)
		}
		item := body.boxes[0]
		for _, b := range body.boxes {
			if b.box.Name == "Rosa Quill" && b.box.From > 11*60 {
				item = b
			}
		}
		id := item.box.ID
		s.page.grid.scroll.ScrollToOffset(s.page.grid.scroll.Offset.AddXY(0, 40))
		s.page.grid.scrolled()
		if item.box.ID != id || !item.ground.Visible() {
			t.Error("a box in sight changes its appointment when it is scrolled")
		}
		for range 60 { // to the other end and back
			s.press(fyne.KeyDown)
		}
		for range 9 {
			s.press(fyne.KeyRight)
		}
		if len(body.boxes) > 200 {
			t.Errorf("%d boxes after going everywhere", len(body.boxes))
		}
	})
}

// TestTick moves the now-line and the minutes, and makes nothing.
func TestTick(t *testing.T) {
	onTuesday(t, func(s *sample) {
		body, list := s.page.grid.body, s.page.panel.list
		first, last := list.cards[0], list.cards[1]
		lineAt, waited, objects := body.nowLine.Position().Y, last.wait.Text, len(body.all)+len(list.parts())
		views := 0
		s.page.day.display = screen.NewView(func(dayView) { views++ })
		s.page.day.show()
		views = 0
		s.pass(time.Minute)
		if first != list.cards[0] || last != list.cards[1] || objects != len(body.all)+len(list.parts()) || views != 0 {
			t.Error("the tick builds anew")
		}
		if moved := body.nowLine.Position().Y - lineAt; moved < 1 || moved > 2 {
			t.Errorf("the now-line moved by %v", moved)
		}
		if waited != "11 min" || last.wait.Text != "12 min" {
			t.Errorf("the wait went from %s to %s", waited, last.wait.Text)
		}
		reads := s.anna.Asked()
		s.pass(10 * time.Minute)
		if s.anna.Asked() != reads {
			t.Error("the tick reads the disk")
		}
	})
}

// TestMidnight goes to the new day, unless another one is shown.
func TestMidnight(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.pass(15 * time.Hour)
		if s.page.bar.date.Text != "Wed 25 Nov" || s.page.panel.title.Text() != "Waiting 0" {
			t.Errorf("%s, %s", s.page.bar.date.Text, s.page.panel.title.Text())
		}
		s.press(fyne.KeyPageUp)
		for range 2 { // a session lasts a day
			s.anna.Renew()
			s.pass(12 * time.Hour)
		}
		if s.page.bar.date.Text != "Tue 24 Nov" {
			t.Errorf("%s", s.page.bar.date.Text)
		}
	})
}

// TestSlowDisk: the first picture waits for nothing, and work that goes on says so.
func TestSlowDisk(t *testing.T) {
	inPractice(t, usualDay(), looks.New(looks.Light, 1), func(s *sample) {
		s.anna.Delay(2 * time.Second)
		s.open(true)
		if s.page.bar.date.Text != "Tue 24 Nov" || s.busy() != "" {
			t.Errorf("%q, %q", s.page.bar.date.Text, s.busy())
		}
		s.pass(screen.LastingAfter)
		if s.busy() == "" {
			t.Error("it does not say that it reads")
		}
		s.pass(10 * time.Second)
		if s.busy() != "" || s.line() == "" {
			t.Errorf("%q, %q", s.busy(), s.line())
		}
		s.to("c")
		s.press(fyne.KeyF3, fyne.KeyDown, fyne.KeyDown, fyne.KeyF3) // the next one's key is not lost
		s.pass(10 * time.Second)
		s.wantWritten("c arrived", "g arrived")
	})
}

func TestErrors(t *testing.T) {
	inPractice(t, usualDay(), looks.New(looks.Light, 1), func(s *sample) {
		s.anna.Stop(auth.ErrDisk)
		s.open(true)
		s.wantMessage("The disk reports an error, so nothing was saved. Ask who looks after this computer.")
		s.anna.Answer()
		s.page.Refresh()
		s.Settle()
		s.wantMessage("")
		s.to("c")
		s.anna.Stop(auth.ErrDiskFull)
		s.press(fyne.KeyF3)
		s.wantMessage("The disk is full, so nothing was saved. Make room, then try again.")
		s.anna.Answer()
		if err := s.anna.Session.SignOut(s.t.Context()); err != nil {
			t.Fatal(err)
		}
		s.pass(stepGuard)
		s.press(fyne.KeyF3)
		if len(s.ended) == 0 || !errors.Is(s.ended[0], auth.ErrSessionEnded) {
			t.Errorf("%v", s.ended)
		}
	})
}

func TestNobodyToBookFor(t *testing.T) {
	onPage(t, nobody(), func(s *sample) {
		s.wantFocus(s.page.toAdd)
		s.press(fyne.KeyReturn)
		if s.settings != 1 {
			t.Error("it does not lead to the settings")
		}
		s.page.Book(Request{})
		s.Settle()
		if s.dialog() != nil {
			t.Error("it books for nobody")
		}
		s.saveDetails(func(d *data.Details) { d.Practitioners = usualDetails().Practitioners })
		s.page.Refresh()
		s.Settle()
		if s.page.empty.Visible() || !s.page.grid.content.Visible() {
			t.Error("the day does not come")
		}
	})
	inPractice(t, nobody(), looks.New(looks.Light, 1), func(s *sample) {
		s.open(false)
		if s.page.toAdd.Visible() || !strings.Contains(s.page.advice.Text(), "Ask a Practice Admin") {
			t.Errorf("staff read %q", s.page.advice.Text())
		}
	})
}

// TestDamagedRecords have a column of their own, and their times.
func TestDamagedRecords(t *testing.T) {
	inPractice(t, usualDay(), looks.New(looks.Light, 1), func(s *sample) {
		rows := s.practice.Memory.Rows()
		i := slices.IndexFunc(rows.Records, func(r auth.RecordRow) bool { return r.Table == auth.TableAppointment && r.ID == "c" })
		rows.Records[i].Sealed = slices.Clone(rows.Records[i].Sealed[1:])
		s.practice.Memory.Put(rows)
		s.open(true)
		s.to("c")
		s.wantLine("9:30–9:45 · Damaged record · booked")
		s.press(fyne.KeyReturn)
		if s.dialog() == nil {
			t.Error("it does not open")
		}
	})
}

// TestServerAway: nobody says that a list is empty which was not read, and why it was not the window says.
func TestServerAway(t *testing.T) {
	inPractice(t, usualDay(), looks.New(looks.Light, 1), func(s *sample) {
		s.anna.Stop(&auth.AwayError{Since: nine20})
		s.open(true)
		said := func() string { return s.message() }
		list := s.page.panel.list
		if got := list.empty.Text; got != "It can't be read now." || list.AccessibilityLabel() != got {
			t.Errorf("the waiting room: %q, %q", got, list.AccessibilityLabel())
		}
		if got := said(); got != "This day can't be read now." {
			t.Errorf("the day: %q", got)
		}
		s.anna.Answer()
		s.page.Refresh()
		s.Settle()
		waiting := list.cards[0].name.Text
		if waiting == "It can't be read now." || said() != "" {
			t.Errorf("it answers: %q, %q", waiting, said())
		}
		s.anna.Stop(&auth.AwayError{Since: nine20})
		s.page.Refresh()
		s.Settle()
		if list.cards[0].name.Text != waiting || said() != "" {
			t.Errorf("what was read: %q, %q", list.cards[0].name.Text, said())
		}
		s.press(fyne.KeyPageDown)
		if got := said(); got != "This day can't be read now." {
			t.Errorf("another day: %q", got)
		}
		s.page.toggleWeek()
		s.Settle()
		if got := said(); got != "This week can't be read now." {
			t.Errorf("the week: %q", got)
		}
	})
}

// TestHoursFollowTheScale: a time is read off beside its line, also after the text, or the window, has another size.
func TestHoursFollowTheScale(t *testing.T) {
	onTuesday(t, func(s *sample) {
		g := s.page.grid
		want := func(when string) {
			t.Helper()
			s.Settle()
			if at, offset := g.axis.Position().Y, g.scroll.Offset.Y; at != -offset || offset == 0 {
				t.Errorf("%s: the hours are at %g, the day at %g", when, at, -offset)
			}
		}
		g.scrollTo(fyne.NewPos(0, 300))
		want("scrolled")
		for _, size := range []float32{1.5, 2, 1} {
			fyne.CurrentApp().Settings().SetTheme(looks.New(looks.Light, size))
			want("larger or smaller text")
		}
		s.window.Resize(fyne.NewSize(1366, 1000))
		want("a higher window")
	})
}
