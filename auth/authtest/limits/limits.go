// Package limits says how long tests wait and how often they repeat. Only tests
// import it.
package limits

import (
	"testing"
	"time"
)

// Rounds is how often a test repeats what chance decides: as often as it says, or
// with -short, as in `make test`, a twentieth of that, but five times at least.
func Rounds(all int) int {
	if testing.Short() {
		return max(all/20, 5)
	}
	return all
}

// Wait is how long a test waits for what should happen at once: a tenth of what is
// left until go test ends the run (-timeout), some minutes. So a busy machine fails
// no test, and what never happens is still named. Without a timeout it is an hour.
func Wait(t *testing.T) time.Duration {
	end, ok := t.Deadline()
	if !ok {
		return time.Hour
	}
	return time.Until(end) / 10
}
