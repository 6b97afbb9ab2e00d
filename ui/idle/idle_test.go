package idle

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
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
		go poll(ctx, time.Second, func() (bool, error) {
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
			if took := time.Since(begin); took != time.Duration(n)*time.Second {
				t.Fatalf("%s: asked after %v", step.what, took)
			}
		}
		stop() // what still waits at the end is a failure to synctest
	})
}

// console is what `ioreg -a -d 1 -n Root` prints, in short, with a root that has
// these entries more.
func console(entries string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	` + entries + `
	<key>IOKitBuildVersion</key>
	<string>Darwin Kernel Version 24.1.0</string>
	<key>IOKitDiagnostics</key>
	<dict>
		<key>Classes</key>
		<dict>
			<key>IOConsoleLocked</key>
			<integer>7</integer>
		</dict>
	</dict>
	<key>IORegistryPlanes</key>
	<array/>
</dict>
</plist>
`
}

// consoleSession is an entry of IOConsoleUsers.
func consoleSession(uid, entries string) string {
	return `
		<dict>` + entries + `
			<key>CGSSessionScreenLockedTime</key>
			<integer>1732899600</integer>
			<key>kCGSSessionUserIDKey</key>
			<integer>` + uid + `</integer>
			<key>kCGSSessionUserNameKey</key>
			<string>M&#252;ller &amp; &lt;key&gt;CGSSessionScreenIsLocked</string>
			<key>kCGSessionLoginDoneKey</key>
			<true/>
		</dict>`
}

func TestConsoleAway(t *testing.T) {
	const (
		open      = `<key>IOConsoleLocked</key><false/>`
		shut      = `<key>IOConsoleLocked</key><true/>`
		onScreen  = `<key>kCGSSessionOnConsoleKey</key><true/>`
		behind    = `<key>kCGSSessionOnConsoleKey</key><false/>`
		locked    = `<key>CGSSessionScreenIsLocked</key><true/>`
		lockedAs1 = `<key>CGSSessionScreenIsLocked</key><integer>1</integer>`
		unlocked  = `<key>CGSSessionScreenIsLocked</key><false/>`
	)
	users := func(sessions ...string) string {
		return "<key>IOConsoleUsers</key><array>" + strings.Join(sessions, "") + "</array>"
	}
	for _, test := range []struct {
		name, output string
		away, fails  bool
	}{
		{"in use", console(open + users(consoleSession("501", onScreen))), false, false},
		{"in use, said outright", console(open + users(consoleSession("501", onScreen+unlocked))), false, false},
		{"locked", console(shut + users(consoleSession("501", onScreen+locked))), true, false},
		{"locked, by the root alone", console(shut + users(consoleSession("501", onScreen))), true, false},
		{"locked, by the session alone", console(users(consoleSession("501", onScreen+locked))), true, false},
		{"locked, as a number", console(open + users(consoleSession("501", onScreen+lockedAs1))), true, false},
		{"another user has the screen", console(open + users(consoleSession("501", behind), consoleSession("502", onScreen))), true, false},
		{"the login window has it", console(shut + users(consoleSession("501", behind))), true, false},
		{"another user's is behind", console(open + users(consoleSession("502", behind+locked), consoleSession("501", onScreen))), false, false},
		{"two of ours, one is seen", console(open + users(consoleSession("501", behind), consoleSession("501", onScreen))), false, false},
		{"not told whether on the screen", console(open + users(consoleSession("501", ""))), false, false},
		{"no session of ours", console(open + users(consoleSession("502", onScreen+locked))), false, false},
		{"no sessions", console(open), false, false},
		{"neither", console(users(consoleSession("5010", onScreen+locked))), false, true},
		{"a root without a console", console(""), false, true},
		{"no root", `<plist version="1.0"><array/></plist>`, false, true},
		{"cut short", strings.TrimSuffix(console(shut), "</plist>\n"), false, true},
		{"text", `"IOConsoleLocked" = Yes`, false, true},
		{"nothing", "", false, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			away, err := consoleAway(test.output, 501)
			if away != test.away || (err != nil) != test.fails {
				t.Errorf("away: %v, %v; want %v, an error: %v", away, err, test.away, test.fails)
			}
		})
	}
}

func TestWatchConsole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const open, shut = `<key>IOConsoleLocked</key><false/>`, `<key>IOConsoleLocked</key><true/>`
		answers, locks := make(chan string), 0
		var runs atomic.Int32 // one may begin as ctx ends
		ctx, stop := context.WithCancel(t.Context())
		go watchConsole(ctx, func(ctx context.Context, args ...string) (string, error) {
			runs.Add(1)
			select {
			case answer := <-answers:
				if answer == "" {
					return console(shut), errors.New("exit status 1")
				}
				return answer, nil
			case <-ctx.Done():
				return "", ctx.Err()
			}
		}, 501, func() { locks++ })
		for _, step := range []struct {
			what, answer string
			locks        int
		}{
			{"open", console(open), 0},
			{"it fails", "", 0},
			{"nonsense", "locked", 0},
			{"locked", console(shut), 1},
			{"it fails", "", 1},
			{"still locked", console(shut), 1},
			{"open again", console(open), 1},
			{"locked again", console(shut), 2},
		} {
			answers <- step.answer
			synctest.Wait()
			if locks != step.locks {
				t.Fatalf("%s: %d locks, want %d", step.what, locks, step.locks)
			}
		}
		before := runs.Load()
		time.Sleep(5 * ioregPause)
		synctest.Wait()
		if more := runs.Load() - before; more < 4 || locks != 2 {
			t.Errorf("while it hangs: %d locks, want 2; run %d times", locks, more)
		}
		stop()
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
