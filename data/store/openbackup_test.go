package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"anteroom/auth"
	"anteroom/data/store/conform"
)

// contents are the files of a folder, byte by byte.
func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, name := range names(t, folder) {
		content, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		all[name] = string(content)
	}
	return all
}

func wantContents(t *testing.T, folder string, want map[string]string) {
	t.Helper()
	for name, content := range contents(t, folder) {
		if before, ok := want[name]; !ok || before != content {
			t.Errorf("%s was written (there before: %v)", name, ok)
		}
	}
	if len(names(t, folder)) != len(want) {
		t.Errorf("%s holds %q", folder, names(t, folder))
	}
}

// TestOpenBackup: a backup is read, from a folder where nothing can be written
// too, and neither it nor anything beside it changes.
func TestOpenBackup(t *testing.T) {
	f, s := openMarked(t, "one")
	folder := t.TempDir()
	file, err := s.Backup(t.Context(), order(folder))
	if err != nil {
		t.Fatal(err)
	}
	before := contents(t, folder)
	if err := os.Chmod(folder, 0o500); err != nil { // root may write all the same
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(folder, 0o700) })
	mount(t, folder, "-o", "bind,ro", folder)
	b := openBackup(t, f, file.Path)
	wantWord(t, b, "one")
	if err := mark(b, "two"); !errors.Is(err, auth.ErrReadOnly) {
		t.Errorf("a backup was written to: %v", err)
	}
	if problems, err := b.Problems(t.Context()); err != nil || len(problems) > 0 {
		t.Errorf("%q, %v", problems, err)
	}
	if _, err := b.DataVersion(t.Context()); err != nil {
		t.Error(err)
	}
	wantContents(t, folder, before)
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	wantContents(t, folder, before)
}

// TestOpenCopiedDatabase: of a folder that was copied while a program worked
// in it, the WAL counts; again nothing beside it changes, and no copy stays.
func TestOpenCopiedDatabase(t *testing.T) {
	scratch := t.TempDir()
	useTemp(t, scratch)
	f, s := openMarked(t, "one")
	copies := conform.Start(t, "copier", t.TempDir())
	for i, name := range anyNames {
		before, now := fmt.Sprint("before-", i), fmt.Sprint("now-", i)
		if err := errors.Join(mark(s, before), emptyWAL(t.Context(), s.write), mark(s, now)); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			parts []string
			want  string
		}{{[]string{""}, before}, {[]string{"", walSuffix}, now}} {
			folder := filepath.Join(t.TempDir(), name)
			if err := os.Mkdir(folder, 0o700); err != nil {
				t.Fatal(err)
			}
			for _, suffix := range c.parts {
				if got := copies.Do(f.path()+suffix, filepath.Join(folder, databaseName+suffix)); got != "did <nil>" {
					t.Fatal(got)
				}
			}
			there := contents(t, folder)
			path := filepath.Join(folder, databaseName)
			if runtime.GOOS != "windows" { // where links need rights
				link := filepath.Join(t.TempDir(), "link")
				if err := os.Symlink(path, link); err != nil {
					t.Fatal(err)
				}
				path = link
			}
			b := openBackup(t, f, path)
			wantWord(t, b, c.want)
			if err := mark(b, "other"); !errors.Is(err, auth.ErrReadOnly) {
				t.Errorf("a copy was written to: %v", err)
			}
			wantContents(t, folder, there)
			if got, want := len(names(t, scratch)), len(c.parts)-1; got != want {
				t.Errorf("%d folders of its own, want %d", got, want)
			}
			if err := b.Close(); err != nil {
				t.Error(err)
			}
			wantContents(t, folder, there)
			wantNames(t, scratch)
		}
	}
}

// copier is a child that copies files of a database in use: our own process
// would lose its locks on them by it.
func copier(_ string, in io.Reader, out io.Writer) {
	conform.Commands(in, out, nil, func(words []string) error { return copyFile(words[0], words[1]) })
}

