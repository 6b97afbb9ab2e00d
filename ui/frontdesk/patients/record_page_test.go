package patients

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/looks"
)

func TestPatientPageShowsAll(t *testing.T) {
	inBubble(t, func(s *sample) {
		w := s.record("ann")
		s.wantText("Ann Smith", "4 Mar 1981, 45", "Also known as Annie Marsh", "Allergic to penicillin.", "07700 900101", "12 Brook Street",
			"NHS number", "943 476 5919", "Tom Smith", "Needs the ground floor.", "2 to come, 4 before")
		var days []string
		for _, row := range w.shown().Visits {
			days = append(days, row[0]+" "+row[4])
		}
		want := []string{"Fri 27 Nov 2026 ○ booked", "Mon 14 Dec 2026 ○ booked", "Thu 3 Dec 2026 × cancelled", "Sun 25 Oct 2026 ✓ done", "Wed 26 Aug 2026 × did not attend", "Wed 28 Jan 2026 ✓ done"}
		for i := range want {
			if days[i] != want[i] {
				t.Errorf("appointment %d is %q, want %q", i, days[i], want[i])
			}
		}
		if row := w.shown().Visits[0]; row[1] != "9:15" || row[2] != "Dr Osei" || row[3] != "Blood test" {
			t.Errorf("%q", row)
		}
	})
}

func TestPatientPageWays(t *testing.T) {
	inBubble(t, func(s *sample) {
		w := s.record("ann")
		s.press(fyne.KeyReturn) // the focus begins on "Book…"
		s.wantWent("book ann")
		s.press(fyne.KeyTab, fyne.KeyReturn)
		s.wantWent("edit ann")
		s.press(fyne.KeyTab, fyne.KeyReturn)
		s.wantWent("print ann 2")
		if !w.again.Disabled() {
			t.Error("“Book again” works with no appointment chosen")
		}
		s.window.Canvas().Focus(w.visits.Focusable())
		s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
		s.wantWent("day 14 Dec 2026")
		test.Tap(w.again)
		s.wantWent("book ann like v4")
		s.press(fyne.KeyEscape)
		s.wantWent("back")
	})
}

func TestPatientPageRefreshKeepsRowAndFocus(t *testing.T) {
	inBubble(t, func(s *sample) {
		w := s.record("ann")
		s.window.Canvas().Focus(w.visits.Focusable())
		s.press(fyne.KeyDown, fyne.KeyDown)
		if _, err := s.practice.Ben.Desk.Book(s.t.Context(), visit("", 1, data.Booked), false); err != nil { // comes before it
			t.Fatal(err)
		}
		w.Refresh()
		s.Settle()
		if w.record.chosen != "v4" || w.visits.Selected() != 2 || s.window.Canvas().Focused() != w.visits.Focusable() {
			t.Errorf("chosen %q, row %d, focus %T", w.record.chosen, w.visits.Selected(), s.window.Canvas().Focused())
		}
		s.wantWent()
	})
}

func TestPatientPageFirstPaintDoesNotWait(t *testing.T) {
	inBubble(t, func(s *sample) {
		s.anna.Delay(time.Second)
		w := NewPatient(s.params, "ann", "")
		s.show(w)
		s.wantText("Ann Smith", "4 Mar 1981, 45", "Allergic to penicillin.") // from the memory
		s.press(fyne.KeyReturn)
		s.wantWent() // nothing has the focus yet that an Enter too many would press
		s.pass(5 * time.Second)
		s.wantText("12 Brook Street")
		s.press(fyne.KeyReturn)
		s.wantWent("book ann")
	})
}

func TestPatientPageProblems(t *testing.T) {
	for err, want := range map[error]string{
		auth.ErrDamaged: "This record is damaged", auth.ErrNotFound: "not there any more", auth.ErrDisk: "The disk reports an error",
	} {
		inBubble(t, func(s *sample) {
			s.anna.Stop(err)
			w := s.record("ann")
			s.wantText(want)
			if !w.book.Disabled() || !w.edit.Disabled() {
				t.Error("a patient that was not read can be changed")
			}
			s.press(fyne.KeyEscape)
			s.wantWent("back")
		})
	}
	inBubble(t, func(s *sample) {
		if err := s.anna.Session.SignOut(s.t.Context()); err != nil {
			t.Fatal(err)
		}
		s.record("ann")
		s.wantWent("ended")
	})
}

func TestPatientPageFoldsLongNotes(t *testing.T) {
	inBubbleWith(t, many(0), looks.New(looks.Light, 1), func(s *sample) {
		w := s.record("long")
		if n := len([]rune(w.notes.Text())); n > foldedNotes {
			t.Fatalf("%d characters at first", n)
		}
		test.Tap(w.fold)
		if w.notes.Text() != longNotes {
			t.Error("not all of the notes")
		}
		s.wantText("[Show less]")
	})
}

