package idle

import (
	"context"
	"time"
)

// poll calls lock whenever isLocked begins to say yes, until ctx ends. An error
// is no answer: what was known before stays.
func poll(ctx context.Context, every time.Duration, isLocked func() (bool, error), lock func()) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	was := false
	for {
		if is, err := isLocked(); err == nil {
			if is && !was {
				lock()
			}
			was = is
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// States of a Windows session, as WTSINFOEX_LEVEL1 has them.
// https://learn.microsoft.com/windows/win32/api/wtsapi32/ns-wtsapi32-wtsinfoex_level1_w
const (
	wtsDisconnected = 4 // WTSDisconnected, of WTS_CONNECTSTATE_CLASS
	wtsLocked       = 0 // WTS_SESSIONSTATE_LOCK
	wtsUnlocked     = 1 // WTS_SESSIONSTATE_UNLOCK
)

// sessionAway says whether a Windows session is locked, or shown to nobody, as a
// remote one that was hung up is.
func sessionAway(connected uint32, flags int32) (away, known bool) {
	switch {
	case connected == wtsDisconnected, flags == wtsLocked:
		return true, true
	case flags == wtsUnlocked:
		return false, true
	}
	return false, false
}
