package shell

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/auth/authtest"
)

// TestBannerAtTheDoor: who comes to a window whose desks are locked is told at once, too, that
// the server does not answer. The lock screen has its own sentence.
func TestBannerAtTheDoor(t *testing.T) {
	inOfficeOnServer(t, func(t *testing.T, o *office, server *authtest.Server) {
		server.Stop(auth.ErrServer)
		o.pass(12 * time.Second)
		o.window.menu.lock.Action()
		for range 2 {
			want(t, "banner on the lock screen", o.shows("has not answered since"), false)
			want(t, "its own sentence", o.shows("The practice's server does not answer."), true)
			o.pass(2 * time.Second)
		}
		o.window.lock.startSwitch()
		want(t, "banner where users are switched", o.shows("has not answered since"), true)
		o.window.signIn.startOf("", "")
		want(t, "banner at the sign-in", o.shows("has not answered since"), true)
		o.pass(2 * time.Second)
		want(t, "and later", o.shows("has not answered since"), true)
		o.window.lock.showLock(o.window.nav.workspaces[0])
		want(t, "banner back on the lock screen", o.shows("has not answered since"), false)
		o.window.lock.startSwitch()
		server.Answer()
		o.pass(2 * time.Second)
		want(t, "back", o.shows("The server answers again."), true)
		o.pass(toldTime)
		want(t, "still said", o.shows("The server answers again."), false)
	})
}

// TestBannerAfterSigningOut: likewise where nobody is signed in any more, as long as the window
// knows.
func TestBannerAfterSigningOut(t *testing.T) {
	inOfficeOnServer(t, func(t *testing.T, o *office, server *authtest.Server) {
		server.Stop(auth.ErrServer)
		o.pass(12 * time.Second)
		o.window.nav.signOut(o.window.nav.at)
		o.at(routeSignIn)
		want(t, "banner", o.shows("has not answered since"), true)
		o.pass(10 * time.Second)
		want(t, "banner where nobody looks", o.shows("has not answered since") || o.shows("The server answers again."), false)
	})
}

// TestSignInHearsTheServer: who signs in while the server is away has to type the password anew,
// and is told when it answers, also where no desk asks it.
func TestSignInHearsTheServer(t *testing.T) {
	for _, locked := range []bool{true, false} {
		inOfficeOnServer(t, func(t *testing.T, o *office, server *authtest.Server) {
			server.Stop(auth.ErrServer)
			o.pass(12 * time.Second)
			if locked {
				o.window.lock.startSwitch()
				o.window.signIn.startOf("", "")
			} else {
				o.window.nav.signOut(o.window.nav.at)
			}
			o.at(routeSignIn)
			o.fill("asmith", password)
			o.pass(time.Second)
			want(t, "says so", o.shows("has not answered since") || o.shows("does not answer"), true)
			o.pass(20 * time.Second)
			want(t, "says so later", o.shows("has not answered since") || o.shows("does not answer"), true)
			server.Answer()
			o.pass(3 * time.Second)
			want(t, "still says so", o.shows("has not answered since") || o.shows("does not answer"), false)
			o.press(fyne.KeyReturn)
			o.pass(time.Second)
			o.at(routeSignIn)
			test.Type(o.focused(), password)
			o.press(fyne.KeyReturn)
			o.at(routeFrontDesk)
		})
	}
}
