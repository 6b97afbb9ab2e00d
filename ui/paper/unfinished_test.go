package paper

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
)

func files(t *testing.T) *Files {
	t.Helper()
	return NewFiles(filepath.Join(t.TempDir(), "notes"))
}

// noNameless is a disk that has no files without a name.
func noNameless(string) (*os.File, error) { return nil, errors.ErrUnsupported }

// killedVariable has a process of this test write a file until it is killed.
const killedVariable = "ANTEROOM_TEST_KILLED"

func TestMain(m *testing.M) {
	if how, ok := os.LookupEnv(killedVariable); ok {
		writeUntilKilled(how)
	}
	os.Exit(m.Run())
}

// writeUntilKilled writes half a file, says so, and goes on for ever.
func writeUntilKilled(order string) {
	part := strings.Split(order, "\n")
	f := NewFiles(part[0])
	if part[2] == "named" {
		f.nameless = noNameless
	}
	_, _ = fmt.Fprintln(os.Stdout, f.SaveStream(part[1], func(w io.Writer) error {
		if _, err := io.WriteString(w, strings.Repeat("Ola Nordmann,020 7946 0001\r\n", 1<<12)); err != nil {
			return err
		}
		_, _ = fmt.Fprintln(os.Stdout, "half")
		select {}
	}))
}

// killHalfway has another process write a file, and kills it in the middle.
func killHalfway(t *testing.T, notes, path, how string, meanwhile func()) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), killedVariable+"="+strings.Join([]string{notes, path, how}, "\n"))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said, err := bufio.NewReader(out).ReadString('\n')
	if said != "half\n" {
		t.Errorf("it says %q, %v", said, err)
	}
	meanwhile()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
}

// TestKilled: of a file whose writing was killed nothing is left; where it had to
// have a name, the next start finds it, removes it and says which it was.
func TestKilled(t *testing.T) {
	for _, how := range []string{"nameless", "named"} {
		t.Run(how, func(t *testing.T) {
			dir, notes := t.TempDir(), filepath.Join(t.TempDir(), "notes")
			path := filepath.Join(dir, "patients.csv")
			f := NewFiles(notes)
			if how == "named" {
				f.nameless = noNameless
			}
			isNameless := how == "nameless" && runtime.GOOS == "linux"
			killHalfway(t, notes, path, how, func() {
				for _, name := range names(t, dir) {
					if isNameless || !partPattern.MatchString(name) || strings.HasPrefix(name, ".") {
						t.Errorf("half-way there is %q", name)
					}
				}
				if removed, _, err := f.ClearUnfinished(); len(removed) != 0 || err != nil {
					t.Errorf("another start removed %q under it, %v", removed, err)
				}
			})
			left := names(t, dir)
			if isNameless != (len(left) == 0) {
				t.Fatalf("left is %q", left)
			}
			removed, _, err := f.ClearUnfinished()
			if err != nil || len(removed) != len(left) || len(removed) == 1 && removed[0] != filepath.Join(dir, left[0]) {
				t.Errorf("removed %q of %q, %v", removed, left, err)
			}
			if left := names(t, dir); len(left) != 0 {
				t.Errorf("then there is %q", left)
			}
			if err := f.Save(path, []byte("whole")); err != nil {
				t.Fatal(err)
			}
			if content, err := os.ReadFile(path); string(content) != "whole" {
				t.Errorf("%q, %v", content, err)
			}
			if removed, _, err := f.ClearUnfinished(); len(removed) != 0 || err != nil {
				t.Errorf("at last removed %q, %v", removed, err)
			}
		})
	}
}

