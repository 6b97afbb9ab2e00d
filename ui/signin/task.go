package signin

import (
	"context"
	"time"

	"anteroom/auth"
	"anteroom/ui/work"
)

// waiting says how long a screen has been waiting for an answer.
type waiting int

const (
	idle    waiting = iota
	begun           // nothing is said yet: most answers come at once
	lasting         // a sign of life
	stalled         // only a keyring takes this long; the person can cancel
)

const (
	lastingAfter = 300 * time.Millisecond
	stalledAfter = 5 * time.Second
)

// task is the slow work that a screen has done, one thing at a time.
type task struct {
	runner  work.Runner
	ctx     context.Context // of the screen
	changed func()          // shows the screen anew
	waiting waiting
	stop    context.CancelFunc
}

func newTask(host Host, changed func()) task {
	return task{runner: host.Runner, ctx: host.Ctx, changed: changed}
}

// start has slow done off the UI goroutine and calls done with its error,
// unless something is under way already or the screen is left meanwhile.
func (t *task) start(slow func(context.Context) error, done func(error)) {
	t.run(slow, func(err error, late bool) {
		if !late {
			done(err)
		}
	})
}

// step is start for a step of a sign-in.
func (t *task) step(slow func(context.Context) (auth.State, error), done func(auth.State, error)) {
	var state auth.State
	t.run(func(ctx context.Context) (err error) {
		state, err = slow(ctx)
		return err
	}, func(err error, late bool) {
		if late {
			abandon(state.Session)
			return
		}
		done(state, err)
	})
}

// run is start with an answer also when the screen was left: late.
func (t *task) run(slow func(context.Context) error, done func(err error, late bool)) {
	if t.waiting != idle {
		return
	}
	ctx, stop := context.WithCancel(t.ctx)
	t.stop = stop
	t.waiting = begun
	t.runner.After(ctx, lastingAfter, func() { t.become(lasting) })
	t.runner.After(ctx, stalledAfter, func() { t.become(stalled) })
	// Not ctx for the Runner: it would drop an answer that comes too late.
	t.runner.Go(context.WithoutCancel(ctx), func(context.Context) error { return slow(ctx) }, func(err error) {
		stop()
		t.waiting = idle
		done(err, t.ctx.Err() != nil)
	})
	t.changed()
}

func (t *task) become(w waiting) {
	t.waiting = w
	t.changed()
}

// cancel ends the work under way, which then says so to done.
func (t *task) cancel() {
	if t.waiting != idle {
		t.stop()
	}
}

// abandon signs a session out that came when nobody waited for it any more.
func abandon(s *auth.Session) {
	if s == nil {
		return
	}
	go func() {
		ctx, stop := context.WithTimeout(context.Background(), stalledAfter)
		defer stop()
		_ = s.SignOut(ctx) // what is left open is ended at the next start
	}()
}
