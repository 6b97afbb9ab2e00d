package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestOldCopiesGo: what a restore that was killed left in the folder for temporary
// files goes with the next start; what is younger, or another's, stays.
func TestOldCopiesGo(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Setenv("TEMP", temp)
	f, s := openMarked(t, "one")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	yesterday := time.Now().Add(-25 * time.Hour)
	for _, name := range []string{scratchFolders + "old", scratchFolders + "young", "another"} {
		folder := filepath.Join(temp, name)
		err := errors.Join(os.Mkdir(folder, 0o700), os.WriteFile(filepath.Join(folder, databaseName), []byte("sealed"), 0o600))
		if name != scratchFolders+"young" {
			err = errors.Join(err, os.Chtimes(folder, yesterday, yesterday))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	again, err := f.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	wantNames(t, temp, scratchFolders+"young", "another")
}
