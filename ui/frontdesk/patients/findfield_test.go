package patients

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"anteroom/ui/looks"
	"anteroom/ui/widgets"
)

// searching is a top bar with the cursor in the field.
func (s *sample) searching() *FindField {
	f := s.topBar()
	f.Focus()
	s.Settle()
	return f
}

func (s *sample) wantHits(f *FindField, chosen int, want ...string) {
	s.t.Helper()
	if got := hitsIn(f.list); !slices.Equal(got, want) || f.list.Selected() != chosen || !f.drop.Visible() {
		s.t.Errorf("shows %q, row %d chosen, visible %v; want %q, row %d", got, f.list.Selected(), f.drop.Visible(), want, chosen)
	}
}

func TestFindOpensWithKeys(t *testing.T) {
	inBubble(t, func(s *sample) {
		s.opened("ann", "bo")
		f := s.searching()
		s.wantHits(f, -1, "Bo Anderson", "Ann Smith", "New patient…")
		s.press(fyne.KeyReturn) // nothing is chosen before typing
		s.wantWent()
		s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
		s.wantWent("patient ann")

		s.typed("ann")
		s.wantHits(f, 0, "Ann Smith", "Annie Smyth", "New patient “ann”")
		if row := f.list.Row(0); row.More != "also Annie Marsh" || row.Detail != "4 Mar 1981, 45  ·  01632 960101  ·  No. 4711" || row.Sign != "⚠ Alert" || !row.Warn {
			t.Errorf("the first row is %+v", row)
		}
		s.press(fyne.KeyDown, fyne.KeyReturn)
		s.wantWent("patient annie")
		if f.entry.Text != "" || f.drop.Visible() {
			t.Errorf("after opening the field has %q, list visible %v", f.entry.Text, f.drop.Visible())
		}
	})
}

// TestFindOpensAgain with the same that it showed before.
func TestFindOpensAgain(t *testing.T) {
	inBubble(t, func(s *sample) {
		s.opened("ann")
		f := s.searching()
		s.press(fyne.KeyEscape)
		if f.drop.Visible() {
			t.Error("the list stays")
		}
		s.press(fyne.KeyDown)
		s.wantHits(f, -1, "Ann Smith", "New patient…")
	})
}

func TestFindSaysWhoComesNoMore(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.searching()
		s.typed("471")
		if left, deceased := f.list.Row(2), f.list.Row(3); left.Sign != "Left" || deceased.Sign != "Deceased" || deceased.Detail != "14 Jul 1930  ·  No. 4714" {
			t.Errorf("%+v, %+v", left, deceased)
		}
	})
}

func TestFindNewPatientTakesTheName(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.searching()
		s.typed("Zoe Quill")
		s.wantHits(f, 0, "New patient “Zoe Quill”")
		s.press(fyne.KeyReturn)
		s.wantWent("new Zoe Quill")
		s.typed("0999 12")
		s.press(fyne.KeyReturn)
		s.wantWent("new") // a number is no name
	})
}

func TestFindEscapeGoesBack(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.topBar()
		before, other := widgets.NewEntry(), widgets.NewEntry()
		s.window.SetContent(container.NewVBox(s.window.Content(), before, other))
		s.window.Canvas().Focus(before)
		f.Focus()
		s.Settle()
		s.typed("ann")
		s.press(fyne.KeyEscape)
		if f.drop.Visible() || f.entry.Text != "" || s.window.Canvas().Focused() != fyne.Focusable(before) {
			t.Fatalf("after Esc: list %v, text %q, focus on %T", f.drop.Visible(), f.entry.Text, s.window.Canvas().Focused())
		}
		s.wantWent()

		s.window.Canvas().Focus(before)
		f.Focus()
		s.Settle()
		f.entry.FocusLost() // as when another window comes forward
		s.Settle()
		f.entry.FocusGained()
		s.Settle()
		s.press(fyne.KeyEscape)
		if s.window.Canvas().Focused() != fyne.Focusable(before) {
			t.Errorf("after another window was in front: focus on %T", s.window.Canvas().Focused())
		}

		f.Focus()
		s.window.Canvas().Focus(other) // the mouse went elsewhere meanwhile
		s.Settle()
		s.window.Canvas().Focus(f.entry) // by Tab, or the mouse
		s.press(fyne.KeyEscape)
		s.wantWent("below")
	})
}

func TestFindPassesKeysOn(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.searching()
		s.press(fyne.KeyF3)
		s.wantWent("F3")
		s.wantHits(f, -1, "New patient…")
		s.press(fyne.KeyTab)
		if f.drop.Visible() {
			t.Error("the list stays when the field is left")
		}
	})
}

