package practitioners

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/data"
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest"
	"anteroom/ui/widgets"
)

// runPane runs a test of the pane in its window.
func runPane(t *testing.T, isNew bool, fn func(*testing.T, *panetest.Sample)) {
	t.Helper()
	panetest.Run(t, records(), func(s *panetest.Sample) {
		show(s, isNew)
		fn(s.T, s)
	})
}

func show(s *panetest.Sample, isNew bool) {
	s.Show(func(p pane.Params) pane.Pane { return New(p, s.Anna.Desk, isNew) })
}

// addDrRoy begins to add a practitioner, with the cursor in Monday's hours.
func addDrRoy(s *panetest.Sample) {
	s.T.Helper()
	s.Press(panetest.ShiftTab, fyne.KeyReturn)
	s.WantDialog("Add")
	s.Typed("Dr Roy")
	s.Press(fyne.KeyTab, fyne.KeyTab) // over the colour to Monday
}

func TestAddPractitionerByKeyboard(t *testing.T) {
	runPane(t, false, func(t *testing.T, s *panetest.Sample) {
		addDrRoy(s)
		s.Typed("9-12")
		s.Press(fyne.KeyTab, fyne.KeyReturn) // Copy Monday
		if got := s.FocusOn(); got != "Copy Monday to Tuesday–Friday" {
			t.Fatalf("the focus is on %q", got)
		}
		for range 6 {
			s.Press(fyne.KeyTab)
		}
		s.Press(fyne.KeyTab)
		s.Typed("1.2.2000")
		s.Press(fyne.KeyReturn) // a new line, not the button
		s.Typed("3.2.2000 – 4.2.2000 course")
		s.Press(fyne.KeyTab)
		s.TabTo("Add")
		s.Press(fyne.KeyReturn)
		if s.Dialog() != nil {
			t.Fatal("the dialog stays")
		}
		added := stored(s, "Dr Roy")
		if added.Name != "Dr Roy" || added.Colour != 3 || shortHours(added.Hours) != "Mon–Fri 9:00–12:00" || len(added.Away) != 2 || added.ID == "" {
			t.Errorf("%+v", added)
		}
		if s.FocusOn() != "Add practitioner…" {
			t.Errorf("the focus is on %T", s.Window.Canvas().Focused())
		}
	})
}

// TestHoursAreReadAsTheyAreTyped, and what may mean two things is asked.
func TestHoursAreReadAsTheyAreTyped(t *testing.T) {
	runPane(t, false, func(t *testing.T, s *panetest.Sample) {
		addDrRoy(s)
		wantRead := func(want string) {
			t.Helper()
			if got := s.DialogText(); !strings.Contains(got, want) {
				t.Errorf("%q is not to be read in %q", want, got)
			}
		}
		s.Typed("7-8")
		wantRead("Is it 07:00–08:00, or 19:00–20:00?")
		s.Press(fyne.KeyReturn)
		s.WantDialog("Add")
		if isSaved(s) {
			t.Fatal("it is saved")
		}
		s.Replace("22-6")
		wantRead("A time ends before it begins.")
		s.Replace("9-12:30, 1:30-5")
		wantRead("09:00–12:30, 13:30–17:00")
		for range 8 {
			s.Press(fyne.KeyTab)
		}
		s.Typed("24/12/26 - 2/1/27 leave")
		wantRead("24 Dec 2026 – 2 Jan 2027 leave")
		s.TabTo("Add")
		s.Press(fyne.KeyReturn)
		added := stored(s, "Dr Roy")
		if got := shortHours(added.Hours); got != "Mon 9:00–12:30, 13:30–17:00; Tue–Fri 9:00–17:00" {
			t.Errorf("saved %q", got)
		}
	})
}

// What is wrong with a day's hours is said until they are typed anew.
func TestHoursAreMended(t *testing.T) {
	runPane(t, false, func(t *testing.T, s *panetest.Sample) {
		addDrRoy(s)
		s.Typed("22-9")
		s.Press(fyne.KeyReturn) // the focus comes back here
		wrong := func() (n int) {
			for _, o := range test.LaidOutObjects(s.Dialog()) {
				if notice, ok := o.(*widgets.Notice); ok && notice.Visible() && notice.Text() == "A time ends before it begins. Look at it again." {
					n++
				}
			}
			return n
		}
		if wrong() != 1 {
			t.Fatalf("it is said %d times", wrong())
		}
		s.Typed("0")
		if wrong() != 0 {
			t.Error("it is still said")
		}
	})
}

