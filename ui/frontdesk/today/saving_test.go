package today

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/ui/screen"
)

// TestSavingIsNotThrownAway: what can't be stopped any more is not said to be.
func TestSavingIsNotThrownAway(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Book(Request{Patient: "p3", Practitioner: "osei", Date: tuesday, Minute: 14 * 60, HasMinute: true})
		s.Settle()
		s.fill(func(f *bookingForm) { f.Note = "A note" })
		s.anna.Delay(time.Second)
		s.form().save()
		s.press(fyne.KeyEscape)
		if s.page.booking == nil || s.dialogs() != 1 || !s.dialog().Cancel().Disabled() {
			t.Error("the form is left, or asked about")
		}
		s.pass(2 * time.Second)
		if s.dialog() != nil {
			t.Error("the form stays")
		}
		s.wantWritten("Lucy Marsh osei 24 Nov 14:00 15 booked")

		s.to("g")
		s.press(fyne.KeyDelete, fyne.KeyReturn, fyne.KeyEscape)
		if s.dialog() == nil {
			t.Error("it says that it is kept")
		}
		s.pass(3 * time.Second)
		s.wantWritten("g cancelled")
	})
}

// TestSavedBesideTheDay leaves the dialog alone that was opened over the day meanwhile.
func TestSavedBesideTheDay(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Book(Request{Patient: "p3", Practitioner: "osei", Date: tuesday, Minute: 14 * 60, HasMinute: true})
		s.Settle()
		s.anna.Delay(time.Second)
		s.form().save()
		s.page.openDate()
		s.pass(4 * time.Second)
		if s.page.booking != nil {
			t.Error("the form stays")
		}
		s.wantWritten("Lucy Marsh osei 24 Nov 14:00 15 booked")
		s.wantDialog("Go to a date")
		s.press(fyne.KeyEscape)
		if s.dialog() != nil {
			t.Error("it stays")
		}
	})
}

// TestLeftWhileSaved: a form that is gone neither asks nor leaves a draft.
func TestLeftWhileSaved(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.page.Book(Request{Practitioner: "osei", Date: tuesday, Minute: 10 * 60, HasMinute: true})
		s.Settle()
		s.form().newPatient(true)
		s.fill(func(f *bookingForm) { f.Query = "Nora Vint" })
		s.anna.Delay(time.Second)
		b, d := s.form(), s.page.dialogs.Top()
		b.save()
		b.cancel()
		d.Close()
		s.pass(4 * time.Second) // somebody else is there at 10:00
		if s.dialog() != nil || len(s.anna.Desk.Drafts()) != 0 {
			t.Errorf("asked, or drafts %v", s.anna.Desk.Drafts())
		}
	})
}

// TestTypeIsNotLost with the dialog: there is no draft of it.
func TestTypeIsNotLost(t *testing.T) {
	onTuesday(t, func(s *sample) {
		s.to("c")
		s.press(fyne.KeyReturn)
		s.pass(screen.LastingAfter)
		s.page.day.form.edit("check", "")
		s.press(fyne.KeyEscape)
		s.wantDialogText("Throw away what you typed?")
		s.press(fyne.KeyEscape, fyne.KeyF3)
		s.wantDialogText("The kind that you chose is not saved yet.")
		s.wantWritten()
		s.page.day.form.save()
		s.Settle()
		s.wantWritten("c check")
	})
}
