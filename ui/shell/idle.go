package shell

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
	idlePatience = 3 * time.Second
	// clockJump is by how much the wall clock may leave the monotonic one between
	// two looks. More is a computer that slept, or a clock that was set.
	clockJump = time.Minute
)

// idleSource says how long ago keyboard or mouse were last touched.
type idleSource interface {
	Idle(ctx context.Context) (time.Duration, error)
}

// idleWatch knows when the computer was last touched, as far as it can be known,
// and says when nobody has touched it for too long. Its methods belong on the UI
// goroutine.
type idleWatch struct {
	runner  work.Runner
	source  idleSource                                                 // nil: only the window's own input counts
	elapsed func(now, since time.Time) (wall, monotonic time.Duration) // byBothClocks

	limit func() time.Duration // without a touch; 0: never too long
	warn  func(left time.Duration)
	calm  func() // nothing has to be warned of any more
	over  func() // the time has come: it takes off the window what must not stand there

	touched time.Time          // the newest touch known
	looked  time.Time          // the last look at the clocks
	asked   time.Time          // when the source was asked; zero: it has answered
	settled context.CancelFunc // ends the quicker looks of a warning; nil: there is none
}

// byBothClocks is how long ago since was. The wall clock can be set, the
// monotonic one may stand still while the computer sleeps.
func byBothClocks(now, since time.Time) (wall, monotonic time.Duration) {
	return now.Round(0).Sub(since.Round(0)), now.Sub(since)
}

// begin watches until ctx ends.
func (w *idleWatch) begin(ctx context.Context) {
	w.start()
	w.runner.Every(ctx, idleTick, func() { w.look(ctx) })
}

// start begins to count anew: somebody has just proven who they are, or nothing
// that was on the window is there any more.
func (w *idleWatch) start() {
	w.touched, w.looked = w.runner.Now(), w.runner.Now()
	w.settle()
}

// touch says that the window got a key or a click. What comes after the time was
// over changes nothing: the lock is on its way.
func (w *idleWatch) touch() {
	if !w.isDue() {
		w.touched = w.runner.Now()
		w.settle()
	}
}

// isDue says that the time has come. It is asked at each frame.
func (w *idleWatch) isDue() bool {
	now, limit := w.runner.Now(), w.limit()
	return limit > 0 && w.longer(now, w.touched) >= limit || w.jumped(now)
}

// jumped says that the wall clock left the monotonic one since the last look.
func (w *idleWatch) jumped(now time.Time) bool {
	wall, monotonic := w.elapsed(now, w.looked)
	return (wall - monotonic).Abs() > clockJump
}

// longer is how long ago since was, by the clock that says more.
func (w *idleWatch) longer(now, since time.Time) time.Duration {
	wall, monotonic := w.elapsed(now, since)
	return max(wall, monotonic)
}

// look asks when the computer was last touched, and decides. It asks nothing
// where that would change nothing.
func (w *idleWatch) look(ctx context.Context) {
	switch {
	case w.source == nil, w.limit() <= 0, w.isDue():
		w.decide(ctx)
	case w.asked.IsZero():
		w.ask(ctx)
	case w.longer(w.runner.Now(), w.asked) >= idlePatience:
		w.decide(ctx)
	}
}

// ask asks the source, which is never asked twice at a time.
func (w *idleWatch) ask(ctx context.Context) {
	asked := w.runner.Now()
	w.asked = asked
	var idle time.Duration
	w.runner.Go(ctx, func(ctx context.Context) (err error) {
		ctx, stop := context.WithTimeout(ctx, idlePatience)
		defer stop()
		idle, err = w.source.Idle(ctx)
		return err
	}, func(err error) {
		w.asked = time.Time{}
		if err == nil {
			w.heard(asked.Add(-max(idle, 0)))
		}
		w.decide(ctx)
	})
}

// heard takes a touch that the source told of. One that came when the time was
// over does not undo that.
func (w *idleWatch) heard(at time.Time) {
	limit := w.limit()
	if at.After(w.touched) && (limit <= 0 || w.longer(at, w.touched) < limit) {
		w.touched = at
	}
}

// decide warns, or says that the time has come.
func (w *idleWatch) decide(ctx context.Context) {
	if w.isDue() {
		w.settle()
		w.over()
		w.start()
		return
	}
	w.looked = w.runner.Now()
	limit := w.limit()
	left := limit - w.longer(w.looked, w.touched)
	if limit <= 0 || left > warnTime {
		w.settle()
		return
	}
	if w.settled == nil {
		warning, settled := context.WithCancel(ctx)
		w.settled = settled
		w.runner.Every(warning, warnTick, func() { w.look(ctx) })
	}
	w.warn(left)
}

// settle ends a warning.
func (w *idleWatch) settle() {
	if w.settled != nil {
		w.settled()
		w.settled = nil
		w.calm()
	}
}
