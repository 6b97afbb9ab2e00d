package idle

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// fake is a meter that answers, refuses or hangs.
type fake struct {
	answer time.Duration
	err    error
	hold   chan struct{} // if not nil, an answer first waits for a receive from it
	deaf   bool          // it waits even when ctx has ended

	asked, closed int
}

func (*fake) name() string { return "the fake" }

func (f *fake) idle(ctx context.Context) (time.Duration, error) {
	f.asked++
	if f.hold != nil {
		done := ctx.Done()
		if f.deaf {
			done = nil
		}
		select {
		case <-f.hold:
		case <-done:
			return 0, ctx.Err()
		}
	}
	return f.answer, f.err
}

func (f *fake) close() { f.closed++ }

// expect asks s and wants this answer; a negative one is ErrUnknown.
func expect(t *testing.T, s *System, want time.Duration) {
	t.Helper()
	switch got, err := s.Idle(t.Context()); {
	case want < 0 && !errors.Is(err, ErrUnknown):
		t.Errorf("Idle = %v, %v, want ErrUnknown", got, err)
	case want >= 0 && (err != nil || got != want):
		t.Errorf("Idle = %v, %v, want %v", got, err, want)
	}
}

const unknown = -time.Second

func TestTheBestThatAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		first, second := &fake{answer: time.Minute}, &fake{answer: time.Hour}
		s := newSystem(time.Now, first, second)
		defer s.Close()
		expect(t, s, time.Minute)

		broken := errors.New("broken")
		first.err = broken
		expect(t, s, time.Hour)
		if first.closed != 1 {
			t.Errorf("the broken one was closed %d times, want once", first.closed)
		}
		second.err = errors.New("broken too")
		_, err := s.Idle(t.Context())
		if !errors.Is(err, ErrUnknown) || !errors.Is(err, broken) || !errors.Is(err, second.err) {
			t.Errorf("both broken: %v, want ErrUnknown and both causes", err)
		}

		first.err, second.err = nil, nil
		time.Sleep(rest - time.Nanosecond)
		expect(t, s, unknown)
		if first.asked != 2 {
			t.Errorf("asked %d times while it rests, want 2 in all", first.asked)
		}
		time.Sleep(time.Nanosecond)
		expect(t, s, time.Minute)
	})
}

func TestNobodyTells(t *testing.T) {
	s := newSystem(time.Now)
	defer s.Close()
	expect(t, s, unknown)
}

// All ways hang; still the answer is there within the second that whoever asks
// waits.
func TestHanging(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		first, second := &fake{hold: make(chan struct{})}, &fake{hold: make(chan struct{}), deaf: true}
		s := newSystem(time.Now, first, second)
		defer s.Close()
		begin := time.Now()
		expect(t, s, unknown)
		if took := time.Since(begin); took >= time.Second {
			t.Errorf("two hanging ways took %v", took)
		}
		time.Sleep(rest)
		expect(t, s, unknown)
		synctest.Wait()
		if first.asked != 2 || second.asked != 1 {
			t.Errorf("asked %d and %d times, want 2 and, as it hangs still, 1", first.asked, second.asked)
		}

		second.answer = time.Hour
		close(second.hold)
		synctest.Wait()
		if second.closed != 1 {
			t.Errorf("late, it was closed %d times, want once", second.closed)
		}
		time.Sleep(rest)
		expect(t, s, time.Hour)
	})
}

func TestCloseEndsAQuestion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{hold: make(chan struct{})}
		s := newSystem(time.Now, f)
		begin, done := time.Now(), make(chan error)
		go func() {
			_, err := s.Idle(context.Background())
			done <- err
		}()
		synctest.Wait()
		s.Close()
		if err := <-done; !errors.Is(err, ErrUnknown) || time.Since(begin) > 0 {
			t.Errorf("Idle: %v after %v, want ErrUnknown at once", err, time.Since(begin))
		}
		synctest.Wait()
		if f.closed == 0 {
			t.Error("it was not closed")
		}
		expect(t, s, unknown)
	})
}

func TestSinceTick(t *testing.T) {
	const newest = 1<<32 - 1
	for _, test := range []struct {
		now, last uint32
		want      time.Duration
	}{
		{5000, 5000, 0},
		{5000, 2000, 3 * time.Second},
		{2999, newest - 6999, 9999 * time.Millisecond}, // the count began anew in between
		{0, newest, time.Millisecond},
		{1000, 1001, 0}, // stamped after the tick was read
		{0, 59_999, 0},
		{newest, newest, 0},
		{3_000_000_000, 0, 3_000_000 * time.Second}, // a month: more than a signed count holds
	} {
		if got := sinceTick(test.now, test.last); got != test.want {
			t.Errorf("sinceTick(%d, %d) = %v, want %v", test.now, test.last, got, test.want)
		}
	}
}

