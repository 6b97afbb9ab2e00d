package ui

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/desk"
	"anteroom/data/sharing"
	"anteroom/data/zone"
	"anteroom/ui/screen"
	"anteroom/ui/signin"
	"anteroom/ui/words"
)

// entry is a sign-in under way: what its steps share, and why it began.
type entry struct {
	attempt   *auth.Attempt
	state     auth.State
	challenge *signin.Challenge // what the screens share that take a code
	who       string            // the username, where it is known who comes
	address   string            // that other computers connect to, where that is news; else ""
	reason    string            // why who was signed in is here; "": the practice's notice may say
	because   error             // why the sign-in before led back here
}

func (w *Window) newOpening(scope screen.Scope) screen.Screen {
	open := w.begun
	w.begun = nil
	if open == nil {
		open = beginOpening(w.ctx, w.params.Auth)
	}
	var practice *auth.Practice
	return signin.NewOpening(signin.OpeningParams{
		Scope: scope, Window: w.door.stage,
		Open: func(ctx context.Context) (err error) {
			practice, err = open.wait(ctx)
			return err
		},
		Done: func(err error) { w.opened(practice, err) },
	})
}

// opening is the practice being opened.
type opening struct {
	stop     context.CancelFunc
	done     chan struct{}
	practice *auth.Practice
	err      error
}

// beginOpening opens the practice off the UI goroutine.
func beginOpening(ctx context.Context, deps auth.Deps) *opening {
	return beginOpeningAfter(ctx, deps, func() {})
}

// beginOpeningAfter is beginOpening for where something has to be closed first.
func beginOpeningAfter(ctx context.Context, deps auth.Deps, before func()) *opening {
	ctx, stop := context.WithCancel(ctx)
	o := &opening{stop: stop, done: make(chan struct{})}
	go func() {
		defer close(o.done)
		before()
		if o.practice, o.err = auth.Open(ctx, deps); o.err == nil {
			endOutlived(ctx, o.practice)
		}
	}()
	return o
}

// isDone says that wait has an answer.
func (o *opening) isDone() bool {
	select {
	case <-o.done:
		return true
	default:
		return false
	}
}

// wait returns what came of it; the end of ctx calls it off.
func (o *opening) wait(ctx context.Context) (*auth.Practice, error) {
	defer context.AfterFunc(ctx, o.stop)()
	<-o.done
	return o.practice, o.err
}

// endOutlived ends the sessions that a killed program left behind.
func endOutlived(ctx context.Context, p *auth.Practice) {
	if err := p.EndOrphanedSessions(ctx); err != nil {
		slog.Warn("outlived sessions go on", "error", err)
	}
}

// adopt makes a practice the window's own, in the place of the one before.
func (w *Window) adopt(p *auth.Practice) {
	if before := w.practice; before != nil && before != p {
		sessions := w.endDesks() // they belong to the one before
		go logFailure("close the practice", func() error {
			ctx, cancel := context.WithTimeout(context.Background(), closeTime)
			defer cancel()
			return errors.Join(signOutAll(ctx, sessions), before.Close())
		})
	}
	w.release()
	w.practice, w.shut = p, nil
	w.memory = desk.NewMemory(w.runner.Now, w.params.Order)
	w.watchBackups(p)
	w.watchServer()
}

// release lets go of the practice; who has it closes it.
func (w *Window) release() {
	if w.backups != nil {
		w.backups.stop()
		w.backups = nil
	}
	if w.unwatchServer != nil {
		w.unwatchServer()
	}
	w.practice = nil
	w.sayAtDoor()
}

func (w *Window) opened(practice *auth.Practice, err error) {
	replaced, switched := w.replaced, w.switched
	w.replaced, w.switched = false, nil // whatever is there: it is said now or never
	switch {
	case err == nil && switched != nil:
		w.adopt(practice)
		w.beginSignIn(entry{reason: switched.said, address: switched.address})
	case err == nil:
		w.adopt(practice)
		reason := ""
		switch {
		case replaced && w.where().Kind != sharing.Alone:
			reason = words.Error(auth.ErrReplaced)
		case replaced:
			reason = lang.L("While Anteroom was open, another file was put in the place of the practice's data: a backup was restored, or somebody moved files. Sign in again. If nobody of the practice did that, ask who looks after this computer.")
		}
		w.startSignInAfter(reason, nil)
	case errors.Is(err, auth.ErrNoPractice):
		w.shut = nil
		w.carried.clear()
		w.goTo(routeSetUp)
	default:
		w.block(err)
	}
}

