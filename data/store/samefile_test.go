package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data/store/conform"
)

// uses are all the ways to use a Store.
func uses(t *testing.T, s auth.Store) map[string]error {
	_, word := wordOf(s)
	_, version := s.DataVersion(t.Context())
	_, backup := s.Backup(t.Context(), order(""))
	_, problems := s.Problems(t.Context())
	return map[string]error{
		"View": word, "Update": mark(s, "lost"), "DataVersion": version, "Backup": backup, "Problems": problems,
	}
}

// TestReplaced: a Store of which the file was replaced, or is gone, says so at
// each use, writes nothing, and makes no file again.
func TestReplaced(t *testing.T) {
	replacesOpen(t)
	backup := backupOf(t, "backup")
	f, s := openMarked(t, "present")
	for use, err := range uses(t, s) {
		if err != nil {
			t.Errorf("%s: %v", use, err)
		}
	}
	if err := mark(s, "present"); err != nil {
		t.Fatal(err)
	}
	restored, aside, err := f.Replace(t.Context(), backup, remark("restored"))
	if err != nil {
		t.Fatal(err)
	}
	defer restored.Close()
	replaced := func() {
		t.Helper()
		for use, err := range uses(t, s) {
			if !errors.Is(err, auth.ErrReplaced) {
				t.Errorf("%s: %v", use, err)
			}
		}
	}
	replaced()
	if err := s.Close(); err != nil { // must not take the new one's WAL away
		t.Fatal(err)
	}
	if err := mark(restored, "later"); err != nil {
		t.Fatal(err)
	}
	wantWord(t, reopen(t, f), "later")
	wantWord(t, openBackup(t, f, aside), "present")

	s = restored.(*Store)
	s.write.SetMaxIdleConns(0) // each use opens it again
	s.read.SetMaxIdleConns(0)
	if err := os.Remove(f.path()); err != nil {
		t.Fatal(err)
	}
	replaced()
	if _, err := os.Stat(f.path()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it was made anew: %v", err)
	}
}

// TestReplacedElsewhere: another process that has the database open learns of
// it, and takes nothing of the new one with it when it ends.
func TestReplacedElsewhere(t *testing.T) {
	replacesOpen(t)
	backup := backupOf(t, "backup")
	f := markedFolder(t, "first")
	other := conform.Start(t, "writer", f.dir)
	if got := other.Do("present"); got != "did <nil>" {
		t.Fatal(got)
	}
	restored, aside, err := f.Replace(t.Context(), backup, remark("restored-by-an-admin"))
	if err != nil {
		t.Fatal(err)
	}
	defer restored.Close()
	wantWord(t, restored, "restored-by-an-admin")
	if got := other.Do("lost"); !strings.HasSuffix(got, auth.ErrReplaced.Error()) {
		t.Errorf("the other process: %q", got)
	}
	if err := mark(restored, "later"); err != nil {
		t.Fatal(err)
	}
	other.End()
	wantWord(t, restored, "later")
	third := conform.Start(t, "writer", f.dir)
	if got := third.Do("last"); got != "did <nil>" {
		t.Fatal(got)
	}
	wantWord(t, restored, "last")
	wantWord(t, openBackup(t, f, aside), "present")
}

// TestReplacedWriter: a change that waited while its database was replaced is
// refused, not written to what was set aside.
func TestReplacedWriter(t *testing.T) {
	replacesOpen(t)
	backup := backupOf(t, "backup")
	f, s := openMarked(t, "present")
	late := make(chan error, 1)
	f.trap = func(step string) error {
		if step == stepHeld {
			go func() { late <- mark(s, "late") }()
		}
		return nil
	}
	restored, aside, err := f.Replace(t.Context(), backup, remark("restored"))
	if err != nil {
		t.Fatal(err)
	}
	defer restored.Close()
	if err := <-late; !errors.Is(err, auth.ErrReplaced) {
		t.Errorf("the late change: %v", err)
	}
	wantWord(t, restored, "restored")
	wantWord(t, openBackup(t, f, aside), "present")
}

// TestReplacedInBetween: a change confirmed while the database is being taken
// out of use is in what is set aside.
func TestReplacedInBetween(t *testing.T) {
	replacesOpen(t)
	backup := backupOf(t, "backup")
	f, s := openMarked(t, "present")
	times := 0
	f.trap = func(step string) error {
		if step != stepEmptied || times == 2 {
			return nil
		}
		times++
		return mark(s, "just-in-time")
	}
	restored, aside, err := f.Replace(t.Context(), backup, remark("restored"))
	if err != nil {
		t.Fatal(err)
	}
	defer restored.Close()
	wantWord(t, openBackup(t, f, aside), "just-in-time")
	if exists(aside + walSuffix) {
		t.Error("a part of it is in a WAL")
	}
}

// TestOneAtATime: while a database is made or replaced, nobody else opens,
// makes or replaces it.
func TestOneAtATime(t *testing.T) {
	f := markedFolder(t, "present")
	unlock, err := f.lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	f.patience = time.Millisecond
	_, err1 := f.Open(t.Context())
	_, err2 := f.Create(t.Context(), fill)
	_, _, err3 := f.Replace(t.Context(), f.path(), remark("restored"))
	for i, err := range []error{err1, err2, err3} {
		if !errors.Is(err, auth.ErrBusy) {
			t.Errorf("%d: %v", i, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	f.patience = time.Hour
	if _, err := f.Open(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("called off: %v", err)
	}
	time.AfterFunc(0, unlock)
	wantWord(t, reopen(t, f), "present")
}

// TestCopiedFolder: a copy beside the practice's own folder is refused and
// named; a folder that was moved is not.
func TestCopiedFolder(t *testing.T) {
	deps := depsOf(t, time.Now)
	p, _, err := auth.SetUp(t.Context(), deps, setUpForm)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	original, elsewhere := deps.Location.Name(), filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(elsewhere, os.DirFS(original)); err != nil {
		t.Fatal(err)
	}
	if deps.Location, err = At(elsewhere); err != nil {
		t.Fatal(err)
	}
	var copied *auth.CopyError
	if _, err := auth.Open(t.Context(), deps); !errors.As(err, &copied) || copied.Original != original {
		t.Fatalf("a copy: %v", err)
	}
	if err := os.RemoveAll(original); err != nil {
		t.Fatal(err)
	}
	p, err = auth.Open(t.Context(), deps)
	if err != nil {
		t.Fatalf("a moved folder: %v", err)
	}
	defer p.Close()
}
