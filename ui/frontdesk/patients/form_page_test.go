package patients

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/looks"
	"anteroom/ui/widgets"
)

// into puts the cursor into a field.
func (s *sample) into(f *FormPage, field data.Field) {
	s.window.Canvas().Focus(f.fields[field].focus)
	s.Settle()
}

func ctrlEnter(s *sample) {
	s.window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	s.Settle()
}

func TestNewPatientByKeys(t *testing.T) {
	somebody := data.Patient{ID: "di", Name: "Di Xu", Gender: "non-binary"}
	inBubbleWith(t, withMore(few(), somebody), looks.New(looks.Light, 1), func(s *sample) {
		f := s.form("", "")
		s.typed("Zoe Quill")
		s.press(fyne.KeyTab, fyne.KeyTab)
		s.wantText("Day first, such as 4/3/1981")
		s.typed("4/3/1981")
		s.wantText("4 Mar 1981, 45")
		s.press(fyne.KeyTab)
		s.typed("01632 960199")
		s.into(f, data.FieldSex)
		s.press(fyne.KeyDown) // the commonest
		s.press(fyne.KeyTab)
		s.typed("non")
		s.press(fyne.KeyDown) // the one that begins so
		s.into(f, data.FieldAlert)
		s.typed("Deaf.")
		s.press(fyne.KeyReturn)
		s.typed("Writes.")
		s.press(fyne.KeyTab) // leaves it
		s.typed("Note")
		ctrlEnter(s)
		s.wantWent("patient new Saved.")
		p := s.saved()[0]
		if p.Name != "Zoe Quill" || p.Born != born(1981, time.March, 4) || p.Sex != "female" || p.Gender != "non-binary" ||
			p.Alert != "Deaf.\nWrites." || p.Notes != "Note" || len(p.Phones) != 1 {
			t.Errorf("saved %+v", p)
		}
		if d := s.anna.Desk.Draft("patient/new"); d != "" {
			t.Errorf("a draft stays: %s", d)
		}
	})
}

func TestFormDateOrders(t *testing.T) {
	inBubble(t, func(s *sample) {
		s.params.Order = data.MonthFirst
		f := s.form("", "Zoe") // with a name the cursor is in the date of birth
		s.wantText("Month first")
		s.typed("4/3/1981")
		s.wantText("3 Apr 1981, 45")
		s.press(fyne.KeyReturn)
		if p := s.saved()[0]; p.Born != born(1981, time.April, 3) || p.Name != "Zoe" {
			t.Errorf("%+v", p)
		}
		f.Close()
	})
}

func TestFormSaysWhatIsWrongBesideTheField(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.form("", "")
		s.into(f, data.FieldBorn)
		s.typed("31/2/1981")
		s.into(f, data.FieldEmail)
		s.typed("zoe")
		s.press(fyne.KeyReturn)
		s.wantText("Type a name.", "There is no such day.", "This is not an email address.", "3 fields need another look.")
		if s.window.Canvas().Focused() != f.fields[data.FieldName].focus {
			t.Error("the focus is not in the first field that is wrong")
		}
		s.typed("Z")
		s.wantNoText("Type a name.")
		s.wantText("There is no such day.", "2 fields need another look.")
		f.fields[data.FieldBorn].set("4/3/1981")
		f.fields[data.FieldEmail].set("")
		s.Settle()
		s.wantNoText("need another look")
		s.wantNoText("needs another look")
		f.fields[data.FieldEmail].set("zoe")
		if len(s.saved()) > 0 || f.fields[data.FieldEmail].get() != "zoe" {
			t.Error("saved, or lost what was typed")
		}
	})
}

// Who is the same by name and date of birth, or by record number, is saved once
// more only if that is meant.
func TestFormAsksIfSame(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.form("", "")
		s.typed("annie smyth")
		s.press(fyne.KeyTab, fyne.KeyTab)
		s.typed("4/3/1981")
		s.press(fyne.KeyReturn)
		s.wantText("Is it the same person?", "Annie Smyth", "No. 4712")
		s.press(fyne.KeyReturn) // an Enter too many goes back to the form
		if s.wantSaved(); s.window.Canvas().Overlays().Top() != nil {
			t.Fatal("the question stays")
		}
		s.into(f, data.FieldBorn)
		s.press(fyne.KeyReturn)
		s.press(fyne.KeyTab, fyne.KeyReturn) // Save as another patient
		s.wantSaved("annie smyth")
	})
	inBubble(t, func(s *sample) {
		f := s.form("", "")
		s.typed("annie smyth")
		s.press(fyne.KeyTab, fyne.KeyTab)
		s.typed("5/3/1981")
		s.press(fyne.KeyReturn)
		if len(s.saved()) != 1 {
			t.Errorf("who was born on another day is asked about: %s", s.texts())
		}
		f.Close()
	})
}

