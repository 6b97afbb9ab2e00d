package shell

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/ui/widgets"
)

func TestTheDraftIsThereAfterUnlocking(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		field := o.draft()
		text, before, session := field.Text, o.texts(), o.window.nav.at.session.session
		o.pass(idleTime + time.Second)
		o.at(routeLock)
		want(t, "password field has the focus", o.focused() != nil, true)
		o.fill("wrong horse battery")
		o.pass(time.Second)
		want(t, "said", o.shows("That password is wrong."), true)
		o.at(routeLock)
		o.unlock()
		want(t, "route", o.window.nav.at.route, routeSettings)
		want(t, "session", o.window.nav.at.session.session, session)
		want(t, "draft", field.Text, text)
		want(t, "focus", o.focused(), fyne.Focusable(field))
		want(t, "the window is as it was", len(o.texts()), len(before))
		test.Type(o.focused(), "more")
		want(t, "typed on", field.Text == text, false)
	})
}

func TestDialogsComeBack(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		ws := o.window.nav.at
		secret := widgets.NewPasswordEntry()
		note := widgets.NewEntry()
		d := widgets.ShowDialog(ws.proxy, widgets.DialogOptions{
			Title: "Proof", Content: widgets.NewColumn(note, secret), Cancel: "Close",
		})
		note.SetText("a reason")
		secret.SetText(password)
		top := showSecret(ws, "On top")
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
		for _, b := range all[*widgets.Button](o) {
			if b.Text == "Throw away" { // what was typed
				b.Tapped(nil)
			}
		}
		want(t, "Esc closes it", o.shows("Proof"), false)
		d.Close()
		o.at(routeFrontDesk)
	})
}

// What a desk does in the background while it is locked stays there.
func TestALockedDeskShowsNothing(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		ws := o.window.nav.at
		open := showSecret(ws, "Open before")
		o.window.menu.lock.Action()
		o.at(routeLock)
		field := o.focused()
		before := o.texts()

		open.Close()
		showSecret(ws, "A task has ended")
		ws.proxy.Canvas().Unfocus()
		ws.proxy.Canvas().FocusNext()
		ws.proxy.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { t.Error("a locked desk got a key") })
		ws.proxy.SetContent(widget.NewLabel("Secret"))
		ws.proxy.Canvas().SetContent(widget.NewLabel("Secret"))
		ws.proxy.RequestFocus()
		ws.goTo(routeSettings)
		showSecret(ws, "In the settings")
		o.pass(time.Second)

		want(t, "texts", len(o.texts()), len(before))
		o.showsNothingOf([]string{"A task has ended", "In the settings", "Mia Okafor, 3 May 1961", "Secret", "Settings"})
		want(t, "focus", o.focused(), field)
		o.unlock()
		want(t, "route", o.window.nav.at.route, routeSettings)
		want(t, "the dialog", o.shows("In the settings"), true)
		button, ok := o.focused().(*widgets.Button)
		want(t, "focus in the dialog", ok && button.Text == "Close", true)
		want(t, "a dialog of the screen that was left", o.shows("A task has ended"), false)
	})
}

func TestLockAtOnce(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		if err := o.window.nav.at.session.session.StepUp(t.Context(), password, ""); err != nil {
			t.Fatal(err)
		}
		session := o.window.nav.at.session.session
		o.window.copier.Copy("a secret")
		showSecret(o.window.nav.at, "Under a dialog too")
		o.window.menu.lock.Action()
		o.at(routeLock)
		want(t, "clipboard", o.app.Clipboard().Content(), "")
		if _, err := session.StepUpNeed(t.Context()); !errors.Is(err, auth.ErrLocked) {
			t.Errorf("the last proof still counts: %v", err)
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
		session := o.window.nav.at.session.session
		o.window.menu.lock.Action()
		want(t, "refused", errors.Is(session.StepUp(t.Context(), password, ""), auth.ErrLocked), true)
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
		o.Settle()
		lock() // nobody is here
		o.Settle()
		o.signIn()
		go lock()
		o.Settle()
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
		o.until("the desk", func() bool { return o.window.nav.at.session != nil })
	})
}

