package today

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/data"
)

// TestUndoOfTheToast takes back what the toast says, and nothing by the Enter after it.
func TestUndoOfTheToast(t *testing.T) {
	onTuesday(t, func(s *sample) {
		toast := s.page.foot.toast
		s.to("c")
		s.press(fyne.KeyF3)
		s.wantWritten("c arrived")
		test.Tap(toast.Act())
		s.Settle()
		s.wantMessage("Taken back: Lucy Marsh, Tue 24 Nov 2026, 9:30–9:45, is “booked” again.")
		s.wantWritten("c booked")
		s.wantFocus(s.page.grid.body)

		s.press(fyne.KeyF3)
		s.pass(time.Second)
		s.press(fyne.KeyF3)
		if !toast.Act().Visible() {
			t.Fatal("there is no link")
		}
		s.anna.Delay(100 * time.Millisecond)
		v, _ := s.page.day.visit("g")
		s.page.day.become(v, data.Absent, "", nil)
		if toast.Visible() {
			t.Errorf("while another step is taken stands %q, with its Undo", toast.Text())
		}
	})
}

// TestToastIsClosed in the week and where something failed, too.
func TestToastIsClosed(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.typed("v")
		s.Settle()
		toast := s.page.foot.toast
		if !toast.Visible() {
			t.Fatal("the week says nothing")
		}
		toast.Close()
		if toast.Visible() {
			t.Errorf("%q stays", toast.Text())
		}
		s.wantFocus(s.page.table)
	})
}
