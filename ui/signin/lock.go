package signin

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
)

// lockView is what the screen "Locked" shows.
type lockView struct {
	Server    string // that the practice's server does not answer
	Error     string
	Waiting   waiting
	CanSubmit bool
}

type lockDisplay interface {
	show(lockView)
	retype() // empties the field and gives it the focus
}

// lock decides what the screen "Locked" does.
type lock struct {
	unlock  func(ctx context.Context, password string) error
	relock  func()
	done    func(error)
	server  func() string // nil: there is nothing to say of it
	display lockDisplay
	now     func() time.Time

	task      task
	countdown countdown
	failed    failure
}

func newLock(host Host, p LockParams) *lock {
	l := &lock{unlock: p.Unlock, relock: p.Lock, done: p.Done, server: p.Server, now: host.Runner.Now}
	l.task = newTask(host, l.refresh)
	l.countdown = newCountdown(host, l.refresh)
	return l
}

// begin shows the screen for the first time.
func (l *lock) begin(display lockDisplay) {
	l.display = display
	l.refresh()
	if l.server != nil {
		l.watchServer()
	}
}

// watchServer shows the screen anew when there is something else to say of the server.
func (l *lock) watchServer() {
	said := l.server()
	l.task.runner.Every(l.task.ctx, time.Second, func() {
		now := l.server()
		if now == said {
			return
		}
		said = now
		if now == "" && errors.Is(l.failed.Err, auth.ErrServer) {
			l.fail(nil)
		}
		l.refresh()
	})
}

func (l *lock) refresh() { l.display.show(l.view()) }

func (l *lock) view() lockView {
	now, server := l.now(), ""
	if l.server != nil && !errors.Is(l.failed.Err, auth.ErrServer) { // which says it already
		server = l.server()
	}
	return lockView{
		Server:    server,
		Error:     lockError(l.failed, now),
		Waiting:   l.task.waiting,
		CanSubmit: l.task.waiting == idle && l.failed.Wait(now) <= 0,
	}
}

// lockError leaves out the username, which nobody typed.
func lockError(f failure, now time.Time) string {
	refusal := f.AsOf(now)
	switch {
	case errors.Is(f.Err, auth.ErrServer):
		return words.NoAnswer()
	case refusal == nil || refusal.Reason != auth.ErrCredentials:
		return f.text(now)
	case refusal.Wait > 0:
		return lang.L("That password is wrong. Wait {{.Wait}}, then try again.", map[string]any{"Wait": words.Wait(refusal.Wait)})
	}
	return lang.L("That password is wrong. Try again.")
}

// submit unlocks with a password, unless that goes on already or a wait runs.
func (l *lock) submit(password string) {
	if !l.view().CanSubmit || password == "" {
		return
	}
	l.fail(nil)
	l.task.run(func(ctx context.Context) error { return l.unlock(ctx, password) }, func(err error, late bool) {
		switch {
		case !late:
			l.judged(err)
		case err == nil: // and nobody waits for it any more
			l.relock()
		}
	})
}

func (l *lock) judged(err error) {
	if err == nil || errors.Is(err, auth.ErrFullSignIn) || errors.Is(err, auth.ErrSessionEnded) || Shuts(err) {
		l.done(err)
		return
	}
	l.fail(err)
	l.refresh()
	if !calledOff(err) {
		l.display.retype()
	}
}

func (l *lock) fail(err error) {
	l.failed = failedAt(l.now(), err)
	l.countdown.run(l.failed.counts())
}
