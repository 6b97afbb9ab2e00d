package shell

import (
	"context"
	"encoding/base32"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
	"anteroom/auth/totp"
	"anteroom/data/sharing"
	"anteroom/ui/looks"
	"anteroom/ui/uitest"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

const password = "seven quiet herons wade"

// office is a practice in memory and a window on it.
type office struct {
	t       *testing.T
	memory  *authtest.Memory
	place   auth.Location // nil: memory itself
	keyring *authtest.Keyring
	app     fyne.App
	window  *Window
	server  sharing.Server // nil: the practice is on this computer
	idle    *fakeIdle      // what the OS says; nil: it says nothing
	osLock  func(context.Context, func())
	isRead  bool          // by a screen reader
	notes   string        // about unfinished files
	limit   time.Duration // of a wait for a state; most offices are in a bubble of time

	dispatched
}

func newOffice(t *testing.T) *office {
	return &office{t: t, memory: &authtest.Memory{}, keyring: authtest.NewKeyring(), app: test.NewTempApp(t), notes: t.TempDir(), limit: 10 * time.Second}
}

func (o *office) deps() auth.Deps {
	d := auth.Deps{Location: o.memory, Keyring: o.keyring, Now: time.Now, Cost: authtest.Cheap}
	if o.place != nil {
		d.Location = o.place
	}
	return d
}

// until is the UI goroutine until a state holds.
func (o *office) until(what string, holds func() bool) {
	o.t.Helper()
	for end := time.Now().Add(o.limit); ; time.Sleep(time.Millisecond) {
		o.Run()
		if holds() {
			return
		}
		if time.Now().After(end) {
			o.t.Fatalf("waited in vain for %s; the window is at %d", what, o.window.nav.at.route)
		}
	}
}

// at waits for a route, and sees that a screen reader finds what is there.
func (o *office) at(r route) {
	o.t.Helper()
	o.until("a route", func() bool { return o.window.nav.at.route == r })
	uitest.SeeRead(o.t, o.window.window)
}

// open opens a window.
func (o *office) open() {
	p := Params{
		App: o.app, Auth: o.deps(), DataDir: "/somewhere", PaperDir: o.t.TempDir(), NotesDir: o.notes,
		Runner: work.Runner{Dispatch: o.Dispatch, Now: time.Now}, Server: o.server,
	}
	p.OnOSLock, p.Read = o.osLock, o.isRead
	if o.idle != nil {
		p.Idle = o.idle
	}
	w, err := New(p)
	if err != nil {
		o.t.Fatal(err)
	}
	o.window = w
	o.window.Show()
	o.t.Cleanup(o.window.stop)
}

// setUp makes the practice without a window, and gives its admin's session.
func (o *office) setUp() *auth.Session {
	o.t.Helper()
	_, session, err := auth.SetUp(o.t.Context(), o.deps(), auth.SetUpForm{
		Practice: "Brook Street", Name: "Anna Smith", Username: "asmith", Password: password,
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return session
}

func (o *office) focused() fyne.Focusable { return o.window.window.Canvas().Focused() }

func (o *office) press(name fyne.KeyName) {
	key := &fyne.KeyEvent{Name: name}
	if focused := o.focused(); focused != nil {
		focused.TypedKey(key)
	} else if typed := o.window.window.Canvas().OnTypedKey(); typed != nil {
		typed(key)
	}
}

// fill types a form from its first field to the Enter after its last.
func (o *office) fill(texts ...string) {
	for i, text := range texts {
		if i > 0 {
			o.window.window.Canvas().FocusNext()
		}
		test.Type(o.focused(), text)
	}
	o.press(fyne.KeyReturn)
}

func (o *office) signIn() {
	o.t.Helper()
	o.at(routeSignIn)
	o.fill("asmith", password)
	o.at(routeFrontDesk)
}

func TestFromFirstStartToSignIn(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.open()
		if o.window.window.Title() != "Anteroom" {
			t.Errorf("title %q", o.window.window.Title())
		}
		o.at(routeSetUp)
		o.fill("Brook Street", "Anna Smith", "asmith", password, password)
		o.at(routeKit)
		session := o.window.nav.at.session.session
		o.doItToday()
		o.at(routeFrontDesk)

		o.window.menu.signOut.Action()
		o.at(routeSignIn)
		o.until("the session to end", func() bool { return errors.Is(session.Check(t.Context()), auth.ErrSessionEnded) })
		o.signIn()
	})
}

// That another file was in the place is not said of one that comes later.
func TestReplacedIsSaidNowOrNever(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.open()
		o.window.replaced = true
		o.window.open()
		o.at(routeSetUp)
		if o.window.replaced {
			t.Error("it is still to be said")
		}
	})
}

