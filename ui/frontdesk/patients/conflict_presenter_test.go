package patients

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"anteroom/data"
)

// twoEdit is a form in which the phone, the alert and the notes were changed, and
// somebody else changed the phone, the alert and the email meanwhile.
func (s *sample) twoEdit() *FormPage {
	f := s.form("ann", "")
	s.benChanges("ann", func(p *data.Patient) {
		p.Phones, p.Alert, p.Email = []string{"07700 900999", p.Phones[1]}, "Allergic to latex.", "new@example.org"
	})
	f.fields[data.FieldPhone].set("07700 900888")
	f.fields[data.FieldAlert].set("Deaf.")
	f.fields[data.FieldNotes].set("Mine.")
	s.Settle()
	s.press(fyne.KeyReturn)
	return f
}

func TestTwoPeopleChoosePerField(t *testing.T) {
	inBubble(t, func(s *sample) {
		s.twoEdit()
		s.wantText("Changed by two", "Ben Jones saved this patient", "Yours", "07700 900888", "Ben Jones's, 9:41", "07700 900999", "Both")
		s.wantNoText("Mine.") // only one changed the notes
		s.press(fyne.KeyRight, fyne.KeyReturn, fyne.KeyRight, fyne.KeyRight)
		s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyReturn) // over "Back to the form" to "Save"
		p := s.practice.Patient("ann")
		if p.Phones[0] != "07700 900999" || p.Alert != "Deaf.\nAllergic to latex." || p.Notes != "Mine." || p.Email != "new@example.org" {
			t.Errorf("saved %+v", p)
		}
		s.wantWent("patient ann Saved, together with what Ben Jones changed meanwhile.")
		if s.anna.Desk.Draft("patient/ann") != "" {
			t.Error("a draft stays")
		}
	})
}

func TestTwoPeopleBackToTheFormLosesNothing(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.twoEdit()
		s.press(fyne.KeyEscape)
		if f.fields[data.FieldPhone].get() != "07700 900888" || f.fields[data.FieldAlert].get() != "Deaf." || f.fields[data.FieldNotes].get() != "Mine." {
			t.Error("what was typed is lost")
		}
		if s.anna.Desk.Draft("patient/ann") == "" || len(s.saved()) > 0 {
			t.Error("no draft, or saved")
		}
		s.press(fyne.KeyReturn)
		s.wantText("Changed by two") // asked again
	})
}

func TestTwoPeopleOneSavesDuringTheChoice(t *testing.T) {
	inBubble(t, func(s *sample) {
		s.twoEdit()
		s.benChanges("ann", func(p *data.Patient) { p.Phones = []string{"07700 900777", p.Phones[1]} })
		s.press(shiftTab, fyne.KeyReturn) // Save, with mine
		s.wantText("Ben Jones saved this patient", "07700 900777", "07700 900888")
		s.press(shiftTab, fyne.KeyReturn)
		if p := s.practice.Patient("ann"); p.Phones[0] != "07700 900888" || p.Alert != "Deaf." {
			t.Errorf("saved %+v", p)
		}
	})
}

func TestTwoPeopleEntersTooManyDoNotAnswer(t *testing.T) {
	inBubble(t, func(s *sample) {
		s.twoEdit()
		s.press(fyne.KeyReturn)
		if len(s.saved()) > 0 {
			t.Error("an Enter too many chose for the person")
		}
	})
}

func TestFormSaysThatSomebodySavedMeanwhile(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.form("ann", "")
		s.typed("X")
		s.benChanges("ann", func(p *data.Patient) { p.Email = "b@example.org" })
		f.Refresh()
		s.Settle()
		s.wantText("Ben Jones changed this patient at 9:41.")
		if !strings.Contains(f.fields[data.FieldName].get(), "X") {
			t.Error("what was typed is lost")
		}
	})
}

func TestFormFollowsOthersWhileNothingIsTyped(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.form("ann", "")
		s.benChanges("ann", func(p *data.Patient) { p.Email = "b@example.org" })
		f.Refresh()
		s.Settle()
		if f.fields[data.FieldEmail].get() != "b@example.org" || s.anna.Desk.Draft("patient/ann") != "" {
			t.Errorf("email %q, draft %q", f.fields[data.FieldEmail].get(), s.anna.Desk.Draft("patient/ann"))
		}
	})
}

func TestFormOfOneMergedMeanwhile(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.form("annie", "")
		s.typed("X")
		s.benMerges("ann", "annie")
		s.press(fyne.KeyReturn)
		s.wantText("This patient was merged with Ann Smith meanwhile, so nothing was saved.")
		if len(s.saved()) > 0 || !strings.Contains(f.fields[data.FieldName].get(), "X") {
			t.Error("saved over another, or lost")
		}
	})
}

// TestThreeWayLosesNothing: whatever two people make of a record, each field has
// what one of them wanted, and is a question exactly where they disagree.
func TestThreeWayLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		forms := rapid.SliceOfN(rapid.SampledFrom([]string{"", "a", "b"}), data.FieldCount, data.FieldCount)
		draw := func(name string) (f data.PatientForm) {
			copy(f[:], forms.Draw(t, name))
			f[data.FieldState] = rapid.SampledFrom([]string{"", "left", "deceased"}).Draw(t, name+" state")
			return f
		}
		base, mine, theirs := draw("base"), draw("mine"), draw("theirs")
		merged, questions := threeWay(base, mine, theirs, "")
		asked := map[data.Field]bool{}
		for _, q := range questions {
			for _, f := range q.Fields {
				asked[f] = true
			}
			if cmp.Equal(q.Versions[0].Values, q.Versions[1].Values) {
				t.Fatalf("a question with one answer: %+v", q)
			}
		}
		for _, unit := range units() {
			b, m, th := valuesOf(base, unit), valuesOf(mine, unit), valuesOf(theirs, unit)
			got, disagree := valuesOf(merged, unit), !cmp.Equal(m, b) && !cmp.Equal(th, b) && !cmp.Equal(m, th)
			switch {
			case disagree != asked[unit[0]]:
				t.Fatalf("%v: disagree %v, asked %v", unit, disagree, asked[unit[0]])
			case !disagree && cmp.Equal(th, b) && !cmp.Equal(got, m), !disagree && !cmp.Equal(th, b) && !cmp.Equal(got, th):
				t.Fatalf("%v: base %q, mine %q, theirs %q became %q", unit, b, m, th, got)
			}
		}
	})
}
