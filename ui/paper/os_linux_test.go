package paper

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestFullDisk(t *testing.T) {
	file, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := translate(fill(file, writing([]byte("content")))); !errors.Is(err, ErrFull) {
		t.Errorf("got %v", err)
	}
}

// Papers lie in memory where there is a folder for that.
func TestDefaultDirInMemory(t *testing.T) {
	runtime := t.TempDir()
	t.Setenv("XDG_RUNTIME_DIR", runtime)
	if got, want := DefaultDir(), filepath.Join(runtime, "anteroom-paper"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
