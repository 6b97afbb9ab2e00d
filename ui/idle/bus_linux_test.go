package idle

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"anteroom/auth/authtest/limits"
)

// testBus is a bus of the test's own, session and system bus in one.
type testBus struct {
	t       *testing.T
	dir     string
	address string
	stop    func()
}

// newTestBus starts a bus that can activate nothing, for the length of the test.
func newTestBus(t *testing.T) *testBus {
	t.Helper()
	dir, err := os.MkdirTemp("", "idle") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	b := &testBus{t: t, dir: dir, address: "unix:path=" + filepath.Join(dir, "bus")}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", b.address)
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", b.address)
	t.Cleanup(func() { b.stop() })
	b.start()
	return b
}

// start starts the daemon, the first time or after stop.
func (b *testBus) start() {
	b.t.Helper()
	config := filepath.Join(b.dir, "bus.conf")
	text := fmt.Sprintf(`<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><listen>%s</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>`, b.address)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
	cmd := exec.Command("dbus-daemon", "--config-file="+config, "--nofork", "--nopidfile", "--print-address")
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.t.Fatal(err)
	}
	b.stop = func() {
		cmd.Process.Kill()
		cmd.Wait()
		b.stop = func() {}
	}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		b.t.Fatal(err)
	}
}

// join connects to the bus, under a name unless that is empty.
func (b *testBus) join(name string) *dbus.Conn {
	b.t.Helper()
	conn, err := dbus.Connect(b.address)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { conn.Close() })
	if name != "" {
		if _, err := conn.RequestName(name, dbus.NameFlagDoNotQueue); err != nil {
			b.t.Fatal(err)
		}
	}
	return conn
}

// export puts an object on the bus.
func (b *testBus) export(conn *dbus.Conn, object any, path dbus.ObjectPath, iface string) {
	b.t.Helper()
	if err := conn.Export(object, path, iface); err != nil {
		b.t.Fatal(err)
	}
}

// emit sends a signal.
func (b *testBus) emit(conn *dbus.Conn, path dbus.ObjectPath, name string, values ...any) {
	b.t.Helper()
	if err := conn.Emit(path, name, values...); err != nil {
		b.t.Fatal(err)
	}
}

// receive waits for something to come.
func receive[T any](t *testing.T, from <-chan T, what string) T {
	t.Helper()
	select {
	case got := <-from:
		return got
	case <-time.After(limits.Wait(t)):
		t.Fatalf("waited in vain: %s", what)
		panic("unreachable")
	}
}
