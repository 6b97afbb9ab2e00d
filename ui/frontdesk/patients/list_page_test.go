package patients

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestListPage(t *testing.T) {
	inBubble(t, func(s *sample) {
		s.opened("cy")
		l := NewList(s.params)
		s.show(l)
		s.wantText("Patients", "Recent", "Cy Bakker")
		s.typed("ann")
		s.wantText("2 patients")
		s.press(fyne.KeyDown, fyne.KeyReturn)
		s.wantWent("patient annie")
		s.press(fyne.KeyTab, fyne.KeyUp, fyne.KeyReturn) // the list itself, by Tab
		s.wantWent("patient ann")
		test.Tap(l.fresh)
		s.wantWent("new ann")
		s.window.Canvas().Focus(l.found.entry)
		s.press(fyne.KeyEscape)
		s.wantWent()
		s.press(fyne.KeyEscape)
		s.wantWent("back")
	})
}

func TestListPageSaysWhatToDo(t *testing.T) {
	inBubble(t, func(s *sample) {
		l := NewList(s.params)
		s.show(l)
		s.wantText("Patients you open stand here the next time.")
		s.typed("zz")
		s.wantText("Nobody found for “zz”.")
		s.press(fyne.KeyReturn)
		s.wantWent()
	})
}

func TestListPageRefreshKeepsWhatIsTyped(t *testing.T) {
	inBubble(t, func(s *sample) {
		l := NewList(s.params)
		s.show(l)
		s.typed("ann")
		s.press(fyne.KeyDown)
		l.Refresh()
		s.Settle()
		if l.found.entry.Text != "ann" || l.found.list.Selected() != 1 || s.window.Canvas().Focused() != fyne.Focusable(l.found.entry) {
			t.Errorf("text %q, row %d, focus %T", l.found.entry.Text, l.found.list.Selected(), s.window.Canvas().Focused())
		}
	})
}
