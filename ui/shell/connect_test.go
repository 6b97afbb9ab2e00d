package shell

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data/sharing"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// fakeServer is where a practice's data lies: the office's memory stands for it.
type fakeServer struct {
	sharing.Server

	office *office
	kind   sharing.Kind
	mu     sync.Mutex
	asked  []string
}

func (f *fakeServer) ask(what string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, what)
}

func (f *fakeServer) Where() sharing.Where {
	if f.kind == sharing.Alone {
		return sharing.Where{}
	}
	return sharing.Where{Kind: f.kind, Address: "10.0.0.9"}
}

func (f *fakeServer) Addresses() []string { return []string{"192.168.1.20"} }

func (f *fakeServer) Connect(ctx context.Context, address, code string, at func(sharing.Step)) (*auth.Practice, error) {
	f.ask("Connect " + address)
	at(sharing.Linking)
	return auth.LinkWithCode(ctx, f.office.deps(), code)
}

func (f *fakeServer) ConnectWithKit(ctx context.Context, address, key string, at func(sharing.Step)) (*auth.Rescue, error) {
	f.ask("ConnectWithKit " + address)
	at(sharing.Checking)
	return auth.OpenRescue(ctx, f.office.deps(), key)
}

func (f *fakeServer) Forget(context.Context) error {
	f.ask("Forget")
	f.kind, f.office.place, f.office.keyring = sharing.Alone, &authtest.Memory{}, authtest.NewKeyring()
	f.office.window.params.Auth = f.office.deps()
	return nil
}

func (f *fakeServer) Status(context.Context, *auth.Session) (sharing.Status, error) {
	return sharing.Status{Computers: 1}, nil
}

func (f *fakeServer) Check(_ context.Context, _ *auth.Session, each func(sharing.Check)) error {
	for _, kind := range sharing.Checks {
		each(sharing.Check{Kind: kind, Good: true, Room: 1 << 30})
	}
	return nil
}

func (f *fakeServer) Share(ctx context.Context, s *auth.Session, at func(sharing.Progress)) error {
	f.ask("Share")
	at(sharing.Progress{Step: sharing.Switching})
	if err := s.SignOut(context.Background()); err != nil { // everybody is
		return err
	}
	time.Sleep(5 * checkTime) // of the bubble
	return ctx.Err()
}

// atFirstStart is a window of a computer that has no practice, beside a practice on a
// server.
func (o *office) atFirstStart() *fakeServer {
	f := &fakeServer{office: o, kind: sharing.Alone}
	there := o.place
	o.server, o.place, o.keyring = f, &authtest.Memory{}, authtest.NewKeyring()
	o.open()
	o.at(routeSetUp)
	o.place = there
	return f
}

// tap presses the button with a text that is on the window.
func (o *office) tap(text string) {
	o.t.Helper()
	i := slices.IndexFunc(all[*widgets.Button](o), func(b *widgets.Button) bool { return b.Text == text && !b.Disabled() })
	if i < 0 {
		o.t.Fatalf("there is no %q: %q", text, o.texts())
	}
	all[*widgets.Button](o)[i].OnTapped()
}

func TestConnectWithACode(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		session := o.setUp()
		if err := session.StepUp(t.Context(), password, ""); err != nil {
			t.Fatal(err)
		}
		code, err := session.NewLinkingCode(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		f := o.atFirstStart()
		o.tap("Connect to the practice's server…")
		o.at(routeConnect)
		o.press(fyne.KeyEscape) // nothing is typed
		o.at(routeSetUp)
		o.tap("Connect to the practice's server…")
		o.at(routeConnect)
		o.fill("10.0.0.9", strings.Join(code.Groups, " "))
		o.signIn()
		if !slices.Equal(f.asked, []string{"Connect 10.0.0.9"}) {
			t.Errorf("asked %q", f.asked)
		}
	})
}

func TestConnectWithTheKit(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		key := o.setUpWithKit()
		f := o.atFirstStart()
		o.window.nav.goTo(routeConnect)
		o.tap("Use the recovery kit instead")
		o.window.window.Canvas().FocusPrevious() // to the address
		o.fill("10.0.0.9", key)
		o.at(routeRescue)
		if o.shows("Restore a backup…") {
			t.Error("a desk can restore")
		}
		o.press(fyne.KeyReturn)
		o.signIn()
		if !slices.Equal(f.asked, []string{"ConnectWithKit 10.0.0.9"}) {
			t.Errorf("asked %q", f.asked)
		}
	})
}

