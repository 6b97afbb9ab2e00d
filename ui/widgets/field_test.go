package widgets

import (
	"testing"

	"fyne.io/fyne/v2"

	"anteroom/ui/looks"
)

func TestFieldErrorMovesNothing(t *testing.T) {
	for _, scale := range []float32{1, 2} {
		w := newTestWindow(t, looks.New(looks.Light, scale))
		entry, below := NewEntry(), NewPrimaryButton("Sign in", nil)
		field := NewField("Password", entry)
		card := NewCard(Heading("Sign in"), field, below)
		w.SetContent(Centered(card))
		where := func() [3]fyne.Position {
			return [3]fyne.Position{card.Position(), entry.Position(), below.Position()}
		}
		before, size := where(), card.Size()
		field.SetHelp("At least twelve characters")
		field.SetError("That is not right. Check the user name and the password, then try again, or ask an admin.")
		w.Resize(w.Canvas().Size().AddWidthHeight(0, 1))
		w.Resize(w.Canvas().Size().AddWidthHeight(0, -1))
		if after := where(); after != before || card.Size() != size {
			t.Errorf("scale %v: before %v %v, after %v %v", scale, before, size, after, card.Size())
		}
		if width := entry.Size().Width; width > maxField() || width != card.Size().Width-2*cardPad {
			t.Errorf("scale %v: the field is %v wide, its card %v", scale, width, card.Size().Width)
		}
		if field.Error() == "" || field.help.Visible() {
			t.Error("the error does not take the place of the help")
		}
		field.SetError("")
		if !field.help.Visible() || field.err.Visible() {
			t.Error("the help does not come back")
		}
	}
}

func TestLongErrorWraps(t *testing.T) {
	field := NewField("Name", NewEntry())
	newPlainWindow(t, field)
	width := field.MinSize().Width
	field.SetError("A very long error that goes on and on and on and on, and then on and on and on, until it needs three lines or even more of them to say what it has to say.")
	if field.MinSize().Width > width {
		t.Errorf("the field got wider: %v, then %v", width, field.MinSize().Width)
	}
}
