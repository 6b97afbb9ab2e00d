package signin

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
)

func TestMain(m *testing.M) { uitest.Main(m) }

type desk = screentest.Window

// inWindow runs a test in a window of the usual look.
func inWindow(t *testing.T, fn func(t *testing.T, w *desk)) {
	t.Helper()
	screentest.RunInWindow(t, screentest.Light(), fn)
}

// newPractice is a practice with two users, Anna and Ben, without two-factor.
func newPractice(t *testing.T) *practice.Practice {
	t.Helper()
	return practice.New(t, practice.Records{})
}

// led is where a step of a sign-in led.
type led struct {
	state     *auth.State
	over      error
	untrusted error
}

func (l *led) navigation() Navigation {
	return Navigation{
		OnState:     func(s auth.State) { l.state = &s },
		OnOver:      func(err error) { l.over = err },
		OnUntrusted: func(err error) { l.untrusted = err },
	}
}

// answer is what a function of the window gives back, after some time.
type answer struct {
	err   error
	after time.Duration
}

// answers gives one after the other, and counts.
type answers struct {
	list  []answer
	asked int
}

func (a *answers) next(ctx context.Context) error {
	now := a.list[0]
	a.list = a.list[1:]
	a.asked++
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(now.after):
		return now.err
	}
}

func hang(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

func refused(reason error, wait time.Duration) error {
	return &auth.Refusal{Reason: reason, Wait: wait, Now: time.Now()}
}

const testPassword = "seven quiet herons wade"

// wrongPassword is one that nobody has.
const wrongPassword = "nine loud otters swim"

func want[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func isFocused(t *testing.T, d *desk, what string, o fyne.Focusable) {
	t.Helper()
	if d.Focused() != o {
		t.Errorf("%s: the focus is on %T", what, d.Focused())
	}
}

func place(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
}

func paste(o fyne.Focusable, text string) {
	clipboard := test.NewClipboard()
	clipboard.SetContent(text)
	o.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
}

// documents is where files are proposed to be saved.
var documents = authtest.Path("/home/reception/Documents")
