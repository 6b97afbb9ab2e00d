package paper

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestSave(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "kit.pdf")
	if err := files(t).Save(path, []byte("content")); err != nil {
		t.Fatal(err)
	}
	if content, err := os.ReadFile(path); string(content) != "content" {
		t.Errorf("the file has %q, %v", content, err)
	}
	if err := files(t).Save(path, []byte("other")); !errors.Is(err, ErrExists) {
		t.Errorf("the second time: %v", err)
	}
	if content, err := os.ReadFile(path); string(content) != "content" {
		t.Errorf("then the file has %q, %v", content, err)
	}
	if left := names(t, dir); len(left) != 1 {
		t.Errorf("left are %q", left)
	}
}

func TestSaveSaysWhyNot(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]error{
		filepath.Join(dir, "no", "kit.pdf"): ErrNoFolder,
		filepath.Join(file, "kit.pdf"):      ErrNoFolder,
		file:                                ErrExists,
		dir:                                 ErrExists,
	} {
		if err := files(t).Save(path, []byte("content")); !errors.Is(err, want) {
			t.Errorf("%q: got %v, want %v", path, err, want)
		}
	}
	if left := names(t, dir); len(left) != 1 {
		t.Errorf("left are %q", left)
	}
}

// TestSaveStream: a file whose writing fails half-way is not there, and why is said.
func TestSaveStream(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "activity.csv")
	stopped := errors.New("stopped")
	err := files(t).SaveStream(path, func(w io.Writer) error {
		if _, err := w.Write([]byte("half")); err != nil {
			return err
		}
		if slices.Contains(names(t, dir), "activity.csv") {
			t.Error("half-way it has its name")
		}
		return stopped
	})
	if left := names(t, dir); !errors.Is(err, stopped) || len(left) != 0 {
		t.Errorf("%v, left are %q", err, left)
	}
	err = files(t).SaveStream(path, func(w io.Writer) error {
		for range 3 {
			if _, err := io.WriteString(w, "part,"); err != nil {
				return err
			}
		}
		return nil
	})
	if content, readErr := os.ReadFile(path); err != nil || string(content) != "part,part,part," {
		t.Errorf("%v, the file has %q, %v", err, content, readErr)
	}
	err = files(t).SaveStream(path, func(io.Writer) error {
		t.Error("written although there is a file")
		return nil
	})
	if !errors.Is(err, ErrExists) {
		t.Errorf("the second time: %v", err)
	}
}

// TestSaveRace: of many that save under one name, one does.
func TestSaveRace(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "kit.pdf")
	const many = 16
	results := make([]error, many)
	var group sync.WaitGroup
	for i := range many {
		group.Go(func() { results[i] = files(t).Save(path, []byte(strings.Repeat(string(rune('a'+i)), 1<<16))) })
	}
	group.Wait()
	winner := -1
	for i, err := range results {
		if err == nil && winner >= 0 {
			t.Errorf("%d and %d saved", winner, i)
		}
		if err == nil {
			winner = i
		} else if !errors.Is(err, ErrExists) {
			t.Error(err)
		}
	}
	content, err := os.ReadFile(path)
	if err != nil || winner < 0 || string(content) != strings.Repeat(string(rune('a'+winner)), 1<<16) {
		t.Errorf("%d saved, the file has %d bytes, %v", winner, len(content), err)
	}
	if left := names(t, dir); len(left) != 1 {
		t.Errorf("left are %q", left)
	}
}

func TestOnOwnDisk(t *testing.T) {
	dir, home := t.TempDir(), t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home) // its name on Windows
	for _, path := range []string{dir, filepath.Join(dir, "not", "yet", "kit.pdf"), home, systemFolder()} {
		if own, err := OnOwnDisk(path, filepath.Join(dir, "data")); err != nil || !own {
			t.Errorf("%s: %v, %v", path, own, err)
		}
	}
}
