//go:build unix

package main

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestDemoLeavesOthersAlone: in a folder where everybody may write, what another
// account put under a demonstration's name is neither followed, opened nor removed.
func TestDemoLeavesOthersAlone(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	must := func(errs ...error) {
		t.Helper()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
	}
	in := func(name ...string) string { return filepath.Join(append([]string{dir}, name...)...) }
	folder := func(name string) string {
		must(os.Mkdir(in(name), 0o700))
		return in(name, demoLock)
	}
	must(os.WriteFile(filepath.Join(elsewhere, demoLock), nil, 0o600), os.WriteFile(filepath.Join(elsewhere, "letter"), nil, 0o600))
	must(os.Symlink(elsewhere, in("anteroom-demo-link")))
	must(syscall.Mkfifo(folder("anteroom-demo-pipe"), 0o600))
	must(os.Symlink(filepath.Join(elsewhere, "made"), folder("anteroom-demo-linked-lock")))
	must(os.WriteFile(folder("anteroom-demo-wide"), nil, 0o600), os.Chmod(in("anteroom-demo-wide"), 0o777))
	others := []string{"anteroom-demo-link", "anteroom-demo-pipe", "anteroom-demo-linked-lock", "anteroom-demo-wide"}
	if os.Geteuid() == 0 { // who is not root can't give a folder away
		must(os.WriteFile(folder("anteroom-demo-theirs"), nil, 0o666), os.Chown(in("anteroom-demo-theirs"), 12345, 12345))
		others = append(others, "anteroom-demo-theirs")
	}
	_, remove, err := demoFolder(dir)
	must(err)
	remove()
	for _, name := range others {
		if _, err := os.Lstat(in(name)); err != nil {
			t.Error(err)
		}
	}
	if entries, err := os.ReadDir(elsewhere); err != nil || len(entries) != 2 {
		t.Errorf("elsewhere there is %v, %v", entries, err)
	}
}
