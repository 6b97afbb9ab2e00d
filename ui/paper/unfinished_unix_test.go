//go:build unix

package paper

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestAPipeAmongTheNotes: it is no note, and nobody waits for who writes to it.
func TestAPipeAmongTheNotes(t *testing.T) {
	f := files(t)
	pipe := filepath.Join(f.notes, "n")
	if err := errors.Join(os.Mkdir(f.notes, 0o700), syscall.Mkfifo(pipe, 0o600)); err != nil {
		t.Fatal(err)
	}
	if removed, left, err := f.ClearUnfinished(); len(removed)+len(left) != 0 || err != nil {
		t.Errorf("removed %q, left %q, %v", removed, left, err)
	}
	if _, err := readNote(pipe); err == nil {
		t.Error("it is read")
	}
}
