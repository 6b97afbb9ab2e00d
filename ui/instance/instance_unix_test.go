//go:build unix

package instance

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/adrg/xdg"

	"anteroom/data/disk"
)

// TestPrivateDir: it is this account's alone, also where it was open to others; one
// that can't be is not used.
func TestPrivateDir(t *testing.T) {
	run, cache := t.TempDir(), t.TempDir()
	t.Cleanup(xdg.Reload)
	t.Setenv("XDG_RUNTIME_DIR", run)
	t.Setenv("XDG_CACHE_HOME", cache)
	xdg.Reload()
	first, second := filepath.Join(xdg.RuntimeDir, "anteroom"), filepath.Join(xdg.CacheHome, "anteroom")
	set := func(dir string, mode fs.FileMode) {
		t.Helper()
		if err := errors.Join(os.MkdirAll(dir, 0o700), os.Chmod(dir, mode)); err != nil {
			t.Fatal(err)
		}
	}
	want := func(want string) {
		t.Helper()
		dir, err := privateDir()
		if err != nil || dir != want {
			t.Fatalf("got %s, %v, want %s", dir, err, want)
		}
		info, err := os.Stat(dir)
		if err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("it has %v, %v", info.Mode(), err)
		}
	}
	set(first, 0o777)
	want(first)
	set(first, 0o777|fs.ModeSticky)
	set(second, 0o755)
	want(second)
	set(second, 0o777|fs.ModeSticky)
	if dir, err := privateDir(); !errors.Is(err, disk.ErrWide) {
		t.Errorf("got %s, %v", dir, err)
	}
}

// TestPipesInTheWay: neither the lock nor the socket waits for who writes to a pipe.
func TestPipesInTheWay(t *testing.T) {
	for _, end := range []string{".lock", ".sock"} {
		private, dir := t.TempDir(), t.TempDir()
		name, err := nameOf(dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(filepath.Join(private, name+end), 0o600); err != nil {
			t.Fatal(err)
		}
		if i, err := claimIn(private, dir); err == nil { // where the system can lock pipes
			i.Close()
		}
	}
}
