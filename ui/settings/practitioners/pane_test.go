package practitioners

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/data"
	"anteroom/ui/looks"
	"anteroom/ui/uitest"
	"anteroom/ui/widgets"
)

// focusOn says what button or tick box has the focus; "" is none.
func (s *screenSample) focusOn() string {
	switch b := s.window.Canvas().Focused().(type) {
	case *widgets.Button:
		return b.Text
	case *widgets.Check:
		return b.Text
	}
	return ""
}

// addDrRoy begins to add a practitioner, with the cursor in Monday's hours.
func (s *screenSample) addDrRoy(t *testing.T) {
	t.Helper()
	s.enter(rowPractitioners)
	s.press(shiftTab, fyne.KeyReturn)
	s.wantDialog(t, "Add")
	s.typed("Dr Roy")
	s.press(fyne.KeyTab, fyne.KeyTab) // over the colour to Monday
}

func TestAddPractitionerByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.addDrRoy(t)
		s.typed("9-12")
		s.press(fyne.KeyTab, fyne.KeyReturn) // Copy Monday
		if got := s.focusOn(); got != "Copy Monday to Tuesday–Friday" {
			t.Fatalf("the focus is on %q", got)
		}
		for range 6 {
			s.press(fyne.KeyTab)
		}
		s.press(fyne.KeyTab)
		s.typed("1.2.2000")
		s.press(fyne.KeyReturn) // a new line, not the button
		s.typed("3.2.2000 – 4.2.2000 course")
		s.press(fyne.KeyTab)
		s.tabTo(t, "Add")
		s.press(fyne.KeyReturn)
		if s.dialog() != nil {
			t.Fatal("the sheet stays")
		}
		added := s.desk.details.Practitioners[3]
		if added.Name != "Dr Roy" || added.Colour != 3 || shortHours(added.Hours) != "Mon–Fri 9:00–12:00" || len(added.Away) != 2 || added.ID == "" {
			t.Errorf("%+v", added)
		}
		if s.focusOn() != "Add practitioner…" {
			t.Errorf("the focus is on %T", s.window.Canvas().Focused())
		}
	})
}

// TestHoursAreReadAsTheyAreTyped, and what may mean two things is asked.
func TestHoursAreReadAsTheyAreTyped(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.addDrRoy(t)
		wantRead := func(want string) {
			t.Helper()
			if got := shownIn(s.dialog()); !strings.Contains(got, want) {
				t.Errorf("%q is not to be read in %q", want, got)
			}
		}
		s.typed("7-8")
		wantRead("Is it 07:00–08:00, or 19:00–20:00?")
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Add")
		if s.desk.saves != 0 {
			t.Fatal("it is saved")
		}
		s.replace("9-12:30, 1:30-5")
		wantRead("09:00–12:30, 13:30–17:00")
		for range 8 {
			s.press(fyne.KeyTab)
		}
		s.typed("24/12/26 - 2/1/27 leave")
		wantRead("24 Dec 2026 – 2 Jan 2027 leave")
		s.tabTo(t, "Add")
		s.press(fyne.KeyReturn)
		added := s.desk.details.Practitioners[3]
		if got := shortHours(added.Hours); got != "Mon 9:00–12:30, 13:30–17:00; Tue–Fri 9:00–17:00" {
			t.Errorf("saved %q", got)
		}
	})
}

// What is wrong with a day's hours is said until they are typed anew.
func TestHoursAreMended(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.addDrRoy(t)
		s.typed("22-9")
		s.press(fyne.KeyReturn) // the focus comes back here
		wrong := func() (n int) {
			for _, o := range test.LaidOutObjects(s.dialog()) {
				if notice, ok := o.(*widgets.Notice); ok && notice.Visible() && notice.Text() == "A time ends before it begins. Look at it again." {
					n++
				}
			}
			return n
		}
		if wrong() != 1 {
			t.Fatalf("it is said %d times", wrong())
		}
		s.typed("0")
		if wrong() != 0 {
			t.Error("it is still said")
		}
	})
}

func TestEditPractitionerByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.enter(rowPractitioners)
		s.press(fyne.KeyDown, fyne.KeyReturn)
		s.wantDialog(t, "Save")
		s.press(fyne.KeyTab, fyne.KeyTab)
		s.replace("nonsense")
		monday := s.window.Canvas().Focused()
		s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyReturn) // in Tuesday
		if s.dialog() == nil || s.window.Canvas().Focused() != monday {
			t.Fatalf("the focus is on %T, not on what is wrong", s.window.Canvas().Focused())
		}
		s.replace("08:00–09:00")
		s.press(fyne.KeyReturn)
		if got := shortHours(s.desk.details.Practitioners[1].Hours); s.dialog() != nil || got != "Mon 08:00–09:00; Tue, Thu 9:00–12:30, 13:30–17:00" {
			t.Errorf("%q", got)
		}
		if away := s.desk.details.Practitioners[1].Away; len(away) != 1 || away[0].Why != "Holiday" {
			t.Errorf("what was not touched is another: %+v", away)
		}
	})
}

