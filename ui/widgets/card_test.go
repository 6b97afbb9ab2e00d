package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
)

// TestFootStaysInSight of a card that the window is too low for: what is above it scrolls, up to the field with the focus.
func TestFootStaysInSight(t *testing.T) {
	var fields []fyne.CanvasObject
	for range 5 {
		fields = append(fields, NewField("Name", NewEntry()))
	}
	button := NewPrimaryButton("Save", nil)
	card := NewCard(fields...).Footed(NewFooter(nil, button))
	w := newPlainWindow(t)
	w.SetContent(Centered(card))
	high := card.Size().Height
	if high != card.MinSize().Height {
		t.Errorf("in a high window it is %v high, not %v", high, card.MinSize().Height)
	}
	for _, height := range []float32{500, 300, high + 20} {
		w.Resize(fyne.NewSize(1024, height))
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(button)
		if end := at.Y + button.Size().Height; end > height-cardPad || end < height-cardPad-2*gap-20 {
			t.Errorf("in a window of %v it ends at %v", height, end)
		}
		w.Canvas().Focus(fields[4].(*Field).Input().(*Entry))
		if last := fyne.CurrentApp().Driver().AbsolutePositionForObject(fields[4]); last.Y+fields[4].Size().Height > at.Y {
			t.Errorf("in a window of %v the last field is at %v, the button at %v", height, last, at)
		}
		w.Canvas().Unfocus()
		card.ScrollToTop()
	}
}

// TestFootOfALowWindow: where there is hardly room for the foot alone, all of the card scrolls.
func TestFootOfALowWindow(t *testing.T) {
	entry, button := NewEntry(), NewPrimaryButton("Save", nil)
	w := newPlainWindow(t)
	w.SetContent(Centered(NewCard(NewField("Name", entry), NewField("Number", NewEntry())).Footed(NewFooter(nil, button))))
	w.Resize(fyne.NewSize(1024, 140))
	for _, o := range []interface {
		fyne.CanvasObject
		fyne.Focusable
	}{button, entry} {
		w.Canvas().Focus(o)
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
		if at.Y < 0 || at.Y+o.Size().Height > 140 {
			t.Errorf("the %T is at %v", o, at)
		}
	}
}
