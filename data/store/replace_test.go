package store

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data/store/conform"
)

// backupOf makes a backup that says a word.
func backupOf(t *testing.T, word string) (path string) {
	t.Helper()
	_, s := openMarked(t, word)
	file, err := s.Backup(t.Context(), order(t.TempDir()))
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	return file.Path
}

func remark(word string) func(auth.Store) error {
	return func(s auth.Store) error { return mark(s, word) }
}

// TestReplace: the backup's copy takes the place, changed; what was there is
// under the name it is said to have, with what its WAL had.
func TestReplace(t *testing.T) {
	backup := backupOf(t, "backup")
	for _, links := range []bool{true, false} {
		f, s := openMarked(t, "created")
		if !links {
			f.link = noLinks
		}
		if err := errors.Join(mark(s, "present"), s.Close()); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(f.path(), 0o660); err != nil { // two OS accounts share it
			t.Fatal(err)
		}
		changed := time.Date(2026, 11, 20, 10, 11, 12, 0, time.UTC)
		if err := os.Chtimes(f.path(), time.Time{}, changed); err != nil {
			t.Fatal(err)
		}
		before := contents(t, filepath.Dir(backup))
		restored, aside, err := f.Replace(t.Context(), backup, func(s auth.Store) error {
			wantWord(t, s, "backup")
			return mark(s, "restored")
		})
		if err != nil {
			t.Fatal(err)
		}
		wantWord(t, restored, "restored")
		if want := filepath.Join(f.dir, "anteroom.db.replaced-20261120-101112"); aside != want {
			t.Errorf("set aside as %s, want %s", aside, want)
		}
		wantWord(t, openBackup(t, f, aside), "present")
		wantContents(t, filepath.Dir(backup), before)
		if err := errors.Join(mark(restored, "later"), restored.Close()); err != nil {
			t.Fatal(err)
		}
		wantNames(t, f.dir, databaseName, filepath.Base(aside), lockName)
		wantMode(t, f.path(), 0o660)
		wantWord(t, reopen(t, f), "later")
	}
}

func noLinks(string, string) error { return errors.New("no hard links on this disk") }

