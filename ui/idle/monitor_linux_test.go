package idle

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"anteroom/auth/authtest/limits"
)

// fakeMonitor is the idle monitor of a compositor.
type fakeMonitor struct {
	ms    atomic.Uint64
	asked atomic.Int32
	hold  atomic.Pointer[chan struct{}] // if set, an answer waits until it is closed
}

func (m *fakeMonitor) GetIdletime() (uint64, *dbus.Error) {
	m.asked.Add(1)
	if hold := m.hold.Load(); hold != nil {
		<-*hold
	}
	return m.ms.Load(), nil
}

// serveMonitor puts the monitor on a bus, under the nth of the known names.
func serveMonitor(bus *testBus, m *fakeMonitor, n int) {
	conn := bus.join("")
	bus.export(conn, m, monitors[n].path, monitors[n].service)
	if _, err := conn.RequestName(monitors[n].service, dbus.NameFlagDoNotQueue); err != nil {
		bus.t.Fatal(err)
	}
}

// monitorSystem is a system with a compositor's monitor and, after it, a fake.
// Its clock is the test's.
func monitorSystem(t *testing.T, fallback *fake) (s *System, wait func(time.Duration)) {
	now := time.Now()
	s = newSystem(func() time.Time { return now }, &monitor{}, fallback)
	s.ways[0].patience = limits.Wait(t) // a slow machine is no failure
	t.Cleanup(func() { s.Close() })
	return s, func(d time.Duration) { now = now.Add(d) }
}

func TestMonitors(t *testing.T) {
	for n := range monitors {
		t.Run(monitors[n].service, func(t *testing.T) {
			bus, m := newTestBus(t), &fakeMonitor{}
			serveMonitor(bus, m, n)
			s, _ := monitorSystem(t, &fake{answer: time.Hour})
			for _, ms := range []uint64{0, 90_000, 3} {
				m.ms.Store(ms)
				expect(t, s, time.Duration(ms)*time.Millisecond)
			}
			m.ms.Store(1 << 63)
			expect(t, s, time.Hour)
		})
	}
}

func TestMonitorThatComesLater(t *testing.T) {
	bus, m, fallback := newTestBus(t), &fakeMonitor{}, &fake{answer: time.Hour}
	s, wait := monitorSystem(t, fallback)
	expect(t, s, time.Hour)
	serveMonitor(bus, m, 0)
	expect(t, s, time.Hour)
	wait(rest)
	expect(t, s, 0)
}

func TestMonitorThatHangs(t *testing.T) {
	bus, m := newTestBus(t), &fakeMonitor{}
	serveMonitor(bus, m, 0)
	s, wait := monitorSystem(t, &fake{answer: time.Hour})
	expect(t, s, 0)

	hold := make(chan struct{})
	m.hold.Store(&hold)
	s.ways[0].patience = 20 * time.Millisecond
	expect(t, s, time.Hour)
	expect(t, s, time.Hour)
	if asked := m.asked.Load(); asked > 2 {
		t.Errorf("asked %d times, want 2: it rests", asked)
	}

	m.hold.Store(nil)
	close(hold)
	s.ways[0].patience = limits.Wait(t)
	m.ms.Store(5000)
	wait(rest)
	for s.by != s.ways[0].meter.name() { // its goroutine may still be on its way out
		if _, err := s.Idle(t.Context()); err != nil {
			t.Fatal(err)
		}
		wait(rest)
	}
	expect(t, s, 5*time.Second)
}

func TestBusThatGoesAway(t *testing.T) {
	bus := newTestBus(t)
	serveMonitor(bus, &fakeMonitor{}, 0)
	s, wait := monitorSystem(t, &fake{answer: time.Hour})
	expect(t, s, 0)
	bus.stop()
	expect(t, s, time.Hour)
	bus.start()
	serveMonitor(bus, &fakeMonitor{}, 0)
	wait(rest)
	expect(t, s, 0)
}

func TestNoBus(t *testing.T) {
	for _, address := range []string{"unix:path=/nonexistent/bus", "nonsense", ""} {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
		t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
		s := newSystem(time.Now, &monitor{})
		expect(t, s, unknown)
		s.Close()
	}
}

// A bus that takes the connection and never says a word.
func TestMuteBus(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+muteSocket(t))
	s := newSystem(time.Now, &monitor{})
	s.ways[0].patience = 20 * time.Millisecond
	expect(t, s, unknown)
	select {
	case s.ways[0].turn <- struct{}{}:
	case <-time.After(limits.Wait(t)):
		t.Error("it waits on for the bus")
	}
	s.Close()
}

func TestDisplay(t *testing.T) {
	for _, test := range []struct{ display, wayland, kind, want string }{
		{":0", "", "x11", ":0"},
		{":0", "", "", ":0"},
		{":0", "", "tty", ":0"}, // startx
		{":0", "wayland-0", "x11", ""},
		{":0", "", "wayland", ""},
		{"", "", "x11", ""},
	} {
		env := map[string]string{"DISPLAY": test.display, "WAYLAND_DISPLAY": test.wayland, "XDG_SESSION_TYPE": test.kind}
		if got := xDisplay(func(name string) string { return env[name] }); got != test.want {
			t.Errorf("%v: display %q, want %q", env, got, test.want)
		}
	}
}

func TestNewAsksNothing(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+muteSocket(t))
	t.Setenv("DISPLAY", "")
	s := New()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := s.Idle(t.Context()); !errors.Is(err, ErrUnknown) {
		t.Errorf("Idle after Close: %v, want ErrUnknown", err)
	}
}
