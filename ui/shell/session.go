package shell

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/desk"
	"anteroom/ui/signin"
	"anteroom/ui/words"
	"anteroom/ui/work"
)

// checkTime is how often the window asks whether its sessions still are good.
const checkTime = time.Second

// maxWorkspaces is how many people can have their work open at one window.
const maxWorkspaces = 5

// watchedSession is the session of somebody who is signed in at this window.
type watchedSession struct {
	session  *auth.Session
	desk     *desk.Desk
	since    time.Time
	ctx      context.Context    // of the watch
	stop     context.CancelFunc // ends it
	checking bool
	failing  bool // the last check could not be done
	syncing  bool // the records are read
	behind   bool // the last reading of them could not be done
	saving   bool // what was typed is written
	unsaved  bool // the last writing of it could not be done

	saveBegan time.Time // when the last writing of it did

	missed bool // the server was away while the desk was locked, or before

	locked   time.Time     // since when; zero: it isn't
	isLocked atomic.Bool   // likewise, for other goroutines; before the session itself is, which writes first
	locking  chan struct{} // closed once a lock has taken the keys; nil: none was yet

	name, username string // as far as is known yet
	practice       string // its name, likewise
	admin          bool   // likewise
	hasKit         bool   // the practice has a recovery kit, likewise
}

// beginWork shows what comes before the front desk: new recovery codes, a kit that
// is still to be made.
func (ws *workspace) beginWork(state auth.State, said string) {
	next := func() { ws.goTo(routeFrontDesk) }
	if state.KitDue {
		next = ws.startFirstKit
	}
	if len(state.Recovery) == 0 {
		if state.KitDue {
			next()
		}
		ws.say(said)
		return
	}
	ws.showRecoveryCodes(state.Recovery, said, next)
}

// check asks off the UI goroutine, and never twice at a time. What it can tell
// without asking comes first, for a disk may hang.
func (ws *workspace) check() {
	ws.watchDay()
	s := ws.session
	if s.checking {
		return
	}
	s.checking = true
	ws.window.runner.Go(s.ctx, s.session.Check, func(err error) {
		s.checking = false
		if errors.Is(err, auth.ErrSessionEnded) || signin.IsUntrusted(err) {
			ws.onEnded(err)
			return
		}
		if err != nil && !s.failing { // once, not each second
			slog.Warn("the session can't be checked", "error", err)
		}
		s.failing = err != nil
		ws.window.checkServer()
	})
}

// save writes what was typed.
func (ws *workspace) save() {
	s := ws.session
	if !s.saving {
		s.saveBegan = ws.window.runner.Now()
	}
	s.tick(ws.window.runner, &s.saving, &s.unsaved, "what was typed can't be written", func(ctx context.Context) error {
		return s.desk.Save(auth.InBackground(ctx))
	}, func(error) {})
}

// sync reads what others changed in the records. Where the file is damaged the session ends,
// and says what helps: a record that does not open by itself is no error.
func (ws *workspace) sync() {
	s := ws.session
	s.tick(ws.window.runner, &s.syncing, &s.behind, "the records can't be read anew", s.desk.Sync, func(err error) {
		if signin.IsUntrusted(err) {
			ws.onEnded(err)
		}
	})
}

// tick does something that is due each second, unless it still goes on, and then
// gives its error.
func (s *watchedSession) tick(r work.Runner, goesOn, failed *bool, failure string, do func(context.Context) error, then func(error)) {
	if *goesOn || !s.locked.IsZero() {
		return
	}
	*goesOn = true
	r.Go(s.ctx, do, func(err error) {
		*goesOn = false
		if errors.Is(err, auth.ErrLocked) || errors.Is(err, auth.ErrFullSignIn) || errors.Is(err, auth.ErrSessionEnded) {
			return // the check says what that means
		}
		if err != nil && !*failed { // once, not each second
			slog.Warn(failure, "error", err)
		}
		*failed = err != nil
		then(err)
	})
}

// learnRole reads who it is, and whether the menu may lead to the settings.
func (ws *workspace) learnRole() {
	s := ws.session
	var overview auth.Overview
	ws.window.runner.Go(s.ctx, func(ctx context.Context) (err error) {
		overview, err = s.session.Overview(ctx)
		return err
	}, func(err error) {
		if err != nil {
			return // as far as is known
		}
		s.name, s.username, s.practice = overview.Name, overview.Username, overview.Practice
		s.admin = overview.Role == auth.Admin
		s.hasKit = s.admin && !overview.KitMissing
		ws.window.menu.refresh()
	})
}

// verifySession is for a screen that was told that the session is over. It may have asked
// before a full sign-in renewed the session; only the check knows.
func (ws *workspace) verifySession(err error) {
	if signin.IsUntrusted(err) {
		ws.onEnded(err)
		return
	}
	ws.check()
}

// onEnded takes a workspace whose session is over off the window, and says why if
// somebody is looking at it.
func (ws *workspace) onEnded(err error) {
	w := ws.window
	if w.switching || !slices.Contains(w.nav.workspaces, ws) {
		return // known already, or said by who moves the practice
	}
	if signin.IsUntrusted(err) {
		w.block(err)
		return
	}
	reason := lang.L("You were signed out: your account was changed by a Practice Admin.")
	var by *auth.SignedOutError
	if errors.As(err, &by) {
		reason = lang.L("You were signed out by {{.Name}} ({{.Clock}}). Sign in again.", map[string]any{"Name": by.By, "Clock": words.Since(by.At, w.runner.Now())})
	}
	if n := w.practice.Notice(); n != nil && n.At.After(ws.session.since) {
		reason = "" // the notice says it
	}
	isLookedAt := w.nav.at == ws || w.nav.at == w.nav.signedOut && w.lock.locked == ws && (w.nav.signedOut.route == routeLock || w.nav.signedOut.route == routeStart)
	go w.nav.endWorkspace(ws).forget()
	switch {
	case isLookedAt:
		w.signIn.begin(entry{reason: reason, done: ws.done})
	case w.nav.at == w.nav.signedOut && w.nav.signedOut.route == routeSwitch:
		w.nav.goTo(routeSwitch) // one fewer to choose
	}
}

// signOutLater stores that a session has ended, while the window goes on.
func signOutLater(signOut func(context.Context) error) {
	go logFailure("sign out", func() error {
		ctx, cancel := context.WithTimeout(context.Background(), closeTime)
		defer cancel()
		return signOut(ctx)
	})
}

// signOut writes what was typed, and ends the session.
func (s *watchedSession) signOut(ctx context.Context) error {
	ctx = auth.InBackground(ctx)
	return errors.Join(s.desk.Close(ctx), s.session.SignOut(ctx))
}

// forget closes the desk of a session that has ended.
func (s *watchedSession) forget() {
	ctx, cancel := context.WithTimeout(context.Background(), closeTime)
	defer cancel()
	// What was typed within the last second can't be written any more.
	_ = s.desk.Close(ctx)
	s.session.Forget()
}

// signOutAll is signOut for all.
func signOutAll(ctx context.Context, sessions []*watchedSession) error {
	var all []error
	for _, s := range sessions {
		all = append(all, s.signOut(ctx))
	}
	return errors.Join(all...)
}

// closePractice closes the practice, if one is open.
func closePractice(p *auth.Practice) error {
	if p == nil {
		return nil
	}
	return p.Close()
}
