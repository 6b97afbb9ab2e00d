package postgres

import (
	"sync"
	"time"

	"anteroom/auth"
)

// clock is the server's, as far as this computer knows it: several computers share the
// practice, and only one of their clocks can count.
type clock struct {
	mu *sync.Mutex
	// at is what the server's clock said, and read when this computer read that. Between
	// the two the time that passes is this computer's, which nobody can put back.
	at, read time.Time
	told     time.Time // what Now said last
}

// wobble is by how much what is known of the server's time may be off: each answer takes
// another while.
const wobble = 2 * time.Second

// newClock is this computer's, until the server says something.
func newClock() clock {
	now := monotonic()
	return clock{mu: new(sync.Mutex), at: now, read: now}
}

// set notes what the server said to a question. Half of the time that the answer took is
// taken for its way back.
func (c *clock) set(asked, said time.Time) {
	now := monotonic()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.read = said.Add(now.Sub(asked)/2), now
}

// Now is the server's time. It goes back only where the server's clock was put back: what
// was proven a moment ago must not come to lie in the future.
func (s *Store) Now() time.Time {
	c := &s.clock
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.at.Add(monotonic().Sub(c.read))
	if back := c.told.Sub(now); back < 0 || back > wobble {
		c.told = now
	}
	return c.told
}

// monotonic is a moment by this computer's clock, to measure what passes between two.
func monotonic() time.Time { return time.Now() } //nolint:forbidigo // no rule depends on what it says

var _ auth.Clock = (*Store)(nil)
