//go:build unix

package disk

import (
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
)

func must(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func modeOf(t *testing.T, path string) fs.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	must(t, err)
	return info.Mode() & (fs.ModePerm | fs.ModeSetgid | fs.ModeSticky)
}

// TestOpen: what is no file is refused at once; a pipe would wait for a writer for ever.
func TestOpen(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	listener, err := net.Listen("unix", in("socket"))
	must(t, err)
	defer listener.Close()
	must(t,
		os.WriteFile(in("file"), []byte("content"), 0o600), os.Symlink("file", in("link")),
		syscall.Mkfifo(in("pipe"), 0o600), os.Symlink("pipe", in("link to a pipe")),
		os.Mkdir(in("folder"), 0o700), os.Symlink("folder", in("link to a folder")),
		os.Symlink("/dev/zero", in("link to a device")), os.Symlink("nowhere", in("dangling")), os.Symlink("ring", in("ring")),
	)
	for _, name := range []string{"file", "link"} {
		file, err := Open(in(name))
		must(t, err)
		if content, err := io.ReadAll(file); string(content) != "content" {
			t.Errorf("%s: %q, %v", name, content, err)
		}
		file.Close()
	}
	for _, path := range []string{in("pipe"), in("link to a pipe"), in("socket"), in("folder"), in("link to a folder"), "/dev/zero", in("link to a device")} {
		if file, err := Open(path); !errors.Is(err, ErrNotFile) || file != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := Open(in("dangling")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a dangling link: %v", err)
	}
	if _, err := Open(in("ring")); !errors.Is(err, syscall.ELOOP) {
		t.Errorf("a ring of links: %v", err)
	}
}

// TestLock: neither a pipe nor a link of its name holds it up or leads it elsewhere.
func TestLock(t *testing.T) {
	dir := t.TempDir()
	pipe, link, target := filepath.Join(dir, "pipe"), filepath.Join(dir, "link"), filepath.Join(dir, "target")
	must(t, syscall.Mkfifo(pipe, 0o600), os.Symlink(target, link))
	lock := Lock(pipe)
	_, _ = lock.TryLock() // whether a pipe can be locked is the system's
	_ = lock.Close()
	if got, err := Lock(link).TryLock(); err == nil || got {
		t.Errorf("through a link: %v", err)
	}
	if _, err := os.Lstat(target); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("made through a link: %v", err)
	}
	first, second := Lock(filepath.Join(dir, "lock")), Lock(filepath.Join(dir, "lock"))
	if got, err := first.TryLock(); err != nil || !got {
		t.Errorf("the first: %v, %v", got, err)
	}
	if got, err := second.TryLock(); err != nil || got {
		t.Errorf("the second: %v, %v", got, err)
	}
	must(t, first.Close(), second.Close())
}

// TestPrivate: new folders are, and those that were open to others too. Only where a
// group shares a folder on purpose the group keeps it.
func TestPrivate(t *testing.T) {
	for _, c := range []struct {
		before          fs.FileMode
		private, shared fs.FileMode
	}{
		{0, 0o700, 0o700}, // not there yet
		{0o700, 0o700, 0o700},
		{0o755, 0o700, 0o700},
		{0o777, 0o700, 0o700},
		{0o775, 0o700, 0o700},
		{0o500, 0o500, 0o500},
		{0o770 | fs.ModeSetgid, 0o700, 0o770 | fs.ModeSetgid},
		{0o777 | fs.ModeSetgid, 0o700, 0o770 | fs.ModeSetgid},
		{0o755 | fs.ModeSetgid, 0o700, 0o750 | fs.ModeSetgid},
	} {
		for i, keep := range []func(string) error{Private, Shared} {
			dir := filepath.Join(t.TempDir(), "new", "folder")
			if c.before != 0 {
				must(t, os.MkdirAll(dir, 0o700), os.Chmod(dir, c.before))
			}
			must(t, keep(dir))
			if got, want := modeOf(t, dir), [...]fs.FileMode{c.private, c.shared}[i]; got != want {
				t.Errorf("a folder of %v has %v, want %v (shared: %d)", c.before, got, want, i)
			}
			must(t, os.Chmod(dir, 0o700))
		}
	}
}