// TestYesSavesWhoWasAsked, whatever the form has by then.
func TestYesSavesWhoWasAsked(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.form("", "")
		s.typed("annie smyth")
		s.press(fyne.KeyTab, fyne.KeyTab)
		s.typed("4/3/1981")
		s.press(fyne.KeyReturn)
		f.form.now[data.FieldName] = "Somebody Else"
		s.press(fyne.KeyTab, fyne.KeyReturn) // Save as another patient
		s.wantSaved("annie smyth")
	})
}

func TestFormShowsWhoLooksAlike(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.form("", "")
		s.typed("Annie Smyth")
		s.wantText("Is it one of these?", "Annie Smyth")
		s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab) // what is typed on goes into the next field
		s.typed("0")
		if got := f.fields[data.FieldPhone].get(); got != "0" {
			t.Errorf("after the date of birth comes %q", got)
		}
		s.into(f, data.FieldBorn)
		s.press(fyne.KeyDown, fyne.KeyReturn)
		s.wantWent("patient annie")
		f.Close()

		again := s.form("", "") // what was typed is still there
		if again.fields[data.FieldName].get() != "Annie Smyth" {
			t.Errorf("the draft has %q", again.fields[data.FieldName].get())
		}
		s.wantText("This was typed before and not saved yet.")
		again.Close()

		s.form("ann", "")
		s.wantNoText("Is it one of these?")
	})
}

// What is wrong with a field is said when the cursor leaves it.
func TestFormChecksWhatIsLeft(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.form("", "")
		s.press(fyne.KeyTab, fyne.KeyTab) // the name is still to come
		s.wantNoText("Type a name.")
		s.typed("31/2/1980")
		s.wantNoText("There is no such day. Look at day and month.")
		s.press(fyne.KeyTab)
		s.wantText("There is no such day. Look at day and month.")
		s.into(f, data.FieldBorn)
		s.press(fyne.KeyBackspace)
		s.wantNoText("There is no such day. Look at day and month.")
		s.into(f, data.FieldEmail)
		s.typed("nobody")
		s.press(fyne.KeyTab)
		s.wantText("This is not an email address. It looks like name@example.org.")
		s.into(f, data.FieldPhone)
		s.typed("none")
		s.press(fyne.KeyTab)
		s.press(fyne.KeyTab)
		s.wantNoText("another look.") // that is what a save says
		s.into(f, data.FieldEmail)
		s.press(fyne.KeyReturn)
		s.wantText("4 fields need another look.")
		s.into(f, data.FieldName)
		s.typed("Zoe")
		s.wantText("3 fields need another look.")
		s.into(f, data.FieldBorn)
		s.typed("x")
		s.press(fyne.KeyTab)
		s.wantText("3 fields need another look.")
	})
}

// What was wrong because of another field is not said any more once all is right.
func TestFormForgetsWhatIsRight(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.form("ann", "")
		f.form.edit(data.FieldState, "left")
		f.form.edit(data.FieldSince, "1/1/1970")
		f.form.save()
		s.wantText("This is before the date of birth. Look at both.", "1 field needs another look.")
		f.form.edit(data.FieldBorn, "1/1/1960")
		s.anna.Delay(time.Second)
		f.form.save()
		s.wantText("Saving…")
		s.wantNoText("another look")
		s.wantNoText("Look at both.")
		s.pass(2 * time.Second)
		if p := s.practice.Patient("ann"); p.State != data.Left {
			t.Errorf("%+v", p)
		}
	})
}

func TestFormSimilarLatestWins(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.form("", "")
		slowly(&f.form.alike, time.Second)
		s.typed("Ann")
		s.typed("ie Smyth")
		s.pass(5 * time.Second)
		if len(f.similar) != 1 || f.similar[0].ID != "annie" {
			t.Errorf("%+v", f.similar)
		}
	})
}

// TestFormSimilarStaysChosen: who is chosen among those who look alike stays so
// where somebody comes above.
func TestFormSimilarStaysChosen(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.form("", "")
		f.showSimilar([]hit{{ID: "ann"}, {ID: "annie"}})
		f.alikeList.Select(1)
		f.showSimilar([]hit{{ID: "anna"}, {ID: "ann"}, {ID: "annie"}})
		if got := f.alikeList.Selected(); got != 2 {
			t.Errorf("row %d is chosen", got)
		}
		f.showSimilar([]hit{{ID: "anna"}, {ID: "ann"}})
		if got := f.alikeList.Selected(); got != -1 {
			t.Errorf("row %d is chosen, and who was is gone", got)
		}
	})
}

