package ui

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

// maxDesks is how many people can have their work open at one window.
const maxDesks = 5

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
	shutting chan struct{} // closed once a lock has taken the keys; nil: none was yet

	name, username string // as far as is known yet
	practice       string // its name, likewise
	admin          bool   // likewise
	hasKit         bool   // the practice has a recovery kit, likewise
}

// come takes who has just signed in to their desk: the one that they left locked
// at this window, or a new one.
func (w *Window) come(state auth.State) {
	w.halves = "" // they were told
	if p := w.deskOf(state.Session.User()); p != nil {
		w.renew(p, state)
		return
	}
	if len(w.desks) >= maxDesks {
		signOutLater(state.Session.SignOut)
		w.endSignIn()
		w.goTo(routeSwitch)
		return
	}
	said := w.doneAtDoor()
	w.startSession(state.Session).welcome(state, said)
}

// doneAtDoor is what the last step of a sign-in did, beside letting somebody in.
func (w *Window) doneAtDoor() string {
	switch w.door.route {
	case routeEnrol:
		return lang.L("Your authenticator is set up.")
	case routeNewPassword:
		return lang.L("Your new password counts from now on.")
	}
	return ""
}

// welcome shows what comes before the front desk: new recovery codes, a kit that
// is still to be made.
func (p *place) welcome(state auth.State, said string) {
	next := func() { p.goTo(routeFrontDesk) }
	if state.KitDue {
		next = p.startFirstKit
	}
	if len(state.Recovery) == 0 {
		if state.KitDue {
			next()
		}
		p.say(said)
		return
	}
	p.showRecoveryCodes(state.Recovery, said, next)
}

// startSession shows the front desk to who just signed in.
func (w *Window) startSession(s *auth.Session) *place {
	w.endSignIn()
	ctx, stop := context.WithCancel(w.ctx)
	p := w.newPlace()
	p.session = &watchedSession{session: s, desk: w.memory.Join(s), since: w.runner.Now(), ctx: ctx, stop: stop}
	p.session.desk.GoOnWith(w.carried.take(s.User()))
	w.desks = append(w.desks, p)
	w.runner.Every(ctx, checkTime, p.check)
	w.runner.Every(ctx, checkTime, p.save)
	w.runner.Every(ctx, checkTime, p.sync)
	p.save()
	p.sync()
	p.learnRole()
	w.enter(p)
	p.goTo(routeFrontDesk)
	return p
}

// enter shows the desk of who has just proven who they are.
func (w *Window) enter(p *place) {
	p.session.locked = time.Time{}
	p.session.isLocked.Store(false)
	w.locked = nil
	w.desks = append(slices.DeleteFunc(w.desks, func(o *place) bool { return o == p }), p)
	w.door.leaveScreen()
	w.door.route, w.door.screen = routeStart, nil
	w.idle.start()
	w.show(p)
	if s, ok := p.screen.(interface{ Refresh() }); ok { // a locked desk reads nothing, whatever the day
		s.Refresh()
	} else if p.session.missed {
		p.readAnew()
	}
	p.session.missed = false
}

// deskOf is the desk that a user has at this window, or nil.
func (w *Window) deskOf(user string) *place {
	for _, p := range w.desks {
		if p.session.session.User() == user {
			return p
		}
	}
	return nil
}

// check asks off the UI goroutine, and never twice at a time. What it can tell
// without asking comes first, for a disk may hang.
func (p *place) check() {
	p.watchDay()
	s := p.session
	if s.checking {
		return
	}
	s.checking = true
	p.window.runner.Go(s.ctx, s.session.Check, func(err error) {
		s.checking = false
		if errors.Is(err, auth.ErrSessionEnded) || signin.IsUntrusted(err) {
			p.ended(err)
			return
		}
		if err != nil && !s.failing { // once, not each second
			slog.Warn("the session can't be checked", "error", err)
		}
		s.failing = err != nil
		p.window.lookAtServer()
	})
}

// save writes what was typed.
func (p *place) save() {
	s := p.session
	if !s.saving {
		s.saveBegan = p.window.runner.Now()
	}
	s.tick(p.window.runner, &s.saving, &s.unsaved, "what was typed can't be written", func(ctx context.Context) error {
		return s.desk.Save(auth.InBackground(ctx))
	}, func(error) {})
}

// sync reads what others changed in the records. Where the file is damaged it shuts,
// and says what helps: a record that does not open by itself is no error.
func (p *place) sync() {
	s := p.session
	s.tick(p.window.runner, &s.syncing, &s.behind, "the records can't be read anew", s.desk.Sync, func(err error) {
		if signin.IsUntrusted(err) {
			p.ended(err)
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
func (p *place) learnRole() {
	s := p.session
	var overview auth.Overview
	p.window.runner.Go(s.ctx, func(ctx context.Context) (err error) {
		overview, err = s.session.Overview(ctx)
		return err
	}, func(err error) {
		if err != nil {
			return // as far as is known
		}
		s.name, s.username, s.practice = overview.Name, overview.Username, overview.Practice
		s.admin = overview.Role == auth.Admin
		s.hasKit = s.admin && !overview.KitMissing
		p.window.menu.refresh()
	})
}

// suspect is for a screen that was told that the session is over. It may have asked
// before a full sign-in renewed the session; only the check knows.
func (p *place) suspect(err error) {
	if signin.IsUntrusted(err) {
		p.ended(err)
		return
	}
	p.check()
}

// ended takes a desk whose session is over off the window, and says why if
// somebody is looking at it.
func (p *place) ended(err error) {
	w := p.window
	if w.switching || !slices.Contains(w.desks, p) {
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
	if n := w.practice.Notice(); n != nil && n.At.After(p.session.since) {
		reason = "" // the notice says it
	}
	isLookedAt := w.at == p || w.at == w.door && w.locked == p && (w.door.route == routeLock || w.door.route == routeStart)
	go w.endDesk(p).forget()
	switch {
	case isLookedAt:
		w.startSignInAfter(reason, nil)
	case w.at == w.door && w.door.route == routeSwitch:
		w.goTo(routeSwitch) // one fewer to choose
	}
}

// endDesk takes a desk off the window and gives its session, which may go on.
func (w *Window) endDesk(p *place) *watchedSession {
	p.session.stop()
	p.leaveScreen()
	w.desks = slices.DeleteFunc(w.desks, func(o *place) bool { return o == p })
	if w.locked == p {
		w.locked = nil
	}
	w.clearPaper()
	return p.session
}

// endDesks is endDesk for all.
func (w *Window) endDesks() []*watchedSession {
	var sessions []*watchedSession
	for len(w.desks) > 0 {
		sessions = append(sessions, w.endDesk(w.desks[0]))
	}
	return sessions
}

// dropDesks forgets sessions that have ended, or whose practice is gone.
func (w *Window) dropDesks() {
	for _, s := range w.endDesks() {
		go s.forget()
	}
}

// signOut signs out, and asks first where what was typed can't be written.
func (w *Window) signOut(p *place) {
	if slices.Contains(w.desks, p) && p.loses() {
		w.askToLose(p)
		return
	}
	w.signOutNow(p)
}

// signOutNow goes back to the sign-in screen at once, from where others come back to
// their desks; storing it takes a moment.
func (w *Window) signOutNow(p *place) {
	if !slices.Contains(w.desks, p) {
		return
	}
	signOutLater(w.endDesk(p).signOut)
	w.startSignIn()
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

// forget leaves the desk of a session that has ended.
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
