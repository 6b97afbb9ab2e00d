package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data/store/conform"
)

var backupTime = time.Date(2026, 11, 24, 8, 30, 15, 999, time.FixedZone("east", 3600))

const backupBase = "anteroom-abcd2345-20261124-073015"

func order(folder string) auth.BackupOrder {
	return auth.BackupOrder{Folder: folder, Practice: markedPractice, Now: backupTime}
}

// TestBackup: the copy has everything, is one file of the right mode and name,
// and is shown for reading before it has it.
func TestBackup(t *testing.T) {
	f, s := openMarked(t, "long")
	o := order("")
	var done, total, calls int
	o.Progress = func(d, n int) {
		if d < done || d > n {
			t.Errorf("%d of %d after %d", d, n, done)
		}
		done, total = d, n
		calls++
	}
	o.Check = func(copied auth.Store) error {
		wantNoBackup(t, f.BackupFolder())
		wantWord(t, copied, "long")
		if err := mark(copied, "two"); !errors.Is(err, auth.ErrReadOnly) {
			t.Errorf("a finished copy was written to: %v", err)
		}
		return nil
	}
	file, err := s.Backup(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if done != total || calls < 2 {
		t.Errorf("%d calls, the last with %d of %d", calls, done, total)
	}
	want := auth.BackupFile{
		Path: filepath.Join(f.dir, "backups", backupBase+".backup"), Practice: "abcd2345",
		At: time.Date(2026, 11, 24, 7, 30, 15, 0, time.UTC), Size: file.Size,
	}
	info, err := os.Stat(want.Path)
	if err != nil || file != want || info.Size() != file.Size {
		t.Errorf("%+v, want %+v; %v", file, want, err)
	}
	wantMode(t, want.Path, 0o600)
	wantMode(t, f.BackupFolder(), 0o700)
	wantNames(t, f.BackupFolder(), backupBase+".backup")
	header, err := os.ReadFile(want.Path)
	if err != nil || header[18] != 1 || header[19] != 1 { // file format §1.3.3: no WAL
		t.Errorf("its journal mode is %v, %v", header[18:20], err)
	}
	wantWord(t, openBackup(t, f, want.Path), "long")
}

func openBackup(t *testing.T, f *Folder, path string) auth.Store {
	t.Helper()
	s, err := f.OpenBackup(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func wantNoBackup(t *testing.T, folder string) {
	t.Helper()
	for _, name := range names(t, folder) {
		if strings.HasSuffix(name, ".backup") {
			t.Errorf("%s is there", name)
		}
	}
}

// TestBackupMeanwhile: whoever writes between two steps of a backup is neither
// kept waiting nor in it, and does not make it begin again.
func TestBackupMeanwhile(t *testing.T) {
	f, s := openMarked(t, "long-0")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	other := conform.Start(t, "writer", f.dir)
	opened, err := f.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	words := 0
	for _, writers := range map[string]func(word string){
		"this process":    func(word string) { err = mark(opened, word) },
		"another process": func(word string) { err = errors.New(other.Do(word)) },
	} {
		before := fmt.Sprint("long-", words)
		steps := 0
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		o := order("")
		o.Now = backupTime.Add(time.Duration(words) * time.Minute)
		o.Progress = func(_, total int) {
			words++
			if writers(fmt.Sprint("long-", words)); err != nil && err.Error() != "did <nil>" {
				t.Error(err)
			}
			if steps++; steps > total/stepPages+1 {
				t.Errorf("step %d of %d pages", steps, total)
				cancel()
			}
		}
		file, err := opened.Backup(ctx, o)
		if err != nil {
			t.Fatal(err)
		}
		if steps < 2 {
			t.Fatalf("only %d steps", steps)
		}
		wantWord(t, openBackup(t, f, file.Path), before)
		wantWord(t, opened, fmt.Sprint("long-", words))
	}
}

// TestBackupInAnyFolder: a folder may have any name.
func TestBackupInAnyFolder(t *testing.T) {
	f, s := openTest(t)
	for _, name := range anyNames {
		folder := filepath.Join(t.TempDir(), name)
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		file, err := s.Backup(t.Context(), order(folder))
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		wantNames(t, folder, backupBase+".backup")
		if row := register(t, openBackup(t, f, file.Path)); row.Version != 1 {
			t.Errorf("%q: %+v", name, row)
		}
		wantNames(t, folder, backupBase+".backup")
	}
}

// TestBackupsOfOneSecond all stay, also when they are made at once.
func TestBackupsOfOneSecond(t *testing.T) {
	f, s := openTest(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if _, err := s.Backup(t.Context(), order("")); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	all, err := f.Backups("")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, file := range all {
		got = append(got, filepath.Base(file.Path))
		register(t, openBackup(t, f, file.Path))
	}
	want := []string{backupBase + "-4.backup", backupBase + "-3.backup", backupBase + "-2.backup", backupBase + ".backup"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestBackupFails: whatever goes wrong is said, leaves nothing behind, and
// older backups stay.
func TestBackupFails(t *testing.T) {
	f, s := openMarked(t, "long")
	if _, err := s.Backup(t.Context(), order("")); err != nil {
		t.Fatal(err)
	}
	stop := errors.New("does not open")
	damage := func(offset int64) func(string) {
		return func(part string) { overwrite(t, part, offset, bytes.Repeat([]byte{0xa5}, 3000)) }
	}
	for name, c := range map[string]struct {
		written func(part string) // between copying and checking
		check   error
		cancel  bool
		want    error
	}{
		"a damaged page":   {written: damage(20 * 4096), want: auth.ErrDamaged},
		"a damaged header": {written: damage(0), want: auth.ErrDamaged},
		"a cut copy":       {written: func(part string) { os.Truncate(part, 40*4096) }, want: auth.ErrDamaged},
		"the check":        {check: stop, want: stop},
		"called off":       {cancel: true, want: context.Canceled},
		"called off late":  {written: func(string) {}, cancel: true, want: context.Canceled},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		o := order("")
		o.Now = backupTime.Add(time.Hour)
		o.Keep = func(times []time.Time) []bool { return make([]bool, len(times)) }
		o.Check = func(auth.Store) error { return c.check }
		if c.cancel && c.written == nil {
			o.Progress = func(int, int) {
				if ctx.Err() != nil {
					t.Errorf("%s: it goes on", name)
				}
				cancel()
			}
		}
		s.trap = func(step string) error {
			if step == stepWritten && c.written != nil {
				parts, err := filepath.Glob(filepath.Join(f.BackupFolder(), "*"+partMark+"*"))
				if err != nil || len(parts) != 1 {
					t.Fatalf("%q, %v", parts, err)
				}
				c.written(parts[0])
			}
			if step == stepChecked && c.cancel {
				cancel()
			}
			return nil
		}
		if file, err := s.Backup(ctx, o); !errors.Is(err, c.want) || file != (auth.BackupFile{}) {
			t.Errorf("%s: %+v, %v", name, file, err)
		}
		cancel()
		wantNames(t, f.BackupFolder(), backupBase+".backup")
	}
}

func overwrite(t *testing.T, path string, offset int64, content []byte) {
	t.Helper()
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = file.WriteAt(content, offset)
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestBackupFolder: only our own folder is made; a drive that is not there, or
// is pulled out meanwhile, is named.
func TestBackupFolder(t *testing.T) {
	f, s := openTest(t)
	dir := t.TempDir()
	plain := filepath.Join(dir, "file")
	if err := os.WriteFile(plain, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{filepath.Join(dir, "missing"), plain, filepath.Join(plain, "x")} {
		if _, err := s.Backup(t.Context(), order(folder)); !errors.Is(err, auth.ErrFolder) {
			t.Errorf("back up into %s: %v", folder, err)
		}
		if _, err := f.Backups(folder); !errors.Is(err, auth.ErrFolder) {
			t.Errorf("list %s: %v", folder, err)
		}
	}
	wantNames(t, dir, "file")
	drive := filepath.Join(dir, "drive")
	if err := os.Mkdir(drive, 0o700); err != nil {
		t.Fatal(err)
	}
	s.trap = func(string) error { return os.RemoveAll(drive) }
	if _, err := s.Backup(t.Context(), order(drive)); !errors.Is(err, auth.ErrFolder) {
		t.Errorf("a drive pulled out: %v", err)
	}
	if _, err := s.Backup(t.Context(), auth.BackupOrder{Practice: "!", Now: backupTime}); err == nil {
		t.Error("a practice without an id was backed up")
	}
	if _, err := f.Backups(""); !errors.Is(err, auth.ErrFolder) {
		t.Errorf("our own folder, which is not there yet: %v", err)
	}
}

// backer is a child that backs up into a folder, with files limited to a size.
func backer(dir string, in io.Reader, out io.Writer) {
	f, err := At(dir)
	var s auth.Store
	if err == nil {
		s, err = f.Open(context.Background())
	}
	conform.Commands(in, out, err, func(words []string) error {
		if limit, _ := strconv.ParseInt(words[1], 10, 64); limit > 0 {
			if err := limitFiles(limit); err != nil {
				return err
			}
		}
		_, err := s.Backup(context.Background(), order(words[0]))
		for _, known := range []error{auth.ErrDiskFull, auth.ErrDisk} {
			if errors.Is(err, known) {
				return known
			}
		}
		return err
	})
}

// TestBackupNoSpace: a disk that is full or fails is named, and nothing is left
// on it. Where nothing may be mounted, only failing is tried.
func TestBackupNoSpace(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("neither can be made here")
	}
	f, s := openMarked(t, "long")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	small := t.TempDir()
	if mount(t, small, "-t", "tmpfs", "-o", "size=1m", "tmpfs") {
		child := conform.Start(t, "backer", f.dir)
		if got, want := child.Do(small, "0"), "did "+auth.ErrDiskFull.Error(); got != want {
			t.Errorf("a full disk: got %q, want %q", got, want)
		}
		wantNames(t, small)
	}
	failing := t.TempDir()
	child := conform.Start(t, "backer", f.dir)
	if got, want := child.Do(failing, "1000000"), "did "+auth.ErrDisk.Error(); got != want {
		t.Errorf("a failing disk: got %q, want %q", got, want)
	}
	wantNames(t, failing)
}

// mount mounts something until the test ends, where that is allowed.
func mount(t *testing.T, on string, args ...string) bool {
	t.Helper()
	if out, err := exec.Command("mount", append(args, on)...).CombinedOutput(); err != nil {
		t.Logf("nothing can be mounted here: %v, %s", err, out)
		return false
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", on).CombinedOutput(); err != nil {
			t.Errorf("umount: %v, %s", err, out)
		}
	})
	return true
}
