package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data/store/conform"
)

// conn reads single values from one connection.
type conn struct {
	t *testing.T
	c *sql.Conn
}

func (c conn) scan(query string) string {
	c.t.Helper()
	var value string
	if err := c.c.QueryRowContext(c.t.Context(), query).Scan(&value); err != nil {
		c.t.Fatalf("%s: %v", query, err)
	}
	return value
}

// A marked database says the same word in its register and in all its
// patients: one that says two is no whole state.

const (
	markedPatients = 300
	markedPractice = "ABCD2345EFGH6789"
)

// marked is a sealed text that says a word. Its length is the word's own: two
// databases are hardly ever of one size. With words that begin with "long" it
// is some megabytes: more than one step of a backup.
func marked(word string) []byte {
	size := 400
	if strings.HasPrefix(word, "long") {
		size = 7000
	}
	for _, b := range []byte(word) {
		size += int(b) * 37 % 97
	}
	return append([]byte(word+" "), make([]byte, size)...)
}

func unmarked(sealed []byte) string {
	word, _, _ := bytes.Cut(sealed, []byte(" "))
	return string(word)
}

// fillMarked makes a marked database of an empty one.
func fillMarked(word string) func(auth.Store) error {
	return func(s auth.Store) error {
		return s.Update(context.Background(), func(tx auth.Tx) error {
			errs := []error{
				tx.PutPractice(auth.PracticeRow{ID: markedPractice, Name: "Clinic"}),
				tx.PutRegister(auth.SealedRow{Version: 1, Sealed: marked(word)}, 0),
			}
			for i := range markedPatients {
				row := auth.RecordRow{Table: auth.TablePatient, ID: fmt.Sprintf("p%06d", i), Version: 1, Sealed: marked(word)}
				errs = append(errs, tx.PutRecord(row, 0))
			}
			return errors.Join(errs...)
		})
	}
}

// mark writes another word, everywhere, in one transaction.
func mark(s auth.Store, word string) error {
	return s.Update(context.Background(), func(tx auth.Tx) error {
		row, err := tx.Register()
		if err != nil {
			return err
		}
		if err := tx.PutRegister(auth.SealedRow{Version: row.Version + 1, Sealed: marked(word)}, row.Version); err != nil {
			return err
		}
		all, err := tx.Records(auth.TablePatient, "", markedPatients+1)
		for _, p := range all {
			p.Version++
			p.Sealed = marked(word)
			err = errors.Join(err, tx.PutRecord(p, p.Version-1))
		}
		return err
	})
}

// wordOf is the word of a whole state.
func wordOf(s auth.Store) (word string, err error) {
	err = s.View(context.Background(), func(r auth.Reader) error {
		row, err := r.Register()
		if err != nil {
			return err
		}
		word = unmarked(row.Sealed)
		all, err := r.Records(auth.TablePatient, "", markedPatients+1)
		if err != nil {
			return err
		}
		for _, p := range all {
			if got := unmarked(p.Sealed); got != word {
				return fmt.Errorf("the register says %q, %s says %q", word, p.ID, got)
			}
		}
		if len(all) != markedPatients {
			return fmt.Errorf("%d patients", len(all))
		}
		return nil
	})
	return word, err
}

func wantWord(t *testing.T, s auth.Store, want string) {
	t.Helper()
	if got, err := wordOf(s); err != nil || got != want {
		t.Fatalf("the database says %q, want %q: %v", got, want, err)
	}
}

// openMarked makes a marked database in a folder of its own and opens it.
func openMarked(t *testing.T, word string) (*Folder, *Store) {
	t.Helper()
	f := newFolder(t)
	s, err := f.Create(t.Context(), fillMarked(word))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return f, s.(*Store)
}

func newFolder(t *testing.T) *Folder {
	t.Helper()
	f, err := At(filepath.Join(t.TempDir(), "data"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// useTemp makes a folder that for temporary files, which Windows looks for in TMP first.
func useTemp(t *testing.T, folder string) {
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, folder)
	}
}

// wantMode: a file or folder has these Unix rights; on Windows rights are another thing.
func wantMode(t *testing.T, path string, want fs.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Error(err)
	} else if got := info.Mode().Perm(); got != want && runtime.GOOS != "windows" {
		t.Errorf("%s has the rights %v, want %v", path, got, want)
	}
}

// replacesOpen ends a test where a file that is open can't be replaced: what is so then,
// the suite for every engine says.
func replacesOpen(t *testing.T) {
	t.Helper()
	if engine.KeepsOpen {
		t.Skip("an open database can't be replaced here")
	}
}

// names lists what is in a folder.
func names(t *testing.T, folder string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func wantNames(t *testing.T, folder string, want ...string) {
	t.Helper()
	slices.Sort(want)
	if got := names(t, folder); !slices.Equal(got, want) {
		t.Errorf("%s holds %q, want %q", folder, got, want)
	}
}

// writer is a child that has a folder's database open and marks it.
func writer(dir string, in io.Reader, out io.Writer) {
	f, err := At(dir)
	var s auth.Store
	if err == nil {
		s, err = f.Open(context.Background())
	}
	conform.Commands(in, out, err, func(words []string) error { return mark(s, words[0]) })
}

const password = "violet tractor 91 sleeps"

var setUpForm = auth.SetUpForm{Practice: "Brook Street", Name: "Anna Smith", Username: "asmith", Password: password}

// depsOf are the parts of a practice in a folder of its own.
func depsOf(t testing.TB, now func() time.Time) auth.Deps {
	t.Helper()
	return auth.Deps{Location: engine.New(t), Keyring: authtest.NewKeyring(), Now: now, Cost: authtest.Cheap}
}
