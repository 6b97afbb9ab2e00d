package instance

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"anteroom/auth/authtest/limits"
)

func claim(t *testing.T, private, dir string) *Instance {
	t.Helper()
	i, err := claimIn(private, dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { i.Close() })
	return i
}

// needsSockets ends a test where there are none of this kind, as under Wine.
func needsSockets(t *testing.T) {
	t.Helper()
	l, err := net.Listen("unix", filepath.Join(t.TempDir(), "s"))
	if runtime.GOOS == "windows" && err != nil {
		t.Skip("no sockets that are files: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
}

func TestSecondStartBringsTheFirstForward(t *testing.T) {
	needsSockets(t)
	private, dir := t.TempDir(), t.TempDir()
	first := claim(t, private, dir)
	raised := make(chan struct{}, 3)
	go first.Serve(func() { raised <- struct{}{} })
	for range 2 {
		if _, err := claimIn(private, filepath.Join(dir, ".")); !errors.Is(err, ErrRunning) {
			t.Fatalf("the second claim gives %v", err)
		}
		select {
		case <-raised:
		case <-time.After(limits.Wait(t)):
			t.Fatal("the first was not told")
		}
	}
}

// TestSecondStartBeforeTheWindow: who starts it twice, or a third time, while the first is slow
// is answered all the same.
func TestSecondStartBeforeTheWindow(t *testing.T) {
	needsSockets(t)
	private, dir := t.TempDir(), t.TempDir()
	first := claim(t, private, dir)
	shown, raised := make(chan struct{}), make(chan struct{}, 2)
	go first.Serve(func() {
		<-shown
		raised <- struct{}{}
	})
	for range cap(raised) {
		if _, err := claimIn(private, dir); !errors.Is(err, ErrRunning) || errors.Is(err, ErrSilent) {
			t.Errorf("before there is a window: %v", err)
		}
	}
	close(shown)
	for range cap(raised) {
		<-raised
	}
}

func TestTwoFoldersTwoWindows(t *testing.T) {
	private := t.TempDir()
	claim(t, private, t.TempDir())
	claim(t, private, t.TempDir())
}

func TestASocketLeftByAKilledProgramIsNoClaim(t *testing.T) {
	needsSockets(t)
	private, dir := t.TempDir(), t.TempDir()
	name, err := nameOf(dir)
	if err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(private, name+".sock")
	left, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	left.(*net.UnixListener).SetUnlinkOnClose(false)
	left.Close()
	if _, err := os.Stat(socket); err != nil {
		t.Fatal(err)
	}
	claim(t, private, dir)
}

func TestClaimEndsWithClose(t *testing.T) {
	private, dir := t.TempDir(), t.TempDir()
	first := claim(t, private, dir)
	served := make(chan struct{})
	go func() {
		first.Serve(func() {})
		close(served)
	}()
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	<-served
	claim(t, private, dir)
}

// A first window that does not answer (it hangs) does not become two.
func TestSecondStartOfASilentFirst(t *testing.T) {
	needsSockets(t)
	private, dir := t.TempDir(), t.TempDir()
	first := claim(t, private, dir)
	first.listener.Close()
	if _, err := claimIn(private, dir); !errors.Is(err, ErrSilent) {
		t.Fatalf("the second claim gives %v", err)
	}
}

// TestNoSocket: where nothing can tell it to come forward, the window opens all the same, and
// is the only one.
func TestNoSocket(t *testing.T) {
	private, dir := filepath.Join(t.TempDir(), strings.Repeat("long", 30)), t.TempDir()
	if err := os.Mkdir(private, 0o700); err != nil {
		t.Fatal(err)
	}
	first := claim(t, private, dir)
	first.Serve(func() { t.Error("raised") }) // and returns
	if _, err := claimIn(private, dir); !errors.Is(err, ErrRunning) || !errors.Is(err, ErrSilent) {
		t.Fatalf("the second claim gives %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	claim(t, private, dir)
}

func TestOnlyTheWordRaises(t *testing.T) {
	needsSockets(t)
	private, dir := t.TempDir(), t.TempDir()
	first := claim(t, private, dir)
	raised := make(chan struct{}, 1)
	go first.Serve(func() { raised <- struct{}{} })
	for _, word := range []string{"", "nonsense\n", strings.Repeat("x", 1<<16)} {
		c, err := net.Dial("unix", first.listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		c.Write([]byte(word))
		c.Close()
	}
	if _, err := claimIn(private, dir); !errors.Is(err, ErrRunning) {
		t.Fatal(err)
	}
	<-raised
	select {
	case <-raised:
		t.Error("raised by something else than the word")
	case <-time.After(50 * time.Millisecond):
	}
}

// A socket's path may have 103 bytes (macOS), so what is added to the folder is short.
func TestSocketNameIsShort(t *testing.T) {
	name, err := nameOf(strings.Repeat("/a long way down", 50))
	if err != nil {
		t.Fatal(err)
	}
	if len(name) > 16 {
		t.Errorf("%q has %d bytes", name, len(name))
	}
}

// TestNameOfFolderToBe: a folder has one name, before it is made and after,
// by whatever link.
func TestNameOfFolderToBe(t *testing.T) {
	base := t.TempDir()
	link := base
	if runtime.GOOS != "windows" { // where links need rights
		link = filepath.Join(base, "link")
		if err := os.Symlink(base, link); err != nil {
			t.Fatal(err)
		}
	}
	name := func(path string) string {
		n, err := nameOf(path)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := name(filepath.Join(link, "new", "data"))
	if err := os.MkdirAll(filepath.Join(base, "new", "data"), 0o700); err != nil {
		t.Fatal(err)
	}
	if after := name(filepath.Join(base, "new", "data")); before != after {
		t.Fatalf("%s before, %s after", before, after)
	}
}

// TestAfterAKill: who starts while a killed program still holds the lock gets
// it as soon as it is free.
func TestAfterAKill(t *testing.T) {
	needsSockets(t)
	private, dir := t.TempDir(), t.TempDir()
	dying := claim(t, private, dir)
	dying.listener.Close()
	time.AfterFunc(3*retryAfter, func() { dying.lock.Unlock() })
	claim(t, private, dir)
}
