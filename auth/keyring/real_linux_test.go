//go:build keyring_real

// Tests on a real session bus with a real gnome-keyring. They need dbus-daemon
// and gnome-keyring-daemon, and fail without them:
//
//	go test -race -tags keyring_real ./auth/keyring

package keyring

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"anteroom/auth/authtest/limits"
)

func realContext(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), limits.Wait(t))
	t.Cleanup(cancel)
	return ctx
}

// fewGoroutines waits until at most most goroutines are left beyond before.
func fewGoroutines(t *testing.T, before, most int) {
	t.Helper()
	for end := time.Now().Add(limits.Wait(t)); runtime.NumGoroutine()-before > most; runtime.Gosched() {
		if time.Now().After(end) {
			stacks := make([]byte, 1<<16)
			t.Fatalf("%d goroutines more than before, want at most %d\n%s",
				runtime.NumGoroutine()-before, most, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

func TestRealRoundTrip(t *testing.T) {
	gnomeKeyring(t)
	k, ctx := New(), realContext(t)
	if _, err := k.Get(ctx, "practice/computer"); !errors.Is(err, ErrNotFound) {
		t.Fatalf("Get before Set: %v, want ErrNotFound", err)
	}
	if err := k.Delete(ctx, "practice/computer"); !errors.Is(err, ErrNotFound) {
		t.Errorf("Delete before Set: %v, want ErrNotFound", err)
	}
	for _, want := range []string{"plain", "Æsculap 🩺 “quoted”\n\ttab", strings.Repeat("k", 2000), ""} {
		if err := k.Set(ctx, "practice/computer", want); err != nil {
			t.Fatalf("Set: %v", err)
		}
		if got, err := New().Get(ctx, "practice/computer"); err != nil || got != want {
			t.Errorf("Get = %q, %v, want %q", got, err, want)
		}
	}
	if err := k.Delete(ctx, "practice/computer"); err != nil {
		t.Fatalf("Delete: %v", err)
	}
	if _, err := k.Get(ctx, "practice/computer"); !errors.Is(err, ErrNotFound) {
		t.Errorf("Get after Delete: %v, want ErrNotFound", err)
	}
}

func TestRealNoService(t *testing.T) {
	bareBus(t)
	wantNothing(t, ErrNoService)
}

func TestRealNoBus(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
	wantNothing(t, ErrNoService)
}

// TestRealNoCollection: gnome-keyring as it is before anybody signed in with a
// password: it runs, and has no keyring.
func TestRealNoCollection(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	startGnomeKeyring(t)
	wantNothing(t, ErrNoCollection)
}

// wantNothing checks that every call ends with want and leaves no goroutine.
func wantNothing(t *testing.T, want error) {
	t.Helper()
	k, ctx, before := New(), realContext(t), runtime.NumGoroutine()
	if _, err := k.Get(ctx, "a"); !errors.Is(err, want) {
		t.Errorf("Get: %v, want %v", err, want)
	}
	if err := k.Set(ctx, "a", "1"); !errors.Is(err, want) {
		t.Errorf("Set: %v, want %v", err, want)
	}
	if err := k.Delete(ctx, "a"); !errors.Is(err, want) {
		t.Errorf("Delete: %v, want %v", err, want)
	}
	fewGoroutines(t, before, 0)
}

// gnome-keyring wants to ask for the password, and gcr-prompter has no screen to
// show the prompt on: gnome-keyring reports that as a dismissal.
func TestRealLockedWithoutScreen(t *testing.T) {
	gnomeKeyring(t)
	lockKeyring(t)
	wantNothing(t, ErrDismissed)
}

// The same with no prompter on the bus at all.
func TestRealLockedWithoutPrompter(t *testing.T) {
	bareBus(t)
	gnomeKeyring(t)
	lockKeyring(t)
	wantNothing(t, ErrDismissed)
}

func lockKeyring(t *testing.T) {
	t.Helper()
	conn := session(t)
	var locked []dbus.ObjectPath
	var prompt dbus.ObjectPath
	err := conn.Object(secretsName, secretsPath).Call(serviceInterface+".Lock", 0,
		[]dbus.ObjectPath{loginCollection}).Store(&locked, &prompt)
	if err != nil || len(locked) != 1 {
		t.Fatalf("lock the collection: %v, %v", locked, err)
	}
}

func TestRealStoppedDaemon(t *testing.T) {
	k, gnome, before := New(), gnomeKeyring(t), runtime.NumGoroutine()
	if err := gnome.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		if _, err := k.Get(ctx, "a"); !errors.Is(err, ErrNoAnswer) {
			t.Errorf("Get: %v, want ErrNoAnswer", err)
		}
		cancel()
	}
	fewGoroutines(t, before, 0)
	gnome.Signal(syscall.SIGCONT)
	if _, err := k.Get(realContext(t), "a"); !errors.Is(err, ErrNotFound) {
		t.Errorf("Get once it runs again: %v, want ErrNotFound", err)
	}
}

// The worst moment: the state was read, and go-keyring hangs.
func TestRealDaemonStopsInTheMiddle(t *testing.T) {
	k, gnome := New(), gnomeKeyring(t)
	if _, err := k.Get(realContext(t), "a"); !errors.Is(err, ErrNotFound) {
		t.Fatalf("Get: %v, want ErrNotFound", err) // and go-keyring's connection stands
	}
	k.ready = func(ctx context.Context) error {
		if err := ready(ctx); err != nil {
			return err
		}
		return gnome.Signal(syscall.SIGSTOP)
	}
	before := runtime.NumGoroutine()
	for i := range 1000 {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond/time.Duration(1+i))
		if _, err := k.Get(ctx, fmt.Sprint("item ", i)); !errors.Is(err, ErrNoAnswer) {
			t.Fatalf("Get: %v, want ErrNoAnswer", err)
		}
		cancel()
	}
	// Our worker, and two of godbus for the context of its call.
	fewGoroutines(t, before, 2)
	k.ready = ready
	gnome.Signal(syscall.SIGCONT)
	if _, err := k.Get(realContext(t), "a"); !errors.Is(err, ErrNotFound) {
		t.Errorf("Get once it runs again: %v, want ErrNotFound", err)
	}
}

func TestRealScriptedService(t *testing.T) {
	const only = dbus.ObjectPath("/org/freedesktop/secrets/collection/only")
	tests := []struct {
		name    string
		service scripted
		want    error
	}{
		{"no default collection", scripted{alias: noObject}, ErrNoCollection},
		{"nothing unlocked, no prompt", scripted{alias: only, prompt: noObject}, ErrLocked},
		{"prompt completed, still locked", scripted{alias: only, prompt: "/prompt"}, ErrLocked},
		{"prompt completed, unlocked", scripted{alias: only, prompt: "/prompt", opens: true}, nil},
		{"prompt dismissed", scripted{alias: only, prompt: "/prompt", dismiss: true}, ErrDismissed},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.service.serve(t)
			if err := ready(realContext(t)); !errors.Is(err, test.want) {
				t.Errorf("ready: %v, want %v", err, test.want)
			}
		})
	}
}