func TestEditPractitionerByKeyboard(t *testing.T) {
	runPane(t, false, func(t *testing.T, s *panetest.Sample) {
		s.Press(fyne.KeyDown, fyne.KeyReturn)
		s.WantDialog("Save")
		s.Press(fyne.KeyTab, fyne.KeyTab)
		s.Replace("nonsense")
		monday := s.Window.Canvas().Focused()
		s.Press(fyne.KeyTab, fyne.KeyTab, fyne.KeyReturn) // in Tuesday
		if s.Dialog() == nil || s.Window.Canvas().Focused() != monday {
			t.Fatalf("the focus is on %T, not on what is wrong", s.Window.Canvas().Focused())
		}
		s.Replace("08:00–09:00")
		s.Press(fyne.KeyReturn)
		if got := shortHours(stored(s, "Dr Lind").Hours); s.Dialog() != nil || got != "Mon 08:00–09:00; Tue, Thu 9:00–12:30, 13:30–17:00" {
			t.Errorf("%q", got)
		}
		if away := stored(s, "Dr Lind").Away; len(away) != 1 || away[0].Why != "Holiday" {
			t.Errorf("what was not touched is another: %+v", away)
		}
	})
}

// What somebody else saved is shown in the dialog, which keeps what was typed.
func TestOvertakenDialogStaysOpen(t *testing.T) {
	runPane(t, false, func(t *testing.T, s *panetest.Sample) {
		s.ChangeDetails(func(d *data.Details) { d.Practitioners[0].Colour = 5 })
		s.Press(fyne.KeyReturn)
		s.Replace("Dr Roy")
		s.Press(fyne.KeyReturn)
		s.WantDialog("Save")
		if entry, ok := s.Window.Canvas().Focused().(*widgets.Entry); !ok || entry.Text != "Dr Roy" || !strings.Contains(s.DialogText(), "Colour: Olive") {
			t.Errorf("%q", s.DialogText())
		}
		s.Press(fyne.KeyReturn)
		if got := s.Details().Practitioners[0]; s.Dialog() != nil || got.Name != "Dr Roy" || got.Colour != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// The focus goes to a button that can be pressed.
func TestMovedToTheTopKeepsTheFocus(t *testing.T) {
	runPane(t, false, func(t *testing.T, s *panetest.Sample) {
		s.Press(fyne.KeyDown, fyne.KeyDown)
		s.TabTo("Move up")
		s.Press(fyne.KeyReturn)
		if s.FocusOn() != "Move up" {
			t.Errorf("the focus is on %q", s.FocusOn())
		}
		s.Press(fyne.KeyReturn)
		if got := s.Details().Practitioners[0].Name; got != "Nurse Marsh" || s.FocusOn() != "Move down" {
			t.Errorf("%q is first, the focus is on %q", got, s.FocusOn())
		}
	})
}

// TestBeginsWithANewPractitioner, who has usual hours; the dialog can be left again without a question.
func TestBeginsWithANewPractitioner(t *testing.T) {
	runPane(t, true, func(t *testing.T, s *panetest.Sample) {
		s.WantDialog("Add")
		s.Press(fyne.KeyEscape)
		if s.Dialog() != nil {
			t.Fatal("Esc asks something")
		}
		s.Pane.Refresh()
		s.Settle()
		if s.Dialog() != nil {
			t.Error("it comes again")
		}
	})
	runPane(t, true, func(t *testing.T, s *panetest.Sample) {
		s.Typed("Dr Roy")
		s.Press(fyne.KeyReturn)
		if added := stored(s, "Dr Roy"); s.Dialog() != nil || shortHours(added.Hours) != "Mon–Fri 9:00–17:00" {
			t.Errorf("%+v", added)
		}
	})
}

// TestNewPractitionerDisturbsNobody: not who opened something, nor who went on to another pane.
func TestNewPractitionerDisturbsNobody(t *testing.T) {
	runPane(t, true, func(t *testing.T, s *panetest.Sample) {
		var add *widgets.Button
		uitest.Walk(s.Pane.Content, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
			if b, ok := o.(*widgets.Button); ok && b.Text == "Add practitioner…" {
				add = b
			}
		})
		add.OnTapped() // as where reading them takes long, and something else was opened
		if n := len(s.Window.Canvas().Overlays().List()); n != 1 {
			t.Errorf("%d dialogs are open", n)
		}
		s.Press(fyne.KeyEscape)
		s.Pane.Content.Hide()
		if add.OnTapped(); s.Dialog() != nil {
			t.Error("it comes over another pane")
		}
	})
}
