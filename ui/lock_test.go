package ui

import (
	"context"
	"errors"
	"image"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"anteroom/auth"
	"anteroom/ui/widgets"
)

// showSecret opens a dialog on a desk as one of its screens does.
func showSecret(p *place, title string) *widgets.Dialog {
	return widgets.ShowDialog(p.stage, widgets.DialogOptions{
		Title: title, Content: widget.NewLabel("Mia Okafor, 3 May 1961"), Cancel: "Close",
	})
}

// The next frame after the deadline shows nothing, though no timer ran.
func TestCurtain(t *testing.T) {
	for name, open := range map[string]func(o *office){
		"front desk": func(*office) {},
		"settings":   func(o *office) { o.settings() },
		"dialog":     func(o *office) { showSecret(o.window.at, "Patient") },
		"two dialogs": func(o *office) {
			showSecret(o.window.at, "Patient")
			showSecret(o.window.at, "Another")
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

// Nor can what is behind the curtain be reached by key or click.
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
		o.window.idle.elapsed = func(now, since time.Time) (wall, monotonic time.Duration) {
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

func TestTheDraftIsThereAfterUnlocking(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		field := o.draft()
		text, before, session := field.Text, o.texts(), o.window.at.session.session
		o.pass(idleTime + time.Second)
		o.at(routeLock)
		want(t, "password field has the focus", o.focused() != nil, true)
		o.fill("wrong horse battery")
		o.pass(time.Second)
		want(t, "said", o.shows("That password is wrong."), true)
		o.at(routeLock)
		o.unlock()
		want(t, "route", o.window.at.route, routeSettings)
		want(t, "session", o.window.at.session.session, session)
		want(t, "draft", field.Text, text)
		want(t, "focus", o.focused(), fyne.Focusable(field))
		want(t, "the window is as it was", len(o.texts()), len(before))
		test.Type(o.focused(), "more")
		want(t, "typed on", field.Text == text, false)
	})
}

func TestDialogsComeBack(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		p := o.window.at
		secret := widgets.NewPasswordEntry()
		note := widgets.NewEntry()
		d := widgets.ShowDialog(p.stage, widgets.DialogOptions{
			Title: "Proof", Content: widgets.NewColumn(note, secret), Cancel: "Close",
		})
		note.SetText("a reason")
		secret.SetText(password)
		top := showSecret(p, "On top")
		o.window.menu.lock.Action()
		o.at(routeLock)
		want(t, "dialogs", o.window.window.Canvas().Overlays().Top(), nil)
		o.unlock()
		want(t, "the upper dialog", o.shows("On top"), true)
		top.Close()
		want(t, "the dialog", o.shows("Proof"), true)
		want(t, "what was typed", note.Text, "a reason")
		want(t, "the password that was typed", secret.Text, "")
		o.press(fyne.KeyEscape)
		want(t, "Esc closes it", o.shows("Proof"), false)
		d.Close()
		o.at(routeFrontDesk)
	})
}

