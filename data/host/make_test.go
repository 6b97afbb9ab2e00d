//go:build postgres && unix

package host

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"anteroom/data/sharing"
)

// TestKilledMaking: who is killed while it makes a cluster leaves none, and the next Make
// makes one and tidies up.
func TestKilledMaking(t *testing.T) {
	dir := t.TempDir()
	c := At(filepath.Join(dir, "server"))
	for s := stepFolder; s <= stepPlace; s++ {
		child := exec.Command(os.Args[0], "make", c.dir, strconv.Itoa(int(s)))
		said, err := child.CombinedOutput()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
			t.Fatalf("step %d: %v: %s", s, err, said)
		}
		if c.Exists() {
			t.Fatalf("step %d: it exists", s)
		}
		if err := c.Start(t.Context()); !errors.Is(err, sharing.ErrHost) || !errors.Is(err, fs.ErrNotExist) {
			t.Fatalf("step %d: started: %v", s, err)
		}
	}
	must(t, c.Make(t.Context(), verifier("again")))
	if names := namesIn(t, dir); len(names) != 1 || !c.Exists() {
		t.Errorf("there are %q", names)
	}
	if err := c.Make(t.Context(), verifier("again")); !errors.Is(err, sharing.ErrHost) || !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second one: %v", err)
	}
}

func namesIn(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestCalledOff: what was canceled, or fails, leaves nothing at all.
func TestCalledOff(t *testing.T) {
	dir := t.TempDir()
	c := At(filepath.Join(dir, "server"))
	for _, s := range []step{stepCluster, stepPlace} {
		ctx, done := context.WithCancel(t.Context())
		c.trap = func(at step) error {
			if at == s {
				done()
			}
			return nil
		}
		if err := c.Make(ctx, verifier("off")); !errors.Is(err, context.Canceled) || !errors.Is(err, sharing.ErrHost) {
			t.Errorf("step %d: %v", s, err)
		}
		done()
	}
	c.trap = func(step) error { return syscall.ENOSPC }
	if err := c.Make(t.Context(), verifier("off")); !errors.Is(err, syscall.ENOSPC) {
		t.Error(err)
	}
	if names := namesIn(t, dir); len(names) != 0 {
		t.Errorf("there are %q", names)
	}
}

// TestPortTaken: a cluster gets a port that is free, keeps it, and says so if another
// program has it later.
func TestPortTaken(t *testing.T) {
	usual, err := net.Listen("tcp", ":"+strconv.Itoa(int(firstPort)))
	if err == nil {
		defer usual.Close()
	} else if !errors.Is(err, syscall.EADDRINUSE) { // by another program: as good
		t.Fatal(err)
	}
	c := At(filepath.Join(t.TempDir(), "server"))
	must(t, c.Make(t.Context(), verifier(password)))
	stopAfter(t, c)
	port := c.Port()
	if port == firstPort || port == 0 {
		t.Fatalf("it has port %d", port)
	}
	must(t, c.Start(t.Context()), c.Stop(t.Context()))
	if c.Port() != port {
		t.Errorf("it has port %d now", c.Port())
	}
	other, err := net.Listen("tcp", ":"+strconv.Itoa(int(port)))
	must(t, err)
	go func() {
		for {
			conn, err := other.Accept()
			if err != nil {
				return
			}
			conn.Close()
		}
	}()
	err = c.Start(t.Context())
	if want := fmt.Sprintf("another program has port %d", port); !errors.Is(err, sharing.ErrHost) || !strings.Contains(err.Error(), want) {
		t.Errorf("started: %v", err)
	}
	must(t, other.Close(), c.Start(t.Context()))
}
