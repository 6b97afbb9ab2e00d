package shell

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"anteroom/ui/uitest"
	"anteroom/ui/work"
)

// dispatched is the UI goroutine of a test, which time passes for.
type dispatched struct{ uitest.Queue }

// pass lets time pass in a bubble, with the UI goroutine at work.
func (d *dispatched) pass(length time.Duration) {
	for end := time.Now().Add(length); ; time.Sleep(min(time.Until(end), warnTick)) {
		d.Settle()
		if !time.Now().Before(end) {
			return
		}
	}
}

// fakeIdle is an OS that knows when it was last touched.
type fakeIdle struct {
	touched time.Time
	err     error
	slow    time.Duration // each answer takes so long
	hangs   bool          // until the end of the test
	end     chan struct{}
	asked   int
}

func (f *fakeIdle) Idle(ctx context.Context) (time.Duration, error) {
	f.asked++
	select {
	case <-ctx.Done():
	case <-time.After(f.slow):
	}
	if f.hangs {
		<-f.end
	}
	return time.Since(f.touched), f.err
}

// watched is an idleWatch and what it did.
type watched struct {
	dispatched
	*idleWatch
	fake   *fakeIdle
	left   []time.Duration // of the warnings, since the last calm
	overs  int
	calmed int
}

const testLimit = 5 * time.Minute

func inWatch(t *testing.T, fake *fakeIdle, test func(*testing.T, *watched)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		w := &watched{fake: fake}
		w.idleWatch = &idleWatch{
			runner:  work.Runner{Dispatch: w.Dispatch, Now: time.Now},
			elapsed: byBothClocks,
			limit:   func() time.Duration { return testLimit },
			warn:    func(left time.Duration) { w.left = append(w.left, left) },
			calm:    func() { w.left, w.calmed = nil, w.calmed+1 },
			over:    func() { w.overs++ },
		}
		if fake != nil {
			fake.touched, fake.end = time.Now(), make(chan struct{})
			w.source = fake
		}
		w.begin(ctx)
		test(t, w)
		stop()
		if fake != nil {
			close(fake.end)
		}
		w.Settle()
	})
}