func TestWindowSaysWhyThePracticeIsShut(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.keyring.Fail = func(string, string) error { return keyring.ErrLocked }
		o.open()
		o.at(routeBlocked)
		if !errors.Is(o.window.untrusted, keyring.ErrLocked) {
			t.Errorf("shut because of %v", o.window.untrusted)
		}
		o.keyring.Fail = nil
		o.press(fyne.KeyReturn) // "Try again" has the focus
		o.at(routeSignIn)
	})
}

// turnOn makes a kit and turns two-factor on in another window. It gives the
// kit's key, and what the admin's app has.
func (o *office) turnOn(other *auth.Practice) (string, *auth.Enrolment) {
	o.t.Helper()
	ctx := o.t.Context()
	must := func(err error) {
		o.t.Helper()
		if err != nil {
			o.t.Fatal(err)
		}
	}
	state, err := other.NewAttempt().Password(ctx, "asmith", password)
	must(err)
	s := state.Session
	must(s.StepUp(ctx, password, ""))
	key, err := authtest.MakeKit(ctx, s)
	must(err)
	e, err := s.NewEnrolment(ctx)
	must(err)
	ends, err := authtest.SignedIn(ctx, s)
	must(err)
	must(s.SaveSettings(ctx, auth.SettingsForm{
		Ends: ends,
		Was:  auth.Policy{Idle: auth.DefaultIdle, Frequency: auth.EverySignIn},
		Name: "Brook Street", Policy: auth.Policy{Idle: auth.DefaultIdle, TwoFactor: true, Frequency: auth.EverySignIn},
		Enrolment: e, Code: codeOf(o.t, e, time.Now()),
	}))
	return key, e
}

func codeOf(t *testing.T, e *auth.Enrolment, now time.Time) string {
	t.Helper()
	key := strings.ReplaceAll(e.Key(), " ", "")
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(key)
	if err != nil {
		t.Fatal(err)
	}
	return totp.Code(secret, totp.StepAt(now))
}

func TestTurningItOnElsewhereEndsTheSessionHere(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.open()
		o.signIn()
		o.until("the settings in the menu", func() bool { return !o.window.menu.settings.Disabled })
		o.window.menu.settings.Action()
		o.at(routeSettings)
		widgets.ShowDialog(o.window.window, widgets.DialogOptions{Title: "A dialog", Content: widget.NewLabel("Secret"), Cancel: "Close"})

		other, err := auth.Open(t.Context(), o.deps())
		if err != nil {
			t.Fatal(err)
		}
		o.pass(time.Second)
		start := time.Now()
		o.turnOn(other)
		o.at(routeSignIn)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("it took %v", took)
		}
		if o.window.window.Canvas().Overlays().Top() != nil {
			t.Error("the dialog is still there")
		}
		if o.window.signIn.entry.reason != "" || o.window.practice.Notice() == nil {
			t.Errorf("the reason is %q instead of the notice", o.window.signIn.entry.reason)
		}

		o.fill("asmith", password)
		o.at(routeCode)
		o.press(fyne.KeyEscape)
		o.at(routeSignIn)
	})
}

func TestBeingChangedElsewhereEndsTheSessionHere(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.open()
		o.signIn()
		o.window.nav.at.onEnded(auth.ErrSessionEnded)
		o.window.nav.at.onEnded(auth.ErrSessionEnded) // from the screen and from the watch
		o.at(routeSignIn)
		if o.window.signIn.entry.reason != "You were signed out: your account was changed by a Practice Admin." {
			t.Errorf("the reason is %q", o.window.signIn.entry.reason)
		}
	})
}

func TestOldDataUnderASessionShutsTheDoor(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		old := o.memory.Rows()
		o.open()
		o.signIn()
		o.memory.Put(old)
		o.at(routeBlocked)
		if !errors.Is(o.window.untrusted, auth.ErrRolledBack) {
			t.Errorf("shut because of %v", o.window.untrusted)
		}
		if o.window.nav.at.session != nil {
			t.Error("the session goes on")
		}
	})
}

