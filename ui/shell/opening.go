package shell

import (
	"context"
	"errors"
	"log/slog"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/desk"
	"anteroom/data/sharing"
	"anteroom/ui/screen"
	"anteroom/ui/signin"
	"anteroom/ui/words"
)

func (w *Window) newOpening(scope screen.Scope) screen.Screen {
	open := w.begun
	w.begun = nil
	if open == nil {
		open = beginOpening(w.ctx, w.params.Auth)
	}
	var practice *auth.Practice
	return signin.NewOpening(signin.OpeningParams{
		Scope: scope, Window: w.nav.signedOut.proxy,
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
			endOrphaned(ctx, o.practice)
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

// endOrphaned ends the sessions that a killed program left behind.
func endOrphaned(ctx context.Context, p *auth.Practice) {
	if err := p.EndOrphanedSessions(ctx); err != nil {
		slog.Warn("orphaned sessions go on", "error", err)
	}
}

// adopt makes a practice the window's own, in the place of the one before.
func (w *Window) adopt(p *auth.Practice) {
	if before := w.practice; before != nil && before != p {
		sessions := w.nav.endWorkspaces() // they belong to the one before
		go logFailure("close the practice", func() error {
			ctx, cancel := context.WithTimeout(context.Background(), closeTime)
			defer cancel()
			return errors.Join(signOutAll(ctx, sessions), before.Close())
		})
	}
	w.release()
	w.practice, w.untrusted = p, nil
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
	w.sayWhereSignedOut()
}

func (w *Window) opened(practice *auth.Practice, err error) {
	replaced, switched := w.replaced, w.switched
	w.replaced, w.switched = false, nil // whatever is there: it is said now or never
	switch {
	case err == nil && switched != nil:
		w.adopt(practice)
		w.signIn.begin(entry{reason: switched.said, address: switched.address})
	case err == nil:
		w.adopt(practice)
		reason := ""
		switch {
		case replaced && w.where().Kind != sharing.Alone:
			reason = words.Error(auth.ErrReplaced)
		case replaced:
			reason = lang.L("While Anteroom was open, another file was put in the place of the practice's data: a backup was restored, or somebody moved files. Sign in again. If nobody of the practice did that, ask who looks after this computer.")
		}
		w.signIn.startAfter(reason, nil)
	case errors.Is(err, auth.ErrNoPractice):
		w.untrusted = nil
		w.carried.clear()
		w.nav.goTo(routeSetUp)
	default:
		w.block(err)
	}
}

// block shows why nobody can work with the practice's data.
func (w *Window) block(err error) {
	if w.switching {
		return // who moves the practice says how it ended
	}
	slog.Error("the practice can't be opened", "error", err)
	w.signIn.end()
	w.nav.dropWorkspaces()
	if p := w.practice; p != nil {
		w.release()
		go logFailure("close the practice", p.Close)
	}
	if errors.Is(err, auth.ErrReplaced) {
		w.replaced = true
		w.open() // what somebody put there instead
		return
	}
	w.untrusted = err
	w.nav.goTo(routeBlocked)
}

func logFailure(what string, do func() error) {
	if err := do(); err != nil {
		slog.Warn("could not "+what, "error", err)
	}
}
