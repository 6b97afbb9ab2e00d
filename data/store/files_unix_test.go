//go:build unix

package store

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"anteroom/auth"
	"anteroom/data/disk"
)

// noFiles makes what has a file's name and is none, under each of these paths.
var noFiles = map[string]func(path string) error{
	"a pipe":   func(path string) error { return syscall.Mkfifo(path, 0o600) },
	"a folder": func(path string) error { return os.Mkdir(path, 0o700) },
	"a link to a pipe": func(path string) error {
		return errors.Join(syscall.Mkfifo(path+".pipe", 0o600), os.Symlink(path+".pipe", path))
	},
	"a link to a device": func(path string) error {
		return os.Symlink("/dev/zero", path)
	},
	"a socket": func(path string) error {
		at, err := net.ListenUnix("unix", &net.UnixAddr{Name: path})
		if err != nil {
			return err
		}
		at.SetUnlinkOnClose(false)
		return at.Close()
	},
}

// TestNoFileIsOpened: what is named like a backup or lies in the place of the
// database, of its lock or of SQLite's files beside it, and is no file, is refused at
// once. Before, a pipe waited for a writer for ever.
func TestNoFileIsOpened(t *testing.T) {
	for name, put := range noFiles {
		t.Run(name, func(t *testing.T) {
			folder := shortDir(t)
			f, s := openMarked(t, "one")
			file, err := s.Backup(t.Context(), order(folder))
			if err != nil {
				t.Fatal(err)
			}
			path := strings.Replace(file.Path, ".backup", "-2.backup", 1)
			if err := put(path); err != nil {
				t.Fatal(err)
			}
			if all, err := f.Backups(folder); err != nil || len(all) != 1 || all[0].Path != file.Path {
				t.Errorf("the list is %v, %v", all, err)
			}
			if b, err := f.OpenBackup(t.Context(), path); !errors.Is(err, auth.ErrDamaged) || b != nil {
				t.Errorf("as a backup: %v", err)
			}
			if _, _, err := f.Replace(t.Context(), path, fill); !errors.Is(err, auth.ErrDamaged) {
				t.Errorf("restored: %v", err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			for _, suffix := range []string{"", walSuffix, journalSuffix, indexSuffix} {
				inPlaceOf(t, put, suffix)
			}
		})
	}
}

func inPlaceOf(t *testing.T, put func(string) error, suffix string) {
	t.Helper()
	f, err := At(shortDir(t))
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.Create(t.Context(), fill)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_ = os.Remove(f.path() + suffix)
	if err := put(f.path() + suffix); err != nil {
		t.Fatal(err)
	}
	if s, err := f.Open(t.Context()); !errors.Is(err, auth.ErrDamaged) || s != nil {
		t.Errorf("in the place of the database's %q: %v", suffix, err)
	}
}

// shortDir is a folder whose paths are short enough for a socket.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "a")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// TestLockThatIsAPipe: it is opened without waiting for a writer.
func TestLockThatIsAPipe(t *testing.T) {
	f, s := openTest(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	lock := filepath.Join(f.dir, lockName)
	if err := errors.Join(os.Remove(lock), syscall.Mkfifo(lock, 0o600)); err != nil {
		t.Fatal(err)
	}
	if s, err := f.Open(t.Context()); err == nil { // where the system can lock pipes
		s.Close()
	}
}

// TestFolderIsPrivate: the data folder and the backups in it are narrowed, whenever
// they are used; a folder that somebody chose for backups stays as it is.
func TestFolderIsPrivate(t *testing.T) {
	modeOf := func(path string) fs.FileMode {
		t.Helper()
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return info.Mode().Perm()
	}
	widen := func(f *Folder) {
		t.Helper()
		if err := errors.Join(os.MkdirAll(f.BackupFolder(), 0o777), os.Chmod(f.BackupFolder(), 0o777), os.Chmod(f.dir, 0o777)); err != nil {
			t.Fatal(err)
		}
	}
	f := newFolder(t)
	if err := os.Mkdir(f.dir, 0o777); err != nil {
		t.Fatal(err)
	}
	chosen := t.TempDir()
	if err := os.Chmod(chosen, 0o777); err != nil {
		t.Fatal(err)
	}
	for name, use := range map[string]func() (auth.Store, error){
		"open": func() (auth.Store, error) { return f.Open(t.Context()) },
		"restore": func() (auth.Store, error) {
			all, err := f.Backups(chosen)
			if err != nil {
				return nil, err
			}
			s, _, err := f.Replace(t.Context(), all[0].Path, func(auth.Store) error { return nil })
			return s, err
		},
	} {
		if exists, _ := f.Exists(t.Context()); !exists {
			widen(f)
			s, err := f.Create(t.Context(), fillMarked("one"))
			if err != nil {
				t.Fatal(err)
			}
			if modeOf(f.dir) != 0o700 {
				t.Errorf("after the set-up it has %o", modeOf(f.dir))
			}
			if _, err := s.Backup(t.Context(), order(chosen)); err != nil {
				t.Fatal(err)
			}
			s.Close()
		}
		widen(f)
		s, err := use()
		if err != nil {
			t.Fatal(name, err)
		}
		if _, err := s.Backup(t.Context(), order("")); err != nil {
			t.Error(name, err)
		}
		s.Close()
		if modeOf(f.dir) != 0o700 || modeOf(f.BackupFolder()) != 0o700 {
			t.Errorf("%s: they have %o and %o", name, modeOf(f.dir), modeOf(f.BackupFolder()))
		}
	}
	if modeOf(chosen) != 0o777 {
		t.Errorf("the chosen folder has %o", modeOf(chosen))
	}
}

// TestFolderOfAnother: nothing is made in the folder of another account, nor in one
// of many.
func TestFolderOfAnother(t *testing.T) {
	f := newFolder(t)
	if err := errors.Join(os.Mkdir(f.dir, 0o700), os.Chmod(f.dir, 0o777|fs.ModeSticky)); err != nil {
		t.Fatal(err)
	}
	if s, err := f.Create(t.Context(), fill); !errors.Is(err, auth.ErrNotPrivate) || !errors.Is(err, disk.ErrWide) || s != nil {
		t.Errorf("of many: %v", err)
	}
	wantNames(t, f.dir)
}

// TestRemoteFolder: another computer's disk is refused, with a practice on it or
// without, and nothing is made there.
func TestRemoteFolder(t *testing.T) {
	f, s := openTest(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before := names(t, f.dir)
	f.remote = func(path string) bool { return path == f.dir }
	_, err1 := f.Exists(t.Context())
	_, err2 := f.Open(t.Context())
	_, err3 := f.Create(t.Context(), func(auth.Store) error { return nil })
	_, _, err4 := f.Replace(context.Background(), "x", func(auth.Store) error { return nil })
	for i, err := range []error{err1, err2, err3, err4} {
		if !errors.Is(err, auth.ErrRemote) {
			t.Errorf("%d: %v", i, err)
		}
	}
	wantNames(t, f.dir, before...)
}