// A day after the sign-in the password alone opens nothing.
func TestAFullSignInAfterADay(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		field := o.draft()
		text, ws := field.Text, o.window.nav.at
		o.window.menu.lock.Action()
		time.Sleep(24*time.Hour - 10*time.Second)
		o.Settle()
		o.at(routeLock)
		o.pass(10 * time.Second)
		o.at(routeSignIn)
		want(t, "said", o.shows("You signed in a day ago."), true)
		want(t, "username", o.shows("asmith"), true)
		o.fill(password) // the focus is there
		o.until("the desk", func() bool { return o.window.nav.at == ws })
		want(t, "draft", field.Text, text)
		want(t, "people here", len(o.window.nav.workspaces), 1)
		o.pass(3 * time.Second)
		want(t, "still here", o.window.nav.at, ws)
		want(t, "needs another", ws.session.session.Left() <= 0, false)
	})
}

func TestASessionThatEndsWhileLocked(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		session := o.window.nav.at.session.session
		o.window.menu.lock.Action()
		if err := session.SignOut(t.Context()); err != nil { // as an admin would end it
			t.Fatal(err)
		}
		o.pass(2 * checkTime)
		o.at(routeSignIn)
		want(t, "said", o.shows("You were signed out"), true)
		want(t, "people here", len(o.window.nav.workspaces), 0)
	})
}

// A screen may say that the session is over when it isn't.
func TestAScreensWordAboutALockedSession(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		ws := o.window.nav.at
		o.window.menu.lock.Action()
		ws.verifySession(auth.ErrSessionEnded)
		o.pass(time.Second)
		o.at(routeLock)
		o.unlock()
		want(t, "desk", o.window.nav.at, ws)
		ws.verifySession(auth.ErrSessionEnded) // it was asked before, and answers now
		o.pass(time.Second)
		want(t, "desk", o.window.nav.at, ws)
	})
}

// A password that proves right when the lock screen was left opens nothing.
func TestUnlockingTooLate(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		ws := o.window.nav.at
		opens := func() error {
			return authtest.EachPatient(t.Context(), ws.session.session, func(auth.Record) error { return nil })
		}
		o.window.menu.lock.Action()
		o.fill(password)
		synctest.Wait() // it is right, and the window does not know yet
		want(t, "opens records", opens(), nil)
		o.window.lock.startSwitch()
		o.pass(time.Second)
		o.at(routeSwitch)
		want(t, "opens records after that", errors.Is(opens(), auth.ErrLocked), true)
		want(t, "still locked", ws.session.locked.IsZero(), false)
	})
}

// An unlocking that was under way when the OS locked opens nothing, and what was
// typed goes: the screen may come on again before anybody is there.
func TestTheOSLocksWhileUnlocking(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		ws := o.window.nav.at
		o.window.menu.lock.Action()
		o.fill(password)
		synctest.Wait() // it is right, and the window does not know yet
		o.window.lock.lockNow()
		o.pass(time.Second)
		o.at(routeLock)
		want(t, "still locked", ws.session.locked.IsZero(), false)
		err := authtest.EachPatient(t.Context(), ws.session.session, func(auth.Record) error { return nil })
		want(t, "opens records", errors.Is(err, auth.ErrLocked), true)
		test.Type(o.focused(), "half a pass")
		o.window.lock.lockNow()
		field, ok := o.focused().(*widgets.PasswordEntry)
		want(t, "what was typed", ok && field.Text == "", true)
		o.unlock()
		want(t, "desk", o.window.nav.at, ws)
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

		o.window.recovery.startKit()
		o.at(routeKitEntry)
		test.Type(o.focused(), key[:11])
		o.pass(idleTime + time.Second)
		o.at(routeSignIn)
		o.window.recovery.startKit()
		o.typeKit(key)
		o.pass(idleTime + time.Second) // the kit opens everything: nobody else must find it
		o.at(routeSignIn)
		o.close()
	})
}
