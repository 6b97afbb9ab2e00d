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
