package ui

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

// watchIdle begins to look after how long nobody has touched the computer, and
// whether the OS locks it.
func (w *Window) watchIdle() {
	w.idle = &idleWatch{
		runner: w.runner, source: w.params.Idle, elapsed: byBothClocks, limit: w.idleLimit,
		warn: w.warnOfLock, calm: w.endWarning, over: w.lockNow,
	}
	w.idle.begin(w.ctx)
	widgets.OnTouch(w.idle.touch)
	if watch := w.params.OnOSLock; watch != nil {
		go watch(w.ctx, func() { w.runner.Dispatch(w.lockNow) })
	}
}

// idleLimit is how long the window may show what it shows without a touch; 0:
// for ever.
func (w *Window) idleLimit() time.Duration {
	switch {
	case w.at == nil, !w.at.locks():
		return 0
	case w.practice == nil:
		return auth.DefaultIdle * time.Minute
	}
	return w.practice.IdleAfter()
}

// lockNow hides what is on the window. A sign-in or a rescue under way has to
// begin again.
func (w *Window) lockNow() {
	p := w.at
	switch {
	case w.ctx.Err() != nil:
	case p == w.door && p.route == routeLock && w.locked != nil:
		w.showLock(w.locked) // what was typed goes, and an unlocking under way opens nothing
	case !p.locks():
	case p.session != nil:
		w.lock(p)
		w.showLock(p)
	case p.route.isSignIn():
		w.copier.TakeBack()
		w.startSignIn()
	default:
		w.leaveRescue()
	}
}

// lock takes a desk off the window and its keys out of memory. Its screens stay
// as they are, but for passwords that were typed.
func (w *Window) lock(p *place) {
	p.session.locked = w.runner.Now()
	p.session.isLocked.Store(true) // before the papers go: a page under way asks after it is there
	p.session.shut()
	w.copier.TakeBack()
	w.clearPaper()
	w.endWarning()
	for _, o := range p.stage.canvas.overlays.List() {
		widgets.WipePasswords(o)
	}
	widgets.WipePasswords(p.screen.Content())
	w.show(w.door)
}

// shutTime is how long the writing of what was typed last may keep a lock from
// taking the keys.
const shutTime = time.Second

