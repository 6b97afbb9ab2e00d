package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// TestUnderline: links have their line, and no style of text that makes Fyne read its fonts once more.
func TestUnderline(t *testing.T) {
	test.NewTempApp(t)
	link := NewButton("Forgot password?", func() {})
	link.Importance = widget.LowImportance
	off := NewButton("Forgot password?", func() {})
	off.Importance = widget.LowImportance
	off.Disable()
	for name, c := range map[string]struct {
		object fyne.CanvasObject
		lined  bool
	}{
		"link": {link, true}, "link that is off": {off, false}, "button": {NewButton("Sign in", func() {}), false},
		"show": {newMouseLink("Show", func() {}), true},
	} {
		w := test.NewTempWindow(t, c.object)
		w.Resize(fyne.NewSize(300, 60))
		var text *canvas.Text
		var line *canvas.Line
		for _, o := range test.LaidOutObjects(c.object) {
			switch o := o.(type) {
			case *canvas.Text:
				text = o
			case *canvas.Line:
				line = o
			}
		}
		if text == nil || line == nil {
			t.Fatalf("%s: no text, or no line", name)
		}
		if text.TextStyle.Underline {
			t.Errorf("%s: Fyne's underline", name)
		}
		if line.Visible() != c.lined {
			t.Errorf("%s: the line is visible: %v", name, line.Visible())
		}
		if c.lined && (line.Size().Width != text.MinSize().Width || line.Position().X != text.Position().X || line.StrokeColor != text.Color ||
			line.Position().Y <= text.Position().Y+text.MinSize().Height/2 || line.Position().Y > text.Position().Y+text.Size().Height) {
			t.Errorf("%s: the line is at %v, %v wide, for a text at %v, %v", name, line.Position(), line.Size(), text.Position(), text.Size())
		}
	}
}
