package ui

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/signin"
)

// checkTime is how often the window asks whether its session still is good.
const checkTime = time.Second

// watchedSession is the session of who is signed in at this window.
type watchedSession struct {
	session  *auth.Session
	since    time.Time
	stop     context.CancelFunc // ends the watch
	checking bool
	failing  bool // the last check could not be done
	admin    bool // as far as is known yet
	hasKit   bool // the practice has a recovery kit, likewise
}

// startSession shows the front desk to who just signed in.
func (w *Window) startSession(s *auth.Session) {
	w.endSignIn()
	ctx, stop := context.WithCancel(w.ctx)
	w.session = &watchedSession{session: s, since: w.runner.Now(), stop: stop}
	w.runner.Every(ctx, checkTime, func() { w.checkSession(ctx) })
	w.learnRole(ctx)
	w.goTo(routeFrontDesk)
}

// checkSession asks off the UI goroutine, and never twice at a time.
func (w *Window) checkSession(ctx context.Context) {
	s := w.session
	if s.checking {
		return
	}
	s.checking = true
	w.runner.Go(ctx, s.session.Check, func(err error) {
		s.checking = false
		if errors.Is(err, auth.ErrSessionEnded) || signin.Shuts(err) {
			w.sessionEnded(err)
			return
		}
		if err != nil && !s.failing { // once, not each second
			slog.Warn("the session can't be checked", "error", err)
		}
		s.failing = err != nil
	})
}

// learnRole reads whether the menu may lead to the settings.
func (w *Window) learnRole(ctx context.Context) {
	s := w.session
	var overview auth.Overview
	w.runner.Go(ctx, func(ctx context.Context) (err error) {
		overview, err = s.session.Overview(ctx)
		return err
	}, func(err error) {
		s.admin = err == nil && overview.Role == auth.Admin
		s.hasKit = s.admin && !overview.KitMissing
		w.menu.refresh()
	})
}

// sessionEnded takes everything off the window and says why.
func (w *Window) sessionEnded(err error) {
	if w.session == nil {
		return // known already
	}
	if signin.Shuts(err) {
		w.block(err)
		return
	}
	reason := lang.L("You were signed out: your account was changed by a Practice Admin.")
	if n := w.practice.Notice(); n != nil && n.At.After(w.session.since) {
		reason = "" // the notice says it
	}
	w.dropSession()
	w.startSignInAfter(reason, nil)
}

// dropSession forgets a session that has ended.
func (w *Window) dropSession() {
	if s := w.endSession(); s != nil {
		go s.Forget()
	}
}

// endSession ends the watch and gives the session, which may go on; or nil.
func (w *Window) endSession() *auth.Session {
	s := w.session
	if s == nil {
		return nil
	}
	s.stop()
	w.session = nil
	w.clearPaper()
	return s.session
}

// signOut goes back to the sign-in screen at once; storing that takes a moment.
func (w *Window) signOut() {
	s := w.endSession()
	if s == nil {
		return
	}
	signOutLater(s)
	w.startSignIn()
}

// signOutLater stores that a session has ended, while the window goes on.
func signOutLater(s *auth.Session) {
	go logFailure("sign out", func() error {
		ctx, cancel := context.WithTimeout(context.Background(), closeTime)
		defer cancel()
		return s.SignOut(ctx)
	})
}

// finish signs out, if somebody is signed in, and closes the practice.
func finish(ctx context.Context, s *auth.Session, p *auth.Practice) error {
	var err error
	if s != nil {
		err = s.SignOut(ctx)
	}
	if p != nil {
		err = errors.Join(err, p.Close())
	}
	return err
}
