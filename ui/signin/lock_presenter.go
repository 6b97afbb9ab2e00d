package signin

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// lockView is what the screen "Locked" shows.
type lockView struct {
	Server    string // that the practice's server does not answer
	Error     string
	Stage     screen.Stage
	CanSubmit bool
}

// lock decides what the screen "Locked" does.
type lock struct {
	params  LockParams
	display *screen.View[lockView]
	retype  func() // empties the field and gives it the focus

	task      *screen.Task
	countdown countdown
	failed    Failure
}

func newLock(p LockParams) *lock {
	l := &lock{params: p}
	l.task = screen.NewTask(p.Scope, l.refresh)
	l.countdown = newCountdown(p.Scope, l.refresh)
	return l
}

// begin shows the screen for the first time.
func (l *lock) begin(display *screen.View[lockView], retype func()) {
	l.display, l.retype = display, retype
	l.refresh()
	if l.params.Server != nil {
		l.watchServer()
	}
}

// watchServer shows the screen anew when there is something else to say of the server.
func (l *lock) watchServer() {
	said := l.params.Server()
	l.params.Every(time.Second, func() {
		now := l.params.Server()
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

func (l *lock) refresh() { l.display.Show(l.view()) }

func (l *lock) view() lockView {
	now, server := l.params.Now(), ""
	if l.params.Server != nil && !errors.Is(l.failed.Err, auth.ErrServer) { // which says it already
		server = l.params.Server()
	}
	return lockView{
		Server:    server,
		Error:     lockError(l.failed, now),
		Stage:     l.task.Stage(),
		CanSubmit: !l.task.IsBusy() && l.failed.Wait(now) <= 0,
	}
}

// lockError leaves out the username, which nobody typed.
func lockError(f Failure, now time.Time) string {
	refusal := f.AsOf(now)
	switch {
	case errors.Is(f.Err, auth.ErrServer):
		return words.NoAnswer()
	case refusal == nil || refusal.Reason != auth.ErrCredentials:
		return f.Text(now)
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
	l.task.Run(func(ctx context.Context) error { return l.params.Unlock(ctx, password) }, func(err error, isLeft bool) {
		switch {
		case !isLeft:
			l.tried(err)
		case err == nil: // and nobody waits for it any more
			l.params.Lock()
		}
	})
}

func (l *lock) tried(err error) {
	if err == nil || errors.Is(err, auth.ErrFullSignIn) || errors.Is(err, auth.ErrSessionEnded) || IsUntrusted(err) {
		l.params.Done(err)
		return
	}
	l.fail(err)
	l.refresh()
	if !isCancelled(err) {
		l.retype()
	}
}

func (l *lock) fail(err error) {
	l.failed = FailedAt(l.params.Now(), err)
	l.countdown.run(l.failed.countsDown())
}
