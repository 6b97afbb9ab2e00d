// Package screen is what every screen is made of: the scope that it lives in, its slow
// work, its view, its dialogs, and the question who is at the computer.
package screen

import (
	"context"
	"errors"
	"time"

	"anteroom/auth"
	"anteroom/ui/work"
)

// Scope is what a screen lives in. Copies share all of it.
type Scope struct {
	Ctx    context.Context // ends when the screen is left
	Runner work.Runner
	// OnEnded is told that the session is over; nil: nobody is signed in.
	OnEnded func(error)
	// StepUp asks who is at the computer; nil: nobody is signed in.
	StepUp *StepUp
}

// Now is the time.
func (s Scope) Now() time.Time { return s.Runner.Now() }

// Every runs fn on the UI goroutine each interval until the screen is left.
func (s Scope) Every(interval time.Duration, fn func()) { s.Runner.Every(s.Ctx, interval, fn) }

// After runs fn on the UI goroutine once, unless it is stopped or the screen is left before.
func (s Scope) After(delay time.Duration, fn func()) (stop func()) {
	ctx, stop := context.WithCancel(s.Ctx)
	s.Runner.After(ctx, delay, fn)
	return stop
}

// Go runs slow off the UI goroutine, and then done with its error on it, unless the screen was
// left meanwhile. slow must take its input by value and touch no widget.
func (s Scope) Go(slow func(context.Context) error, done func(error)) {
	s.Runner.Go(s.Ctx, slow, done)
}

// IsOver says that err means the end of the session, which is told to OnEnded.
func (s Scope) IsOver(err error) bool {
	isOver := errors.Is(err, auth.ErrSessionEnded)
	if isOver {
		s.OnEnded(err)
	}
	return isOver
}

// Proven is act with step-up: where act gives auth.ErrStepUp it asks who is at the computer, and
// runs it again. What is taken back is ErrNotProven.
func (s Scope) Proven(act func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error { return s.StepUp.Do(ctx, act) }
}

// Child is the scope of a part of the screen, which may be left before it.
func (s Scope) Child() (child Scope, leave context.CancelFunc) {
	s.Ctx, leave = context.WithCancel(s.Ctx)
	return s, leave
}
