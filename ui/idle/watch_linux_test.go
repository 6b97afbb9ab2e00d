package idle

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"anteroom/auth/authtest/limits"
)

const (
	ours   = dbus.ObjectPath("/org/freedesktop/login1/session/_37")
	theirs = dbus.ObjectPath("/org/freedesktop/login1/session/_38")
)

// fakeLogind is logind with one session, of id 7.
type fakeLogind struct {
	bus  *testBus
	conn *dbus.Conn

	byPID, byID, byAuto bool // the ways by which the session is found
	hinted              bool // it is locked already
	refuses             bool // to delay a sleep

	delays chan delay // of sleep, as they are asked for
	mu     sync.Mutex
}

// delay is a pipe: logind waits until it reads the end of it.
type delay struct{ read, write *os.File }

// held says whether anybody holds the delay, at most that long from now. It must
// have been received: the fake gives up its own copy.
func (d delay) held(t *testing.T, patience time.Duration) bool {
	t.Helper()
	d.write.Close()
	if err := d.read.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	_, err := d.read.Read(make([]byte, 1))
	return errors.Is(err, os.ErrDeadlineExceeded)
}

func newFakeLogind(bus *testBus) *fakeLogind {
	return &fakeLogind{bus: bus, byPID: true, delays: make(chan delay, 8)}
}

func (l *fakeLogind) serve() {
	l.conn = l.bus.join("")
	l.bus.export(l.conn, l, loginPath, loginManager)
	l.bus.export(l.conn, l, ours, properties)
	l.bus.export(l.conn, l, autoSession, properties)
	if _, err := l.conn.RequestName(loginName, dbus.NameFlagDoNotQueue); err != nil {
		l.bus.t.Fatal(err)
	}
}

var noSession = dbus.NewError("org.freedesktop.login1.NoSuchSession", nil)

func (l *fakeLogind) GetSessionByPID(pid uint32) (dbus.ObjectPath, *dbus.Error) {
	if !l.byPID || int(pid) != os.Getpid() {
		return "/", dbus.NewError("org.freedesktop.login1.NoSessionForPID", nil)
	}
	return ours, nil
}

func (l *fakeLogind) GetSession(id string) (dbus.ObjectPath, *dbus.Error) {
	if id != "7" || !l.byID && !l.byAuto {
		return "/", noSession
	}
	return ours, nil
}

func (l *fakeLogind) Get(message dbus.Message, iface, name string) (dbus.Variant, *dbus.Error) {
	path, _ := message.Headers[dbus.FieldPath].Value().(dbus.ObjectPath)
	switch {
	case iface == loginSession && name == "LockedHint" && path == ours:
		return dbus.MakeVariant(l.hinted), nil
	case iface == loginSession && name == "Id" && path == autoSession && l.byAuto:
		return dbus.MakeVariant("7"), nil
	}
	return dbus.Variant{}, noSession
}

