package patients

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/looks"
)

func TestPatientPageShowsAll(t *testing.T) {
	inBubble(t, func(s *sample) {
		w := s.record("ann")
		s.wantText("Ann Smith", "4 Mar 1981, 45", "female", "Also known as Annie Marsh", "Allergic to penicillin.", "07700 900101", "12 Brook Street",
			"No. 4711  ·  NHS number 943 476 5919", "Tom Smith", "Needs the ground floor.", "2 to come, 4 before")
		v := w.shown()
		if len(v.Next) != 2 || v.Next[0].When != "Fri 27 Nov 9:15  ·  ○ booked" || v.Next[0].What != "Dr Osei  ·  Blood test  ·  15 min" || v.Next[1].When != "Mon 14 Dec 9:15  ·  ○ booked" {
			t.Errorf("to come: %+v", v.Next)
		}
		var past []string
		for _, row := range v.Past {
			past = append(past, strings.Join(row, ", "))
		}
		want := []string{
			"Thu 3 Dec 9:15, Dr Osei, Blood test, × cancelled", "Sun 25 Oct 9:15, Dr Osei, Blood test, ✓ done",
			"Wed 26 Aug 9:15, Dr Osei, Blood test, × did not attend", "Wed 28 Jan 9:15, Dr Osei, Blood test, ✓ done",
		}
		if !slices.Equal(past, want) {
			t.Errorf("before: %q, want %q", past, want)
		}
	})
}

// TestPatientPageLeavesOutWhatIsEmpty: no label without a text, no card without a line.
func TestPatientPageLeavesOutWhatIsEmpty(t *testing.T) {
	inBubble(t, func(s *sample) {
		s.benAdds("Zoe Quill")
		w := s.record(s.anna.Desk.Search("zoe", 1)[0].ID)
		s.wantText("Zoe Quill", "No appointments yet.")
		for _, label := range []string{"Address", "Emergency contact", "Email", "Notes", "–", "No. ", "Before"} {
			s.wantNoText(label)
		}
		if w.rest.card.Visible() {
			t.Error("there is a card without a line")
		}
	})
}

func TestPatientPageWays(t *testing.T) {
	inBubble(t, func(s *sample) {
		w := s.record("ann")
		s.press(fyne.KeyReturn) // the focus begins on "Book…"
		s.wantWent("book ann")
		s.press(fyne.KeyTab, fyne.KeyReturn)
		s.wantWent("print ann 2")
		s.window.Canvas().Focus(w.who.edit)
		s.press(fyne.KeyReturn)
		s.wantWent("edit ann")
		s.press(fyne.KeyTab, fyne.KeyReturn, fyne.KeyReturn) // More, and its first
		s.wantWent("print ann 2")
		s.press(fyne.KeyTab, fyne.KeyReturn) // of the next appointment, which is not today's
		s.wantWent("move v2")
		s.press(fyne.KeyTab, fyne.KeyReturn)
		s.wantWent("cancel v2")
		s.wantText("Ann Smith: cancelled.", "[Undo]")
		s.window.Canvas().Focus(w.visits.past.Focusable())
		s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
		s.wantWent("day 25 Oct 2026")
		s.press(fyne.KeyF10, fyne.KeyReturn) // its menu
		s.wantWent("book ann like v1")
		s.press(fyne.KeyEscape)
		s.wantWent("back")
	})
}

// TestPatientPageMenus: the right mouse button lets down what the keys do.
func TestPatientPageMenus(t *testing.T) {
	inBubble(t, func(s *sample) {
		w := s.record("ann")
		w.visits.rows["v4"].TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(10, 10)})
		s.press(fyne.KeyDown, fyne.KeyReturn) // past Arrived
		s.wantWent("move v4")
		w.visits.rows["v4"].DoubleTapped(nil)
		s.wantWent("day 14 Dec 2026")
		s.window.Canvas().Focus(w.visits.rows["v4"].move)
		s.press(desktop.KeyMenu, fyne.KeyReturn)
		s.wantWent("arrived v4")
	})
}