// TestOpenNoBackup: what is no database of ours, or a newer one, is refused as
// Open refuses it, and not changed.
func TestOpenNoBackup(t *testing.T) {
	f, s := openTest(t)
	if _, err := s.write.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)"); err != nil {
		t.Fatal(err)
	}
	s.Close()
	newer, err := os.ReadFile(f.path())
	if err != nil {
		t.Fatal(err)
	}
	stranger := bytes.Clone(newer)
	stranger[68] ^= 1
	for name, c := range map[string]struct {
		content, wal []byte
		want         error
	}{
		"newer":            {newer, nil, auth.ErrNewerDatabase},
		"newer with a WAL": {newer, []byte("no WAL"), auth.ErrNewerDatabase},
		"cut":              {newer[:8192], nil, auth.ErrDamaged},
		"cut with a WAL":   {newer[:8192], []byte("no WAL"), auth.ErrDamaged},
		"a stranger":       {stranger, nil, auth.ErrDamaged},
		"text":             {[]byte("Dear Anna,"), nil, auth.ErrDamaged},
	} {
		folder := t.TempDir()
		path := filepath.Join(folder, "x.backup")
		if err := os.WriteFile(path, c.content, 0o600); err != nil {
			t.Fatal(err)
		}
		if c.wal != nil {
			if err := os.WriteFile(path+walSuffix, c.wal, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		before := contents(t, folder)
		if b, err := f.OpenBackup(t.Context(), path); !errors.Is(err, c.want) || b != nil {
			t.Errorf("%s: %v, %v", name, b, err)
		}
		wantContents(t, folder, before)
	}
	if b, err := f.OpenBackup(t.Context(), filepath.Join(f.dir, "missing")); !errors.Is(err, os.ErrNotExist) || b != nil {
		t.Errorf("nothing: %v, %v", b, err)
	}
}

// TestOpenItself: the database itself is read like any other window would, with
// what is in its WAL, and this process keeps its locks on it: otherwise another
// one could take it for unused.
func TestOpenItself(t *testing.T) {
	f, s := openMarked(t, "one")
	if err := mark(s, "two"); err != nil {
		t.Fatal(err)
	}
	b := openBackup(t, f, f.path())
	wantWord(t, b, "two")
	second, err := f.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(b.Close(), second.Close()); err != nil {
		t.Fatal(err)
	}
	thief := conform.Start(t, "thief", f.dir)
	if got, want := thief.Do(), "did "+auth.ErrBusy.Error(); got != want {
		t.Errorf("another process took the database for itself: %q", got)
	}
	if err := mark(s, "three"); err != nil {
		t.Fatal(err)
	}
	wantWord(t, s, "three")
}

// thief is a child that tries to have a folder's database for itself.
func thief(dir string, in io.Reader, out io.Writer) {
	f, err := At(dir)
	conform.Commands(in, out, err, func([]string) error {
		db, err := sql.Open("sqlite", dsn(f.path(), "mode=rw&_pragma=busy_timeout(0)&_pragma=locking_mode(EXCLUSIVE)"))
		if err != nil {
			return err
		}
		defer db.Close()
		var mode string
		err = db.QueryRowContext(context.Background(), "PRAGMA journal_mode=DELETE").Scan(&mode)
		if errors.Is(translate(err), auth.ErrBusy) {
			return auth.ErrBusy
		}
		return err
	})
}

// TestProblems are what SQLite finds; what is no database has none, but is damaged.
func TestProblems(t *testing.T) {
	f, s := openMarked(t, "long")
	if problems, err := s.Problems(t.Context()); err != nil || len(problems) > 0 {
		t.Errorf("a good one: %q, %v", problems, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for page := int64(20); page < 320; page += 2 {
		overwrite(t, f.path(), page*4096, bytes.Repeat([]byte{0xa5}, 3000))
	}
	if b, err := f.OpenBackup(t.Context(), f.path()); !errors.Is(err, auth.ErrDamaged) || b != nil {
		t.Errorf("a damaged one was opened: %v, %v", b, err)
	}
	b, err := openToRead(f.path(), untouched)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	problems, err := b.Problems(t.Context())
	if err != nil || len(problems) != maxProblems || slices.Contains(problems, "ok") {
		t.Errorf("a damaged one: %d problems, %v: %.3000q", len(problems), err, problems)
	}
	text := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(text, bytes.Repeat([]byte("Dear Anna, "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	none, err := openToRead(text, untouched)
	if err != nil {
		t.Fatal(err)
	}
	defer none.Close()
	if problems, err := none.Problems(t.Context()); !errors.Is(err, auth.ErrDamaged) {
		t.Errorf("no database: %q, %v", problems, err)
	}
}
