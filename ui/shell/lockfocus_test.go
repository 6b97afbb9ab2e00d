package shell

import (
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/widgets"
)

// What is typed after unlocking is in the field that had the focus, however long the
// lock was: Fyne forgets what was off the window for a minute.
func TestTypingAfterUnlocking(t *testing.T) {
	for name, show := range map[string]func(o *office) *widgets.Entry{
		"screen": (*office).draft,
		"dialog": func(o *office) *widgets.Entry { return o.note("") },
		"dialog over a draft": func(o *office) *widgets.Entry {
			o.draft()
			return o.note("")
		},
		"two dialogs": func(o *office) *widgets.Entry {
			o.note("below")
			return o.note("")
		},
		"second field": func(o *office) *widgets.Entry {
			second := widgets.NewEntry()
			o.ask(widgets.NewColumn(widgets.NewField("First", widgets.NewEntry()), widgets.NewField("Second", second)))
			o.window.window.Canvas().Focus(second)
			return second
		},
		"in scrolls": func(o *office) *widgets.Entry {
			field := widgets.NewEntry()
			o.ask(container.NewVScroll(container.NewHScroll(widgets.NewCard(field))))
			return field
		},
	} {
		t.Run(name, func(t *testing.T) {
			inLongLocks(t, func(t *testing.T, o *office, lock func()) {
				field := show(o)
				text := field.Text
				o.pass(time.Second)
				lock()
				o.unlock()
				if o.focused() != fyne.Focusable(field) {
					t.Fatalf("the focus is at %T", o.focused())
				}
				test.Type(o.focused(), "more")
				want(t, "typed on", len(field.Text), len(text+"more"))
			})
		})
	}
}

// The choices that lay over the dialog are gone, and their field has the keys.
func TestTypingAfterChoices(t *testing.T) {
	inLongLocks(t, func(t *testing.T, o *office, lock func()) {
		choices := widgets.NewSelect([]string{"Every sign-in", "Once a day"}, nil)
		o.ask(choices)
		o.press(fyne.KeySpace)
		lock()
		o.unlock()
		want(t, "focus", o.focused(), fyne.Focusable(choices))
	})
}

// Where what had the focus is gone, hidden, off or under a dialog, the first that
// takes it in the topmost dialog has it.
func TestFocusThatIsGone(t *testing.T) {
	for name, change := range map[string]func(d deskDialog){
		"replaced":       func(d deskDialog) { d.content.Objects[1] = widgets.NewCheck("Another", nil) },
		"hidden":         func(d deskDialog) { d.had.Hide() },
		"off":            func(d deskDialog) { d.had.Disable() },
		"under a dialog": func(d deskDialog) { d.place.proxy.Canvas().Focus(d.below) },
	} {
		t.Run(name, func(t *testing.T) {
			inLongLocks(t, func(t *testing.T, o *office, lock func()) {
				first := widgets.NewEntry()
				d := deskDialog{place: o.window.nav.at, below: all[*widgets.Button](o)[0], had: widgets.NewCheck("Had it", nil)}
				d.content = container.NewVBox(first, d.had)
				o.ask(d.content)
				o.window.window.Canvas().Focus(d.had)
				lock()
				field := o.focused()
				change(d)
				want(t, "focus on the lock screen", o.focused() == field, true)
				o.unlock()
				want(t, "focus", o.focused() == fyne.Focusable(first), true)
			})
		})
	}
}

// deskDialog is a dialog on a desk, with what had the focus, and what lies below.
type deskDialog struct {
	place   *workspace
	content *fyne.Container
	had     *widgets.Check
	below   *widgets.Button
}

// Nothing had the focus: a dialog has its keys all the same, and nothing else has them.
func TestNoFocusStaysNone(t *testing.T) {
	inLongLocks(t, func(t *testing.T, o *office, lock func()) {
		o.ask(widget.NewLabel("Nothing to type"))
		o.window.window.Canvas().Unfocus()
		lock()
		o.unlock()
		want(t, "focus", o.focused(), nil)
		o.press(fyne.KeyEscape)
		want(t, "the dialog", o.shows("Question"), false)
	})
}

// While the main menu is open it has the focus, and a lock closes it.
func TestLockUnderAnOpenMenu(t *testing.T) {
	for name, overlay := range map[string]bool{"screen": false, "dialog": true} {
		t.Run(name, func(t *testing.T) {
			test.NewTempApp(t)
			field := widgets.NewEntry()
			w := test.NewTempWindow(t, field)
			if overlay {
				w.SetContent(widget.NewLabel("Below"))
				w.Canvas().Overlays().Add(container.NewStack(field))
			}
			w.Canvas().Focus(field)
			c := &menuCanvas{Canvas: w.Canvas(), open: true}
			stage := &proxyCanvas{Canvas: c}
			want(t, "focus", stage.takeFocus(), fyne.Focusable(field))
			want(t, "menu", c.open, false)
		})
	}
}

// TestLockClosesMenus that were let down: what they are about may be another thing by the unlocking, and the Enter of that
// would choose their first item.
func TestLockClosesMenus(t *testing.T) {
	inLongLocks(t, func(t *testing.T, o *office, lock func()) {
		chosen := 0
		field := o.draft()
		show := func() {
			widgets.ShowMenu(field, fyne.NewPos(0, 0), widgets.MenuItem{Text: "Open", Act: func() { chosen++ }})
		}
		show()
		if o.focused() == fyne.Focusable(field) {
			t.Fatal("there is no menu")
		}
		lock()
		o.unlock()
		want(t, "focus", o.focused(), fyne.Focusable(field))
		want(t, "over the screen", o.window.window.Canvas().Overlays().Top(), nil)
		show()
		o.press(fyne.KeyReturn)
		want(t, "chosen", chosen, 1)
	})
}

// menuCanvas does with its main menu as Fyne's window does: open, the menu has the
// focus of the content, and closing it takes the focus from a dialog.
type menuCanvas struct {
	fyne.Canvas
	open bool
}

func (c *menuCanvas) Focused() fyne.Focusable {
	if c.open && c.Overlays().Top() == nil {
		return widgets.NewButton("a menu", nil)
	}
	return c.Canvas.Focused()
}

func (c *menuCanvas) DismissMenu() (was bool) {
	was, c.open = c.open, false
	if was && c.Overlays().Top() != nil {
		c.Unfocus()
	}
	return was
}

// ask opens a dialog on the present desk.
func (o *office) ask(content fyne.CanvasObject) {
	widgets.ShowDialog(o.window.nav.at.proxy, widgets.DialogOptions{Title: "Question", Content: content, Cancel: "Close"})
}

// inLongLocks runs a test with a lock that is short, and with one after which Fyne
// has forgotten what was on the window.
func inLongLocks(t *testing.T, run func(t *testing.T, o *office, lock func())) {
	t.Helper()
	for name, minutes := range map[string]int{"short": 0, "long": 3} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newOffice(t)
				time.Sleep(1000 * time.Hour) // Fyne's own clock goes on from test to test …
				test.NewCanvas().Capture()   // … and is read when something is painted
				o.setUp()
				o.open()
				o.signIn()
				run(t, o, func() {
					o.window.window.Canvas().Capture()
					o.window.menu.lock.Action()
					for range minutes {
						o.pass(time.Minute)
						o.window.window.Canvas().Capture()
					}
				})
				o.close()
			})
		})
	}
}
