package patients

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/data"
)

// typeOn types letters, and does not wait for what is found.
func (f *FindField) typeOn(text string) {
	for _, r := range text {
		f.entry.TypedRune(r)
	}
}

// TestArriveIsOfWhoWasSeen: F3 before there is a row waits for none.
func TestArriveIsOfWhoWasSeen(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.searching()
		slowly(&f.search.asks, 50*time.Millisecond)
		f.typeOn("ann")
		f.NextStep()
		for range 3 { // the key is held down
			s.pass(keyGuard / 2)
			f.NextStep()
		}
		s.wantWent()
		s.pass(keyGuard)
		s.wantText("The list was not there yet, so nobody arrived. Look who is lit, then press the key again.")
		f.NextStep()
		s.Settle()
		s.wantWent("arrive ann", "day 24 Nov 2026")

		f.Focus()
		s.typed("ann")
		s.pass(time.Second)
		f.typeOn("ie")
		s.press(fyne.KeyDown) // of the rows that are there
		f.NextStep()
		s.Settle()
		s.wantWent("arrive annie", "day 24 Nov 2026")
	})
}

// TestFindOpensWhatWasClicked, also where another letter was typed just before,
// for which it is no row any more.
func TestFindOpensWhatWasClicked(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.searching()
		s.typed("ann")
		slowly(&f.search.asks, 50*time.Millisecond)
		f.typeOn("ie smyth")
		f.list.OnActivated(0)
		s.pass(time.Second)
		s.wantWent("patient ann")
	})
}

// TestFindKeepsTheSelectedRow: the first row stays selected, too, where others come before it.
// The next search begins anew.
func TestFindKeepsTheSelectedRow(t *testing.T) {
	inBubble(t, func(s *sample) {
		s.opened("bo")
		f := s.searching()
		s.typed("ann")
		s.benAdds("Ann Able")
		f.RecordsChanged()
		s.Settle()
		s.wantHits(f, 1, "Ann Able", "Ann Smith", "Annie Smyth", "New patient “ann”")
		s.typed(" ")
		s.wantHits(f, 0, "Ann Able", "Ann Smith", "Annie Smyth", "New patient “ann”")
		anew := func() {
			s.press(fyne.KeyEscape)
			s.window.Canvas().Unfocus()
			f.Focus()
			s.Settle()
		}
		anew()
		s.press(fyne.KeyDown)
		s.wantHits(f, 0, "Bo Anderson", "New patient…")
		anew()
		s.wantHits(f, -1, "Bo Anderson", "New patient…")
	})
}

// TestLateArrivalLeavesWhatIsTyped by then.
func TestLateArrivalLeavesWhatIsTyped(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.searching()
		var tell func(data.Appointment, string)
		f.search.arriving = func(_ string, told func(data.Appointment, string)) { tell = told }
		s.typed("ann smith")
		f.NextStep()
		f.Focus()
		s.typed("bo")
		tell(data.Appointment{ID: "v", Start: time.Now()}, "Ann Smith: arrived.")
		s.wantWent()
		s.wantHits(f, 0, "Bo Anderson", "New patient “bo”")
		s.wantText("Ann Smith: arrived.")
	})
}