func TestFindByMouse(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.searching()
		s.typed("ann")
		c := s.window.Canvas()
		var rows []fyne.Tappable
		for _, o := range test.LaidOutObjects(f.drop) {
			if row, ok := o.(interface {
				fyne.Tappable
				fyne.CanvasObject
				MouseDown(*mouseEvent)
				MouseUp(*mouseEvent)
			}); ok {
				rows = append(rows, row)
			}
		}
		if len(rows) != 3 {
			t.Fatalf("%d rows to click", len(rows))
		}
		down := rows[1].(interface{ MouseDown(*mouseEvent) })
		up := rows[1].(interface{ MouseUp(*mouseEvent) })
		down.MouseDown(nil)
		c.Unfocus() // as Fyne does at a press beside the focus
		up.MouseUp(nil)
		s.Settle()
		if !f.drop.Visible() || c.Focused() != fyne.Focusable(f.entry) {
			t.Fatal("a press without a click has to leave the field as it was")
		}
		down.MouseDown(nil)
		c.Unfocus()
		rows[1].Tapped(nil)
		s.Settle()
		s.wantWent("patient annie")
	})
}

// TestFindEnterBeforeTheResults: what was typed counts, not what was shown.
func TestFindEnterBeforeTheResults(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.searching()
		s.typed("ann")
		slowly(&f.search.asks, 50*time.Millisecond)
		for _, r := range "ie smyth"[:] {
			f.entry.TypedRune(r)
		}
		f.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		s.wantWent()
		s.wantHits(f, 0, "Ann Smith", "Annie Smyth", "New patient “ann”") // no flicker meanwhile
		s.pass(time.Second)
		s.wantWent("patient annie")
	})
}

// TestFindLatestWins: while one search is under way the others wait, and only the
// newest of them is made.
func TestFindLatestWins(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.searching()
		asked := slowly(&f.search.asks, time.Second)
		for _, r := range "annie" {
			f.entry.TypedRune(r)
			s.pass(10 * time.Millisecond)
		}
		s.pass(1200 * time.Millisecond) // the first answer is there, and is not shown
		s.wantHits(f, -1, "New patient…")
		s.pass(5 * time.Second)
		if want := []string{"a", "annie"}; !slices.Equal(*asked, want) {
			t.Errorf("searched for %q, want %q", *asked, want)
		}
		s.wantHits(f, 0, "Ann Smith", "Annie Smyth", "New patient “annie”")
	})
}

func TestFindWhileTheMemoryIsFilled(t *testing.T) {
	inBubbleWith(t, withMore(few(), samples(300)...), looks.New(looks.Light, 1), func(s *sample) {
		s.readsSlowly()
		f := s.searching()
		s.typed("cy")
		s.wantText("Reading patients… 0 of 304")
		s.press(fyne.KeyReturn) // must not make a new one of somebody who is not read yet
		s.wantWent()
		s.pass(25*time.Second + readingTick)
		s.wantText("Reading patients… 250 of 304")
		s.wantWent()
		s.pass(6 * time.Second)
		s.wantWent("patient cy")
		asked := slowly(&f.search.asks, 0)
		s.pass(time.Minute)
		if len(*asked) != 0 || f.drop.Visible() {
			t.Error("it goes on looking with nobody there")
		}
	})
}

func TestFindKeepsTheChosenRowWhenRecordsChange(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.searching()
		s.typed("ann")
		s.press(fyne.KeyDown)
		s.benAdds("Ann Able")
		f.RecordsChanged()
		s.Settle()
		s.wantHits(f, 2, "Ann Able", "Ann Smith", "Annie Smyth", "New patient “ann”")
	})
}

func TestFindSetText(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.searching()
		f.SetText("cy")
		s.Settle()
		s.wantHits(f, 0, "Cy Bakker", "New patient “cy”")
		f.Focus() // Ctrl+F again: typing begins anew
		s.typed("bo")
		s.wantHits(f, 0, "Bo Anderson", "New patient “bo”")
	})
}

// TestArriveFromTheSearch is about the selected row, once the rows are those of
// the text.
func TestArriveFromTheSearch(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.searching()
		f.NextStep() // nobody is selected
		s.wantWent()
		s.wantText("Choose who arrived: the arrow keys lead to them.")
		s.typed("ander")
		f.NextStep()
		s.Settle()
		s.wantWent("arrive bo")
		s.wantText("Bo Anderson has no appointment today.")
		s.typed("s")
		s.wantNoText("Bo Anderson has no appointment today.")
		f.SetText("")
		s.typed("ann smith")
		f.NextStep()
		s.Settle()
		s.wantWent("arrive ann", "day 24 Nov 2026")
		if f.entry.Text != "" || f.IsOpen() {
			t.Error("the search is still there")
		}
		f.NextStep()
		s.Settle()
		s.wantWent()
	})
}

// TestArriveFromTheListAndThePage says on a patient's page what came of it.
func TestArriveFromTheListAndThePage(t *testing.T) {
	inBubble(t, func(s *sample) {
		l := NewList(s.params)
		s.show(l)
		s.typed("ander")
		s.press(fyne.KeyF3)
		s.wantWent("arrive bo")
		s.wantText("Bo Anderson has no appointment today.")
		l.found.entry.SetText("ann smith")
		s.Settle()
		s.press(fyne.KeyF3)
		s.wantWent("arrive ann", "day 24 Nov 2026")

		s.record("bo")
		s.press(fyne.KeyF3)
		s.wantWent("arrive bo")
		s.wantText("Bo Anderson has no appointment today.")
		s.record("ann")
		s.press(fyne.KeyF3)
		s.wantWent("arrive ann")
		s.wantText("Ann Smith: arrived.")
	})
}
