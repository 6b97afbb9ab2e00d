package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest/limits"
	"anteroom/data/store/conform"
)

// replacer is a child that replaces a folder's database by a backup, changed to
// say a word, and dies at a step if it is told one.
func replacer(dir string, in io.Reader, out io.Writer) {
	f, err := At(dir)
	conform.Commands(in, out, err, func(words []string) error {
		backup, word, last := words[0], words[1], words[2]
		f.trap = func(step string) error {
			if step == last {
				conform.Die()
			}
			return nil
		}
		s, _, err := f.Replace(context.Background(), backup, remark(word))
		if err != nil {
			return err
		}
		return s.Close()
	})
}

// asLeft is what the database says to SQLite alone, with the WAL that lies
// beside it, in a copy: nothing of ours has tidied up.
func asLeft(t *testing.T, f *Folder) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), databaseName)
	for _, suffix := range []string{"", walSuffix, journalSuffix} {
		if err := copyFile(f.path()+suffix, path+suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	if !exists(path) {
		return "nothing"
	}
	db, err := sql.Open("sqlite", dsn(path, pragmas))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var sound string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&sound); errors.Is(translate(err), auth.ErrDamaged) {
		return "damaged"
	} else if err != nil || sound != "ok" {
		t.Fatalf("as it was left: %q, %v", sound, err)
	}
	word, err := wordOf(&Store{read: db})
	if err != nil {
		t.Fatalf("as it was left: %v", err)
	}
	return word
}

// TestKilledAtEachStep: whatever was there and whoever has it open, a Replace
// that dies between two steps leaves the old one or the new one, and who opens
// it next finds it tidy.
func TestKilledAtEachStep(t *testing.T) {
	backup := backupOf(t, "backup")
	for _, c := range []struct {
		name, old string
		prepare   func(t *testing.T) *Folder
		watched   bool // another process has it open
	}{
		{"closed", "old", func(t *testing.T) *Folder { return markedFolder(t, "old") }, false},
		{"open elsewhere", "old", func(t *testing.T) *Folder { return markedFolder(t, "first") }, true},
		{"left by a killed program", "old", killedFolder, false},
		{"damaged", "damaged", damagedFolder, false},
		{"nothing", "nothing", newEmptyFolder, false},
	} {
		if c.watched && engine.KeepsOpen {
			continue
		}
		after := false
		for _, step := range []string{stepCopied, stepFilled, stepHeld, stepAside, stepRenamed, stepCleared} {
			after = after || step == stepRenamed
			old, after := c.old, after
			t.Run(c.name+"/"+step, func(t *testing.T) {
				t.Parallel()
				f := c.prepare(t)
				var other *conform.Process
				if c.watched {
					other = conform.Start(t, "writer", f.dir)
					other.Send(old)
					other.Expect("did <nil>")
				}
				killAt(t, f, backup, step)
				want := map[bool]string{false: old, true: "new"}[after]
				if got := asLeft(t, f); got != want {
					t.Fatalf("it was left saying %q, want %q", got, want)
				}
				if other != nil {
					checkOther(t, other, f, after)
				} else if want != "damaged" && want != "nothing" {
					wantWord(t, reopen(t, f), want)
				}
				checkTidied(t, f, old, after)
			})
		}
	}
}

func newEmptyFolder(t *testing.T) *Folder {
	f := newFolder(t)
	if err := os.Mkdir(f.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return f
}

// killedFolder has a database of which the latest is in the WAL.
func killedFolder(t *testing.T) *Folder {
	f := markedFolder(t, "first")
	child := conform.Start(t, "writer", f.dir)
	child.Send("old")
	child.Expect("did <nil>")
	child.Kill()
	child.End()
	return f
}

func killAt(t *testing.T, f *Folder, backup, step string) {
	t.Helper()
	victim := conform.Start(t, "replacer", f.dir)
	victim.Send(backup, "new", step)
	victim.Dies()
}

// checkOther: whoever has the database open goes on with it or learns that it
// was replaced, beside somebody who opens it now.
func checkOther(t *testing.T, other *conform.Process, f *Folder, after bool) {
	t.Helper()
	s := reopen(t, f)
	got := other.Do("further")
	if after {
		if !strings.HasSuffix(got, auth.ErrReplaced.Error()) {
			t.Errorf("the other process: %q", got)
		}
		wantWord(t, s, "new")
	} else {
		if got != "did <nil>" {
			t.Errorf("the other process: %q", got)
		}
		wantWord(t, s, "further")
	}
	if err := mark(s, map[bool]string{false: "old", true: "new"}[after]); err != nil {
		t.Error(err)
	}
	other.End()
}

// checkTidied: once it was opened nothing unfinished is there, what was set
// aside is so only if it was replaced, and later changes stay.
func checkTidied(t *testing.T, f *Folder, old string, after bool) {
	t.Helper()
	s, err := f.Open(t.Context())
	if err == nil {
		s.Close()
	}
	asides := 0
	for _, name := range names(t, f.dir) {
		if strings.HasPrefix(name, asideName) && !strings.HasSuffix(name, walSuffix) {
			asides++
			if old == "old" {
				wantWord(t, openBackup(t, f, filepath.Join(f.dir, name)), old)
			}
		}
		if strings.HasPrefix(name, unfinished) && old != "nothing" {
			t.Errorf("%s is left", name)
		}
	}
	want := 0
	if after && old != "nothing" {
		want = 1
	}
	if asides != want {
		t.Errorf("%d are aside, want %d: %q", asides, want, names(t, f.dir))
	}
	if !after && old == "damaged" {
		if !exists(f.path() + walSuffix) {
			t.Error("the damaged database lost its WAL")
		}
		return
	}
	if !after && old == "nothing" {
		return
	}
	child := conform.Start(t, "writer", f.dir)
	child.Send("later")
	child.Expect("did <nil>")
	child.Kill()
	child.End()
	wantWord(t, reopen(t, f), "later")
}

// TestKilledAnyTime kills a Replace at random moments: again the old one or the
// new one, whole, with all that was confirmed.
func TestKilledAnyTime(t *testing.T) {
	backup := backupOf(t, "backup")
	f := markedFolder(t, "start")
	whole := conform.Start(t, "replacer", f.dir)
	began := time.Now()
	whole.Send(backup, "word-0", "")
	whole.Expect("did <nil>")
	span := time.Since(began)
	last, found := "word-0", map[bool]int{}
	for i := range limits.Rounds(20) {
		var other *conform.Process
		if i%2 == 0 {
			other = conform.Start(t, "writer", f.dir)
			last = fmt.Sprint("other-", i)
			other.Send(last)
			other.Expect("did <nil>")
		}
		word := fmt.Sprint("word-", i+1)
		victim := conform.Start(t, "replacer", f.dir)
		kill := time.AfterFunc(rand.N(2*span), victim.Kill)
		victim.Send(backup, word, "")
		victim.Said()
		kill.Stop()
		victim.Kill()
		victim.End()

		got := asLeft(t, f)
		if got != last && got != word {
			t.Fatalf("it says %q, neither %q nor %q", got, last, word)
		}
		found[got == word]++
		last = got
		s, err := f.Open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		wantWord(t, s, last)
		if other != nil {
			other.End()
		}
		last = fmt.Sprint("mine-", i)
		if err := errors.Join(mark(s, last), s.Close()); err != nil {
			t.Fatal(err)
		}
		if got := asLeft(t, f); got != last {
			t.Fatalf("it says %q, not %q", got, last)
		}
	}
	t.Logf("old %d times, new %d times", found[false], found[true])
}