// TestNotPrivate: a folder of many stays as it is, and so does one of another account.
func TestNotPrivate(t *testing.T) {
	dir := t.TempDir()
	must(t, os.Chmod(dir, 0o777|fs.ModeSticky))
	if err := Private(dir); !errors.Is(err, ErrWide) {
		t.Errorf("one like /tmp: %v", err)
	}
	if got := modeOf(t, dir); got != 0o777|fs.ModeSticky {
		t.Errorf("it has %v now", got)
	}
	file := filepath.Join(dir, "file")
	must(t, os.WriteFile(file, nil, 0o600))
	if err := Private(file); err == nil {
		t.Error("a file is no folder")
	}
	if os.Geteuid() == 0 { // who is not root can't give a folder away
		theirs := filepath.Join(t.TempDir(), "theirs")
		must(t, os.Mkdir(theirs, 0o700), os.Chown(theirs, 12345, 12345))
		for _, mode := range []fs.FileMode{0o700, 0o777, 0o777 | fs.ModeSetgid} {
			must(t, os.Chmod(theirs, mode))
			for _, keep := range []func(string) error{Private, Shared} {
				if err := keep(theirs); !errors.Is(err, ErrNotOwn) {
					t.Errorf("another account's, %v: %v", mode, err)
				}
			}
		}
		must(t, os.Chmod(theirs, 0o770|fs.ModeSetgid))
		if err := Shared(theirs); err != nil {
			t.Errorf("shared with a group: %v", err)
		}
		if err := Private(theirs); !errors.Is(err, ErrNotOwn) {
			t.Errorf("shared with a group, where nothing is shared: %v", err)
		}
	} else if err := Private("/"); !errors.Is(err, ErrNotOwn) {
		t.Errorf("root's folder: %v", err)
	}
}

// TestRemoveOld: what this account alone can use goes, if it is old; all else that is
// called so stays.
func TestRemoveOld(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for name, mode := range map[string]fs.FileMode{"copy-old": 0o700, "copy-used": 0o700, "copy-shared": 0o755, "copy-group": 0o770, "other": 0o700} {
		must(t, os.Mkdir(at(name), 0o700), os.WriteFile(filepath.Join(at(name), "file"), nil, 0o600), os.Chmod(at(name), mode))
	}
	must(t, os.WriteFile(at("copy-file"), nil, 0o600), os.Symlink(at("other"), at("copy-link")))
	must(t, RemoveOld(dir, "copy-", func(_ *os.Root, folder fs.FileInfo) bool { return folder.Name() != "copy-used" }))
	entries, err := os.ReadDir(dir)
	must(t, err)
	var left []string
	for _, e := range entries {
		left = append(left, e.Name())
	}
	if want := []string{"copy-file", "copy-group", "copy-link", "copy-shared", "copy-used", "other"}; !slices.Equal(left, want) {
		t.Errorf("left are %q, want %q", left, want)
	}
	must(t, os.Remove(filepath.Join(at("other"), "file")))
}

func TestErrors(t *testing.T) {
	for code, is := range map[syscall.Errno]func(error) bool{
		syscall.ENOSPC: IsFull, syscall.EDQUOT: IsFull, syscall.EROFS: IsReadOnly, syscall.EIO: IsFailing,
	} {
		wantKind(t, code, is)
	}
}

// TestProgramDir: the copy that draws without a graphics card belongs to the same folder.
func TestProgramDir(t *testing.T) {
	for program, want := range map[string]string{
		"/opt/anteroom/anteroom": "/opt/anteroom", "/opt/anteroom/software/anteroom": "/opt/anteroom", "/opt/software/bin/anteroom": "/opt/software/bin",
	} {
		if got := programDir(program); got != want {
			t.Errorf("%s: got %s, want %s", program, got, want)
		}
	}
}
