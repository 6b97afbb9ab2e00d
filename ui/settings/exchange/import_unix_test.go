//go:build unix

package exchange

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"anteroom/ui/words"
)

// TestOnlyFilesAreImported: what is no file is not waited for.
func TestOnlyFilesAreImported(t *testing.T) {
	dir := t.TempDir()
	pipe, link := filepath.Join(dir, "patients.csv"), filepath.Join(dir, "link.csv")
	if err := errors.Join(syscall.Mkfifo(pipe, 0o600), os.Symlink(pipe, link)); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]error{pipe: words.ErrNotFile, link: words.ErrNotFile, "/dev/zero": words.ErrNotFile, dir: words.ErrIsFolder} {
		if _, err := openSource(path); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
	}
}
