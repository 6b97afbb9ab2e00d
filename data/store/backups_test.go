package store

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"anteroom/auth"
)

// TestBackups lists what is called as a backup is, by the time in its name,
// and nothing else.
func TestBackups(t *testing.T) {
	f := newFolder(t)
	folder := f.BackupFolder()
	if err := os.MkdirAll(filepath.Join(folder, "anteroom-abcd2345-20261126-000000.backup"), 0o700); err != nil { // a folder
		t.Fatal(err)
	}
	want := []string{
		"anteroom-zz-20261125-000000.backup",
		"anteroom-abcd2345-20261124-235959-10.backup",
		"anteroom-abcd2345-20261124-235959-2.backup",
		"anteroom-abcd2345-20261124-235959.backup",
		"anteroom-abcd2345-20240229-120000.backup",
	}
	foreign := []string{
		"anteroom-abcd2345-20261301-000000.backup", "anteroom-abcd2345-20250229-120000.backup", // no such days
		"anteroom-abcd23456-20261124-000000.backup", "anteroom-ABCD2345-20261124-000000.backup",
		"anteroom--20261124-000000.backup", "anteroom-abcd2345-20261124.backup", "anteroom-abcd2345-20261124-000000",
		"anteroom-abcd2345-20261124-000000.backup.part-ABC", "my anteroom-abcd2345-20261124-000000.backup", "anteroom.db", "letter.odt",
	}
	for i, name := range append(slices.Clone(want), foreign...) {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, make([]byte, i), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, time.Time{}, backupTime.AddDate(0, 0, i)); err != nil { // says nothing
			t.Fatal(err)
		}
	}
	all, err := f.Backups("")
	if err != nil || len(all) != len(want) {
		t.Fatalf("%+v, %v", all, err)
	}
	for i, file := range all {
		if file.Path != filepath.Join(folder, want[i]) || file.Size != int64(i) {
			t.Errorf("%d is %+v, want %s", i, file, want[i])
		}
	}
	first := auth.BackupFile{Path: all[0].Path, At: time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC), Practice: "zz"}
	if all[0] != first {
		t.Errorf("%+v, want %+v", all[0], first)
	}
}

func TestShortID(t *testing.T) {
	for id, want := range map[string]string{
		"ABCDEFGHIJ": "abcdefgh", "p": "p", "A2-B3": "a2", "é": "", "": "", "12345678": "12345678",
	} {
		if got := shortID(id); got != want {
			t.Errorf("%q: %q, want %q", id, got, want)
		}
	}
}

// TestPrune: what Keep does not keep goes, of this practice only, and never
// the backup just made.
func TestPrune(t *testing.T) {
	others := []string{"anteroom-zzzz-20261101-120000.backup", "anteroom.db", "anteroom-abcd2345-notes.backup"}
	old := []string{
		"anteroom-abcd2345-20261123-120000.backup",
		"anteroom-abcd2345-20261122-120000.backup",
		"anteroom-abcd2345-20261121-120000.backup",
	}
	made := backupBase + ".backup"
	for name, c := range map[string]struct {
		keep []bool // nil: nobody is asked
		want []string
	}{
		"nobody":       {nil, append([]string{made}, old...)},
		"all":          {[]bool{true, true, true, true}, append([]string{made}, old...)},
		"some":         {[]bool{true, false, true, false}, []string{made, old[1]}},
		"none":         {make([]bool, 4), []string{made}},
		"a short list": {[]bool{false, false}, []string{made, old[1], old[2]}},
		"a long list":  {make([]bool, 9), []string{made}},
	} {
		_, s := openTest(t)
		folder := t.TempDir()
		for _, name := range append(slices.Clone(old), others...) {
			if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		o := order(folder)
		if c.keep != nil {
			o.Keep = func(times []time.Time) []bool {
				if len(times) != 4 || !slices.IsSortedFunc(times, func(a, b time.Time) int { return b.Compare(a) }) {
					t.Errorf("%s: asked of %v", name, times)
				}
				return c.keep
			}
		}
		if _, err := s.Backup(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		wantNames(t, folder, append(slices.Clone(others), c.want...)...)
	}
}

// TestStaleParts: what a killed backup left goes after a day, and nothing else.
func TestStaleParts(t *testing.T) {
	_, s := openTest(t)
	folder := t.TempDir()
	for name, age := range map[string]time.Duration{
		"anteroom-zz-20261101-120000.backup.part-OLD1":         25 * time.Hour,
		"anteroom-zz-20261101-120000.backup.part-OLD1-wal":     25 * time.Hour,
		"anteroom-zz-20261101-120000.backup.part-OLD1-shm":     25 * time.Hour,
		"anteroom-zz-20261101-120000.backup.part-OLD1-journal": 25 * time.Hour,
		"anteroom-zz-20261123-120000.backup.part-NEW1":         23 * time.Hour,
		"thesis.part-1":                        999 * time.Hour,
		"anteroom-zz-20261101-120000.backup":   999 * time.Hour,
		"anteroom-zz-20261101-120000.backup.x": 999 * time.Hour,
	} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, time.Time{}, backupTime.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Backup(t.Context(), order(folder)); err != nil {
		t.Fatal(err)
	}
	wantNames(t, folder, backupBase+".backup", "anteroom-zz-20261123-120000.backup.part-NEW1", "thesis.part-1",
		"anteroom-zz-20261101-120000.backup", "anteroom-zz-20261101-120000.backup.x")
}