// TestClearsOnlyItsOwn: what a note names that is not an unfinished file of ours
// stays, and a note whose disk is away is kept for the next time.
func TestClearsOnlyItsOwn(t *testing.T) {
	f, dir := files(t), t.TempDir()
	other, half := filepath.Join(dir, "letter.pdf"), filepath.Join(dir, "a.csv.ABCDEFGH.part")
	away := filepath.Join(dir, "stick", "b.csv.ABCDEFGH.part")
	folder := filepath.Join(dir, "folder.ABCDEFGH.part")
	for _, path := range []string{other, half} {
		if err := os.WriteFile(path, []byte("content"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Mkdir(folder, 0o700), os.MkdirAll(f.notes, 0o700)); err != nil {
		t.Fatal(err)
	}
	for i, path := range []string{other, half, away, folder, "a.csv.ABCDEFGH.part", ""} {
		if err := os.WriteFile(filepath.Join(f.notes, fmt.Sprint(i)), []byte("\x00"+path), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	removed, _, err := f.ClearUnfinished()
	if err != nil || len(removed) != 1 || removed[0] != half {
		t.Errorf("removed %q, %v", removed, err)
	}
	if left := names(t, dir); len(left) != 2 {
		t.Errorf("left are %q", left)
	}
	if left := names(t, f.notes); len(left) != 1 {
		t.Errorf("noted are %q", left)
	}
}

// TestSavesWithoutANote: getting data out counts more than a note about it.
func TestSavesWithoutANote(t *testing.T) {
	dir := t.TempDir()
	notes := filepath.Join(dir, "notes") // no folder can be made there
	if err := os.WriteFile(notes, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	f := NewFiles(notes)
	f.nameless = noNameless
	path := filepath.Join(dir, "patients.csv")
	if err := f.Save(path, []byte("whole")); err != nil {
		t.Fatal(err)
	}
	if content, err := os.ReadFile(path); string(content) != "whole" {
		t.Errorf("%q, %v", content, err)
	}
}

// TestNoteIsLocked: from its first byte to its end no other start takes a note for
// one that is left, and it is as private as the data.
func TestNoteIsLocked(t *testing.T) {
	f := files(t)
	if err := os.Mkdir(f.notes, 0o755); err != nil { //nolint:gosec // too wide on purpose
		t.Fatal(err)
	}
	part := filepath.Join(t.TempDir(), "a.csv.ABCDEFGH.part")
	forget, err := f.note(part)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(f.notes); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("the notes are in %v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(part, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if removed, left, err := f.ClearUnfinished(); len(removed)+len(left) != 0 || err != nil {
		t.Errorf("removed %q, left %q, %v", removed, left, err)
	}
	forget() // it can't be removed, so the next start tries
	if removed, _, err := f.ClearUnfinished(); len(removed) != 1 || removed[0] != part || err != nil {
		t.Errorf("then removed %q, %v", removed, err)
	}
	if left := names(t, f.notes); len(left) != 0 {
		t.Errorf("noted are %q", left)
	}
}

// TestNamesWhatItCannotRemove: an unfinished file that can't be removed is named, and
// stays noted.
func TestNamesWhatItCannotRemove(t *testing.T) {
	f, part := files(t), filepath.Join(t.TempDir(), "a.csv.ABCDEFGH.part")
	note := filepath.Join(f.notes, "n")
	if err := errors.Join(os.Mkdir(f.notes, 0o700), os.WriteFile(part, nil, 0o600), os.WriteFile(note, []byte("\x00"+part), 0o600)); err != nil {
		t.Fatal(err)
	}
	f.remove = func(string) error { return os.ErrPermission }
	if removed, left, err := f.ClearUnfinished(); len(removed) != 0 || len(left) != 1 || left[0] != part || !errors.Is(err, os.ErrPermission) {
		t.Errorf("removed %q, left %q, %v", removed, left, err)
	}
	f.remove = os.Remove
	if removed, left, err := f.ClearUnfinished(); len(removed) != 1 || len(left) != 0 || err != nil {
		t.Errorf("the next time removed %q, left %q, %v", removed, left, err)
	}
}

// TestNamedLater: a disk that has files without a name, but then gives none.
func TestNamedLater(t *testing.T) {
	f, dir := files(t), t.TempDir()
	f.nameless = func(string) (*os.File, error) { return os.CreateTemp(t.TempDir(), "") } // links to another disk fail
	path := filepath.Join(dir, "missing", "kit.pdf")
	if err := f.Save(path, []byte("content")); !errors.Is(err, ErrNoFolder) {
		t.Errorf("%v", err)
	}
	if err := f.saveInPart(filepath.Join(dir, "kit.pdf"), writing([]byte("content"))); err != nil {
		t.Error(err)
	}
	if left := append(names(t, dir), names(t, f.notes)...); len(left) != 1 {
		t.Errorf("left are %q", left)
	}
}

// TestWait: who quits learns what is being written, and can wait for its end; then
// they learn whether it is whole.
func TestWait(t *testing.T) {
	for _, failure := range []error{nil, errors.New("the stick was pulled out")} {
		synctest.Test(t, func(t *testing.T) { testWait(t, failure) })
	}
}

func testWait(t *testing.T, failure error) {
	t.Helper()
	f, path := files(t), filepath.Join(t.TempDir(), "patients.csv")
	begun, goOn, saved := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		saved <- f.SaveStream(path, func(io.Writer) error {
			close(begun)
			<-goOn
			return failure
		})
	}()
	<-begun
	got, wait := f.Running()
	if len(got) != 1 || got[0] != path {
		t.Errorf("being written: %q", got)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := wait(ctx); !errors.Is(err, context.Canceled) { // for no longer
		t.Errorf("the waiting ends with %v", err)
	}
	waited := make(chan error, 1)
	_, wait = f.Running()
	go func() { waited <- wait(t.Context()) }()
	_, late := f.Running()
	synctest.Wait()
	close(goOn)
	for who, got := range map[string]error{"saves": <-saved, "waits": <-waited} {
		if !errors.Is(got, failure) {
			t.Errorf("who %s is told %v", who, got)
		}
	}
	if err := late(t.Context()); !errors.Is(err, failure) {
		t.Errorf("who waits once it is over is told %v", err)
	}
	if got, wait := f.Running(); len(got) != 0 || wait(t.Context()) != nil {
		t.Errorf("after that: %q", got)
	}
}