func want[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func TestIdleByTheWindowsOwnInput(t *testing.T) {
	for name, fake := range map[string]*fakeIdle{
		"no source": nil, "a source that does not know": {err: errors.New("unknown")},
		"a source that hangs": {hangs: true},
	} {
		t.Run(name, func(t *testing.T) {
			inWatch(t, fake, func(t *testing.T, w *watched) {
				w.pass(4 * time.Minute)
				w.touch()
				w.pass(testLimit - warnTime - 2*time.Second)
				want(t, "warnings", len(w.left), 0)
				w.pass(3 * time.Second)
				want(t, "warned", len(w.left) > 0, true)
				w.touch()
				want(t, "warnings after a key", len(w.left), 0)
				w.pass(testLimit - time.Second)
				want(t, "times over", w.overs, 0)
				w.pass(2 * time.Second)
				want(t, "times over", w.overs, 1)
			})
		})
	}
}

func TestIdleByTheOS(t *testing.T) {
	inWatch(t, &fakeIdle{}, func(t *testing.T, w *watched) {
		w.pass(testLimit - time.Second) // nothing reaches the window
		w.fake.touched = time.Now()
		w.pass(2 * time.Second)
		want(t, "warnings after a touch elsewhere", len(w.left), 0)
		w.pass(testLimit - warnTime)
		want(t, "warned", len(w.left) > 0, true)
		w.fake.touched = time.Now()
		w.pass(warnTick)
		want(t, "warnings after a quarter of a second", len(w.left), 0)
		want(t, "times over", w.overs, 0)
		w.pass(testLimit + time.Second)
		want(t, "times over", w.overs, 1)
	})
}

func TestIdleWarningCountsDown(t *testing.T) {
	inWatch(t, &fakeIdle{}, func(t *testing.T, w *watched) {
		w.pass(testLimit - 100*time.Millisecond)
		left := slices.Clone(w.left)
		if !slices.IsSortedFunc(left, func(a, b time.Duration) int { return int(b - a) }) || left[0] > warnTime || left[0] < warnTime-2*time.Second {
			t.Errorf("warned with %v", left)
		}
		w.pass(time.Second)
		want(t, "warnings after the end", len(w.left), 0)
	})
}

// What comes after the time was over does not undo it, whether or not a timer ran.
func TestIdleTouchedTooLate(t *testing.T) {
	inWatch(t, &fakeIdle{}, func(t *testing.T, w *watched) {
		w.pass(testLimit - time.Second)
		time.Sleep(2 * time.Second) // the UI goroutine is busy
		want(t, "due", w.isDue(), true)
		w.touch()
		want(t, "due after a key", w.isDue(), true)
		w.heard(time.Now())
		want(t, "due after a touch elsewhere", w.isDue(), true)
		w.Settle()
		want(t, "times over", w.overs, 1)
		want(t, "due again", w.isDue(), false)
	})
}

func TestIdleASlowSourceDelaysNothing(t *testing.T) {
	for slow := time.Duration(0); slow < idlePatience; slow += 200 * time.Millisecond {
		inWatch(t, &fakeIdle{slow: slow}, func(t *testing.T, w *watched) {
			w.pass(testLimit + idleTick)
			want(t, "times over with answers after "+slow.String(), w.overs, 1)
		})
	}
}

// A source may say what cannot be.
func TestIdleInTheFuture(t *testing.T) {
	inWatch(t, &fakeIdle{}, func(t *testing.T, w *watched) {
		w.fake.touched = time.Now().Add(time.Hour)
		w.pass(time.Minute)
		w.fake.touched = time.Now()
		w.pass(testLimit + time.Second)
		want(t, "times over", w.overs, 1)
	})
}

func TestIdleIsNotAskedTwiceAtATime(t *testing.T) {
	inWatch(t, &fakeIdle{hangs: true}, func(t *testing.T, w *watched) {
		w.pass(2 * testLimit)
		want(t, "asked", w.fake.asked, 1)
	})
}

func TestIdleIsNotAskedWhereItDoesNotMatter(t *testing.T) {
	inWatch(t, &fakeIdle{}, func(t *testing.T, w *watched) {
		w.limit = func() time.Duration { return 0 }
		w.pass(time.Hour)
		want(t, "asked", w.fake.asked, 0)
		want(t, "times over", w.overs, 0)
	})
}

// A wall clock that leaves the monotonic one is a sleep, or somebody at the clock.
func TestIdleClockJumps(t *testing.T) {
	for jump, locks := range map[time.Duration]bool{
		61 * time.Second: true, -61 * time.Second: true, 9 * time.Hour: true,
		59 * time.Second: false, -59 * time.Second: false,
	} {
		inWatch(t, &fakeIdle{}, func(t *testing.T, w *watched) {
			w.pass(time.Minute)
			at := time.Now()
			w.elapsed = func(now, since time.Time) (wall, monotonic time.Duration) {
				wall, monotonic = byBothClocks(now, since)
				if !since.After(at) && now.After(at) {
					wall += jump
				}
				return wall, monotonic
			}
			time.Sleep(time.Millisecond)
			want(t, "due at once after "+jump.String(), w.isDue(), locks)
			w.touch()
			w.fake.touched = time.Now()
			w.pass(2 * time.Second)
			want(t, "over after "+jump.String(), w.overs == 1, locks)
			want(t, "due after that", w.isDue(), false)
		})
	}
}

// The longer of both clocks counts: a computer that slept for a short while was
// idle for that long too.
func TestIdleByTheLongerClock(t *testing.T) {
	inWatch(t, nil, func(t *testing.T, w *watched) {
		at := time.Now()
		w.elapsed = func(now, since time.Time) (wall, monotonic time.Duration) {
			wall, monotonic = byBothClocks(now, since)
			if !since.After(at) {
				wall += 50 * time.Second
			}
			return wall, monotonic
		}
		w.pass(testLimit - 49*time.Second)
		want(t, "times over", w.overs, 1)
	})
}
