// Package work keeps slow work off the UI goroutine and brings its results
// back onto it.
package work

import (
	"context"
	"time"
)

// Runner runs what is slow. Dispatch is the way back onto the UI goroutine
// (fyne.Do; in tests a queue).
type Runner struct {
	Dispatch func(func())
	Now      func() time.Time

	awake func() bool // whether Every does anything; nil: always
}

// While is a runner whose Every does nothing while awake says so: for what is off
// the window, and reads nothing there.
func (r Runner) While(awake func() bool) Runner {
	r.awake = awake
	return r
}

// Go runs slow on a goroutine of its own and then done, with its error, on the
// UI goroutine. When ctx has ended by then done is not called: the screen that
// asked is gone. slow must take its input by value and touch no widget.
func (r Runner) Go(ctx context.Context, slow func(context.Context) error, done func(error)) {
	go func() {
		err := slow(ctx)
		r.Dispatch(func() {
			if ctx.Err() == nil {
				done(err)
			}
		})
	}()
}

// Every runs fn on the UI goroutine each interval until ctx ends.
func (r Runner) Every(ctx context.Context, interval time.Duration, fn func()) {
	go func() {
		t := time.NewTicker(interval)
		defer t.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				r.Dispatch(func() {
					if ctx.Err() == nil && (r.awake == nil || r.awake()) {
						fn()
					}
				})
			}
		}
	}()
}

// After runs fn on the UI goroutine once, after a delay, unless ctx ends before.
func (r Runner) After(ctx context.Context, delay time.Duration, fn func()) {
	go func() {
		t := time.NewTimer(delay)
		defer t.Stop()
		select {
		case <-ctx.Done():
		case <-t.C:
			r.Dispatch(func() {
				if ctx.Err() == nil {
					fn()
				}
			})
		}
	}()
}
