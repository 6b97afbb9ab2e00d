package auth

import "time"

const (
	// freeFailures in a row cost no wait.
	freeFailures = 4
	// firstWait follows the fifth failure in a row, of passwords, of codes and of names at one
	// computer alike; each further one doubles it.
	firstWait = 30 * time.Second
	// maxPasswordWait and maxCodeWait bound the doubling.
	maxPasswordWait = 15 * time.Minute
	maxCodeWait     = time.Hour
	// maxCodeFailures in a row disable an authenticator: SP 800-63B-4 §3.2.2
	// allows no more than 100.
	maxCodeFailures = 100
	// codesPerAttempt wrong ones end a sign-in.
	codesPerAttempt = 5
)

// failures counts failed attempts in a row (NIST SP 800-63B-4 §3.2.2: rate limiting). The
// wait is stored as a length from the last failure, not as a date, so that a wrong clock
// can't make it longer.
type failures struct {
	Count  int       `json:"count"`
	Last   time.Time `json:"last"`
	Lifted int       `json:"lifted,omitempty"` // how many of them an admin lifted: they cause no wait, but still count towards disabling
}

// lift ends the wait. Count stays: at maxCodeFailures an authenticator is disabled.
func (f *failures) lift() { f.Lifted = f.Count }

// left is what is left of the wait.
func (f failures) left(now time.Time, limit time.Duration) time.Duration {
	left, _ := f.charge(now, limit) // a copy: nothing is charged here
	return left
}

// length is the whole wait after the failures so far.
func (f failures) length(limit time.Duration) time.Duration {
	over := f.Count - f.Lifted - freeFailures
	if over <= 0 {
		return 0
	}
	wait := firstWait
	for i := 1; i < over && wait < limit; i++ {
		wait *= 2
	}
	return min(wait, limit)
}

// charge counts an attempt as failed before it is judged, unless a wait is still running:
// then it returns what is left of it. If the clock was put back before the last failure
// the wait starts again now; moved says that this has to be stored, although no attempt
// was counted.
func (f *failures) charge(now time.Time, limit time.Duration) (left time.Duration, moved bool) {
	if f.Last.After(now) {
		f.Last, moved = now, true
	}
	if left = f.length(limit) - now.Sub(f.Last); left > 0 {
		return left, moved
	}
	f.Count++
	f.Last = now
	return 0, false
}