func TestRealPromptIsTakenAway(t *testing.T) {
	s := scripted{alias: "/org/freedesktop/secrets/collection/only", prompt: "/prompt", silent: true}
	s.serve(t)
	before := runtime.NumGoroutine()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		<-s.prompted
		cancel()
	}()
	if _, err := New().Get(ctx, "a"); !errors.Is(err, ErrNoAnswer) {
		t.Errorf("Get: %v, want ErrNoAnswer", err)
	}
	select {
	case <-s.dismissed:
	case <-time.After(limits.Wait(t)):
		t.Error("the prompt was not dismissed")
	}
	fewGoroutines(t, before, 0)
}

// A bus that accepts connections and says nothing.
func TestRealMuteBus(t *testing.T) {
	bareBus(t)
	var pid uint32
	err := session(t).BusObject().Call("org.freedesktop.DBus.GetConnectionUnixProcessID", 0, "org.freedesktop.DBus").Store(&pid)
	if err != nil {
		t.Fatal(err)
	}
	bus, err := os.FindProcess(int(pid))
	if err != nil {
		t.Fatal(err)
	}
	if err := bus.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	before := runtime.NumGoroutine()
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := New().Get(ctx, "a"); !errors.Is(err, ErrNoAnswer) {
		t.Errorf("Get: %v, want ErrNoAnswer", err)
	}
	fewGoroutines(t, before, 0)
}