// block shows why nobody can work with the practice's data.
func (w *Window) block(err error) {
	if w.switching {
		return // who moves the practice says how it ended
	}
	slog.Error("the practice stays shut", "error", err)
	w.endSignIn()
	w.dropDesks()
	if p := w.practice; p != nil {
		w.release()
		go logFailure("close the practice", p.Close)
	}
	if errors.Is(err, auth.ErrReplaced) {
		w.replaced = true
		w.open() // what somebody put there instead
		return
	}
	w.shut = err
	w.goTo(routeBlocked)
}

func (w *Window) newSetUp(scope screen.Scope) screen.Screen {
	var practice *auth.Practice
	var session *auth.Session
	return signin.NewSetUp(signin.SetUpParams{
		Scope: scope, Window: w.door.stage,
		Create: func(ctx context.Context, form auth.SetUpForm) (err error) {
			practice, session, err = auth.SetUp(ctx, w.params.Auth, form)
			return err
		},
		Done: func() {
			w.adopt(practice)
			w.startSession(session).startFirstKit()
		},
		Zone:         zone.Here(w.runner.Now()),
		OnRestore:    w.startRestore,
		OnConnect:    w.wayToConnect(),
		Synchronised: w.params.Synchronised,
	})
}

// startSignIn shows the first step of a new sign-in.
func (w *Window) startSignIn() { w.startSignInAfter("", nil) }

func (w *Window) startSignInAfter(reason string, because error) {
	w.beginSignIn(entry{reason: reason, because: because})
}

// startSignInOf is startSignIn for who has a username.
func (w *Window) startSignInOf(username, reason string) {
	w.beginSignIn(entry{who: username, reason: reason})
}

func (w *Window) beginSignIn(e entry) {
	w.endSignIn()
	e.attempt = w.practice.NewAttempt()
	w.entry = e
	w.goTo(routeSignIn)
}

// endSignIn forgets a sign-in under way. A step of it may still be running, and
// End waits for that.
func (w *Window) endSignIn() {
	if a := w.entry.attempt; a != nil {
		go a.End()
	}
	w.entry = entry{}
}

func (w *Window) newSignIn(scope screen.Scope) screen.Screen {
	notice := w.entry.reason
	if notice == "" && w.entry.because == nil {
		notice = signin.NoticeText(w.practice.Notice(), w.runner.Now())
	}
	notice = strings.TrimSpace(notice + " " + w.halves)
	p := signin.SignInParams{
		Scope: scope, Window: w.door.stage, Navigation: w.navigation(), Attempt: w.entry.attempt,
		Practice: w.practice.Name(), Username: w.entry.who, Notice: notice, Because: w.entry.because,
		Address: w.entry.address, Copier: w.copier,
		ClockBehind: w.practice.ClockBehind, ClockAhead: w.practice.ClockAhead,
		OnKit: w.startKit, OnBack: w.wayBack(),
	}
	if practice := w.practice; w.where().Kind != sharing.Alone {
		p.Reach = func(ctx context.Context) error {
			_, err := practice.People(ctx)
			return err
		}
	}
	return signin.NewSignIn(p)
}

func (w *Window) navigation() signin.Navigation {
	return signin.Navigation{
		OnState:     w.nextStep,
		OnOver:      func(err error) { w.startSignInAfter("", err) },
		OnUntrusted: w.block,
	}
}

// nextStep shows what a sign-in asks for next.
func (w *Window) nextStep(state auth.State) {
	w.entry.state = state
	w.entry.challenge = signin.NewChallenge(state, w.runner.Now())
	switch state.Step {
	case auth.StepCode:
		w.goTo(routeCode)
	case auth.StepHandOver:
		w.goTo(routeHandOver)
	case auth.StepNewPassword:
		w.goTo(routeNewPassword)
	case auth.StepEnrol:
		w.goTo(routeEnrol)
	case auth.StepDone:
		w.come(state)
	default:
		w.startSignIn()
	}
}

func logFailure(what string, do func() error) {
	if err := do(); err != nil {
		slog.Warn("could not "+what, "error", err)
	}
}
