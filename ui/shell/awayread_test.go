package shell

import (
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
)

// TestListsAreReadAnew: what others did meanwhile is on the screen once the server is back.
func TestListsAreReadAnew(t *testing.T) {
	inOfficeOnServer(t, func(t *testing.T, o *office, server *authtest.Server) {
		server.Stop(auth.ErrServer)
		o.pass(12 * time.Second)
		refreshed := &counted{Screen: o.window.nav.at.screen}
		o.window.nav.at.screen = refreshed
		server.Answer()
		o.pass(2 * time.Second)
		want(t, "read anew", refreshed.times, 1)
		o.window.nav.at.screen = refreshed.Screen
	})
}

// TestSettingsAreReadAnew: a pane that was opened meanwhile is there once the server is
// back, with nothing left of why it was not.
func TestSettingsAreReadAnew(t *testing.T) {
	for _, pane := range []string{
		pane.General, pane.Recovery, pane.Practitioners, pane.Appointments, pane.Users,
		pane.Computers, pane.Activity, pane.Backup, pane.Account,
	} {
		t.Run(pane, func(t *testing.T) {
			inOfficeOnServer(t, func(t *testing.T, o *office, server *authtest.Server) {
				server.Stop(auth.ErrServer)
				o.pass(12 * time.Second)
				o.window.nav.at.openSettings(pane)
				o.pass(time.Second)
				want(t, "says why in the pane", strings.Count(strings.Join(o.texts(), " "), "has not answered since") > 1, true)
				server.Answer()
				o.pass(3 * time.Second)
				want(t, "still says why", o.shows("has not answered since"), false)
			})
		})
	}
}

// TestReadAnewAfterTheLock: a desk that was locked when the server came back reads what it
// shows after the unlocking.
func TestReadAnewAfterTheLock(t *testing.T) {
	inOfficeOnServer(t, func(t *testing.T, o *office, server *authtest.Server) {
		server.Stop(auth.ErrServer)
		o.pass(12 * time.Second)
		o.settings()
		o.window.menu.lock.Action()
		server.Answer()
		o.pass(3 * time.Second)
		o.unlock()
		o.pass(time.Second)
		want(t, "still says why", o.shows("has not answered since"), false)
	})
}

// counted is a screen that counts how often it was to be read anew.
type counted struct {
	screen.Screen
	times int
}

func (c *counted) Refresh() { c.times++ }
