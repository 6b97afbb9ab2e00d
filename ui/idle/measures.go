package idle

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// longest is more than any computer was ever left alone.
const longest = 10 * 365 * 24 * time.Hour

var errAbsurd = errors.New("absurd idle time")

// idleTime turns what a system answered, in its unit, into a duration.
func idleTime(count uint64, unit time.Duration) (time.Duration, error) {
	if count > uint64(longest/unit) {
		return 0, fmt.Errorf("%w: %d × %v", errAbsurd, count, unit)
	}
	return time.Duration(count) * unit, nil
}

// tickAhead is by how many milliseconds an input may be newer than the tick that
// was read after it: Windows stamps inputs in another thread.
const tickAhead = 60_000

// sinceTick is the time since last, by a 32-bit count of milliseconds that begins
// anew every 49.7 days. A computer that was left alone longer looks as if it had
// not been; by then the window has locked long since.
func sinceTick(now, last uint32) time.Duration {
	since := now - last // right across the wrap too
	if since > math.MaxUint32-tickAhead {
		return 0
	}
	return time.Duration(since) * time.Millisecond
}
