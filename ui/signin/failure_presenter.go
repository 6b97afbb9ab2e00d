package signin

import (
	"cmp"
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// Failure is why the last try failed, and since when.
type Failure struct{ words.Failure }

// FailedAt makes a failure; of nil it is none.
func FailedAt(at time.Time, err error) Failure { return Failure{words.Failure{Err: err, At: at}} }

// isCancelled says that the person took a try back. What they typed is wiped after all else that
// goes wrong: nobody knows who sits there when it can be tried again.
func isCancelled(err error) bool {
	return errors.Is(err, context.Canceled) && !errors.Is(err, keyring.ErrNoAnswer)
}

// Text is what the person reads about it now.
func (f Failure) Text(now time.Time) string {
	refusal := f.AsOf(now)
	switch {
	case f.Err == nil, isCancelled(f.Err):
		return ""
	case errors.Is(f.Err, ErrNoCode):
		return lang.L("Nobody typed an Auth Code for five minutes. Sign in again.")
	case refusal == nil:
		return cmp.Or(words.NoAnswerSince(f.Err), words.Error(f.Err))
	case refusal.Wait <= 0 && (refusal.Reason == auth.ErrWait || refusal.Reason == auth.ErrAttemptOver && f.Wait(f.At) > 0):
		return lang.L("You can try again now.")
	}
	return words.Error(refusal)
}

// countsDown is for how long the text changes each second.
func (f Failure) countsDown() time.Duration {
	refusal := f.AsOf(f.At)
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
	scope screen.Scope
	tick  func()
	stop  context.CancelFunc
}

func newCountdown(s screen.Scope, tick func()) countdown {
	return countdown{scope: s, tick: tick, stop: func() {}}
}

// run counts down for a length of time, and no longer for any before.
func (c *countdown) run(length time.Duration) {
	c.stop()
	if length <= 0 {
		return
	}
	// The tick that shows the end comes up to a second after it.
	ctx, stop := context.WithTimeout(c.scope.Ctx, length+1500*time.Millisecond)
	c.stop = stop
	c.scope.Runner.Every(ctx, time.Second, c.tick)
}
