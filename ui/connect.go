package ui

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

// The way to a practice that lies on a server, and from one place to another.

// wayToConnect leads from the first start to a practice's server; nil: there is no
// such way.
func (w *Window) wayToConnect() func() {
	if w.params.Server == nil {
		return nil
	}
	return func() { w.goTo(routeConnect) }
}

// isCutOff says that this computer is a desk of a server that does not let it in, or that
// it does not find: it has to be connected anew.
func (w *Window) isCutOff() bool {
	if w.where().Kind != sharing.Desk {
		return false
	}
	return errors.Is(w.shut, auth.ErrOtherServer) || errors.Is(w.shut, auth.ErrServer) || errors.Is(w.shut, auth.ErrNotLinked)
}

// wayToKit leads from the page that says why the practice stays shut to the recovery kit.
func (w *Window) wayToKit() func() {
	if w.isCutOff() {
		return func() { w.goTo(routeConnectKit) }
	}
	return w.startKit
}

// wayToCode leads from that page to a linking code.
func (w *Window) wayToCode() func() {
	if w.isCutOff() {
		return func() { w.goTo(routeConnect) }
	}
	return w.startLinkingCode
}

func (w *Window) newConnect(scope screen.Scope, byKit bool) screen.Screen {
	server := w.params.Server
	var practice *auth.Practice
	var opened *auth.Rescue
	var typed string
	p := recovery.ConnectParams{
		Scope: scope, Window: w.door.stage, Kit: byKit,
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
				w.rescue.key, w.rescue.opened, w.rescue.server = typed, opened, true
				w.goTo(routeRescue)
				return
			}
			w.adopt(practice)
			w.startSignInAfter(linkedNow(), nil)
		},
		OnBack: w.leaveRescue,
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
	w.endSignIn()
	w.carried.begin(slices.ContainsFunc(w.desks, func(p *place) bool { return p.session.desk.Typed() }))
	sessions, practice := w.endDesks(), w.practice
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