// What somebody else saved is shown in the sheet, which keeps what was typed.
func TestOvertakenSheetStaysOpen(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.desk.meantimes = append(s.desk.meantimes, func(d *data.Details) { d.Practitioners[0].Colour = 5 })
		s.enter(rowPractitioners)
		s.press(fyne.KeyReturn)
		s.replace("Dr Roy")
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Save")
		if entry, ok := s.window.Canvas().Focused().(*widgets.Entry); !ok || entry.Text != "Dr Roy" || !strings.Contains(shownIn(s.dialog()), "Colour: Olive") {
			t.Errorf("%q", shownIn(s.dialog()))
		}
		s.press(fyne.KeyReturn)
		if got := s.desk.details.Practitioners[0]; s.dialog() != nil || got.Name != "Dr Roy" || got.Colour != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// The focus goes to a button that can be pressed.
func TestMovedToTheTopKeepsTheFocus(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.enter(rowPractitioners)
		s.press(fyne.KeyDown, fyne.KeyDown)
		s.tabTo(t, "Move up")
		s.press(fyne.KeyReturn)
		if s.focusOn() != "Move up" {
			t.Errorf("the focus is on %q", s.focusOn())
		}
		s.press(fyne.KeyReturn)
		if got := s.desk.details.Practitioners[0].Name; got != "Nurse Marsh" || s.focusOn() != "Move down" {
			t.Errorf("%q is first, the focus is on %q", got, s.focusOn())
		}
	})
}

func TestRemovePractitionerIsAsked(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.enter(rowPractitioners)
		s.tabTo(t, "Remove…")
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Remove")
		s.press(fyne.KeyReturn) // the focus is on Cancel
		if s.desk.saves != 0 || s.dialog() != nil {
			t.Fatal("an Enter too many removed")
		}
		s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
		if !s.desk.details.Practitioners[0].Gone || s.focusOn() != "Bring back" {
			t.Errorf("the focus is on %q", s.focusOn())
		}
		s.press(fyne.KeyReturn)
		if s.desk.details.Practitioners[0].Gone {
			t.Error("not brought back")
		}
	})
}

func TestKindsByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.enter(rowAppointments)
		s.tabTo(t, "Add kind…")
		s.press(fyne.KeyReturn)
		s.typed("Vaccination")
		s.press(fyne.KeyTab)
		s.replace("10")
		s.press(fyne.KeyReturn)
		if kinds := s.desk.details.Types; s.dialog() != nil || len(kinds) != 3 || kinds[2].Name != "Vaccination" || kinds[2].Minutes != 10 {
			t.Fatalf("%+v", kinds)
		}
		s.tabTo(t, "Remove…")
		s.press(fyne.KeyTab)
		s.replace("25")
		s.press(fyne.KeyEscape)
		s.wantDialog(t, "Leave") // it is not saved
		s.press(fyne.KeyEscape, fyne.KeyReturn)
		if s.desk.details.WaitLimit != 25 || s.dialog() != nil {
			t.Errorf("%d", s.desk.details.WaitLimit)
		}
		s.press(fyne.KeyEscape)
		if s.backs != 1 {
			t.Error("what is saved is asked for")
		}
	})
}

// A practice without records shows no panes that are about them.
func TestNoDeskNoPanes(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		p := s.params
		p.Desk = nil
		for _, r := range New(p).rows {
			if r.name == PanePractitioners || r.name == PaneAppointments || r.name == PaneExchange {
				t.Errorf("%q", r.name)
			}
		}
	})
}

// TestBeginsWithANewPractitioner, who has usual hours; the sheet can be left again without a question.
func TestBeginsWithANewPractitioner(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newSampleAt(t, b, looks.New(looks.Light, 1), NewPractitioner)
		s.wantDialog(t, "Add")
		if !s.rows[rowPractitioners].pane.content.Visible() {
			t.Error("below it is another pane")
		}
		s.press(fyne.KeyEscape)
		if s.dialog() != nil {
			t.Fatal("Esc asks something")
		}
		s.ReadAnew()
		s.Settle()
		if s.dialog() != nil {
			t.Error("it comes again")
		}
	})
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newSampleAt(t, b, looks.New(looks.Light, 1), NewPractitioner)
		var add *widgets.Button
		uitest.Walk(s.rows[rowPractitioners].pane.content, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
			if b, ok := o.(*widgets.Button); ok && b.Text == "Add practitioner…" {
				add = b
			}
		})
		add.OnTapped() // as where reading them takes long, and something else was opened
		if n := len(s.window.Canvas().Overlays().List()); n != 1 {
			t.Errorf("%d dialogs are open", n)
		}
		s.press(fyne.KeyEscape)
		s.GoTo(PaneUsers)
		if add.OnTapped(); s.dialog() != nil {
			t.Error("it comes over another pane")
		}
	})
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newSampleAt(t, b, looks.New(looks.Light, 1), NewPractitioner)
		s.typed("Dr Roy")
		s.press(fyne.KeyReturn)
		if added := s.desk.details.Practitioners[3]; s.dialog() != nil || added.Name != "Dr Roy" || shortHours(added.Hours) != "Mon–Fri 9:00–17:00" {
			t.Errorf("%+v", added)
		}
	})
}