// What a desk does in the background while it is locked stays there.
func TestALockedDeskShowsNothing(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		p := o.window.at
		open := showSecret(p, "Open before")
		o.window.menu.lock.Action()
		o.at(routeLock)
		field := o.focused()
		before := o.texts()

		open.Close()
		showSecret(p, "A task has ended")
		p.stage.Canvas().Unfocus()
		p.stage.Canvas().FocusNext()
		p.stage.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { t.Error("a locked desk got a key") })
		p.stage.SetContent(widget.NewLabel("Secret"))
		p.stage.Canvas().SetContent(widget.NewLabel("Secret"))
		p.stage.RequestFocus()
		p.goTo(routeSettings)
		showSecret(p, "In the settings")
		o.pass(time.Second)

		want(t, "texts", len(o.texts()), len(before))
		o.showsNothingOf([]string{"A task has ended", "In the settings", "Mia Okafor, 3 May 1961", "Secret", "Settings"})
		want(t, "focus", o.focused(), field)
		o.unlock()
		want(t, "route", o.window.at.route, routeSettings)
		want(t, "the dialog", o.shows("In the settings"), true)
		button, ok := o.focused().(*widgets.Button)
		want(t, "focus in the dialog", ok && button.Text == "Close", true)
		want(t, "a dialog of the screen that was left", o.shows("A task has ended"), false)
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
		d := widgets.ShowDialog(o.window.at.stage, widgets.DialogOptions{
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
		p := o.window.at
		had := o.focused()
		first := showSecret(p, "First")
		o.pass(idleTime - 10*time.Second)
		onTop := func(what string) {
			t.Helper()
			if _, ok := o.focused().(*widgets.AnyKey); !ok || !o.shows("Anteroom locks in") {
				t.Errorf("%s: the warning is not on top", what)
			}
		}
		onTop("first")
		second := showSecret(p, "Second")
		onTop("opened")
		second.Close()
		onTop("closed")
		first.Close()
		third := showSecret(p, "Third")
		o.press(fyne.KeySpace)
		want(t, "the dialog", o.shows("Third"), true)
		o.press(fyne.KeyEscape)
		want(t, "closed by its own key", o.shows("Third"), false)
		third.Close()
		want(t, "focus", o.focused(), had)

		o.pass(idleTime - 10*time.Second)
		p.goTo(routeSettings)
		onTop("at another screen")
		o.pass(10 * time.Second)
		o.at(routeLock)
		want(t, "warning", o.shows("Anteroom locks in"), false)
	})
}

func TestLockAtOnce(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		if err := o.window.at.session.session.StepUp(t.Context(), password, ""); err != nil {
			t.Fatal(err)
		}
		session := o.window.at.session.session
		o.window.copier.Copy("a secret")
		showSecret(o.window.at, "Under a dialog too")
		o.window.menu.lock.Action()
		o.at(routeLock)
		want(t, "clipboard", o.app.Clipboard().Content(), "")
		if need, err := session.StepUpNeed(t.Context()); err != nil || need.Fresh {
			t.Errorf("the last proof still counts: %v, %v", need, err)
		}
		for name, item := range map[string]*fyne.MenuItem{
			"Settings": o.window.menu.settings, "Sign out": o.window.menu.signOut, "Lock": o.window.menu.lock,
		} {
			want(t, name+" is off", item.Disabled, true)
			item.Action()
			o.at(routeLock)
		}
		o.press(fyne.KeyEscape)
		o.at(routeLock)
	})
}

// A proof that was under way when the window locked counts no more after it.
func TestAProofThatComesTooLate(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		session := o.window.at.session.session
		o.window.menu.lock.Action()
		if err := session.StepUp(t.Context(), password, ""); err != nil {
			t.Fatal(err)
		}
		o.unlock()
		if need, err := session.StepUpNeed(t.Context()); err != nil || need.Fresh {
			t.Errorf("it counts: %v, %v", need, err)
		}
	})
}

func TestTheOSLocks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.setUp()
		var lock func()
		o.osLock = func(ctx context.Context, f func()) {
			lock = f
			<-ctx.Done()
		}
		o.open()
		o.at(routeSignIn)
		lock() // nobody is here
		o.drain()
		o.signIn()
		go lock()
		o.drain()
		o.at(routeLock)
		o.unlock()
		o.close()
	})
}

func TestWaitOnTheLockScreen(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.window.menu.lock.Action()
		for range 5 {
			o.fill("wrong horse battery")
			o.pass(100 * time.Millisecond)
		}
		want(t, "counts", o.shows("That password is wrong. Wait 30 s, then try again."), true)
		o.fill(password)
		o.pass(10 * time.Second)
		o.at(routeLock)
		want(t, "counts down", o.shows("Wait 20 s"), true)
		o.pass(21 * time.Second)
		o.press(fyne.KeyReturn) // what was typed meanwhile
		o.until("the desk", func() bool { return o.window.at.session != nil })
	})
}

