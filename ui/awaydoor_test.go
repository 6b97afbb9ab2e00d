package ui

import (
	"testing"
	"time"

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
			want(t, "banner on the lock screen", o.shows(stillHere), false)
			want(t, "its own sentence", o.shows("The practice's server does not answer."), true)
			o.pass(2 * time.Second)
		}
		o.window.startSwitch()
		want(t, "banner where users are switched", o.shows(stillHere), true)
		o.window.startSignInOf("", "")
		want(t, "banner at the sign-in", o.shows(stillHere), true)
		o.pass(2 * time.Second)
		want(t, "and later", o.shows(stillHere), true)
		o.window.showLock(o.window.desks[0])
		want(t, "banner back on the lock screen", o.shows(stillHere), false)
		o.window.startSwitch()
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
		o.window.signOut(o.window.at)
		o.at(routeSignIn)
		want(t, "banner", o.shows(stillHere), true)
		o.pass(10 * time.Second)
		want(t, "banner where nobody looks", o.shows(stillHere), false)
	})
}