func (l *fakeLogind) Inhibit(what, who, why, mode string) (dbus.UnixFD, *dbus.Error) {
	if what != "sleep" || mode != "delay" || who == "" || why == "" {
		l.bus.t.Errorf("Inhibit(%q, %q, %q, %q)", what, who, why, mode)
	}
	if l.refuses {
		l.delays <- delay{}
		return -1, dbus.NewError("org.freedesktop.DBus.Error.AccessDenied", nil)
	}
	read, write, err := os.Pipe()
	if err != nil {
		return -1, dbus.MakeFailedError(err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.bus.t.Cleanup(func() {
		l.mu.Lock() // it may be asked for when the test is over
		defer l.mu.Unlock()
		read.Close()
		write.Close()
	})
	fd := dbus.UnixFD(write.Fd()) // a copy goes over the bus
	l.delays <- delay{read, write}
	return fd, nil
}

func (l *fakeLogind) emit(path dbus.ObjectPath, name string, values ...any) {
	l.bus.t.Helper()
	l.bus.emit(l.conn, path, name, values...)
}

func (l *fakeLogind) changed(name string, value any) {
	l.bus.t.Helper()
	l.emit(ours, properties+".PropertiesChanged", loginSession, map[string]dbus.Variant{name: dbus.MakeVariant(value)}, []string{})
}

// startWatch watches for the length of the test; each lock is sent.
func startWatch(t *testing.T) <-chan struct{} {
	t.Helper()
	locks := make(chan struct{}, 64)
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	watch(ctx, time.Millisecond, func() { locks <- struct{}{} })
	return locks
}

// expectLocks wants n locks, and no more before those.
func expectLocks(t *testing.T, locks <-chan struct{}, n int) {
	t.Helper()
	for range n {
		receive(t, locks, "no lock")
	}
	if len(locks) > 0 {
		t.Fatalf("more than %d locks", n)
	}
}

func TestLogindLocks(t *testing.T) {
	l := newFakeLogind(newTestBus(t))
	l.serve()
	locks := startWatch(t)
	receive(t, l.delays, "no delay of sleep asked for") // the last thing that is asked

	l.emit(theirs, loginSession+".Lock")
	l.emit(ours, loginSession+".Unlock")
	l.emit(loginPath, loginManager+".PrepareForSleep", false)
	l.changed("LockedHint", false)
	l.changed("IdleHint", true)
	l.emit(ours, loginSession+".Lock")
	expectLocks(t, locks, 1)

	l.changed("LockedHint", true)
	expectLocks(t, locks, 1)
}

// Somebody else on the bus who says the same is not believed.
func TestOnlyLogindIsBelieved(t *testing.T) {
	bus := newTestBus(t)
	l := newFakeLogind(bus)
	l.serve()
	locks := startWatch(t)
	receive(t, l.delays, "no delay of sleep asked for")
	liar := bus.join("")
	bus.emit(liar, ours, loginSession+".Lock")
	// A call of the liar's that the bus has answered: what it sent before is out.
	if err := liar.BusObject().Call("org.freedesktop.DBus.GetId", 0).Err; err != nil {
		t.Fatal(err)
	}
	l.emit(ours, loginSession+".Lock")
	expectLocks(t, locks, 1)
}

func TestOwnSession(t *testing.T) {
	for _, test := range []struct {
		name                string
		byPID, byID, byAuto bool
		id                  string
		found               bool
	}{
		{"by process", true, false, false, "", true},
		{"by the environment", false, true, false, "7", true},
		{"by auto", false, false, true, "", true},
		{"by auto, the environment is old", false, false, true, "3", true},
		{"none", false, false, false, "7", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("XDG_SESSION_ID", test.id)
			l := newFakeLogind(newTestBus(t))
			l.byPID, l.byID, l.byAuto = test.byPID, test.byID, test.byAuto
			l.serve()
			locks := startWatch(t)
			receive(t, l.delays, "no delay of sleep asked for")
			l.emit(ours, loginSession+".Lock")
			if test.found {
				expectLocks(t, locks, 1)
			}
			l.emit(loginPath, loginManager+".PrepareForSleep", true)
			expectLocks(t, locks, 1)
		})
	}
}

func TestLockedAlready(t *testing.T) {
	l := newFakeLogind(newTestBus(t))
	l.hinted = true
	l.serve()
	locks := startWatch(t)
	receive(t, l.delays, "no delay of sleep asked for")
	expectLocks(t, locks, 1)
}

// The computer sleeps only after the lock returned, and waits again next time.
func TestSleepWaitsForTheLock(t *testing.T) {
	l := newFakeLogind(newTestBus(t))
	l.serve()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	locking, hold := make(chan struct{}), make(chan struct{})
	watch(ctx, time.Millisecond, func() { locking <- struct{}{}; <-hold })
	for range 2 {
		delay := receive(t, l.delays, "no delay of sleep asked for")
		l.emit(loginPath, loginManager+".PrepareForSleep", true)
		receive(t, locking, "no lock")
		if !delay.held(t, 5*time.Millisecond) {
			t.Fatal("the computer sleeps before the lock")
		}
		hold <- struct{}{}
		if delay.held(t, limits.Wait(t)) {
			t.Fatal("the computer waits on after the lock")
		}
		l.emit(loginPath, loginManager+".PrepareForSleep", false)
	}
	delay := receive(t, l.delays, "no delay of sleep asked for")
	l.emit(ours, loginSession+".Lock")
	receive(t, locking, "no lock")
	hold <- struct{}{}
	stop()
	if delay.held(t, limits.Wait(t)) {
		t.Error("the computer waits for a program that has ended")
	}
}

func TestSleepWithoutDelay(t *testing.T) {
	l := newFakeLogind(newTestBus(t))
	l.refuses = true
	l.serve()
	locks := startWatch(t)
	receive(t, l.delays, "no delay of sleep asked for")
	for range 2 {
		l.emit(loginPath, loginManager+".PrepareForSleep", true)
		expectLocks(t, locks, 1)
		l.emit(loginPath, loginManager+".PrepareForSleep", false)
		receive(t, l.delays, "no delay of sleep asked for again")
	}
}

func TestDesktopLocks(t *testing.T) {
	for _, name := range screenSavers {
		t.Run(name, func(t *testing.T) {
			bus := newTestBus(t)
			saver := bus.join("")
			locks := startWatch(t)
			emitUntil(t, locks, func() { bus.emit(saver, "/ScreenSaver", name+".ActiveChanged", true) })
		})
	}
}

func TestBecameActive(t *testing.T) {
	const changed = "org.gnome.ScreenSaver.ActiveChanged"
	for _, test := range []struct {
		name string
		body []any
		want bool
	}{
		{changed, []any{true}, true},
		{changed, []any{false}, false},
		{changed, []any{"true"}, false},
		{changed, []any{true, true}, false},
		{changed, nil, false},
		{"org.gnome.ScreenSaver.WakeUpScreen", []any{true}, false},
	} {
		if got := becameActive(&dbus.Signal{Name: test.name, Body: test.body}); got != test.want {
			t.Errorf("%s%v: %v, want %v", test.name, test.body, got, test.want)
		}
	}
}

// emitUntil emits until a lock comes: nothing shows when the watch listens.
func emitUntil(t *testing.T, locks <-chan struct{}, emit func()) {
	t.Helper()
	end := time.After(limits.Wait(t))
	for {
		emit()
		select {
		case <-locks:
			return
		case <-time.After(5 * time.Millisecond):
		case <-end:
			t.Fatal("no lock")
		}
	}
}

func TestWatchOutlivesTheBus(t *testing.T) {
	bus := newTestBus(t)
	bus.stop()
	locks := startWatch(t)
	bus.start()
	l := newFakeLogind(bus)
	l.serve()
	receive(t, l.delays, "no delay of sleep asked for")
	bus.stop()
	bus.start()
	l.serve()
	receive(t, l.delays, "no delay of sleep asked for after the bus came back")
	emitUntil(t, locks, func() { l.emit(ours, loginSession+".Lock") })
}

func TestLogindThatStartsAnew(t *testing.T) {
	bus := newTestBus(t)
	first, second := newFakeLogind(bus), newFakeLogind(bus)
	first.byPID = false
	first.serve()
	locks := startWatch(t)
	delay := receive(t, first.delays, "no delay of sleep asked for")
	first.conn.Close()
	second.serve()
	receive(t, second.delays, "no delay of sleep asked for")
	if delay.held(t, limits.Wait(t)) {
		t.Error("the delay of the first is held")
	}
	second.emit(ours, loginSession+".Lock")
	expectLocks(t, locks, 1)
}

func TestWatchEnds(t *testing.T) {
	bus := newTestBus(t)
	l := newFakeLogind(bus)
	l.serve()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- listenToLogind(ctx, func() { t.Error("locked") }) }()
	receive(t, l.delays, "no delay of sleep asked for")
	stop()
	if err := receive(t, ended, "it does not end"); !errors.Is(err, errBusGone) {
		t.Errorf("ended with %v", err)
	}
	l.emit(ours, loginSession+".Lock")
}

// Watch returns at once where a bus hangs, and where there is none.
func TestWatchWithoutABus(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path="+muteSocket(t))
	ctx, stop := context.WithCancel(context.Background())
	Watch(ctx, func() { t.Error("locked") })
	stop()
}
