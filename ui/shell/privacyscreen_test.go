package shell

import (
	"image"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/widgets"
)

// showSecret opens a dialog on a desk as one of its screens does.
func showSecret(ws *workspace, title string) *widgets.Dialog {
	return widgets.ShowDialog(ws.proxy, widgets.DialogOptions{
		Title: title, Content: widget.NewLabel("Mia Okafor, 3 May 1961"), Cancel: "Close",
	})
}

// The next frame after the deadline shows nothing, though no timer ran.
func TestCurtain(t *testing.T) {
	for name, open := range map[string]func(o *office){
		"front desk": func(*office) {},
		"settings":   func(o *office) { o.settings() },
		"dialog":     func(o *office) { showSecret(o.window.nav.at, "Patient") },
		"two dialogs": func(o *office) {
			showSecret(o.window.nav.at, "Patient")
			showSecret(o.window.nav.at, "Another")
		},
		"the warning": func(o *office) { o.pass(idleTime - 15*time.Second) },
	} {
		t.Run(name, func(t *testing.T) {
			inOffice(t, func(t *testing.T, o *office) {
				open(o)
				before := o.texts()
				if len(before) < 2 {
					t.Fatalf("the window shows %q", before)
				}
				time.Sleep(idleTime)
				if left := o.texts(); len(left) > 0 {
					t.Errorf("after the deadline the window shows %q", left)
				}
				o.pass(idleTick)
				o.at(routeLock)
				o.showsNothingOf(before)
				want(t, "the lock screen", o.shows("Locked"), true)
			})
		})
	}
}

// Nor can what is behind the privacy screen be reached by key or click.
func TestCurtainKeepsKeysOut(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.settings()
		time.Sleep(idleTime)
		want(t, "buttons in reach", len(all[*widgets.Button](o)), 0)
		o.window.window.Canvas().Focus(nil)
		o.window.window.Canvas().FocusNext()
		want(t, "focus", o.focused(), nil)
	})
}

func TestCurtainWhenTheClockJumps(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		at := time.Now()
		o.window.lock.idle.elapsed = func(now, since time.Time) (wall, monotonic time.Duration) {
			wall, monotonic = byBothClocks(now, since)
			if !since.After(at) && now.After(at) {
				wall += 8 * time.Hour
			}
			return wall, monotonic
		}
		time.Sleep(time.Millisecond)
		want(t, "texts at the first frame after sleep", len(o.texts()), 0)
		o.pass(idleTick)
		o.at(routeLock)
	})
}

func TestWarning(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		field := o.draft()
		typed := field.Text
		o.pass(idleTime - warnTime - time.Second)
		want(t, "warned too early", o.shows("Anteroom locks in"), false)
		o.pass(4 * time.Second)
		want(t, "warned", o.shows("Anteroom locks in 17 s. Any key keeps it open."), true)
		o.pass(5 * time.Second)
		want(t, "counts down", o.shows("Anteroom locks in 12 s."), true)

		test.Type(o.focused(), "x") // as Fyne does: the key ends it, the letter goes on
		want(t, "ended", o.shows("Anteroom locks in"), false)
		want(t, "focus", o.focused(), fyne.Focusable(field))
		o.pass(idleTime - warnTime - 2*time.Second)
		want(t, "still open", o.shows(typed), true)
	})
}

// Enter ends the warning, and presses nothing under it.
func TestWarningOverADialog(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		pressed := 0
		d := widgets.ShowDialog(o.window.nav.at.proxy, widgets.DialogOptions{
			Title: "Delete", Content: widget.NewLabel("All"), Primary: "Delete", OnPrimary: func() { pressed++ }, Cancel: "Keep",
		})
		had := o.focused()
		o.pass(idleTime - 10*time.Second)
		want(t, "warned", o.shows("Anteroom locks in"), true)
		o.press(fyne.KeyReturn)
		want(t, "ended", o.shows("Anteroom locks in"), false)
		want(t, "pressed", pressed, 0)
		want(t, "focus", o.focused(), had)
		d.Close()
	})
}

