package shell

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/signin"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

// locker locks the window: after some time without a touch, and when somebody asks for it.
type locker struct {
	window *Window

	idle    *idleWatch
	warning *widgets.AnyKey // that it is about to lock; nil: it isn't
	locked  *workspace      // whose lock screen is shown, or was before somebody chose to switch
}

// watchIdle begins to look after how long nobody has touched the computer, and
// whether the OS locks it.
func (l *locker) watchIdle() {
	l.idle = &idleWatch{
		runner: l.window.runner, source: l.window.params.Idle, elapsed: byBothClocks, limit: l.idleLimit,
		warn: l.warnOfLock, calm: l.endWarning, over: l.lockNow,
	}
	l.idle.begin(l.window.ctx)
	widgets.OnTouch(l.idle.touch)
	if watch := l.window.params.OnOSLock; watch != nil {
		go watch(l.window.ctx, func() { l.window.runner.Dispatch(l.lockNow) })
	}
}

// idleLimit is how long the window may show what it shows without a touch; 0:
// for ever.
func (l *locker) idleLimit() time.Duration {
	switch {
	case l.window.nav.at == nil, !l.window.nav.at.locks():
		return 0
	case l.window.practice == nil:
		return auth.DefaultIdle * time.Minute
	}
	return l.window.practice.IdleAfter()
}

// lockNow hides what is on the window. A sign-in or a rescue under way has to
// begin again.
func (l *locker) lockNow() {
	ws := l.window.nav.at
	switch {
	case l.window.ctx.Err() != nil:
	case ws == l.window.nav.signedOut && ws.route == routeLock && l.locked != nil:
		l.showLock(l.locked) // what was typed goes, and an unlocking under way opens nothing
	case !ws.locks():
	case ws.session != nil:
		l.lock(ws)
		l.showLock(ws)
	case ws.route.isSignIn():
		l.window.copier.TakeBack()
		l.window.signIn.start()
	default:
		l.window.recovery.leave()
	}
}

// lock takes a desk off the window and its keys out of memory. Its screens stay
// as they are, but for passwords that were typed.
func (l *locker) lock(ws *workspace) {
	ws.session.locked = l.window.runner.Now()
	ws.session.isLocked.Store(true) // before the papers go: a page under way asks after it is there
	ws.session.lockKeys()
	l.window.copier.TakeBack()
	l.window.clearPaper()
	l.endWarning()
	for _, o := range ws.proxy.canvas.overlays.List() {
		widgets.WipePasswords(o)
	}
	widgets.WipePasswords(ws.screen.Content())
	l.window.nav.show(l.window.nav.signedOut)
}

// keysTime is how long the writing of what was typed last may keep a lock from
// taking the keys.
const keysTime = time.Second

// lockKeys takes the keys of a session out of memory, after what was typed within the
// last second is written. Nothing of it is on the window meanwhile.
func (s *watchedSession) lockKeys() {
	if !s.desk.Unsaved() {
		s.session.Lock()
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), keysTime)
	saved, locked := make(chan error, 1), make(chan struct{})
	s.locking = locked
	go func() { saved <- s.desk.Save(auth.InBackground(ctx)) }()
	go func() {
		defer close(locked)
		defer cancel()
		err := context.DeadlineExceeded
		select {
		case err = <-saved:
		case <-ctx.Done(): // also where the disk hangs
		}
		s.session.Lock()
		if err != nil { // it is still in memory, and written after the unlocking
			slog.Warn("locked before what was typed last was written", "error", err)
		}
	}()
}

// whenKeysGone gives what waits until the last lock has taken the keys: what is opened
// then stays open.
func (s *watchedSession) whenKeysGone() (wait func()) {
	locked := s.locking
	return func() {
		if locked != nil {
			<-locked
		}
	}
}

