package patients

import (
	"testing"

	"fyne.io/fyne/v2"

	"anteroom/data"
	"anteroom/ui/looks"
)

// below says that an object begins under another one.
func below(o, other fyne.CanvasObject) bool {
	driver := fyne.CurrentApp().Driver()
	return driver.AbsolutePositionForObject(o).Y >= driver.AbsolutePositionForObject(other).Y+other.Size().Height
}

// TestPatientPageColumns: two where there is room; where there is one, who it is stays in sight.
func TestPatientPageColumns(t *testing.T) {
	for _, c := range []struct {
		scale, width float32
		isNarrow     bool
	}{{1, 1024, false}, {1, 1920, false}, {1, 880, true}, {2, 1024, true}} {
		inBubbleWith(t, few(), looks.New(looks.Light, c.scale), func(s *sample) {
			s.window.Resize(fyne.NewSize(c.width, 700))
			w := s.record("ann")
			if isBelow := below(w.who.card, w.visits.card); isBelow != c.isNarrow {
				t.Errorf("%v wide at %v: the rest of who it is is below the appointments: %v", c.width, c.scale, isBelow)
			}
			if !below(w.rest.card, w.who.card) {
				t.Errorf("%v wide at %v: the rest is not below who it is", c.width, c.scale)
			}
			if w.head.who.Visible() != c.isNarrow || w.who.title.Visible() == c.isNarrow || w.head.alert.Visible() != c.isNarrow || w.who.alert.Visible() == c.isNarrow {
				t.Errorf("%v wide at %v: who it is and the alert stand twice, or nowhere", c.width, c.scale)
			}
			s.window.Resize(fyne.NewSize(2400, 700))
			if below(w.who.card, w.visits.card) || w.head.who.Visible() {
				t.Errorf("%v wide at %v: with room there is still one column", c.width, c.scale)
			}
		})
	}
}

// TestPatientPageToastCoversNothing: what has the focus is in sight above it.
func TestPatientPageToastCoversNothing(t *testing.T) {
	inBubbleWith(t, few(), looks.New(looks.Light, 2), func(s *sample) {
		w := s.record("ann")
		w.Say("Printed.")
		s.Settle()
		if !w.visits.book.HasFocus() || !below(w.toast, w.visits.book) {
			t.Error("the toast is over what has the focus")
		}
	})
}

// TestFormColumns: what looks alike is beside the first fields, or right below them.
func TestFormColumns(t *testing.T) {
	for _, c := range []struct {
		scale, width             float32
		sexIsBelow, alikeIsBelow bool // the phones
		sexIsBelowAlike          bool
	}{
		{scale: 1, width: 1366},
		{scale: 1, width: 1024, sexIsBelowAlike: true},
		{scale: 2, width: 1024, sexIsBelow: true, alikeIsBelow: true, sexIsBelowAlike: true},
	} {
		inBubbleWith(t, few(), looks.New(looks.Light, c.scale), func(s *sample) {
			s.window.Resize(fyne.NewSize(c.width, 700))
			f := s.form("", "")
			s.typed("Annie Smyth")
			sex, other := f.fields[data.FieldSex].box, f.fields[data.FieldOtherPhone].box
			if below(sex, other) != c.sexIsBelow || below(f.alike, other) != c.alikeIsBelow || below(sex, f.alike) != c.sexIsBelowAlike {
				t.Errorf("%v wide at %v: the sex is below the phones: %v, what looks alike: %v, the sex below that: %v",
					c.width, c.scale, below(sex, other), below(f.alike, other), below(sex, f.alike))
			}
		})
	}
}

// TestFormTabOrder goes down the first column, then the second.
func TestFormTabOrder(t *testing.T) {
	inBubble(t, func(s *sample) {
		f := s.form("", "")
		for _, field := range []data.Field{
			data.FieldName, data.FieldAlsoKnownAs, data.FieldBorn, data.FieldPhone, data.FieldOtherPhone, data.FieldEmail, data.FieldAddress,
			data.FieldEmergency, data.FieldSex, data.FieldGender, data.FieldRecordNumber, data.FieldHealthNumber, data.FieldAlert, data.FieldNotes, data.FieldState,
		} {
			if s.window.Canvas().Focused() != f.fields[field].focus {
				t.Fatalf("at field %d the focus is at %T", field, s.window.Canvas().Focused())
			}
			s.press(fyne.KeyTab)
		}
	})
}
