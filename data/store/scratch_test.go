package store

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// TestOldCopiesGo: what a restore that was killed left in the folder for temporary
// files goes with the next start; what is younger, or another's, stays, and so does a
// folder that others may use.
func TestOldCopiesGo(t *testing.T) {
	temp := t.TempDir()
	useTemp(t, temp)
	f, s := openMarked(t, "one")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	yesterday := time.Now().Add(-25 * time.Hour)
	for _, name := range []string{scratchFolders + "old", scratchFolders + "young", "another", scratchFolders + "shared"} {
		folder := filepath.Join(temp, name)
		err := errors.Join(os.Mkdir(folder, 0o700), os.WriteFile(filepath.Join(folder, databaseName), []byte("sealed"), 0o600))
		if name != scratchFolders+"young" {
			err = errors.Join(err, os.Chtimes(folder, yesterday, yesterday))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Join(temp, scratchFolders+"shared"), 0o755); err != nil { //nolint:gosec // this is what is tested
		t.Fatal(err)
	}
	again, err := f.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	left := []string{scratchFolders + "young", "another"}
	if runtime.GOOS != "windows" { // where folders have no such modes
		left = append(left, scratchFolders+"shared")
	}
	wantNames(t, temp, left...)
}
