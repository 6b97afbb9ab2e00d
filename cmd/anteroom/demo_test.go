package main

import (
	"os"
	"path/filepath"
	"testing"
)

// A demonstration removes what killed ones left, and leaves alone what runs or
// is none.
func TestDemoFolder(t *testing.T) {
	dir := t.TempDir()
	running, remove, err := demoFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	killed, other := filepath.Join(dir, "anteroom-demo-1"), filepath.Join(dir, "anteroom-demo-notes")
	for _, folder := range []string{killed, other} {
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(killed, demoLock), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, removeSecond, err := demoFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	removeSecond()
	want := func(folder string, there bool) {
		t.Helper()
		if _, err := os.Stat(folder); (err == nil) != there {
			t.Errorf("%s: %v", folder, err)
		}
	}
	want(killed, false)
	want(other, true)
	want(running, true)
	remove()
	want(running, false)
}
