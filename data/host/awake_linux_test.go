package host

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"anteroom/auth/authtest/limits"
)

// logind gives a lock that tells when it is released.
type logind struct {
	asked  chan string
	lock   dbus.UnixFD
	denies atomic.Bool
}

func (l *logind) Inhibit(what, who, _, mode string) (dbus.UnixFD, *dbus.Error) {
	if l.denies.Load() {
		return 0, dbus.NewError("org.freedesktop.DBus.Error.AccessDenied", nil)
	}
	l.asked <- strings.Join([]string{what, who, mode}, " ")
	return l.lock, nil
}

// TestKeepAwake: logind is asked once, and its lock is held until the release.
func TestKeepAwake(t *testing.T) {
	dir, err := os.MkdirTemp("", "awake") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	address := "unix:path=" + filepath.Join(dir, "bus")
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
	if can, err := At(dir).Awake(t.Context()); !can || err != nil {
		t.Errorf("without a bus: %v", err)
	}
	cmd := exec.Command("dbus-daemon", "--session", "--address="+address, "--nofork", "--nopidfile", "--print-address")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	if can, err := At(dir).Awake(t.Context()); !can || err != nil {
		t.Errorf("without logind: %v", err)
	}
	held, lock, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	l := &logind{asked: make(chan string, 2), lock: dbus.UnixFD(lock.Fd())}
	l.denies.Store(true)
	bus, err := dbus.Connect(address, dbus.WithContext(context.WithoutCancel(t.Context())))
	if err != nil {
		t.Fatal(err)
	}
	defer bus.Close()
	if err := bus.Export(l, "/org/freedesktop/login1", "org.freedesktop.login1.Manager"); err != nil {
		t.Fatal(err)
	}
	if _, err := bus.RequestName("org.freedesktop.login1", dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	if can, err := At(dir).Awake(t.Context()); can || err == nil {
		t.Error("logind refuses")
	}
	l.denies.Store(false)
	release, err := At(dir).KeepAwake()
	if err != nil {
		t.Fatal(err)
	}
	if asked := <-l.asked; asked != "sleep:idle Anteroom block" {
		t.Errorf("asked for %q", asked)
	}
	if can, err := At(dir).Awake(t.Context()); !can || err != nil {
		t.Errorf("with logind: %v", err)
	}
	lock.Close() // from here on only who keeps the computer awake holds it
	ended := make(chan error)
	go func() {
		_, err := held.Read(make([]byte, 1))
		ended <- err
	}()
	select {
	case <-ended:
		t.Fatal("it is not held")
	default:
	}
	release()
	release()
	select {
	case <-ended:
	case <-time.After(limits.Wait(t)):
		t.Error("it is still held")
	}
}
