package words

import (
	"errors"
	"time"

	"anteroom/auth"
)

// Failure is why a try failed, and when that was said.
type Failure struct {
	Err error
	At  time.Time
}

// AsOf is a refusal with its times as they are now; nil for other errors.
func (f Failure) AsOf(now time.Time) *auth.Refusal {
	var refusal *auth.Refusal
	if !errors.As(f.Err, &refusal) {
		return nil
	}
	passed := now.Sub(f.At)
	shifted := *refusal
	shifted.Wait = max(0, shifted.Wait-passed)
	shifted.Now = shifted.Now.Add(passed)
	return &shifted
}

// Wait is how long the next try still has to wait.
func (f Failure) Wait(now time.Time) time.Duration {
	if refusal := f.AsOf(now); refusal != nil {
		return refusal.Wait
	}
	return 0
}
