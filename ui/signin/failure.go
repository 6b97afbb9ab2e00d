package signin

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/ui/words"
	"anteroom/ui/work"
)

// failure is why the last try failed, and since when.
type failure struct {
	err error
	at  time.Time
}

// wait is how long the next try still has to wait.
func (f failure) wait(now time.Time) time.Duration {
	if refusal := f.asOf(now); refusal != nil {
		return refusal.Wait
	}
	return 0
}

// asOf is a refusal with its times as they are now; nil for other errors.
func (f failure) asOf(now time.Time) *auth.Refusal {
	var refusal *auth.Refusal
	if !errors.As(f.err, &refusal) {
		return nil
	}
	passed := now.Sub(f.at)
	shifted := *refusal
	shifted.Wait = max(0, shifted.Wait-passed)
	shifted.Now = shifted.Now.Add(passed)
	return &shifted
}

// text is what the person reads about it now.
func (f failure) text(now time.Time) string {
	refusal := f.asOf(now)
	switch {
	case f.err == nil, errors.Is(f.err, context.Canceled) && !errors.Is(f.err, keyring.ErrNoAnswer):
		return ""
	case errors.Is(f.err, ErrNoCode):
		return lang.L("Nobody typed an Auth Code for five minutes. Sign in again.")
	case refusal == nil:
		return words.Error(f.err)
	case refusal.Wait <= 0 && (refusal.Reason == auth.ErrWait || refusal.Reason == auth.ErrAttemptOver && f.wait(f.at) > 0):
		return lang.L("You can try again now.")
	}
	return words.Error(refusal)
}

// counts is for how long the text changes each second.
func (f failure) counts() time.Duration {
	refusal := f.asOf(f.at)
	if refusal == nil {
		return 0
	}
	if refusal.Next.IsZero() {
		return refusal.Wait
	}
	return max(refusal.Wait, refusal.Next.Sub(refusal.Now))
}

// countdown shows a screen anew each second, while something on it counts down.
type countdown struct {
	runner work.Runner
	ctx    context.Context
	tick   func()
	stop   context.CancelFunc
}

func newCountdown(host Host, tick func()) countdown {
	return countdown{runner: host.Runner, ctx: host.Ctx, tick: tick, stop: func() {}}
}

// run counts down for a length of time, and no longer for any before.
func (c *countdown) run(length time.Duration) {
	c.stop()
	if length <= 0 {
		return
	}
	// The tick that shows the end comes up to a second after it.
	ctx, stop := context.WithTimeout(c.ctx, length+1500*time.Millisecond)
	c.stop = stop
	c.runner.Every(ctx, time.Second, c.tick)
}
