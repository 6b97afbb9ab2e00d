package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"anteroom/auth"
)

// openTest makes a database with some rows.
func openTest(t *testing.T) (*Folder, *Store) {
	t.Helper()
	f, err := At(filepath.Join(t.TempDir(), "new", "folder"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.Create(t.Context(), fill)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return f, s.(*Store)
}

func fill(s auth.Store) error {
	return s.Update(context.Background(), func(tx auth.Tx) error {
		return errors.Join(
			tx.PutPractice(auth.PracticeRow{ID: "p", Name: "Clinic"}),
			tx.PutEnvelope(auth.Envelope{Kind: auth.RecipientComputer, Recipient: "c", Sealed: []byte("envelope")}),
			tx.PutRegister(auth.SealedRow{Version: 1, Sealed: []byte("one")}, 0),
			tx.AppendActivity(auth.ActivityRow{Seq: 1, Sealed: []byte("entry"), Chain: []byte("chain")}),
		)
	})
}

func register(t *testing.T, s auth.Store) (row auth.SealedRow) {
	t.Helper()
	err := s.View(t.Context(), func(r auth.Reader) (err error) {
		row, err = r.Register()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return row
}

// TestPragmas reads them back on several connections of each handle: by Exec
// they would reach only one.
func TestPragmas(t *testing.T) {
	_, s := openTest(t)
	ctx := t.Context()
	a, err1 := s.read.Conn(ctx)
	b, err2 := s.read.Conn(ctx)
	w, err3 := s.write.Conn(ctx)
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	defer b.Close()
	defer w.Close()
	want := map[string]string{
		"trusted_schema": "0", "cell_size_check": "1", "busy_timeout": "5000", "foreign_keys": "1", "secure_delete": "1", "journal_mode": "wal", "application_id": "1097757797",
	}
	for pragma, value := range want {
		for i, c := range []interface {
			scan(string) string
		}{conn{t, a}, conn{t, b}, conn{t, w}} {
			if got := c.scan("PRAGMA " + pragma); got != value {
				t.Errorf("connection %d: %s is %s, want %s", i, pragma, got, value)
			}
		}
	}
	if got := (conn{t, w}).scan("PRAGMA synchronous"); got != "2" {
		t.Errorf("synchronous is %s, want 2 (FULL)", got)
	}
	if _, err := a.ExecContext(ctx, "DELETE FROM register"); !errors.Is(translate(err), auth.ErrReadOnly) {
		t.Errorf("the reading handle wrote: %v", err)
	}
}

// anyNames are names of folders with SQLite's and URLs' own characters.
var anyNames = slices.DeleteFunc([]string{"a b", "100%20", "c#d", "what?", "q=1&mode=memory", "Пр 診 é", "[x]", "*"}, func(name string) bool {
	return runtime.GOOS == "windows" && strings.ContainsAny(name, "?*") // which no name there has
})

// TestAnyFolder: a path with SQLite's and URLs' own characters is a path.
func TestAnyFolder(t *testing.T) {
	for _, name := range anyNames {
		dir := filepath.Join(t.TempDir(), name)
		f, err := At(dir)
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.Create(t.Context(), fill)
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		if row := register(t, s); row.Version != 1 {
			t.Errorf("%q: %+v", name, row)
		}
		s.Close()
		left, err := os.ReadDir(dir)
		if err != nil || len(left) != 2 { // the database and the lock
			t.Errorf("%q holds %v, %v", name, left, err)
		}
	}
}

// TestCreateWholeOrNot: a failed creation leaves no database; a killed one's
// leftovers go at the next; an existing one is not touched.
func TestCreateWholeOrNot(t *testing.T) {
	f, err := At(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	stop := errors.New("no keyring")
	if _, err := f.Create(t.Context(), func(s auth.Store) error { return errors.Join(fill(s), stop) }); !errors.Is(err, stop) {
		t.Fatal(err)
	}
	if exists, err := f.Exists(t.Context()); exists || err != nil {
		t.Fatalf("a database was left: %v", err)
	}
	leftover := filepath.Join(f.dir, unfinished+"KILLED")
	if err := os.WriteFile(leftover, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := f.Create(t.Context(), fill)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := os.Stat(leftover); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a leftover is left: %v", err)
	}
	if _, err := f.Create(t.Context(), fill); !errors.Is(err, auth.ErrExists) {
		t.Errorf("a second creation: %v", err)
	}
	wantMode(t, f.path(), 0o600)
}

// TestNotOurs: what is no database of ours, or a newer one, is refused and not
// changed by a byte.
func TestNotOurs(t *testing.T) {
	f, s := openTest(t)
	if _, err := s.write.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)"); err != nil {
		t.Fatal(err)
	}
	s.Close()
	newer, err := os.ReadFile(f.path())
	if err != nil {
		t.Fatal(err)
	}
	cut := newer[:len(newer)/2]
	stranger := bytes.Clone(newer)
	stranger[68] ^= 1
	for name, c := range map[string]struct {
		content []byte
		want    error
	}{
		"newer":      {newer, auth.ErrNewerDatabase},
		"cut":        {cut, auth.ErrDamaged},
		"a stranger": {stranger, auth.ErrDamaged},
		"empty":      {nil, auth.ErrDamaged},
		"text":       {[]byte("SQLite format 3, or so"), auth.ErrDamaged},
		"no tables":  {append(bytes.Clone(newer[:100]), make([]byte, 3996)...), auth.ErrDamaged},
	} {
		if err := os.WriteFile(f.path(), c.content, 0o600); err != nil {
			t.Fatal(err)
		}
		if s, err := f.Open(t.Context()); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
			if err == nil {
				s.Close()
			}
		}
		if after, err := os.ReadFile(f.path()); err != nil || !bytes.Equal(after, c.content) {
			t.Errorf("%s was changed: %v", name, err)
		}
	}
}

// TestDiskFull: the change is refused by its name, nothing half is there, and
// it works again when there is room.
func TestDiskFull(t *testing.T) {
	_, s := openTest(t)
	grow := func() error {
		return s.Update(t.Context(), func(tx auth.Tx) error {
			return tx.PutRegister(auth.SealedRow{Version: 2, Sealed: make([]byte, 1<<20)}, 1)
		})
	}
	limit := func(pages string) {
		if _, err := s.write.Exec("PRAGMA max_page_count = " + pages); err != nil {
			t.Fatal(err)
		}
	}
	limit("20")
	if err := grow(); !errors.Is(err, auth.ErrDiskFull) {
		t.Fatal(err)
	}
	if register(t, s).Version != 1 {
		t.Fatal("half a change is there")
	}
	limit("1000000")
	if err := grow(); err != nil {
		t.Fatal(err)
	}
}

// TestCreateCalledOff: a creation that is canceled while it fills leaves
// nothing; one canceled at its end is there, and says so.
func TestCreateCalledOff(t *testing.T) {
	f, err := At(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	s, err := f.Create(ctx, func(s auth.Store) error {
		err := fill(s)
		cancel()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if register(t, s).Version != 1 {
		t.Fatal("it is not whole")
	}
	if _, err := f.Create(ctx, func(auth.Store) error { return nil }); !errors.Is(err, auth.ErrExists) {
		t.Fatal(err)
	}
}
