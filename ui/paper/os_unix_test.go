//go:build unix

package paper

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func modeOf(t *testing.T, path string) fs.FileMode {
	t.Helper()
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

// TestShowIsPrivate: new folders are, and those that were open to others too.
func TestShowIsPrivate(t *testing.T) {
	for _, before := range []fs.FileMode{0, 0o700, 0o755, 0o777} {
		dir := filepath.Join(t.TempDir(), "new", "paper")
		if before != 0 {
			if err := errors.Join(os.MkdirAll(dir, 0o700), os.Chmod(dir, before)); err != nil {
				t.Fatal(err)
			}
		}
		v := &viewer{}
		if err := NewFolder(dir, v.open).Show("kit.pdf", nil); err != nil {
			t.Fatal(err)
		}
		if got := modeOf(t, dir); got != 0o700 {
			t.Errorf("a folder of %o has %o", before, got)
		}
		if got := modeOf(t, v.paths[0]); got != 0o600 {
			t.Errorf("the paper has %o", got)
		}
	}
}

// A link may lead to anybody's folder, so nothing is put or removed there.
func TestFolderThatIsALink(t *testing.T) {
	base := t.TempDir()
	real, link, dangling := filepath.Join(base, "real"), filepath.Join(base, "link"), filepath.Join(base, "dangling")
	if err := errors.Join(os.Mkdir(real, 0o755), os.Symlink(real, link), os.Symlink("nowhere", dangling)); err != nil {
		t.Fatal(err)
	}
	v := &viewer{}
	if err := NewFolder(real, v.open).Show("kit.pdf", nil); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{link, link + "/", dangling} {
		f := NewFolder(path, v.open)
		if err := f.Show("kit.pdf", nil); !errors.Is(err, ErrFolder) {
			t.Errorf("%s: Show gives %v", path, err)
		}
		if err := f.Clear(); !errors.Is(err, ErrFolder) {
			t.Errorf("%s: Clear gives %v", path, err)
		}
	}
	if len(names(t, real)) != 1 || len(v.paths) != 1 {
		t.Errorf("%q, opened %v", names(t, real), v.paths)
	}
}

func TestDefaultDir(t *testing.T) {
	cache := t.TempDir()
	t.Setenv("HOME", cache)
	t.Setenv("XDG_CACHE_HOME", cache)
	t.Setenv("XDG_RUNTIME_DIR", "")
	for _, unset := range []string{"", "not/absolute"} {
		t.Setenv("XDG_RUNTIME_DIR", unset)
		if rel, err := filepath.Rel(cache, DefaultDir()); err != nil || !filepath.IsLocal(rel) || filepath.Base(rel) != "paper" {
			t.Errorf("with %q: %s", unset, DefaultDir())
		}
	}
}

func TestSavedIsPrivate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kit.pdf")
	if err := files(t).Save(path, nil); err != nil {
		t.Fatal(err)
	}
	if got := modeOf(t, path); got != 0o600 {
		t.Errorf("the file has %o", got)
	}
}

// A link is a file that is there already, wherever it leads.
func TestSaveFollowsNoLink(t *testing.T) {
	dir := t.TempDir()
	path, target := filepath.Join(dir, "kit.pdf"), filepath.Join(dir, "target")
	if err := os.Symlink(target, path); err != nil {
		t.Fatal(err)
	}
	if err := files(t).Save(path, nil); !errors.Is(err, ErrExists) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Lstat(target); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("written through the link: %v", err)
	}
}

// TestMove holds for disks with links and for those without.
func TestMove(t *testing.T) {
	refuse := func(from, to string) error { return &os.LinkError{Op: "link", Old: from, New: to, Err: syscall.EPERM} }
	for name, link := range map[string]func(from, to string) error{"links": os.Link, "no links": refuse} {
		move := func(from, to string) error { return moveLinking(link, from, to) }
		dir := t.TempDir()
		from, to := filepath.Join(dir, "from"), filepath.Join(dir, "to")
		write := func(content string) {
			if err := os.WriteFile(from, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		write("first")
		if err := move(from, to); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		write("second")
		if err := move(from, to); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: onto a file: %v", name, err)
		}
		for path, want := range map[string]string{from: "second", to: "first"} {
			if content, err := os.ReadFile(path); string(content) != want {
				t.Errorf("%s: %s has %q, %v", name, path, content, err)
			}
		}
		if err := move(filepath.Join(dir, "none"), filepath.Join(dir, "other")); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: of nothing: %v", name, err)
		}
		if left := names(t, dir); len(left) != 2 {
			t.Errorf("%s: left are %q", name, left)
		}
	}
}

func TestTranslate(t *testing.T) {
	for code, want := range map[syscall.Errno]error{
		syscall.ENOSPC: ErrFull, syscall.EDQUOT: ErrFull, syscall.EROFS: ErrPermission, syscall.EACCES: ErrPermission,
		syscall.EPERM: ErrPermission, syscall.EEXIST: ErrExists, syscall.ENOENT: ErrNoFolder, syscall.ENOTDIR: ErrNoFolder,
		syscall.EIO: syscall.EIO,
	} {
		err := translate(&fs.PathError{Op: "open", Path: "kit.pdf", Err: code})
		if !errors.Is(err, want) || !errors.Is(err, code) {
			t.Errorf("%v: got %v", code, err)
		}
	}
}

// TestOtherDisk: devices are on none of the computer's disks.
func TestOtherDisk(t *testing.T) {
	if own, err := OnOwnDisk("/dev/not/there", "/"); err != nil || own {
		t.Errorf("got %v, %v", own, err)
	}
	if own, err := OnOwnDisk("/dev/not/there", "/dev"); err != nil || !own {
		t.Errorf("beside the data: %v, %v", own, err)
	}
}

func TestFileURL(t *testing.T) {
	if got := fileURL("/tmp/Ä b#%.pdf").String(); got != "file:///tmp/%C3%84%20b%23%25.pdf" {
		t.Errorf("got %s", got)
	}
}