func TestMergeByKeys(t *testing.T) {
	inBubble(t, func(s *sample) {
		w := s.record("ann")
		s.window.Canvas().Focus(w.merge)
		s.press(fyne.KeyReturn)
		s.wantText("Merge Ann Smith with…", "Allergic to penicillin.")
		s.typed("ann")
		s.wantNoText("4711") // not with itself
		s.press(fyne.KeyReturn)
		s.wantNoText("Their dates of birth differ")
		s.wantText("Merge two records", "Allergic to penicillin.", "Which record stays?", "for 30 days", "Prefers mornings.\nNeeds the ground floor.\nComes with her dog.")
		for range 9 {
			s.press(fyne.KeyReturn) // Enters too many go from question to question, and stay at the last
		}
		if s.isMerged("annie") {
			t.Fatal("merged by an Enter too many")
		}
		s.wantText("Merge two records")
	})
}

// TestMergeCalledOff: the record that was being read comes too late.
func TestMergeCalledOff(t *testing.T) {
	inBubble(t, func(s *sample) {
		w := s.record("ann")
		w.openMerge()
		s.Settle()
		s.typed("smy")
		s.anna.Delay(time.Second)
		s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		s.pass(500 * time.Millisecond)
		s.wantText("Reading…")
		s.press(fyne.KeyEscape, fyne.KeyEscape) // the text, and then the dialog
		s.pass(2 * time.Second)
		if s.window.Canvas().Overlays().Top() != nil {
			t.Errorf("a dialog is open:\n%s", s.texts())
		}
	})
}

func TestMergeChoosesPerField(t *testing.T) {
	inBubble(t, func(s *sample) {
		w := s.record("ann")
		s.window.Canvas().Focus(w.merge)
		s.press(fyne.KeyReturn)
		s.typed("smyth")
		s.press(fyne.KeyReturn)
		s.press(fyne.KeyRight)                // the other one stays
		s.press(fyne.KeyReturn, fyne.KeyLeft) // but with this one's name
		s.press(shiftTab, shiftTab, fyne.KeyReturn)
		into := s.practice.Patient("annie")
		if !s.isMerged("ann") || s.isMerged("annie") {
			t.Fatalf("went %q; %+v; %s", s.went, into, s.texts())
		}
		if into.Name != "Ann Smith" || into.RecordNumber != "4712" || into.Email != "ann@example.org" || into.Alert != "Allergic to penicillin." {
			t.Errorf("merged into %+v", into)
		}
		if into.Notes != "Prefers mornings.\nNeeds the ground floor.\nComes with her dog." {
			t.Errorf("notes %q", into.Notes)
		}
		s.wantWent("patient annie Merged. For 30 days it can be taken back, further down on this page.")
	})
}

// Two who were born on different days are hardly one person.
func TestMergeDoubts(t *testing.T) {
	inBubble(t, func(s *sample) {
		s.benChanges("annie", func(p *data.Patient) { p.Born = born(1990, time.May, 12) })
		w := s.record("ann")
		w.openMerge()
		s.Settle()
		s.typed("smyth")
		s.press(fyne.KeyReturn)
		s.wantText("Their dates of birth differ: 4 Mar 1981 and 12 May 1990.")
	})
}

// TestMergeKeepsWhatWasChosen: which record stays changes only what nobody chose.
func TestMergeKeepsWhatWasChosen(t *testing.T) {
	inBubble(t, func(s *sample) {
		w := s.record("ann")
		w.openMerge()
		s.Settle()
		s.typed("smyth")
		s.press(fyne.KeyReturn)
		s.press(fyne.KeyReturn, fyne.KeyRight, fyne.KeyLeft, shiftTab) // this one's name, on purpose
		s.press(fyne.KeyRight)                                         // the other one stays
		s.press(shiftTab, fyne.KeyReturn)
		if into := s.practice.Patient("annie"); into.Name != "Ann Smith" || into.RecordNumber != "4712" {
			t.Errorf("merged into %+v", into)
		}
	})
}

func TestMergeMeetsAChange(t *testing.T) {
	inBubble(t, func(s *sample) {
		w := s.record("ann")
		w.openMerge()
		s.Settle()
		s.typed("smyth")
		s.press(fyne.KeyReturn)
		s.benChanges("annie", func(p *data.Patient) { p.Phones = nil })
		s.press(shiftTab, fyne.KeyReturn)
		s.wantText("Somebody changed one of them meanwhile, so nothing was merged.")
		s.press(fyne.KeyEscape)
		if s.isMerged("annie") || s.window.Canvas().Overlays().Top() != nil {
			t.Error("merged, or still open")
		}
	})
}

func TestTakeBackAMerge(t *testing.T) {
	inBubble(t, func(s *sample) {
		s.benMerges("ann", "annie")
		w := s.record("ann")
		s.wantText("Merged with Annie Smyth on 24 Nov 2026 by Ben Jones.")
		w.askTakeBack(w.shown().Merged[0])
		s.wantText("Take the merge back?", "Allergic to penicillin.")
		s.press(fyne.KeyTab, fyne.KeyReturn) // from Cancel to "Take back"
		s.wantText("Taken back: Annie Smyth is a patient again.")
		s.wantNoText("Merged with")
		if s.isMerged("annie") {
			t.Error("still merged")
		}
		if s.window.Canvas().Focused() == nil {
			t.Error("the focus is lost")
		}

		s.benMerges("ann", "annie")
		w.Close()
		time.Sleep(31 * 24 * time.Hour) // of the bubble's time
		s.anna.Renew()
		s.record("ann").record.takeBack("annie")
		s.Settle()
		s.wantText("It is too late to take this back")
	})
}
