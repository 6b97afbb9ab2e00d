//go:build keyring_real

package keyring

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"anteroom/auth/authtest/limits"
)

// TestMain gives the tests a home and a session bus of their own, so that nobody's real keyring is touched.
func TestMain(m *testing.M) { os.Exit(runReal(m)) }

func runReal(m *testing.M) int {
	home, err := os.MkdirTemp("", "keyring")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(home)
	os.Unsetenv("DISPLAY") // a prompter has no screen to show a prompt on
	os.Unsetenv("WAYLAND_DISPLAY")
	for _, name := range []string{"HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"} {
		os.Setenv(name, home)
	}
	address, stop, err := startBus("--session")
	if err != nil {
		panic(err)
	}
	defer stop()
	os.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
	return m.Run()
}

// startBus starts a bus daemon with these arguments.
func startBus(args ...string) (address string, stop func(), err error) {
	cmd := exec.Command("dbus-daemon", append(args, "--nofork", "--nopidfile", "--print-address")...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	stop = func() {
		cmd.Process.Kill()
		cmd.Wait()
	}
	address, err = bufio.NewReader(out).ReadString('\n')
	if err != nil {
		stop()
		return "", nil, fmt.Errorf("dbus-daemon %v: %w", args, err)
	}
	return strings.TrimSpace(address), stop, nil
}

// bareBus starts a bus that can activate nothing and makes it the session bus
// for the length of the test.
func bareBus(t *testing.T) {
	config := filepath.Join(t.TempDir(), "bus.conf")
	const text = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	address, stop, err := startBus("--config-file=" + config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
}

// gnomeKeyring runs gnome-keyring, its login keyring open, for the length of the
// test, and returns its process.
func gnomeKeyring(t *testing.T) *os.Process {
	t.Helper()
	return startGnomeKeyring(t, "--unlock")
}

func startGnomeKeyring(t *testing.T, args ...string) *os.Process {
	t.Helper()
	conn := session(t)
	cmd := exec.Command("gnome-keyring-daemon", append(args, "--foreground", "--components=secrets")...)
	cmd.Stdin = strings.NewReader("pw\n")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
		await(t, conn, secretsName, false)
	})
	await(t, conn, secretsName, true)
	return cmd.Process
}

// await waits until somebody, or nobody, owns name on the bus.
func await(t *testing.T, conn *dbus.Conn, name string, want bool) {
	t.Helper()
	signals := make(chan *dbus.Signal, 64)
	conn.Signal(signals)
	defer conn.RemoveSignal(signals)
	err := conn.AddMatchSignal(dbus.WithMatchInterface("org.freedesktop.DBus"),
		dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, name))
	if err != nil {
		t.Fatal(err)
	}
	end := time.After(limits.Wait(t))
	for {
		var owned bool
		if err := conn.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, name).Store(&owned); err != nil {
			t.Fatal(err)
		}
		if owned == want {
			return
		}
		select {
		case <-signals:
		case <-end:
			t.Fatalf("owned on the bus: %s: %v, want %v", name, owned, want)
		}
	}
}

// session returns a connection to the session bus for the length of the test.
func session(t *testing.T) *dbus.Conn {
	t.Helper()
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// scripted is a Secret Service whose one collection is locked.
type scripted struct {
	conn    *dbus.Conn
	alias   dbus.ObjectPath // of the default collection
	prompt  dbus.ObjectPath // what Unlock answers
	dismiss bool            // the person dismisses the prompt at once
	silent  bool            // the prompt stays on the screen
	opens   bool            // the prompt unlocks the collection

	prompted  chan struct{}
	dismissed chan struct{}
}

// Get is org.freedesktop.DBus.Properties.Get.
func (s *scripted) Get(_, name string) (dbus.Variant, *dbus.Error) {
	if name == "Locked" {
		return dbus.MakeVariant(!s.opens || len(s.prompted) == 0), nil
	}
	return dbus.MakeVariant([]dbus.ObjectPath{}), nil
}

func (s *scripted) ReadAlias(string) (dbus.ObjectPath, *dbus.Error) { return s.alias, nil }

func (s *scripted) Unlock([]dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	return []dbus.ObjectPath{}, s.prompt, nil
}

func (s *scripted) Prompt(string) *dbus.Error {
	s.prompted <- struct{}{}
	if !s.silent {
		s.conn.Emit(s.prompt, promptInterface+".Completed", s.dismiss, dbus.MakeVariant([]dbus.ObjectPath{}))
	}
	return nil
}

func (s *scripted) Dismiss() *dbus.Error {
	s.dismissed <- struct{}{}
	return nil
}

// serve puts s on a bus of its own, which becomes the session bus.
func (s *scripted) serve(t *testing.T) {
	t.Helper()
	bareBus(t)
	s.conn = session(t)
	s.prompted, s.dismissed = make(chan struct{}, 1), make(chan struct{}, 1)
	const collection = dbus.ObjectPath("/org/freedesktop/secrets/collection/only")
	for _, export := range []struct {
		path  dbus.ObjectPath
		iface string
	}{
		{secretsPath, "org.freedesktop.DBus.Properties"},
		{secretsPath, serviceInterface},
		{collection, "org.freedesktop.DBus.Properties"},
		{"/prompt", promptInterface},
	} {
		if err := s.conn.Export(s, export.path, export.iface); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.conn.RequestName(secretsName, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
}
