package today

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/ui/widgets"
)

// wantDialogText wants words in the dialog on top.
func (s *sample) wantDialogText(want string) {
	s.t.Helper()
	if s.dialog() == nil {
		s.t.Fatalf("no dialog says %q", want)
	}
	var all []string
	for _, o := range test.LaidOutObjects(s.dialog()) {
		if text, ok := o.(interface{ Text() string }); ok {
			all = append(all, text.Text())
		}
	}
	if got := strings.Join(all, "\n"); !strings.Contains(got, want) {
		s.t.Errorf("the dialog says\n%s\nwithout %q", got, want)
	}
}

// TestYesBooksWhatWasAsked: what is typed while a booking is being saved does not
// count, and the yes to a double booking books the time that it names.
func TestYesBooksWhatWasAsked(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Book(Request{Patient: "p3", Practitioner: "osei", Date: tuesday, Minute: 9 * 60, HasMinute: true})
		s.Settle()
		s.anna.Delay(time.Second)
		d := s.page.dialogs.Top()
		start := s.inputs(d.Dialog)["9:00"]
		s.window.Canvas().Focus(start)
		s.press(fyne.KeyReturn)
		start.SetText("10:00") // where somebody else is
		start.TypedRune('3')
		s.fill(func(f *bookingForm) { f.Start, f.Patient = "10:00", "p1" })
		s.form().choosePatient(0)
		if f := s.form().form; f.Start != "9:00" || f.Patient != "p3" {
			t.Errorf("changed while it is being saved: %+v", f)
		}
		if !start.Disabled() || !d.Primary().Disabled() {
			t.Error("the form is open")
		}
		s.wantFocus(start)
		s.pass(2 * time.Second)
		s.wantDialogText("Tue 24 Nov 2026, 9:00–9:15. Dr Osei has another appointment then: Maya Okafor, 9:00–9:15.")
		s.form().form.Start = "10:00"
		s.press(fyne.KeyTab, fyne.KeyReturn)
		s.pass(4 * time.Second)
		s.wantWritten("Lucy Marsh osei 24 Nov 09:00 15 booked")
	})
}

// inputs are the fields of a dialog by what they hold.
func (s *sample) inputs(d *widgets.Dialog) map[string]*widgets.Entry {
	found := map[string]*widgets.Entry{}
	for _, o := range test.LaidOutObjects(d) {
		if e, ok := o.(*widgets.Entry); ok {
			found[e.Text] = e
		}
	}
	return found
}

// TestYesIsOverNobodyElse: who came in between is asked about, too.
func TestYesIsOverNobodyElse(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Book(Request{Patient: "p3", Practitioner: "osei", Date: tuesday, Minute: 10 * 60, HasMinute: true})
		s.Settle()
		s.press(fyne.KeyReturn)
		s.benBooks(4, "osei", 10*60, 30)
		s.press(fyne.KeyTab, fyne.KeyReturn)
		s.wantWritten()
		s.wantDialogText("Ivo Tandy, 10:00–10:30; Rosa Quill, 10:00–10:30.")
		s.press(fyne.KeyTab, fyne.KeyReturn)
		s.wantWritten("Lucy Marsh osei 24 Nov 10:00 15 booked")
	})
}

// TestYesMovesOverNobodyElse, likewise.
func TestYesMovesOverNobodyElse(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.press(fyne.KeyReturn)
		s.pass(time.Second)
		s.tap("Move…")
		s.fill(func(f *bookingForm) { f.Start = "10:00" })
		s.form().save()
		s.Settle()
		s.benBooks(4, "osei", 10*60, 30)
		s.wantDialogText("Lucy Marsh would be at Tue 24 Nov 2026, 10:00–10:15 with Dr Osei. Dr Osei has another appointment then: ")
		s.press(fyne.KeyTab, fyne.KeyReturn)
		s.wantWritten()
		s.press(fyne.KeyTab, fyne.KeyReturn)
		s.wantWritten("c osei 24 Nov 10:00 15")
	})
}

// TestYesTakesDownWhoWasAsked, with the booking that was asked for.
func TestYesTakesDownWhoWasAsked(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Book(Request{Practitioner: "osei", Date: tuesday, Minute: 14 * 60, HasMinute: true})
		s.Settle()
		s.form().newPatient(true)
		s.fill(func(f *bookingForm) { f.Query, f.Born = "Lucy Marsh", "9 Jan 2015" })
		s.form().save()
		s.Settle()
		s.wantDialogText("Lucy Marsh is here already")
		s.form().form.Query, s.form().form.Start = "Somebody Else", "15:00"
		s.press(fyne.KeyTab, fyne.KeyReturn)
		s.wantWritten("patient Lucy Marsh", "Lucy Marsh osei 24 Nov 14:00 15 booked")
	})
}

// TestEscAsksInABooking before what was typed goes, and not where nothing was.
func TestEscAsksInABooking(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.WalkIn() // which finds a time by itself
		s.Settle()
		s.press(fyne.KeyEscape)
		if s.dialog() != nil {
			t.Fatal("nothing was typed")
		}
		s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
		s.typed("Nora Vint")
		s.form().newPatient(true)
		s.press(fyne.KeyEscape)
		s.wantDialogText("Throw away what you typed?")
		s.press(fyne.KeyEscape)
		if f := s.form().form; f.Query != "Nora Vint" || !f.New || len(s.anna.Desk.Drafts()) != 1 {
			t.Errorf("%+v, %v", f, s.anna.Desk.Drafts())
		}
		s.press(fyne.KeyEscape, fyne.KeyTab, fyne.KeyReturn)
		if s.dialog() != nil || len(s.anna.Desk.Drafts()) != 0 || s.page.booking != nil {
			t.Error("it is still there")
		}
	})
}

// TestTypedTimesAreUnderstood and shown before they are saved.
func TestTypedTimesAreUnderstood(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Book(Request{Patient: "p3", Practitioner: "osei"})
		s.Settle()
		s.fill(func(f *bookingForm) { f.Start = "1:30" })
		if v := s.form().display.Shown(); v.When != "Tue 24 Nov 2026, 13:30–13:45 · Dr Osei" || v.Warning != "" {
			t.Errorf("%q, %q", v.When, v.Warning)
		}
		s.form().newPatient(true)
		s.fill(func(f *bookingForm) { f.Born = "4/3/81" })
		s.wantDialogText("4 Mar 1981, 45")
	})
}
