package shell

import (
	"context"
	"errors"
	"log/slog"
	"slices"

	"anteroom/auth"
	"anteroom/data/desk"
	"anteroom/data/sharing"
	"anteroom/ui/recovery"
	"anteroom/ui/screen"
)

// The way to a practice that lies on a server, and from one location to another.

// wayToConnect leads from the first start to a practice's server; nil: there is no
// such way.
func (f *recoveryFlow) wayToConnect() func() {
	if f.window.params.Server == nil {
		return nil
	}
	return func() { f.window.nav.goTo(routeConnect) }
}

// isCutOff says that this computer is a desk of a server that does not let it in, or that
// it does not find: it has to be connected anew.
func (f *recoveryFlow) isCutOff() bool {
	if f.window.where().Kind != sharing.Desk {
		return false
	}
	return errors.Is(f.window.untrusted, auth.ErrOtherServer) || errors.Is(f.window.untrusted, auth.ErrServer) || errors.Is(f.window.untrusted, auth.ErrNotLinked)
}

// wayToKit leads from the page that says why the practice can't be opened to the recovery kit.
func (f *recoveryFlow) wayToKit() func() {
	if f.isCutOff() {
		return func() { f.window.nav.goTo(routeConnectKit) }
	}
	return f.startKit
}

// wayToCode leads from that page to a linking code.
func (f *recoveryFlow) wayToCode() func() {
	if f.isCutOff() {
		return func() { f.window.nav.goTo(routeConnect) }
	}
	return f.startLinkingCode
}

func (f *recoveryFlow) newConnect(scope screen.Scope, byKit bool) screen.Screen {
	server := f.window.params.Server
	var practice *auth.Practice
	var opened *auth.Rescue
	var typed string
	p := recovery.ConnectParams{
		Scope: scope, Window: f.window.nav.signedOut.proxy, Kit: byKit,
		Connect: func(ctx context.Context, address, code string, at func(sharing.Step)) (err error) {
			practice, err = server.Connect(ctx, address, code, at)
			return err
		},
		ConnectWithKit: func(ctx context.Context, address, key string, at func(sharing.Step)) (err error) {
			opened, err = server.ConnectWithKit(ctx, address, key, at)
			typed = key
			return err
		},
		Done: func(kit bool) {
			if kit {
				f.state.key, f.state.opened, f.state.server = typed, opened, true
				f.window.nav.goTo(routeRescue)
				return
			}
			f.window.adopt(practice)
			f.window.signIn.startAfter(linkedNow(), nil)
		},
		OnBack: f.leave,
	}
	p.Address = server.Where().Address
	return recovery.NewConnect(p)
}

// moved is what is said after the practice was moved, at the sign-in.
type moved struct {
	said    string
	address string // that other computers connect to; "": there is none
}

// setSwitching says whether the practice is being moved and there is no way back: then the
// question whether to quit, asked before, is answered no more.
func (w *Window) setSwitching(on bool) {
	w.switching = on
	if on {
		w.withdrawQuit()
	}
}

// moved closes the practice, whose data lies elsewhere now, and opens it there.
// Everybody is signed out.
func (w *Window) moved(said, address string) {
	w.switching = false
	w.signIn.end()
	w.carried.begin(slices.ContainsFunc(w.nav.workspaces, func(ws *workspace) bool { return ws.session.desk.Typed() }))
	sessions, practice := w.nav.endWorkspaces(), w.practice
	w.release()
	w.clearPaper()
	w.switched = &moved{said, address}
	w.begun = beginOpeningAfter(w.ctx, w.params.Auth, func() {
		left := map[string]*desk.Unwritten{}
		for _, s := range sessions {
			s.forget()
			if unwritten := s.desk.Unwritten(); unwritten != nil {
				left[s.session.User()] = unwritten
			}
		}
		w.carried.end(left)
		if err := closePractice(practice); err != nil && !errors.Is(err, context.Canceled) {
			slog.Warn("could not close the practice", "error", err)
		}
	})
	w.open()
}
