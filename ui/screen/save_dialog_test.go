package screen

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/ui/looks"
	"anteroom/ui/widgets"
)

// newSaveDialog is an open dialog over a button, "Behind".
func newSaveDialog(t *testing.T, c *saveCase) *SaveDialog {
	test.NewTempApp(t).Settings().SetTheme(looks.New(looks.Light, 1))
	w := test.NewTempWindow(t, widgets.NewButton("Behind", nil))
	w.Resize(fyne.NewSize(1024, 700))
	d := NewSaveDialog(w, SaveWords{File: "kit.pdf", Folder: authtest.Path("/home"), Advice: "A stick.", OwnDisk: "Its own disk."}, &c.saver)
	view := NewView(d.Show)
	c.saver.Changed = func() { view.Show(c.saver.View()) }
	c.saver.Saved = func(string) { d.Close() }
	c.saver.Changed() // it is closed
	d.Open()
	return d
}

// TestSaveDialogWarnsOfTheOwnDisk: nothing is saved before that was read, and nothing moves.
func TestSaveDialogWarnsOfTheOwnDisk(t *testing.T) {
	inSave(t, func(t *testing.T, c *saveCase) {
		c.ownDisk, c.fails = true, &auth.FieldError{Field: auth.FieldFolder, Problem: auth.ProblemTaken}
		d := newSaveDialog(t, c)
		canvas := d.window.Canvas()
		enter := func() { canvas.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}); c.Settle() }
		place := func() fyne.Position { return fyne.CurrentApp().Driver().AbsolutePositionForObject(d.field) }
		before := place()
		if d.path.Text() != authtest.Path("/home/kit.pdf") || canvas.Focused() != d.path.Focusable() || d.advice.Text() != "A stick." {
			t.Errorf("proposed: %q, advice: %q", d.path.Text(), d.advice.Text())
		}
		enter()
		primary := d.dialog.Primary()
		if primary.Text != "Save all the same" || primary.Importance != widget.DangerImportance || d.advice.Text() != "Its own disk." || len(c.written) != 0 {
			t.Errorf("%q, %q, written: %q", primary.Text, d.advice.Text(), c.written)
		}
		if canvas.Focused() != fyne.Focusable(d.dialog.Cancel()) || place() != before {
			t.Error("an Enter too many saves, or the field has moved")
		}
		test.Tap(primary)
		c.Settle()
		if !strings.HasPrefix(d.field.Error(), "There is a file of this name already") || place() != before {
			t.Errorf("error: %q", d.field.Error())
		}
		canvas.Focus(d.path.Focusable())
		test.Type(canvas.Focused(), "x")
		if d.field.Error() != "" || primary.Text != "Save" {
			t.Errorf("after typing: %q, %q", d.field.Error(), primary.Text)
		}
		c.ownDisk, c.fails = false, nil
		enter()
		if d.dialog != nil || canvas.Overlays().Top() != nil || c.written[1] != authtest.Path("/home/kit.pdfx.pdf") {
			t.Errorf("open: %v, written: %q", d.dialog != nil, c.written)
		}
	})
}

func TestSaveDialogIsCancelled(t *testing.T) {
	inSave(t, func(t *testing.T, c *saveCase) {
		d := newSaveDialog(t, c)
		d.dialog.Cancel().Tapped(nil)
		d.Close() // may be called at any time
		if d.dialog != nil || d.window.Canvas().Overlays().Top() != nil || c.saver.isOpen {
			t.Error("it is still open")
		}
	})
}