func TestFormDraftOfAnEditSurvives(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.form("bo", "")
		s.into(f, data.FieldNotes)
		s.typed("Moved to Sampleton")
		f.Close() // a sign-out
		s.benChanges("bo", func(p *data.Patient) { p.Phones = []string{"01632 960777"} })
		f = s.form("bo", "")
		if f.fields[data.FieldNotes].get() != "Moved to Sampleton" {
			t.Fatalf("the notes are %q", f.fields[data.FieldNotes].get())
		}
		if got, least := f.afresh.Size().Width, f.afresh.MinSize().Width; !f.draftRow.Visible() || got < least {
			t.Errorf("the link to throw the draft away is %v wide, of %v", got, least)
		}
		s.press(fyne.KeyReturn)
		p := s.practice.Patient("bo")
		if p.Notes != "Moved to Sampleton" || p.Phones[0] != "01632 960777" {
			t.Errorf("saved %+v", p)
		}
		s.wantWent("patient bo Saved, together with what Ben Jones changed meanwhile.")
	})
}

func TestFormDraftAndAnotherName(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.form("", "")
		s.typed("Zed")
		f.Close()
		f = s.form("", "Yan")
		s.wantText("[Start with “Yan” instead]")
		test.Tap(f.afresh)
		s.Settle()
		if got := f.fields[data.FieldName].get(); got != "Yan" || s.anna.Desk.Draft("patient/new") != "" {
			t.Errorf("name %q, draft %q", got, s.anna.Desk.Draft("patient/new"))
		}
		if s.window.Canvas().Focused() == nil {
			t.Error("the focus is lost")
		}
		s.press(fyne.KeyEscape) // nothing was typed
		s.wantWent("back")
	})
}

func TestFormCancelAsksOnlyWhenSomethingWasTyped(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.form("ann", "")
		s.press(fyne.KeyEscape)
		s.wantWent("back")
		f.Close()
		f = s.form("ann", "")
		s.typed("X")
		s.press(fyne.KeyEscape)
		s.wantWent()
		s.wantText("Throw away what you typed?", "Allergic to penicillin.")
		s.press(fyne.KeyReturn) // the focus is on "Go on typing"
		s.wantWent()
		if got := f.fields[data.FieldName].get(); !strings.Contains(got, "X") || s.window.Canvas().Focused() != f.fields[data.FieldName].focus {
			t.Fatalf("%q, focus %T", got, s.window.Canvas().Focused())
		}
		s.press(fyne.KeyEscape, fyne.KeyTab, fyne.KeyReturn)
		s.wantWent("back")
		if s.anna.Desk.Draft("patient/ann") != "" || len(s.saved()) > 0 {
			t.Error("not thrown away")
		}
	})
}

func TestFormDiskErrorKeepsWhatWasTyped(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.form("ann", "")
		s.anna.FailWrites(auth.ErrDiskFull)
		s.typed("X")
		s.press(fyne.KeyReturn)
		s.wantText("The disk is full, so nothing was saved.")
		s.wantWent()
		if !strings.Contains(f.fields[data.FieldName].get(), "X") || s.anna.Desk.Draft("patient/ann") == "" {
			t.Error("what was typed is lost")
		}
		s.anna.Answer() // there is room again
		s.press(fyne.KeyReturn)
		s.wantWent("patient ann Saved.")
	})
}

func TestFormState(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.form("ann", "")
		s.wantNoText("Since")
		s.into(f, data.FieldState)
		f.fields[data.FieldState].set("left")
		s.Settle()
		s.wantText("Since")
		s.into(f, data.FieldSince)
		s.typed("1/11/2026")
		s.press(fyne.KeyReturn)
		if p := s.practice.Patient("ann"); p.State != data.Left || p.Since != born(2026, time.November, 1) {
			t.Errorf("%v since %v", p.State, p.Since)
		}
	})
}

// TestFormIsClosedWhileSaving: neither keys nor clicks change what is being saved.
func TestFormIsClosedWhileSaving(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.form("ann", "")
		s.into(f, data.FieldNotes)
		s.anna.Delay(time.Second)
		s.anna.FailWrites(auth.ErrDiskFull)
		s.typed("A")
		ctrlEnter(s)
		s.typed("B")
		f.fields[data.FieldState].set("left")
		if f.form.now[data.FieldState] != "" || !f.fields[data.FieldName].focus.(*widgets.Entry).Disabled() {
			t.Error("the form is open")
		}
		f.fields[data.FieldState].set("")
		s.pass(3 * time.Second)
		s.typed("C") // where the cursor was
		if got := f.fields[data.FieldNotes].get(); !strings.HasPrefix(got, "AC") {
			t.Errorf("notes %q", got)
		}
		s.anna.FailWrites(nil)
		ctrlEnter(s)
		s.pass(3 * time.Second)
		s.wantWent("patient ann Saved.")
		if !strings.HasPrefix(s.practice.Patient("ann").Notes, "AC") {
			t.Errorf("saved %q", s.practice.Patient("ann").Notes)
		}
	})
}