// damagedRecords is a place whose register is good, and whose records can't be read.
type damagedRecords struct{ *authtest.Memory }

func (d damagedRecords) Open(ctx context.Context) (auth.Store, error) {
	s, err := d.Memory.Open(ctx)
	return damagedStore{s}, err
}

type damagedStore struct{ auth.Store }

func (s damagedStore) View(ctx context.Context, fn func(auth.Reader) error) error {
	return s.Store.View(ctx, func(r auth.Reader) error { return fn(damagedReader{r}) })
}

type damagedReader struct{ auth.Reader }

func (damagedReader) Records(auth.RecordTable, string, int) ([]auth.RecordRow, error) {
	return nil, auth.ErrDamaged
}

// TestDamagedRecordsHaveAWayOn: who signs in and can see no patient is told why, and
// what helps.
func TestDamagedRecordsHaveAWayOn(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.place = damagedRecords{o.memory}
		o.open()
		o.at(routeSignIn)
		o.fill("asmith", password)
		o.at(routeBlocked)
		if !errors.Is(o.window.untrusted, auth.ErrDamaged) {
			t.Errorf("shut because of %v", o.window.untrusted)
		}
	})
}

func TestClosingSignsOut(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.open()
		o.signIn()
		session := o.window.nav.at.session.session
		var closed bool
		o.window.window.SetOnClosed(func() { closed = true })
		o.window.Close()
		o.window.Close()
		o.until("the window to close", func() bool { return closed })
		if err := session.Check(t.Context()); !errors.Is(err, auth.ErrSessionEnded) {
			t.Errorf("the session says %v", err)
		}
	})
}

// A keyring that hangs does not keep the window from closing.
func TestClosingDoesNotWaitForEver(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.open()
		o.signIn()
		hang := make(chan struct{})
		o.keyring.Fail = func(string, string) error { <-hang; return keyring.ErrNoAnswer }
		closed := 0
		o.window.window.SetOnClosed(func() { closed++ })
		o.window.Close()
		o.until("the window to close", func() bool { return closed > 0 })
		close(hang)
		o.pass(closeTime + time.Second)
		want(t, "closed so often", closed, 1)
	})
}

func TestMenuUnderADialog(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.open()
		o.at(routeSignIn)
		if !o.window.menu.signOut.Disabled || !o.window.menu.settings.Disabled {
			t.Error("nobody is signed in who could sign out")
		}
		o.window.menu.settings.Action()
		o.at(routeSignIn)

		o.signIn()
		d := widgets.ShowDialog(o.window.window, widgets.DialogOptions{Title: "A dialog", Content: widget.NewLabel("Text"), Cancel: "Close"})
		o.window.menu.signOut.Action()
		o.at(routeFrontDesk)
		d.Close()
		o.window.menu.signOut.Action()
		o.at(routeSignIn)
	})
}

func TestMenuShowsThePassword(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.open()
		o.at(routeSignIn)
		o.window.menu.togglePassword() // the username has the focus
		o.window.window.Canvas().FocusNext()
		field := o.focused().(*widgets.PasswordEntry)
		o.window.menu.togglePassword()
		if field.Password {
			t.Error("the password is still bullets")
		}
	})
}

func TestSessionsOfAKilledProgramEnd(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		left := o.setUp()
		o.open()
		o.at(routeSignIn)
		if err := left.Check(context.Background()); !errors.Is(err, auth.ErrSessionEnded) {
			t.Errorf("the session says %v", err)
		}
	})
}

func TestAppearanceIsKept(t *testing.T) {
	app := test.NewTempApp(t)
	a := newAppearance(app)
	for range 20 {
		a.enlarge()
	}
	if a.text != maxText {
		t.Errorf("text of %d %%", a.text)
	}
	a.reduce()
	a.choose(looks.Light)
	a.toggle()

	again := newAppearance(app)
	if again.text != 190 || again.variant != looks.Dark {
		t.Errorf("kept: %d %%, %v", again.text, again.variant)
	}
	again.toggle()
	again.normalize()
	again.reduce()
	if again.text != normalText || again.variant != looks.Light {
		t.Errorf("after normal and toggle: %d %%, %v", again.text, again.variant)
	}
}
