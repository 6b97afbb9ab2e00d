package today

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"anteroom/data"
)

// sendInAt is where "Send in" is for somebody who waits.
func (s *sample) sendInAt(id string) fyne.Position {
	s.t.Helper()
	l := s.page.panel.list
	for i, r := range l.rows {
		if r.ID == id {
			return l.cards[i].face.Position().AddXY(3, 3)
		}
	}
	s.t.Fatalf("%s does not wait", id)
	return fyne.Position{}
}

// pressAndLetGo does so in the waiting room, and something between.
func (s *sample) pressAndLetGo(at fyne.Position, button desktop.MouseButton, between func()) {
	l, e := s.page.panel.list, mouseAt(at)
	e.Button = button
	l.MouseDown(e)
	between()
	s.Settle()
	l.MouseUp(e)
	s.Settle()
}

// TestSendInOfWhomItWasPressedOn sends in whom it was pressed on, once: nobody who came under the mouse meanwhile.
func TestSendInOfWhomItWasPressedOn(t *testing.T) {
	onTuesday(t, func(s *sample) {
		nothing := func() {}
		first := s.sendInAt("b") // who waits the longest; then "e"
		s.pressAndLetGo(first, desktop.MouseButtonSecondary, nothing)
		s.wantWritten()
		s.pressAndLetGo(first, desktop.MouseButtonPrimary, func() {
			s.benSets("b", data.With)
			s.page.Refresh()
		})
		s.wantWritten()
		if at := s.sendInAt("e"); at != first {
			t.Fatalf("who waits is at %v, not at %v", at, first)
		}
		s.benSets("g", data.Arrived)
		s.page.Refresh()
		s.Settle()
		s.pressAndLetGo(first, desktop.MouseButtonPrimary, nothing)
		s.wantWritten("e with")
		s.pressAndLetGo(s.sendInAt("g"), desktop.MouseButtonPrimary, nothing) // the second press of a double click
		s.wantWritten()
		s.pass(time.Second)
		s.pressAndLetGo(s.sendInAt("g"), desktop.MouseButtonPrimary, nothing)
		s.wantWritten("g with")
		s.wantMessage("Ivo Tandy: with practitioner.")
		s.page.Undo()
		s.Settle()
		s.wantWritten("g arrived")
	})
}
