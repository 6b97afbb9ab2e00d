package postgres

import (
	"testing"
	"time"
)

// TestClock: what the server says counts, half of the answer's way later, and then this
// computer's time goes on from there.
func TestClock(t *testing.T) {
	const hour, way = time.Hour, 4 * time.Second
	s := &Store{clock: newClock()}
	if off := time.Until(s.Now()).Abs(); off > time.Minute {
		t.Errorf("before anything was said it is off by %v", off)
	}
	asked := time.Now().Add(-way)
	s.clock.set(asked, asked.Add(way/2).Add(-hour))
	if off := (time.Until(s.Now()) + hour).Abs(); off > time.Minute {
		t.Errorf("an hour behind: off by %v", off)
	}
	s.clock.set(time.Now().Add(-way), time.Now()) // which was said two seconds ago at the least
	if ahead := time.Until(s.Now()); ahead < way/2-time.Second {
		t.Errorf("half of the way is not counted: %v", ahead)
	}
}

// TestClockDoesNotWobble: answers that took another while put the time back for nobody; a clock
// that was put back is followed.
func TestClockDoesNotWobble(t *testing.T) {
	s := &Store{clock: newClock()}
	now := time.Now()
	s.clock.set(now.Add(-time.Second), now) // half a second ahead
	before := s.Now()
	s.clock.set(time.Now(), time.Now()) // exact
	if back := before.Sub(s.Now()); back > 0 {
		t.Errorf("it went back by %v", back)
	}
	s.clock.set(time.Now(), time.Now().Add(-time.Hour))
	if back := before.Sub(s.Now()); back < time.Minute {
		t.Errorf("a clock that was put back: %v", back)
	}
}
