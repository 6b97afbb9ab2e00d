//go:build postgres

package host

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/windows"

	"anteroom/auth/authtest/limits"
	"anteroom/data/sharing"
)

// TestMain is also what the tests start with an administrator's rights.
func TestMain(m *testing.M) {
	if code, asked := Administer(os.Args[1:]); asked {
		os.Exit(code)
	}
	os.Exit(m.Run())
}

// TestService: the server is a service of Windows, which ends and starts as it is told. It
// needs an administrator's rights, and no questions for them.
func TestService(t *testing.T) {
	dir, err := os.MkdirTemp("", "it's a server ") // not t.TempDir: Wine can't remove what it had open
	must(t, err)
	c := At(filepath.Join(dir, "server"))
	t.Cleanup(func() { _ = c.end(context.Background(), Programs{}) })
	if lasting, err := c.Lasting(t.Context()); lasting || err == nil {
		t.Error("it lasts, and was not made")
	}
	must(t, c.Make(t.Context(), verifier(password)))
	for range 2 {
		must(t, c.Start(t.Context()), c.Start(t.Context()))
		if lasting, err := c.Lasting(t.Context()); !c.Running(t.Context()) || !lasting || err != nil || c.state() != windows.SERVICE_RUNNING {
			t.Errorf("started: it runs %v, lasts %v, %v", c.Running(t.Context()), lasting, err)
		}
		must(t, c.Stop(t.Context()), c.Stop(t.Context()))
		if c.Running(t.Context()) || c.state() != windows.SERVICE_STOPPED {
			t.Errorf("it runs, and was stopped: %d", c.state())
		}
	}
	must(t, c.Start(t.Context()), c.SetOwner(t.Context(), verifier(password)), c.Start(t.Context()))
	aside, err := c.SetAside(t.Context())
	must(t, err)
	for late := time.Now().Add(limits.Wait(t)); c.state() != 0; {
		if time.Now().After(late) {
			t.Fatalf("the service is there: %d", c.state())
		}
	}
	if c.Exists() || !At(aside).Exists() {
		t.Error("it is not aside")
	}
}

// TestIsSafe: only an administrator puts something under Program Files.
func TestIsSafe(t *testing.T) {
	for dir, safe := range map[string]bool{
		`C:\Program Files\PostgreSQL\15\bin`: true, `c:\PROGRAM FILES\Anteroom\postgresql\bin`: true,
		`C:\Program Files (x86)\x`: false, `C:\Program Files\..\x`: false, `C:\Users\x\pg\bin`: false, `D:\Program Files\x`: false, `x`: false, ``: false,
	} {
		if isSafe(dir) != safe {
			t.Errorf("%q is safe: %v", dir, !safe)
		}
	}
}

// TestFailedAt: who has no administrator's rights is told what they failed at.
func TestFailedAt(t *testing.T) {
	c := At(`C:\no such folder`)
	if err := c.failedAt(install, uint32(exitCode(2, windows.ERROR_ACCESS_DENIED))); !errors.Is(err, windows.ERROR_ACCESS_DENIED) { //nolint:gosec // small
		t.Errorf("denied: %v", err)
	}
	for _, code := range []uint32{1, 2, 0xC0000005, 9 << 16} {
		if err := c.failedAt(remove, code); err == nil || err.Error() == "" {
			t.Errorf("%d: %v", code, err)
		}
	}
	if err := c.elevated(t.Context(), install); err == nil { // there is no cluster
		t.Error("a cluster that is not there is a service")
	}
	if err := c.Start(t.Context()); !errors.Is(err, sharing.ErrHost) {
		t.Errorf("started: %v", err)
	}
}
