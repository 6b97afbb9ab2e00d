package screen

import (
	"context"
	"time"

	"anteroom/auth"
)

// Stage says how long slow work has been going on.
type Stage int

// The stages of a task.
const (
	Idle    Stage = iota // nothing goes on
	Begun                // nothing is said yet: most answers come at once
	Lasting              // a sign of life
	Long                 // how far it is
	Stalled              // Cancel
)

// The delays after which a stage begins. While step-up asks who is there, the last ones wait.
const (
	LastingAfter = 300 * time.Millisecond
	LongAfter    = time.Second
	StalledAfter = 5 * time.Second
)

// ProgressTick is how often progress is shown at most.
const ProgressTick = 100 * time.Millisecond

// Task is slow work of a screen, off the UI goroutine and one piece at a time. Its methods belong
// on the UI goroutine.
type Task struct {
	scope   Scope
	changed func() // shows the screen anew

	stage       Stage
	done, total int
	stop        context.CancelFunc
	committed   bool
	leave       func() // after what is under way
	next        func() // begins what Replace asked for meanwhile
}

// NewTask makes a task. changed is called when its stage or progress is another one; nil: nobody
// asks.
func NewTask(s Scope, changed func()) *Task {
	if changed == nil {
		changed = func() {}
	}
	return &Task{scope: s, changed: changed}
}

// Stage says how long it has been going on.
func (t *Task) Stage() Stage { return t.stage }

// IsBusy says that something is under way.
func (t *Task) IsBusy() bool { return t.stage != Idle }

// Progress is how much is done, of total; 0: nobody knows.
func (t *Task) Progress() (done, total int) { return t.done, t.total }

// Start runs slow, and then done with its error, unless something is under way already or the
// screen is left meanwhile.
func (t *Task) Start(slow func(context.Context) error, done func(error)) {
	t.Run(slow, func(err error, isLeft bool) {
		if !isLeft {
			done(err)
		}
	})
}

// Replace is Start that waits for what is under way: only the newest that waits is begun, and the
// answer before it is dropped. A task on which it is called takes nothing by Start.
func (t *Task) Replace(slow func(context.Context) error, done func(error)) {
	if t.IsBusy() {
		t.next = func() { t.Replace(slow, done) }
		return
	}
	t.Start(slow, func(err error) {
		if next := t.next; next != nil {
			t.next = nil
			next()
			return
		}
		done(err)
	})
}

// Run is Start whose done is also called where the screen was left meanwhile.
func (t *Task) Run(slow func(context.Context) error, done func(err error, isLeft bool)) {
	if t.IsBusy() {
		return
	}
	ctx, stop := context.WithCancel(t.scope.Ctx)
	t.stop, t.stage, t.committed, t.done, t.total = stop, Begun, false, 0, 0
	t.become(ctx, Lasting, LastingAfter)
	t.become(ctx, Long, LongAfter)
	t.become(ctx, Stalled, StalledAfter)
	// Without ctx's end: the Runner would drop an answer that comes too late.
	t.scope.Runner.Go(context.WithoutCancel(ctx), func(context.Context) error { return slow(ctx) }, func(err error) {
		stop()
		t.stage = Idle
		leave, isLeft := t.leave, t.scope.Ctx.Err() != nil
		t.leave = nil
		if leave != nil && err != nil && !isLeft {
			leave()
			return
		}
		done(err, isLeft)
	})
	t.changed()
}

// become makes it another stage after a while, which step-up does not count for.
func (t *Task) become(ctx context.Context, stage Stage, after time.Duration) {
	t.scope.Runner.After(ctx, after, func() {
		if t.scope.StepUp != nil && t.scope.StepUp.isAsking && stage > Lasting {
			t.become(ctx, stage, after)
			return
		}
		if stage > t.stage { // a question may have let another timer come first
			t.stage = stage
			t.changed()
		}
	})
}

// Report brings progress from the goroutine of slow work to the screen, seldom enough. It belongs
// to what is being started; ctx is what slow was given.
func (t *Task) Report(ctx context.Context) auth.Progress {
	return throttled(t.scope, ctx, func(done, total int) {
		t.done, t.total = done, total
		t.changed()
	})
}

// throttled is progress on the UI goroutine: none in the first second, and seldom later.
func throttled(s Scope, ctx context.Context, show func(done, total int)) auth.Progress {
	next := s.Now().Add(LongAfter)
	return func(done, total int) {
		now := s.Now()
		if now.Before(next) {
			return
		}
		next = now.Add(ProgressTick)
		s.Runner.Dispatch(func() {
			if ctx.Err() == nil {
				show(done, total)
			}
		})
	}
}

// Commit says that what is under way can't be called off any more.
func (t *Task) Commit() { t.committed = t.IsBusy() }

// Cancel calls off what is under way, whose done is told so.
func (t *Task) Cancel() {
	if t.IsBusy() && !t.committed {
		t.stop()
	}
}

// Leave leaves the screen by next, after what is under way was called off. What comes of it all
// the same, without an error, is told to its done instead: nothing that it made is left behind.
func (t *Task) Leave(next func()) {
	if !t.IsBusy() {
		next()
		return
	}
	t.leave = next
	t.Cancel()
}