func reopen(t *testing.T, f *Folder) auth.Store {
	t.Helper()
	s, err := f.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// TestReplaceNothing: into an empty folder, and one that is not there; the WAL
// of a database that was deleted is not taken for the new one's.
func TestReplaceNothing(t *testing.T) {
	backup := backupOf(t, "backup")
	f := newFolder(t)
	for i := range 2 {
		s, aside, err := f.Replace(t.Context(), backup, remark("restored"))
		if err != nil || aside != "" {
			t.Fatalf("%q, %v", aside, err)
		}
		wantWord(t, s, "restored")
		t.Cleanup(func() { s.Close() })
		wantMode(t, f.path(), 0o600)
		if i > 0 {
			continue
		}
		// What a killed program and somebody who deletes a file leave together.
		child := conform.Start(t, "writer", f.dir)
		if got := child.Do("orphan"); got != "did <nil>" {
			t.Fatal(got)
		}
		child.Kill()
		child.End()
		orphan, err := os.ReadFile(f.path() + walSuffix)
		if err != nil || len(orphan) == 0 {
			t.Fatal(err)
		}
		s.Close()
		if err := errors.Join(os.Remove(f.path()), os.WriteFile(f.path()+walSuffix, orphan, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	kept := slices.DeleteFunc(names(t, f.dir), func(name string) bool { return !strings.HasPrefix(name, asideName) })
	if len(kept) != 1 || !strings.HasSuffix(kept[0], walSuffix) {
		t.Errorf("the orphan is kept as %q", kept)
	}
}

// TestCreateBesideOrphan: a new database does not get the WAL of a deleted one.
func TestCreateBesideOrphan(t *testing.T) {
	f, s := openMarked(t, "one")
	if err := mark(s, "two"); err != nil {
		t.Fatal(err)
	}
	orphan, err := os.ReadFile(f.path() + walSuffix)
	if err := errors.Join(err, s.Close(), os.Remove(f.path()), os.WriteFile(f.path()+walSuffix, orphan, 0o600)); err != nil {
		t.Fatal(err)
	}
	made, err := f.Create(t.Context(), fillMarked("new"))
	if err != nil {
		t.Fatal(err)
	}
	defer made.Close()
	wantWord(t, made, "new")
}

// TestReplaceDamaged: a database that SQLite can't open is set aside with its
// WAL, both as they were.
func TestReplaceDamaged(t *testing.T) {
	backup := backupOf(t, "backup")
	f := damagedFolder(t)
	before := contents(t, f.dir)
	s, aside, err := f.Replace(t.Context(), backup, remark("restored"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	wantWord(t, s, "restored")
	after := contents(t, f.dir)
	for _, suffix := range []string{"", walSuffix} {
		if after[filepath.Base(aside)+suffix] != before[databaseName+suffix] || before[databaseName+suffix] == "" {
			t.Errorf("%q is not what it was", aside+suffix)
		}
	}
}

// damagedFolder has a database with a broken header, a WAL and its index.
func damagedFolder(t *testing.T) *Folder {
	t.Helper()
	f, s := openMarked(t, "one")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	child := conform.Start(t, "writer", f.dir)
	if got := child.Do("damaged"); got != "did <nil>" {
		t.Fatal(got)
	}
	child.Kill()
	child.End()
	overwrite(t, f.path(), 0, []byte("torn"))
	return f
}

// TestReplaceFails: whatever goes wrong, the database stays, with all that was
// confirmed, and nothing else does.
func TestReplaceFails(t *testing.T) {
	good, stop := backupOf(t, "backup"), errors.New("stop")
	bad := backupOf(t, "backup")
	overwrite(t, bad, 20*4096, make([]byte, 3000))
	at := func(step string) func(string) error {
		return func(s string) error {
			if s == step {
				return stop
			}
			return nil
		}
	}
	none := func(auth.Store) error { return nil }
	for name, c := range map[string]struct {
		backup string
		fill   func(auth.Store) error
		trap   trap
		want   error
	}{
		"fill":             {good, func(s auth.Store) error { return errors.Join(mark(s, "x"), stop) }, nil, stop},
		"after the copy":   {good, none, at(stepCopied), stop},
		"after fill":       {good, none, at(stepFilled), stop},
		"while it is held": {good, none, at(stepHeld), stop},
		"once it is aside": {good, none, at(stepAside), stop},
		"a bad backup":     {bad, none, nil, auth.ErrDamaged},
		"no backup":        {good + "x", none, nil, os.ErrNotExist},
	} {
		without := markedFolder(t, "present")
		without.link = noLinks
		for _, f := range []*Folder{markedFolder(t, "present"), damagedFolder(t), without} {
			f.trap = c.trap
			before := contents(t, f.dir)
			if s, aside, err := f.Replace(t.Context(), c.backup, c.fill); !errors.Is(err, c.want) || s != nil || aside != "" {
				t.Errorf("%s: %v, %q, %v", name, s, aside, err)
			}
			after := contents(t, f.dir)
			delete(before, databaseName+indexSuffix) // made again
			delete(after, databaseName+indexSuffix)
			if !maps.Equal(after, before) {
				t.Errorf("%s: something changed; there is %q", name, names(t, f.dir))
			}
		}
	}
	f := markedFolder(t, "present")
	ctx, cancel := context.WithCancel(t.Context())
	f.trap = func(string) error { cancel(); return nil }
	if _, _, err := f.Replace(ctx, good, none); !errors.Is(err, context.Canceled) {
		t.Errorf("called off: %v", err)
	}
	wantNames(t, f.dir, databaseName, lockName)
}

// markedFolder has a marked database that nobody has open.
func markedFolder(t *testing.T, word string) *Folder {
	t.Helper()
	f, s := openMarked(t, word)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return f
}

// TestReplaceItself: the present database may be the backup.
func TestReplaceItself(t *testing.T) {
	f := markedFolder(t, "present")
	s, aside, err := f.Replace(t.Context(), f.path(), remark("restored"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	wantWord(t, s, "restored")
	wantWord(t, openBackup(t, f, aside), "present")
}

// TestUnfinishedFill: a copy of which a part can't be written into the one file
// does not take the place without it.
func TestUnfinishedFill(t *testing.T) {
	f, backup := markedFolder(t, "present"), backupOf(t, "backup")
	_, _, err := f.Replace(t.Context(), backup, func(s auth.Store) error {
		reader, err := s.(*Store).read.BeginTx(t.Context(), nil)
		if err != nil {
			return err
		}
		t.Cleanup(func() { reader.Rollback() })
		var n int
		if err := reader.QueryRow("SELECT count(*) FROM patient").Scan(&n); err != nil {
			return err
		}
		_, err = s.(*Store).write.Exec("PRAGMA busy_timeout = 0")
		return errors.Join(err, mark(s, "restored"))
	})
	if !errors.Is(err, auth.ErrBusy) {
		t.Fatal(err)
	}
	wantWord(t, reopen(t, f), "present")
}