// A day after the sign-in the password alone opens nothing.
func TestAFullSignInAfterADay(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		field := o.draft()
		text, p := field.Text, o.window.at
		o.window.menu.lock.Action()
		time.Sleep(24 * time.Hour)
		o.drain()
		o.at(routeLock)
		o.fill(password)
		o.at(routeSignIn)
		want(t, "said", o.shows("You signed in a day ago."), true)
		want(t, "username", o.shows("asmith"), true)
		o.fill(password) // the focus is there
		o.until("the desk", func() bool { return o.window.at == p })
		want(t, "draft", field.Text, text)
		want(t, "people here", len(o.window.desks), 1)
		o.pass(3 * time.Second)
		want(t, "still here", o.window.at, p)
		want(t, "needs another", p.session.session.NeedsFullSignIn(), false)
	})
}

func TestASessionThatEndsWhileLocked(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		session := o.window.at.session.session
		o.window.menu.lock.Action()
		if err := session.SignOut(t.Context()); err != nil { // as an admin would end it
			t.Fatal(err)
		}
		o.pass(2 * checkTime)
		o.at(routeSignIn)
		want(t, "said", o.shows("You were signed out"), true)
		want(t, "people here", len(o.window.desks), 0)
	})
}

// A screen may say that the session is over when it isn't.
func TestAScreensWordAboutALockedSession(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		p := o.window.at
		o.window.menu.lock.Action()
		p.suspect(auth.ErrSessionEnded)
		o.pass(time.Second)
		o.at(routeLock)
		o.unlock()
		want(t, "desk", o.window.at, p)
		p.suspect(auth.ErrSessionEnded) // it was asked before, and answers now
		o.pass(time.Second)
		want(t, "desk", o.window.at, p)
	})
}

// A password that proves right when the lock screen was left opens nothing.
func TestUnlockingTooLate(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		p := o.window.at
		opens := func() error {
			return p.session.session.EachRecord(t.Context(), auth.TablePatient, func(auth.Record) error { return nil })
		}
		o.window.menu.lock.Action()
		o.fill(password)
		synctest.Wait() // it is right, and the window does not know yet
		want(t, "opens records", opens(), nil)
		o.window.startSwitch()
		o.pass(time.Second)
		o.at(routeSwitch)
		want(t, "opens records after that", errors.Is(opens(), auth.ErrLocked), true)
		want(t, "still locked", p.session.locked.IsZero(), false)
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

// Time passes at the sign-in too: half a sign-in is dropped, a barcode goes, and
// the next one is not blank.
func TestHalfASignInIsDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.setUp()
		practice, err := auth.Open(t.Context(), o.deps())
		if err != nil {
			t.Fatal(err)
		}
		key, _ := o.turnOn(practice)
		o.open()
		o.at(routeSignIn)
		o.fill("asmith", password)
		o.at(routeCode)
		before := o.texts()
		time.Sleep(idleTime)
		want(t, "texts after the deadline", len(o.texts()), 0)
		o.pass(time.Second)
		o.at(routeSignIn)
		o.showsNothingOf([]string{before[0]})

		o.pass(time.Hour) // at the sign-in nothing has to go
		want(t, "sign-in", o.shows("Sign in to Brook Street"), true)
		o.fill("asmith", password)
		o.at(routeCode)
		want(t, "the code screen is blank", o.shows("Enter Auth Code"), true)
		o.press(fyne.KeyEscape)

		o.window.startKit()
		o.at(routeKitEntry)
		test.Type(o.focused(), key[:11])
		o.pass(idleTime + time.Second)
		o.at(routeSignIn)
		o.window.startKit()
		o.typeKit(key)
		o.pass(idleTime + time.Second) // the kit opens everything: nobody else must find it
		o.at(routeSignIn)
		o.close()
	})
}

// What Fyne opens by itself is gone after unlocking, and takes nothing along.
func TestFolderDialogAndChoices(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		p := o.window.at
		field := widgets.NewFolderField(p.stage)
		field.SetText(t.TempDir())
		choices := widgets.NewSelect([]string{"Every sign-in", "Once a day"}, func(string) {})
		widgets.ShowDialog(p.stage, widgets.DialogOptions{Title: "Backup", Content: widgets.NewColumn(choices, field), Cancel: "Close"})
		o.drain()
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
		widgets.ShowDialog(o.window.at.stage, widgets.DialogOptions{
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