// What opens and closes while the warning is there does so beneath it.
func TestWarningStaysOnTop(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		ws := o.window.nav.at
		had := o.focused()
		first := showSecret(ws, "First")
		o.pass(idleTime - 10*time.Second)
		onTop := func(what string) {
			t.Helper()
			if _, ok := o.focused().(*widgets.AnyKey); !ok || !o.shows("Anteroom locks in") {
				t.Errorf("%s: the warning is not on top", what)
			}
		}
		onTop("first")
		second := showSecret(ws, "Second")
		onTop("opened")
		second.Close()
		onTop("closed")
		first.Close()
		third := showSecret(ws, "Third")
		o.press(fyne.KeySpace)
		want(t, "the dialog", o.shows("Third"), true)
		o.press(fyne.KeyEscape)
		want(t, "closed by its own key", o.shows("Third"), false)
		third.Close()
		want(t, "focus", o.focused(), had)

		o.pass(idleTime - 10*time.Second)
		ws.goTo(routeSettings)
		onTop("at another screen")
		o.pass(10 * time.Second)
		o.at(routeLock)
		want(t, "warning", o.shows("Anteroom locks in"), false)
	})
}

// What a theme does to the widgets reaches those that were off the window.
func TestANewLookWhileLocked(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.settings()
		o.window.menu.lock.Action()
		o.window.looks.toggle()
		o.unlock()
		after := test.RenderToMarkup(o.window.window.Canvas())
		o.window.looks.apply()
		want(t, "as if it had been there", after == test.RenderToMarkup(o.window.window.Canvas()), true)
	})
}

// What Fyne opens by itself is gone after unlocking, and takes nothing along.
func TestFolderDialogAndChoices(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		ws := o.window.nav.at
		field := widgets.NewFolderField(ws.proxy)
		field.SetText(t.TempDir())
		choices := widgets.NewSelect([]string{"Every sign-in", "Once a day"}, func(string) {})
		widgets.ShowDialog(ws.proxy, widgets.DialogOptions{Title: "Backup", Content: widgets.NewColumn(choices, field), Cancel: "Close"})
		o.Settle()
		choices.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		want(t, "choices", o.shows("Once a day"), true)
		o.window.menu.lock.Action()
		want(t, "choices after the lock", o.shows("Once a day"), false)
		o.unlock()
		want(t, "choices after unlocking", o.shows("Once a day"), false)
		want(t, "the dialog", o.shows("Backup"), true)
		want(t, "focus", o.focused(), fyne.Focusable(choices))

		for _, b := range all[*widgets.Button](o) {
			if b.Text == "Browse…" {
				b.Tapped(nil)
			}
		}
		want(t, "the folder dialog", o.shows("Choose a folder"), true)
		time.Sleep(idleTime)
		want(t, "texts after the deadline", len(o.texts()), 0)
		o.pass(time.Second)
		o.unlock()
		want(t, "the folder dialog", o.shows("Choose a folder"), true)
		o.window.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
		want(t, "the folder dialog after Esc", o.shows("Choose a folder"), false)
		want(t, "the dialog", o.shows("Backup"), true)
	})
}

// Fyne forgets how a widget is drawn that was off the window for a minute. What
// comes back after longer looks as it did.
func TestUnlockingAfterFyneForgot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		time.Sleep(1000 * time.Hour) // Fyne's own clock goes on from test to test …
		test.NewCanvas().Capture()   // … and is read when something is painted
		o.setUp()
		o.open()
		o.signIn()
		o.draft()
		o.window.window.Canvas().Unfocus()
		field := widgets.NewEntry()
		widgets.ShowDialog(o.window.nav.at.proxy, widgets.DialogOptions{
			Title: "Note", Content: widgets.NewField("Note", field), Primary: "Save", Cancel: "Close",
		})
		test.Type(o.focused(), "a note")
		o.pass(10 * time.Second)
		canvas := o.window.window.Canvas()
		before, renderer := canvas.Capture(), test.WidgetRenderer(field)
		o.window.menu.lock.Action()
		o.pass(5 * time.Minute)
		canvas.Capture()
		o.pass(time.Minute)
		canvas.Capture()
		o.unlock()
		want(t, "forgotten", test.WidgetRenderer(field) != renderer, true)
		if n := different(before, canvas.Capture()); n > caretArea {
			t.Errorf("%d pixels differ", n)
		}
		o.save("forgotten.png")
		o.close()
	})
}

// caretArea is what the caret of a field may change in a picture.
const caretArea = 100

// different counts the pixels that differ between two pictures.
func different(a, b image.Image) (n int) {
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			if a.At(x, y) != b.At(x, y) {
				n++
			}
		}
	}
	return n
}