func TestIdleTime(t *testing.T) {
	if got, err := idleTime(90_000, time.Millisecond); err != nil || got != 90*time.Second {
		t.Errorf("90,000 ms = %v, %v", got, err)
	}
	for _, count := range []uint64{1 << 63, 1<<64 - 1, 1 << 40} {
		if got, err := idleTime(count, time.Millisecond); !errors.Is(err, errAbsurd) {
			t.Errorf("%d ms = %v, %v, want errAbsurd", count, got, err)
		}
	}
}

func TestParseIoreg(t *testing.T) {
	const one = `+-o IOHIDSystem  <class IOHIDSystem, id 0x1000002d5, registered, matched, active, busy 0 (0 ms), retain 18>
    {
      "IOClass" = "IOHIDSystem"
      "HIDIdleTime" = 61034278083
      "HIDParameters" = {"HIDIdleTimeX"=1}
    }
`
	for _, test := range []struct {
		name, output string
		want         time.Duration // negative: an error
	}{
		{"one", one, 61034278083},
		{"two", one + strings.ReplaceAll(one, "61034278083", "5"), 5},
		{"without spaces", `"HIDIdleTime"=7`, 7},
		{"nothing", "", -1},
		{"another", strings.ReplaceAll(one, "HIDIdleTime\"", "HIDTime\""), -1},
		{"no number", `"HIDIdleTime" = soon`, -1},
		{"negative", `"HIDIdleTime" = -3`, -1},
		{"absurd", `"HIDIdleTime" = 18446744073709551615`, -1},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := parseIoreg(test.output)
			if (test.want < 0) != (err != nil) || err == nil && got != test.want {
				t.Errorf("parseIoreg = %v, %v, want %v", got, err, test.want)
			}
		})
	}
}

// Between two runs of ioreg the time goes on by itself.
func TestIoregIsAskedSeldom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		runs, idle := 0, "60000000000"
		r := &ioreg{now: time.Now, run: func(context.Context) (string, error) {
			runs++
			return `"HIDIdleTime" = ` + idle, nil
		}}
		s := newSystem(time.Now, r)
		defer s.Close()
		expect(t, s, time.Minute)
		idle = "1000000000" // touched, seen with the next run
		time.Sleep(2 * time.Second)
		expect(t, s, time.Minute+2*time.Second)
		time.Sleep(time.Second)
		expect(t, s, time.Second)
		if runs != 2 {
			t.Errorf("ioreg ran %d times, want 2", runs)
		}
	})
}

func TestPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		type answer struct {
			locked bool
			err    error
		}
		answers, locks := make(chan answer), 0
		ctx, stop := context.WithCancel(t.Context())
		begin := time.Now()
		go poll(ctx, func() (bool, error) {
			a := <-answers
			return a.locked, a.err
		}, func() { locks++ })
		for n, step := range []struct {
			what   string
			answer answer
			locks  int
		}{
			{"open", answer{}, 0},
			{"locked", answer{locked: true}, 1},
			{"still locked", answer{locked: true}, 1},
			{"no answer", answer{err: errors.New("no answer")}, 1},
			{"locked all the while", answer{locked: true}, 1},
			{"open again", answer{}, 1},
			{"locked again", answer{locked: true}, 2},
		} {
			answers <- step.answer
			synctest.Wait()
			if locks != step.locks {
				t.Fatalf("%s: %d locks, want %d", step.what, locks, step.locks)
			}
			if took := time.Since(begin); took != time.Duration(n)*pollEvery {
				t.Fatalf("%s: asked after %v", step.what, took)
			}
		}
		stop() // what still waits at the end is a failure to synctest
	})
}

func TestSessionAway(t *testing.T) {
	for _, test := range []struct {
		connected   uint32
		flags       int32
		away, known bool
	}{
		{0, 0, true, true},
		{0, 1, false, true},
		{0, -1, false, false},
		{0, 7, false, false},
		{4, 1, true, true},
		{4, -1, true, true},
	} {
		if away, known := sessionAway(test.connected, test.flags); away != test.away || known != test.known {
			t.Errorf("sessionAway(%d, %d) = %v, %v, want %v, %v", test.connected, test.flags, away, known, test.away, test.known)
		}
	}
}