// shut takes the keys of a session out of memory, after what was typed within the
// last second is written. Nothing of it is on the window meanwhile.
func (s *watchedSession) shut() {
	if !s.desk.Unsaved() {
		s.session.Lock()
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), shutTime)
	saved, shut := make(chan error, 1), make(chan struct{})
	s.shutting = shut
	go func() { saved <- s.desk.Save(auth.InBackground(ctx)) }()
	go func() {
		defer close(shut)
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

// whenShut gives what waits until the last lock has taken the keys: what is opened
// then stays open.
func (s *watchedSession) whenShut() (wait func()) {
	shut := s.shutting
	return func() {
		if shut != nil {
			<-shut
		}
	}
}

// showLock shows the lock screen of a desk, or the sign-in where the password
// alone does not open it any more.
func (w *Window) showLock(p *place) {
	w.locked = p
	if p.session.left() <= 0 {
		w.startSignInOf(p.session.username, words.Error(auth.ErrFullSignIn))
		return
	}
	w.goTo(routeLock)
}

const (
	// dayWarning is how long before a full sign-in is due the window says so.
	dayWarning = 10 * time.Minute
	// dayLead is how long before that the window locks: what was typed last is
	// written before the session opens nothing any more.
	dayLead = checkTime + shutTime
)

// left is how long the desk stays open without a full sign-in.
func (s *watchedSession) left() time.Duration { return s.session.Left() - dayLead }

// watchDay locks the desk a day after the full sign-in, and says so for the last
// minutes before.
func (p *place) watchDay() {
	w, left := p.window, p.session.left()
	isAtLock := w.at == w.door && w.door.route == routeLock && w.locked == p
	switch {
	case left <= 0 && w.at == p:
		w.lock(p)
		w.showLock(p)
	case left <= 0 && isAtLock:
		w.showLock(p)
	case left > dayWarning || left <= 0:
		p.day.say(widgets.Warning, "")
	default:
		at := words.Clock(w.runner.Now().Add(left + dayLead))
		p.day.say(widgets.Warning, lang.L("Anteroom locks at {{.Clock}}, 24 hours after you signed in. What you are doing is kept: sign in again to go on.", map[string]any{"Clock": at}))
	}
}

func (w *Window) newLock(scope screen.Scope) screen.Screen {
	p := w.locked
	session, whenShut := p.session.session, p.session.whenShut()
	return signin.NewLock(signin.LockParams{
		Scope: scope, Window: w.door.stage, Practice: w.practice.Name(), Name: p.session.name, Since: p.session.locked,
		Unlock: func(ctx context.Context, password string) error {
			whenShut()
			session.Lock() // also what a proof gave that was under way at the lock
			return session.Unlock(ctx, password)
		},
		Lock: session.Lock, Server: w.awayText,
		Done: func(err error) { w.unlocked(p, err) },
		OnSwitch: func() {
			w.locked = p // Esc comes back here
			w.goTo(routeSwitch)
		},
	})
}

// unlocked goes where an unlocking leads that is not to be tried again.
func (w *Window) unlocked(p *place, err error) {
	switch {
	case err == nil:
		w.enter(p)
	case errors.Is(err, auth.ErrFullSignIn):
		w.startSignInOf(p.session.username, words.Error(err))
	default:
		p.ended(err)
	}
}

// renew goes on at a locked desk with what a full sign-in gave.
func (w *Window) renew(p *place, state auth.State) {
	w.endSignIn()
	w.locked = p
	w.goTo(routeStart) // it says that something goes on
	whenShut := p.session.whenShut()
	w.runner.Go(w.ctx, func(ctx context.Context) error {
		whenShut()
		return p.session.session.Renew(ctx, state.Session)
	}, func(err error) {
		if errors.Is(err, auth.ErrSessionEnded) || signin.IsUntrusted(err) {
			p.ended(err)
			return
		}
		if err != nil { // it only leaves the old sign-in listed
			slog.Warn("the sign-in before goes on being listed", "error", err)
		}
		p.session.since = w.runner.Now()
		w.enter(p)
		p.renewedCodes(state)
	})
}

// startSwitch locks the present desk and lets somebody else come.
func (w *Window) startSwitch() {
	if p := w.at; p.session != nil {
		w.lock(p)
		w.locked = p
	}
	w.endSignIn()
	w.goTo(routeSwitch)
}

// canSwitch says that somebody else can come now: from a desk, or where somebody
// is about to come to one and others have theirs.
func (w *Window) canSwitch() bool {
	switch {
	case w.at == nil:
		return false
	case w.at.session != nil:
		return true
	case len(w.desks) == 0:
		return false
	}
	r := w.door.route
	return r == routeLock || r == routeSignIn || r.isSignIn()
}

func (w *Window) newSwitchUser(scope screen.Scope) screen.Screen {
	var back func()
	var left string
	if p := w.locked; p != nil {
		left = p.session.session.User()
		back = func() { w.showLock(p) }
	} else if len(w.desks) == 0 {
		back = w.startSignIn
	}
	return signin.NewSwitchUser(signin.SwitchUserParams{
		Scope: scope, Window: w.door.stage, People: w.people(), Desks: w.lockedDesks(), Full: len(w.desks) >= maxDesks, Left: left,
		OnPerson: func(person auth.Person) {
			if p := w.deskOf(person.ID); p != nil {
				w.showLock(p)
				return
			}
			w.startSignInOf(person.Username, "")
		},
		OnElse:      func() { w.startSignInOf("", "") },
		OnBack:      back,
		OnUntrusted: w.block,
	})
}

// people lists who signed in at this computer: first those who have their desks
// here, the one before the last at the top, so that Enter goes back and forth
// between two; the one who was just here after the others.
func (w *Window) people() func(context.Context) ([]auth.Person, error) {
	var here []auth.Person
	for _, p := range slices.Backward(w.desks) {
		here = append(here, auth.Person{ID: p.session.session.User(), Name: p.session.name, Username: p.session.username})
	}
	if w.locked != nil && len(here) > 1 { // who was just here is the first
		here = append(here[1:], here[0])
	}
	practice := w.practice
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

// lockedDesks says since when who has a desk here has it locked, by user id.
func (w *Window) lockedDesks() map[string]time.Time {
	since := map[string]time.Time{}
	for _, p := range w.desks {
		since[p.session.session.User()] = p.session.locked
	}
	return since
}

// wayBack is where Esc on an empty sign-in screen leads while others have their
// desks here; nil: nowhere.
func (w *Window) wayBack() func() {
	if len(w.desks) == 0 {
		return nil
	}
	return func() {
		w.endSignIn()
		w.goTo(routeSwitch)
	}
}

// warnOfLock says that the window is about to lock.
func (w *Window) warnOfLock(left time.Duration) {
	text := lang.L("Anteroom locks in {{.Wait}}. Any key keeps it open.", map[string]any{"Wait": words.Wait(left)})
	switch {
	case w.warning == nil:
		w.warning = widgets.ShowAnyKey(w.over, text, w.idle.touch)
	case w.warning.Text() != text:
		w.warning.SetText(text)
	}
}

// beneathWarning changes what is on the window, under a warning.
func (w *Window) beneathWarning(change func()) {
	warning := w.warning
	if warning == nil || !warning.IsShown() {
		change()
		return
	}
	warning.Close()
	change()
	if w.warning == warning {
		warning.Show()
	}
}

func (w *Window) endWarning() {
	if w.warning != nil {
		w.warning.Close()
		w.warning = nil
	}
}