// A desk whose server was set up anew: the address is there, the kit is asked for.
func TestDeskConnectsWithTheKit(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		key := o.setUpWithKit()
		o.server = &fakeServer{office: o, kind: sharing.Desk}
		o.keyring = authtest.NewKeyring()
		o.open()
		o.at(routeBlocked)
		o.window.block(auth.ErrDamaged)
		o.window.recovery.wayToKit()()
		o.at(routeKitEntry) // the server lets this computer in
		o.press(fyne.KeyEscape)
		o.at(routeBlocked)
		for _, cutOff := range []error{auth.ErrNotLinked, auth.ErrServer, auth.ErrOtherServer} {
			o.window.block(cutOff)
			o.window.recovery.wayToCode()()
			o.at(routeConnect)
			o.press(fyne.KeyEscape)
			o.at(routeBlocked)
			o.window.recovery.wayToKit()()
			o.at(routeConnectKit)
			o.press(fyne.KeyEscape)
			o.at(routeBlocked)
		}
		o.window.recovery.wayToKit()()
		o.at(routeConnectKit)
		o.fill(key)
		o.at(routeRescue)
		o.press(fyne.KeyReturn)
		o.signIn()
	})
}

// A desk that nothing links any more begins anew.
func TestDeskForgetsThePractice(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		f := &fakeServer{office: o, kind: sharing.Desk}
		o.server, o.keyring = f, authtest.NewKeyring()
		o.open()
		o.at(routeBlocked)
		o.tap("Forget this practice…")
		o.press(fyne.KeyEscape)
		o.tap("Forget this practice…")
		o.tap("Forget this practice")
		o.at(routeSetUp)
		o.window.nav.goTo(routeConnect)
		o.press(fyne.KeyEscape)
		o.at(routeSetUp) // and not why the practice was shut
		if !slices.Equal(f.asked, []string{"Forget"}) {
			t.Errorf("asked %q", f.asked)
		}
	})
}

func TestNoServerToConnectTo(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.open()
		o.at(routeSetUp)
		if o.shows("Connect to the practice's server…") {
			t.Error("there is a way to a server")
		}
	})
}

// Everybody is signed out while it is switched over. The window leaves it to the move
// to say so, and tells the address at the sign-in.
func TestShareFromTheSettings(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		f := &fakeServer{office: o, kind: sharing.Alone}
		o.server = f
		o.setUp()
		o.open()
		o.signIn()
		o.pass(2 * time.Second)
		before := o.window.practice
		o.window.nav.at.openSettings(pane.Server)
		o.at(routeSettings)
		o.pass(time.Second)
		o.tap("Share with other computers…")
		o.pass(time.Second)
		o.fill(password) // "Confirm it is you"
		o.pass(time.Second)
		o.tap("Move and share")
		o.until("the switch", func() bool { return o.window.switching })
		o.pass(2 * checkTime)
		if o.window.nav.at.route != routeSettings || !o.shows("Switching over…") {
			t.Fatalf("while it switches over: route %d, %q", o.window.nav.at.route, o.texts())
		}
		o.at(routeSignIn)
		if o.window.practice == before || len(o.window.nav.workspaces) != 0 || o.window.switching {
			t.Errorf("the practice was opened anew: %v, %d desks, switching %v", o.window.practice != before, len(o.window.nav.workspaces), o.window.switching)
		}
		for _, text := range []string{"Other computers connect to", "192.168.1.20", "Everyone signs in again."} {
			if !o.shows(text) {
				t.Errorf("the sign-in does not say %q: %q", text, o.texts())
			}
		}
		o.signIn()
	})
}

// An end of the session that is not of the move is seen when the move is over.
func TestSwitchingHidesNoEnd(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.window.switching = true
		if err := o.window.nav.at.session.session.SignOut(t.Context()); err != nil {
			t.Fatal(err)
		}
		o.pass(3 * checkTime)
		if o.window.nav.at.route != routeFrontDesk {
			t.Fatalf("while it switches over the window goes to %d", o.window.nav.at.route)
		}
		o.window.block(auth.ErrNotLinked)
		o.window.Close()
		if o.window.nav.at.route != routeFrontDesk || o.window.ctx.Err() != nil {
			t.Fatalf("while it switches over: route %d, %v", o.window.nav.at.route, o.window.ctx.Err())
		}
		o.window.switching = false
		o.pass(2 * checkTime)
		o.at(routeSignIn)
	})
}