// showLock shows the lock screen of a desk, or the sign-in where the password
// alone does not open it any more.
func (l *locker) showLock(ws *workspace) {
	l.locked = ws
	if ws.session.left() <= 0 {
		l.window.signIn.startOf(ws.session.username, words.Error(auth.ErrFullSignIn))
		return
	}
	l.window.nav.goTo(routeLock)
}

const (
	// dayWarning is how long before a full sign-in is due the window says so.
	dayWarning = 10 * time.Minute
	// dayLead is how long before that the window locks: what was typed last is
	// written before the session opens nothing any more.
	dayLead = checkTime + keysTime
)

// left is how long the desk stays open without a full sign-in.
func (s *watchedSession) left() time.Duration { return s.session.Left() - dayLead }

// watchDay locks the desk a day after the full sign-in, and says so for the last
// minutes before.
func (ws *workspace) watchDay() {
	w, left := ws.window, ws.session.left()
	isAtLock := w.nav.at == w.nav.signedOut && w.nav.signedOut.route == routeLock && w.lock.locked == ws
	switch {
	case left <= 0 && w.nav.at == ws:
		w.lock.lock(ws)
		w.lock.showLock(ws)
	case left <= 0 && isAtLock:
		w.lock.showLock(ws)
	case left > dayWarning || left <= 0:
		ws.day.say(widgets.Warning, "")
	default:
		at := words.Clock(w.runner.Now().Add(left + dayLead))
		ws.day.say(widgets.Warning, lang.L("Anteroom locks at {{.Clock}}, 24 hours after you signed in. What you are doing is kept: sign in again to go on.", map[string]any{"Clock": at}))
	}
}

func (l *locker) newLock(scope screen.Scope) screen.Screen {
	ws := l.locked
	session, whenKeysGone := ws.session.session, ws.session.whenKeysGone()
	return signin.NewLock(signin.LockParams{
		Scope: scope, Window: l.window.nav.signedOut.proxy, Practice: l.window.practice.Name(), Name: ws.session.name, Since: ws.session.locked,
		Unlock: func(ctx context.Context, password string) error {
			whenKeysGone()
			session.Lock() // also what a proof gave that was under way at the lock
			return session.Unlock(ctx, password)
		},
		Lock: session.Lock, Server: l.window.awayText,
		Done: func(err error) { l.unlocked(ws, err) },
		OnSwitch: func() {
			l.locked = ws // Esc comes back here
			l.window.nav.goTo(routeSwitch)
		},
	})
}

// unlocked goes where an unlocking leads that is not to be tried again.
func (l *locker) unlocked(ws *workspace, err error) {
	switch {
	case err == nil:
		l.window.nav.enter(ws)
	case errors.Is(err, auth.ErrFullSignIn):
		l.window.signIn.startOf(ws.session.username, words.Error(err))
	default:
		ws.onEnded(err)
	}
}

// renew goes on at a locked desk with what a full sign-in gave.
func (l *locker) renew(ws *workspace, state auth.State) {
	l.window.signIn.end()
	l.locked = ws
	l.window.nav.goTo(routeStart) // it says that something goes on
	whenKeysGone := ws.session.whenKeysGone()
	l.window.runner.Go(l.window.ctx, func(ctx context.Context) error {
		whenKeysGone()
		return ws.session.session.Renew(ctx, state.Session)
	}, func(err error) {
		if errors.Is(err, auth.ErrSessionEnded) || signin.IsUntrusted(err) {
			ws.onEnded(err)
			return
		}
		if err != nil { // it only leaves the old sign-in listed
			slog.Warn("the sign-in before goes on being listed", "error", err)
		}
		ws.session.since = l.window.runner.Now()
		l.window.nav.enter(ws)
		ws.renewedCodes(state)
	})
}

// startSwitch locks the present desk and lets somebody else come.
func (l *locker) startSwitch() {
	if ws := l.window.nav.at; ws.session != nil {
		l.lock(ws)
		l.locked = ws
	}
	l.window.signIn.end()
	l.window.nav.goTo(routeSwitch)
}

