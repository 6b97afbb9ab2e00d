package ui

import (
	"context"
	"time"

	"anteroom/ui/work"
)

const (
	// warnTime is how long before it locks the window says so.
	warnTime = 20 * time.Second
	// idleTick is how often it is asked when the computer was last touched, and
	// warnTick how often while the warning is shown.
	idleTick = time.Second
	warnTick = 250 * time.Millisecond
	// idlePatience is how long an answer may take. After it only what reaches
	// the window counts: a source that hangs must not keep the lock from coming.
	idlePatience = time.Second
	// clockJump is by how much the wall clock may leave the monotonic one between
	// two looks. More is a computer that slept, or a clock that was set.
	clockJump = time.Minute
)

// idleSource says how long ago keyboard or mouse were last touched.
type idleSource interface {
	Idle(ctx context.Context) (time.Duration, error)
}

// idleWatch knows when the computer was last touched, as far as it can be known,
// and says when nobody has touched it for too long.
type idleWatch struct {
	runner work.Runner
	source idleSource           // nil: only the window's own input counts
	limit  func() time.Duration // without a touch; 0: never too long
	warn   func(left time.Duration)
	calm   func() // nothing has to be warned of any more
	over   func() // the time has come

	touched time.Time // the newest touch known
	looked  time.Time // the last look at the clocks
	asked   time.Time // when the source was asked; zero: it has answered
	warned  bool
}

// begin watches until ctx ends. Its methods belong on the UI goroutine.
func (w *idleWatch) begin(ctx context.Context) {
	w.touch()
	w.looked = w.runner.Now()
	w.runner.Every(ctx, idleTick, func() { w.look(ctx) })
	w.runner.Every(ctx, warnTick, func() {
		if w.warned {
			w.look(ctx)
		}
	})
}

// touch says that the window got a key or a click. What comes after the time was
// over changes nothing: the lock is on its way.
func (w *idleWatch) touch() {
	if !w.isDue() {
		w.touched = w.runner.Now()
		w.settle()
	}
}

// start begins to count anew: somebody has just proven who they are, or nothing
// is shown that counts.
func (w *idleWatch) start() {
	w.touched, w.looked = w.runner.Now(), w.runner.Now()
	w.settle()
}

// isDue says that the window must show nothing any more. It is asked at each
// frame.
func (w *idleWatch) isDue() bool {
	now, limit := w.runner.Now(), w.limit()
	return limit > 0 && longer(now, w.touched) >= limit || w.jumped(now)
}

// jumped says that the wall clock left the monotonic one since the last look.
func (w *idleWatch) jumped(now time.Time) bool {
	if w.looked.IsZero() {
		return false
	}
	wall, mono := now.Round(0).Sub(w.looked.Round(0)), now.Sub(w.looked)
	return (wall - mono).Abs() > clockJump
}

// longer is how long ago since was, by the clock that says more.
func longer(now, since time.Time) time.Duration {
	return max(now.Sub(since), now.Round(0).Sub(since.Round(0)))
}

// look asks when the computer was last touched, and decides.
func (w *idleWatch) look(ctx context.Context) {
	if w.source == nil || !w.asked.IsZero() {
		if w.source == nil || longer(w.runner.Now(), w.asked) >= idlePatience {
			w.decide()
		}
		return
	}
	w.asked = w.runner.Now()
	var idle time.Duration
	w.runner.Go(ctx, func(ctx context.Context) (err error) {
		ctx, stop := context.WithTimeout(ctx, idlePatience)
		defer stop()
		idle, err = w.source.Idle(ctx)
		return err
	}, func(err error) {
		asked := w.asked
		w.asked = time.Time{}
		if err == nil {
			w.heard(asked.Add(-idle))
		}
		w.decide()
	})
}

// heard takes a touch that the source told of. One that came when the time was
// over does not undo that.
func (w *idleWatch) heard(at time.Time) {
	limit := w.limit()
	if at.After(w.touched) && (limit <= 0 || longer(at, w.touched) < limit) {
		w.touched = at
	}
}

// decide warns, or says that the time has come; after that nothing is on the
// window that must not be seen, and it counts anew.
func (w *idleWatch) decide() {
	now := w.runner.Now()
	if w.isDue() {
		w.settle()
		w.over()
		w.start()
		return
	}
	w.looked = now
	if limit := w.limit(); limit > 0 {
		if left := limit - longer(now, w.touched); left <= warnTime {
			w.warned = true
			w.warn(left)
			return
		}
	}
	w.settle()
}

func (w *idleWatch) settle() {
	if w.warned {
		w.warned = false
		w.calm()
	}
}
