package disk

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// folder is a new one, removed in the way that Wine knows too.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "disk")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// TestCanBeFolder: what is there or may be made is good, and what can never be is not.
func TestCanBeFolder(t *testing.T) {
	dir := folder(t)
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	possible := map[string]bool{
		dir: true, filepath.Join(dir, "a", "b"): true, "a/b": true, file: false, filepath.Join(file, "a", "b"): false,
		filepath.Join(dir, "a\x00b"): false,
	}
	if runtime.GOOS == "windows" {
		possible[filepath.Join(dir, "a?b", "c")] = false
	} else {
		possible[filepath.Join(dir, strings.Repeat("long", 20000))] = false
	}
	for path, want := range possible {
		if err := CanBeFolder(path); (err == nil) != want || err != nil && !errors.Is(err, ErrNoPath) {
			t.Errorf("%.40q: %v", path, err)
		}
	}
}
