package screentest

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/uitest"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// Bubble is what a presenter lives in, with a clock and goroutines of its own.
type Bubble struct {
	uitest.Queue
	screen.Scope
	Leave context.CancelFunc // the screen is left
	Ended []error            // what OnEnded was told
}

// Run runs a test in a bubble of synctest.
func Run(t *testing.T, fn func(t *testing.T, b *Bubble)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := &Bubble{}
		b.Runner = work.Runner{Dispatch: b.Dispatch, Now: func() time.Time { return time.Now() }} //nolint:forbidigo // this package is for tests
		b.OnEnded = func(err error) { b.Ended = append(b.Ended, err) }
		b.Ctx, b.Leave = context.WithCancel(t.Context())
		defer func() {
			b.Leave()
			b.Pass(work.CopiedFor)
		}()
		fn(t, b)
	})
}

// step is how far Pass goes at once.
const step = 50 * time.Millisecond

// Pass lets time go by, and does meanwhile what is due.
func (b *Bubble) Pass(d time.Duration) {
	for b.Settle(); d > 0; d -= step {
		time.Sleep(min(d, step)) // of the bubble's time
		b.Settle()
	}
}

// patience is how long Until waits for a state.
const patience = time.Minute

// Until lets time go by until a state holds.
func (b *Bubble) Until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	b.Settle()
	for end := b.Now().Add(patience); !holds(); b.Pass(step) {
		if !b.Now().Before(end) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// Window is a bubble with a window of the least size that Anteroom supports.
type Window struct {
	*Bubble
	Window fyne.Window
}

// RunInWindow is Run with a window.
func RunInWindow(t *testing.T, look fyne.Theme, fn func(t *testing.T, w *Window)) {
	t.Helper()
	Run(t, func(t *testing.T, b *Bubble) {
		test.NewTempApp(t).Settings().SetTheme(look)
		w := &Window{Bubble: b, Window: test.NewTempWindow(t, container.NewWithoutLayout())}
		w.Window.SetPadded(false)
		w.Window.Resize(Size)
		fn(t, w)
	})
}

// Size is that of the window.
var Size = fyne.NewSize(1024, 700)

// Light is the usual look.
func Light() fyne.Theme { return looks.New(looks.Light, 1) }

// Show shows a screen as the window does.
func (w *Window) Show(s screen.Screen) {
	w.Window.SetContent(s.Content())
	s.Focus()
}

// Press presses a key the way the window does: what has the focus gets it, or else the canvas.
func (w *Window) Press(name fyne.KeyName) {
	key := &fyne.KeyEvent{Name: name}
	if focused := w.Focused(); focused != nil {
		focused.TypedKey(key)
	} else if typed := w.Window.Canvas().OnTypedKey(); typed != nil {
		typed(key)
	}
}

// Type types into what has the focus.
func (w *Window) Type(text string) { test.Type(w.Focused(), text) }

// Tab takes the focus on.
func (w *Window) Tab() { w.Window.Canvas().FocusNext() }

// Focused is what has the focus; nil: nothing.
func (w *Window) Focused() fyne.Focusable { return w.Window.Canvas().Focused() }

// Dialog is the one that lies over all; nil: there is none.
func (w *Window) Dialog() *widgets.Dialog {
	d, _ := w.Window.Canvas().Overlays().Top().(*widgets.Dialog)
	return d
}

// Button is the one with a text that is shown; nil: there is none.
func (w *Window) Button(text string) *widgets.Button {
	for _, o := range test.LaidOutObjects(w.Window.Content()) {
		if b, ok := o.(*widgets.Button); ok && b.Text == text {
			return b
		}
	}
	return nil
}

// Texts are all texts of the window, also those that are hidden.
func (w *Window) Texts() (all []string) {
	for _, o := range append(w.Window.Canvas().Overlays().List(), w.Window.Content()) {
		all = append(all, textsIn(o)...)
	}
	return all
}

func textsIn(o fyne.CanvasObject) []string {
	var found []string
	if label, ok := o.(fyne.Accessible); ok {
		found = append(found, label.AccessibilityLabel())
	}
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *canvas.Text:
		return append(found, o.Text)
	case *fyne.Container:
		inside = o.Objects
	case *widget.RichText:
		found = append(found, o.String())
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, child := range inside {
		found = append(found, textsIn(child)...)
	}
	return found
}

// View keeps what a presenter shows.
func View[V any](shown *V) *screen.View[V] { return screen.NewView(func(v V) { *shown = v }) }

// Gallery renders samples in every look, at half past nine on a Tuesday, and saves their pictures
// if GALLERY is set.
func Gallery(t *testing.T, samples map[string]func(*testing.T, *Window)) {
	t.Helper()
	uitest.InEachLook(func(look *looks.Theme, suffix string) {
		for name, show := range samples {
			RunInWindow(t, look, func(t *testing.T, w *Window) {
				time.Sleep(galleryTime.Sub(w.Now())) // of the bubble's time
				show(t, w)
				w.Settle()
				uitest.SavePicture(t, w.Window, Size, name+suffix)
			})
		}
	})
}

var galleryTime = time.Date(2026, time.November, 29, 23, 20, 0, 0, time.Local)
