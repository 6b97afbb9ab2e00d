package server

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/data/sharing"
)

// serverSamples are the gallery's states of "Server".
var serverSamples = samples{
	"server-alone":   func(_ *testing.T, s *screenSample) { s.enter(rowServer) },
	"server-host":    func(_ *testing.T, s *screenSample) { s.serverAt(sharing.Host, "") },
	"server-desk":    func(_ *testing.T, s *screenSample) { s.serverAt(sharing.Desk, "192.168.1.20") },
	"server-managed": func(_ *testing.T, s *screenSample) { s.serverAt(sharing.Managed, "db.brook-street.example.org:5433") },
	"server-desk-long": func(_ *testing.T, s *screenSample) {
		s.serverAt(sharing.Desk, strings.Repeat("reception.", 12)+"example.org:54321")
	},
	"server-silent": func(_ *testing.T, s *screenSample) {
		s.server.set(func(f *fakeServer) { f.fail = auth.ErrServer })
		s.serverAt(sharing.Desk, "192.168.1.20")
	},
	"server-host-silent": func(_ *testing.T, s *screenSample) {
		s.session.set(func(f *fakeSession) { f.fail = &auth.AwayError{} })
		s.server.set(func(f *fakeServer) { f.fail = &auth.AwayError{} })
		s.serverAt(sharing.Host, "")
	},
	"share": func(t *testing.T, s *screenSample) { s.share(t) },
	"share-looking": func(t *testing.T, s *screenSample) {
		s.server.set(func(f *fakeServer) { f.last = time.Second })
		s.share(t)
		time.Sleep(3 * time.Second)
		s.Settle()
	},
	"share-bad": func(t *testing.T, s *screenSample) {
		s.server.set(func(f *fakeServer) { f.bad = allBad() })
		s.share(t)
	},
	"share-copying": func(t *testing.T, s *screenSample) {
		s.session.fresh = true
		s.share(t)
		s.server.set(func(f *fakeServer) { f.last = time.Second })
		s.openServer(t, "Move and share")
		time.Sleep(2500 * time.Millisecond)
		s.Settle()
	},
	"share-switching": func(t *testing.T, s *screenSample) {
		s.session.fresh = true
		s.share(t)
		s.server.set(func(f *fakeServer) { f.last = time.Second })
		s.openServer(t, "Move and share")
		time.Sleep(4500 * time.Millisecond)
		s.Settle()
	},
	"server-code": func(t *testing.T, s *screenSample) {
		s.session.fresh = true
		s.serverAt(sharing.Host, "")
		s.tabTo(t, "Link a computer…")
		s.press(fyne.KeyReturn)
	},
	"server-back": func(t *testing.T, s *screenSample) {
		s.serverAt(sharing.Host, "")
		s.openServer(t, "Work on this computer only…")
		s.typed("ALONE")
	},
	"server-back-copying": func(t *testing.T, s *screenSample) {
		s.session.fresh = true
		s.session.computers = s.session.computers[:1]
		s.serverAt(sharing.Host, "")
		s.openServer(t, "Work on this computer only…")
		s.typed("ALONE")
		s.server.set(func(f *fakeServer) { f.last = time.Second })
		s.press(fyne.KeyReturn)
		time.Sleep(1500 * time.Millisecond)
		s.Settle()
	},
	"server-back-many": func(t *testing.T, s *screenSample) {
		s.session.computers = manyComputers(40, longName)
		s.serverAt(sharing.Host, "")
		s.openServer(t, "Work on this computer only…")
	},
	"server-address": func(t *testing.T, s *screenSample) {
		s.session.fresh = true
		s.server.set(func(f *fakeServer) { f.refuse = auth.ErrOtherServer })
		s.serverAt(sharing.Desk, "192.168.1.20")
		s.openServer(t, "Change address…")
		s.press(fyne.KeyReturn)
	},
	"server-leave": func(t *testing.T, s *screenSample) {
		s.serverAt(sharing.Desk, "192.168.1.20")
		s.openServer(t, "Leave the server…")
	},
	"server-move": func(t *testing.T, s *screenSample) {
		s.enter(rowServer)
		s.openServer(t, "Move to another server…")
		s.press(fyne.KeyReturn)
	},
}

func allBad() []sharing.Check {
	return []sharing.Check{
		{Kind: sharing.Installed}, {Kind: sharing.Room, Room: 100_000_000}, {Kind: sharing.Kit}, {Kind: sharing.Backup}, {Kind: sharing.Awake},
		{Kind: sharing.Nobody, Names: []string{"Ben Jones", longName}},
	}
}

// serverAt goes into the pane, with the practice somewhere.
func (s *screenSample) serverAt(kind sharing.Kind, address string) {
	s.server.on(kind, address)
	s.enter(rowServer)
	s.Settle()
}

// openServer presses a button of the pane.
func (s *screenSample) openServer(t *testing.T, button string) {
	t.Helper()
	s.tabTo(t, button)
	s.press(fyne.KeyReturn)
}

// share opens the dialog "Share with other computers".
func (s *screenSample) share(t *testing.T) {
	t.Helper()
	s.session.fresh = true
	s.enter(rowServer)
	s.openServer(t, "Share with other computers…")
}
