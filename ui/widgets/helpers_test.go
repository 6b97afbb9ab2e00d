package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"anteroom/ui/looks"
)

// newTestWindow opens a window of the least size Anteroom supports.
func newTestWindow(t *testing.T, theme fyne.Theme) fyne.Window {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme)
	w := test.NewTempWindow(t, container.NewWithoutLayout())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1024, 700))
	return w
}

func newPlainWindow(t *testing.T, content ...fyne.CanvasObject) fyne.Window {
	t.Helper()
	w := newTestWindow(t, looks.New(looks.Light, 1))
	w.SetContent(NewColumn(content...))
	return w
}

// press presses a key the way the window does: what has the focus gets it, or else the canvas.
func press(w fyne.Window, name fyne.KeyName) {
	key := &fyne.KeyEvent{Name: name}
	if focused := w.Canvas().Focused(); focused != nil {
		focused.TypedKey(key)
		if name == fyne.KeySpace {
			focused.TypedRune(' ')
		}
	} else if typed := w.Canvas().OnTypedKey(); typed != nil {
		typed(key)
	}
}

func paste(o fyne.Focusable, text string) {
	o.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{Clipboard: pasted(text)})
}

// counter returns a function that counts its calls.
func counter() (count *int, f func()) {
	count = new(int)
	return count, func() { *count++ }
}

func wantCount(t *testing.T, what string, got *int, want int) {
	t.Helper()
	if *got != want {
		t.Errorf("%s: called %d times, want %d", what, *got, want)
	}
}