// canSwitch says that somebody else can come now: from a desk, or where somebody
// is about to come to one and others have theirs.
func (l *locker) canSwitch() bool {
	switch {
	case l.window.nav.at == nil:
		return false
	case l.window.nav.at.session != nil:
		return true
	case len(l.window.nav.workspaces) == 0:
		return false
	}
	r := l.window.nav.signedOut.route
	return r == routeLock || r == routeSignIn || r.isSignIn()
}

func (l *locker) newSwitchUser(scope screen.Scope) screen.Screen {
	var back func()
	var left string
	if ws := l.locked; ws != nil {
		left = ws.session.session.User()
		back = func() { l.showLock(ws) }
	} else if len(l.window.nav.workspaces) == 0 {
		back = l.window.signIn.start
	}
	return signin.NewSwitchUser(signin.SwitchUserParams{
		Scope: scope, Window: l.window.nav.signedOut.proxy, People: l.people(), Desks: l.lockedSince(), Full: len(l.window.nav.workspaces) >= maxWorkspaces, Left: left,
		OnPerson: func(person auth.Person) {
			if ws := l.window.nav.workspaceOf(person.ID); ws != nil {
				l.showLock(ws)
				return
			}
			l.window.signIn.startOf(person.Username, "")
		},
		OnElse:      func() { l.window.signIn.startOf("", "") },
		OnBack:      back,
		OnUntrusted: l.window.block,
	})
}

// people lists who signed in at this computer: first those who have their desks
// here, the one before the last at the top, so that Enter goes back and forth
// between two; the one who was just here after the others.
func (l *locker) people() func(context.Context) ([]auth.Person, error) {
	var here []auth.Person
	for _, ws := range slices.Backward(l.window.nav.workspaces) {
		here = append(here, auth.Person{ID: ws.session.session.User(), Name: ws.session.name, Username: ws.session.username})
	}
	if l.locked != nil && len(here) > 1 { // who was just here is the first
		here = append(here[1:], here[0])
	}
	practice := l.window.practice
	return func(ctx context.Context) ([]auth.Person, error) {
		people, err := practice.People(ctx)
		for _, p := range people {
			if !slices.ContainsFunc(here, func(o auth.Person) bool { return o.ID == p.ID }) {
				here = append(here, p)
			}
		}
		return here, err
	}
}

// lockedSince says since when who has a desk here has it locked, by user id.
func (l *locker) lockedSince() map[string]time.Time {
	since := map[string]time.Time{}
	for _, ws := range l.window.nav.workspaces {
		since[ws.session.session.User()] = ws.session.locked
	}
	return since
}

// wayBack is where Esc on an empty sign-in screen leads while others have their
// desks here; nil: nowhere.
func (l *locker) wayBack() func() {
	if len(l.window.nav.workspaces) == 0 {
		return nil
	}
	return func() {
		l.window.signIn.end()
		l.window.nav.goTo(routeSwitch)
	}
}

// warnOfLock says that the window is about to lock.
func (l *locker) warnOfLock(left time.Duration) {
	text := lang.L("Anteroom locks in {{.Wait}}. Any key keeps it open.", map[string]any{"Wait": words.Wait(left)})
	switch {
	case l.warning == nil:
		l.warning = widgets.ShowAnyKey(l.window.nav.over, text, l.idle.touch)
	case l.warning.Text() != text:
		l.warning.SetText(text)
	}
}

// beneathWarning changes what is on the window, under a warning.
func (l *locker) beneathWarning(change func()) {
	warning := l.warning
	if warning == nil || !warning.IsShown() {
		change()
		return
	}
	warning.Close()
	change()
	if l.warning == warning {
		warning.Show()
	}
}

func (l *locker) endWarning() {
	if l.warning != nil {
		l.warning.Close()
		l.warning = nil
	}
}
