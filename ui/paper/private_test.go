package paper

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// viewer notes what it is asked to open.
type viewer struct {
	paths []string
	err   error
}

func (v *viewer) open(path string) error {
	v.paths = append(v.paths, path)
	return v.err
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func TestShow(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a b#c", "paper")
	v := &viewer{}
	f := NewFolder(dir, v.open)
	for range 2 {
		if err := f.Show("recovery kit.pdf", []byte("content")); err != nil {
			t.Fatal(err)
		}
	}
	files := names(t, dir)
	if len(files) != 2 || len(v.paths) != 2 {
		t.Fatalf("%d files, %d opened", len(files), len(v.paths))
	}
	for _, path := range v.paths {
		if filepath.Dir(path) != dir || !strings.HasPrefix(filepath.Base(path), "recovery-kit-") || filepath.Ext(path) != ".pdf" {
			t.Errorf("opened %s", path)
		}
		if content, err := os.ReadFile(path); string(content) != "content" {
			t.Errorf("%s has %q, %v", path, content, err)
		}
	}
}

func TestShowTakesBackWhatNobodyShows(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "paper")
	broken := errors.New("no viewer")
	v := &viewer{err: broken}
	err := NewFolder(dir, v.open).Show("kit.pdf", []byte("content"))
	if !errors.Is(err, ErrViewer) || !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if left := names(t, dir); len(v.paths) != 1 || len(left) != 0 {
		t.Errorf("asked %d times, left %q", len(v.paths), left)
	}
}

func TestClear(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "paper")
	v := &viewer{}
	if err := NewFolder(dir, v.open).Clear(); err != nil {
		t.Fatalf("nothing to clear: %v", err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("Clear made the folder")
	}
	for _, name := range []string{"kit.pdf", "Über/uns: 上.PDF", "noend", ".", "", "a.b c", strings.Repeat("長", 300) + ".pdf"} {
		if err := NewFolder(dir, v.open).Show(name, nil); err != nil {
			t.Fatalf("%q: %v", name, err)
		}
	}
	foreign := []string{"anteroom.pdf", "kit-anteroom-7.pdf", "letter.pdf", "x-anteroom-ABCDEFGHIJKLMNOPQRSTUVWXYZ.pdf.bak.old"}
	for _, name := range foreign {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	likeOurs := filepath.Join(dir, "x-anteroom-ABCDEFGHIJKLMNOPQRSTUVWXYZ.pdf")
	if err := os.Mkdir(likeOurs, 0o700); err != nil {
		t.Fatal(err)
	}
	// Another run clears what these ones showed.
	if err := NewFolder(dir, v.open).Clear(); err != nil {
		t.Fatal(err)
	}
	if left := names(t, dir); len(left) != len(foreign)+1 {
		t.Errorf("left are %q", left)
	}
}

// TestClearGoesOn: a paper that a viewer holds keeps no other from being
// removed, and goes next time.
func TestClearGoesOn(t *testing.T) {
	dir := t.TempDir()
	v := &viewer{}
	f := NewFolder(dir, v.open)
	for range 4 {
		if err := f.Show("kit.pdf", nil); err != nil {
			t.Fatal(err)
		}
	}
	held := names(t, dir)[1:3]
	busy := errors.New("in use")
	f.remove = func(root *os.Root, name string) error {
		if name == held[0] || name == held[1] {
			return busy
		}
		return root.Remove(name)
	}
	err := f.Clear()
	if !errors.Is(err, busy) || strings.Count(err.Error(), busy.Error()) != 2 {
		t.Errorf("got %v", err)
	}
	if left := names(t, dir); len(left) != 2 {
		t.Errorf("left are %q", left)
	}
	f.remove = (*os.Root).Remove
	if err := f.Clear(); err != nil || len(names(t, dir)) != 0 {
		t.Errorf("the next time: %v", err)
	}
}

func TestFolderThatIsAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "paper")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	v := &viewer{}
	f := NewFolder(path, v.open)
	if err := f.Show("kit.pdf", nil); !errors.Is(err, ErrFolder) {
		t.Errorf("Show gives %v", err)
	}
	if err := f.Clear(); !errors.Is(err, ErrFolder) {
		t.Errorf("Clear gives %v", err)
	}
	if len(v.paths) != 0 {
		t.Error("something was opened")
	}
}

func TestOwnName(t *testing.T) {
	plain := regexp.MustCompile(`^[A-Za-z0-9.-]+$`)
	for _, name := range []string{"kit.pdf", "../../etc/passwd", `C:\x?.pdf`, "a\x00b.P DF", "Müller.pdf", strings.Repeat("長", 300)} {
		own := ownName(name)
		if !plain.MatchString(own) || !ownPattern.MatchString(own) || len(own) > 255 || own == ownName(name) {
			t.Errorf("%q became %q", name, own)
		}
	}
}