// TestPatientPageToday: who is expected today arrives by a button or by F3, and that can be taken back.
func TestPatientPageToday(t *testing.T) {
	inBubble(t, func(s *sample) {
		s.today()
		w := s.record("ann")
		s.wantText("Today 10:15", "F3: arrived", "[Arrived]")
		if w.visits.book.Importance == widget.HighImportance {
			t.Error("there are two primary buttons")
		}
		if w.canvas().Focused() != fyne.Focusable(w.visits.book) {
			t.Errorf("the focus is at %T, and an Enter too many has to do nothing to an appointment", w.canvas().Focused())
		}
		s.press(fyne.KeyF3)
		s.wantWent("arrive ann")
		s.wantText("Ann Smith: arrived.", "[Undo]")
		test.Tap(w.toast.Act())
		s.Settle()
		s.wantWent("undo")
		s.wantText("Taken back.")
		s.wantNoText("[Undo]")
		w.record.quiet()
		if w.toast.Visible() {
			t.Error("the toast stays")
		}

		id := w.shown().Next[0].ID
		test.Tap(w.visits.rows[id].arrived)
		s.Settle()
		s.wantWent("arrived " + id)
		v, _ := w.record.visit(id)
		if _, err := s.practice.Ben.Desk.Become(t.Context(), v.Appointment, data.Arrived, ""); err != nil {
			t.Fatal(err)
		}
		s.window.Canvas().Focus(w.visits.rows[id].arrived)
		w.Refresh()
		s.Settle()
		s.wantText("● arrived")
		s.wantNoText("[Arrived]")
		if w.canvas().Focused() != fyne.Focusable(w.visits.book) {
			t.Errorf("after its button went, the focus is at %T", w.canvas().Focused())
		}
	})
}

// TestPatientPageKeepsWhoIsLate among those to come.
func TestPatientPageKeepsWhoIsLate(t *testing.T) {
	inBubble(t, func(s *sample) {
		s.today()
		s.pass(3 * time.Hour)
		w := s.record("ann")
		if next := w.shown().Next; len(next) != 3 || !next[0].IsExpected {
			t.Errorf("to come: %+v", next)
		}
	})
}

// TestPatientPageShowsAllAppointments where that is asked for.
func TestPatientPageShowsAllAppointments(t *testing.T) {
	r := few()
	for i := range 20 {
		r.Appointments = append(r.Appointments, visit(fmt.Sprint("p", i), -400-i, data.Done), visit(fmt.Sprint("n", i), 30+i, data.Booked))
	}
	inBubbleWith(t, r, looks.New(looks.Light, 1), func(s *sample) {
		w := s.record("ann")
		s.wantText("22 to come, 24 before", "[Show all 46 appointments]")
		if v := w.shown(); len(v.Next) != mostNext || len(v.Past) != mostPast {
			t.Errorf("%d to come and %d before are shown at first", len(v.Next), len(v.Past))
		}
		test.Tap(w.visits.unfold)
		if v := w.shown(); len(v.Next) != 22 || len(v.Past) != 24 {
			t.Errorf("%d to come and %d before are all", len(v.Next), len(v.Past))
		}
		test.Tap(w.visits.unfold)
		s.wantText("[Show all 46 appointments]")
	})
}

func TestPatientPageRefreshKeepsRowAndFocus(t *testing.T) {
	inBubble(t, func(s *sample) {
		w := s.record("ann")
		s.window.Canvas().Focus(w.visits.past.Focusable())
		s.press(fyne.KeyDown, fyne.KeyDown)
		book := func(days int, status data.Status) {
			v := visit("", days, status)
			v.Start, v.End = v.Start.Add(time.Hour), v.End.Add(time.Hour)
			if _, err := s.practice.Ben.Desk.Book(t.Context(), v, false); err != nil {
				t.Fatal(err)
			}
			w.Refresh()
			s.Settle()
		}
		book(-1, data.Arrived) // one to come, above them
		if w.record.chosen != "v1" || w.visits.past.Selected() != 1 || s.window.Canvas().Focused() != w.visits.past.Focusable() {
			t.Errorf("chosen %q, row %d, focus %T", w.record.chosen, w.visits.past.Selected(), s.window.Canvas().Focused())
		}
		s.window.Canvas().Focus(w.visits.rows["v4"].move)
		w.record.every = true
		book(5, data.Booked) // comes before it
		if !w.visits.rows["v4"].move.HasFocus() {
			t.Errorf("the focus is at %T", s.window.Canvas().Focused())
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
			if !w.visits.book.Disabled() || !w.who.edit.Disabled() {
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
		if n := len([]rune(w.rest.notes.Text())); n > foldedNotes {
			t.Fatalf("%d characters at first", n)
		}
		test.Tap(w.rest.fold)
		if w.rest.notes.Text() != longNotes {
			t.Error("not all of the notes")
		}
		s.wantText("[Show less]")
	})
}

func TestMergeByKeys(t *testing.T) {
	inBubble(t, func(s *sample) {
		w := s.record("ann")
		s.window.Canvas().Focus(w.who.more)
		s.press(fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn)
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
		s.window.Canvas().Focus(w.who.more)
		s.press(fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn)
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
