package widgets

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// TestTip rests the mouse on a button, and sees what comes and when it goes.
func TestTip(t *testing.T) {
	var due func() // nil: nothing is waited for
	after := func(delay time.Duration, show func()) (stop func()) {
		if delay != tipAfter {
			t.Errorf("the tip waits for %v, want %v", delay, tipAfter)
		}
		due = show
		return func() { due = nil }
	}
	test.NewTempApp(t)
	book := NewFlatButton(theme.ContentAddIcon(), "", func() {})
	book.Tip = "Book (B)"
	plain := NewButton("Save", func() {})
	layer := NewTipLayer(container.NewVBox(book, plain), nil, after)
	w := test.NewTempWindow(t, layer)
	w.Resize(fyne.NewSize(300, 200))
	elapse := func() {
		if due != nil {
			due()
		}
	}

	book.MouseIn(nil)
	if layer.text.Visible() {
		t.Error("the tip does not wait until the mouse rests")
	}
	elapse()
	if !layer.text.Visible() || layer.text.Text != "Book (B)" {
		t.Errorf("the tip says %q, visible: %v", layer.text.Text, layer.text.Visible())
	}
	if bottom := book.Position().Y + book.Size().Height; layer.surface.Position().Y < bottom {
		t.Errorf("the tip at %v covers its button, which ends at %v", layer.surface.Position().Y, bottom)
	}
	book.MouseOut()
	if layer.text.Visible() {
		t.Error("the tip stays when the mouse leaves")
	}

	book.MouseIn(nil)
	book.MouseOut()
	elapse()
	if layer.text.Visible() {
		t.Error("a tip comes after the mouse has left")
	}

	book.MouseIn(nil)
	elapse()
	test.Tap(plain)
	if layer.text.Visible() {
		t.Error("the tip stays when something else is done")
	}

	plain.MouseIn(nil)
	elapse()
	if layer.text.Visible() {
		t.Error("a button with no tip shows one")
	}
}
