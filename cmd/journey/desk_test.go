//go:build journey || bench

package journey

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A desk is an account of its own to run the program in: a home folder, a D-Bus session with an
// unlocked keyring, on a screen that several accounts may share. Nothing of the real desk reaches
// it, and nothing of it outlives the test.
type desk struct {
	testing.TB
	*screen
	home string
	env  []string
	keys *process // the keyring
	// user is who runs all of it; nil: who runs the test.
	user *syscall.Credential
}

// A screen is a virtual display with a window manager, and the pictures taken of it.
type screen struct {
	display string
	frame   string // the file that Xvfb keeps the picture in
	pace    pace
	shots   int
	taken   map[string]bool // the pictures that are taken once

	lightAndDark bool // every picture in both
}

// The window manager makes every window fill the screen, without a frame: so the screen is the
// window, in pictures and in measurements.
const windowRules = `<openbox_config><applications>
<application class="*"><decor>no</decor><maximized>yes</maximized></application>
</applications></openbox_config>`

var desktopTools = []string{
	"Xvfb", "openbox", "dbus-daemon", "dbus-send", "gnome-keyring-daemon",
	"xdotool", "xclip", "tesseract", "zbarimg", "oathtool", "pdftotext", "secret-tool",
}

// newDesk sets up a desk with a screen of, for instance, "1280x800".
func newDesk(t testing.TB, size string) *desk { return newDeskOf(t, size, nil) }

// newDeskOf is newDesk for a user of this computer.
func newDeskOf(t testing.TB, size string, user *syscall.Credential) *desk {
	for _, tool := range desktopTools {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%s is not installed: run make setup", tool)
		}
	}
	home := t.TempDir()
	d := &desk{TB: t, home: home, user: user, screen: &screen{taken: map[string]bool{}, frame: filepath.Join(home, "Xvfb_screen0")}}
	d.makeHome()
	d.measurePace()
	// Without -noreset the X server resets when its last client disconnects, and drops who connects then.
	d.display = d.startAndHear("Xvfb", "-displayfd", "3", "-screen", "0", size+"x24",
		"-nolisten", "tcp", "-noreset", "-fbdir", home)
	d.env = append(d.env, "DISPLAY=:"+d.display)

	rules := filepath.Join(home, "openbox.xml")
	if err := os.WriteFile(rules, []byte(windowRules), 0o600); err != nil {
		t.Fatal(err)
	}
	d.own(rules)
	manager := d.start("openbox", "--config-file", rules)
	d.untilReady(manager, "the window manager", func() bool {
		_, err := d.try("xdotool", "get_num_desktops")
		return err == nil
	})
	d.openSession()
	d.tool("xdotool", "mousemove", "9999", "9999") // the pointer, out of every picture
	return d
}

// anotherAccount is another account at the same screen, or the same screen at another computer: it
// has another home and another keyring.
func (d *desk) anotherAccount() *desk {
	d.Helper()
	other := &desk{TB: d.TB, screen: d.screen, home: d.TempDir(), user: d.user}
	other.makeHome()
	other.env = append(other.env, "DISPLAY=:"+d.display)
	other.openSession()
	return other
}

// makeHome fills the home folder and sets the environment that leads there.
func (d *desk) makeHome() {
	d.Helper()
	d.own(d.home)
	if d.user != nil {
		if err := os.Chmod(filepath.Dir(d.home), 0o755); err != nil { // of the test, which has nothing else
			d.Fatal(err)
		}
	}
	d.env = []string{
		"PATH=" + d.viewer() + ":" + os.Getenv("PATH"),
		"LANG=C.UTF-8",
		"LIBGL_ALWAYS_SOFTWARE=1",
		"OMP_THREAD_LIMIT=1", // tesseract's threads wait for each other more than they work
		"HOME=" + d.home,
		"XDG_CONFIG_HOME=" + d.folder("config"),
		"XDG_CACHE_HOME=" + d.folder("cache"),
		"XDG_DATA_HOME=" + d.folder("share"),
		"XDG_STATE_HOME=" + d.folder("state"),
		"XDG_RUNTIME_DIR=" + d.folder("run"),
	}
}

// openSession starts the account's bus and its keyring, unlocked.
func (d *desk) openSession() {
	d.Helper()
	bus := d.startAndHear("dbus-daemon", "--session", "--nofork", "--print-address=3")
	d.env = append(d.env, "DBUS_SESSION_BUS_ADDRESS="+bus)

	keyring := d.command(d.Context(), "gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
	keyring.Stdin = strings.NewReader("the keyring's password")
	d.keys = d.run(keyring)
	// Asking for the service before it is there would make D-Bus start a second, locked one.
	d.untilReady(d.keys, "the keyring", func() bool {
		answer, _ := d.try("dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus",
			"/", "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets")
		return strings.Contains(answer, "boolean true")
	})
}

// viewer is a folder with the system's viewer of files: one that keeps what it was asked to show.
func (d *desk) viewer() string {
	d.Helper()
	folder := d.folder("viewer")
	script := "#!/bin/sh\nexec cp -- \"$(printf %s \"$1\" | sed 's,^file://,,')\" " + d.shown() + "\n"
	if err := os.WriteFile(filepath.Join(folder, "xdg-open"), []byte(script), 0o700); err != nil {
		d.Fatal(err)
	}
	d.own(filepath.Join(folder, "xdg-open"))
	return folder
}

// shown is the page that the viewer shows.
func (d *desk) shown() string { return filepath.Join(d.home, "viewer", "shown.pdf") }

// folder makes a private folder in the desk's home.
func (d *desk) folder(name string) string {
	path := filepath.Join(d.home, name)
	if err := os.MkdirAll(path, 0o700); err != nil {
		d.Fatal(err)
	}
	d.own(path)
	return path
}

// own gives a file to the desk's user.
func (d *desk) own(path string) {
	d.Helper()
	if d.user == nil {
		return
	}
	if err := os.Chown(path, int(d.user.Uid), int(d.user.Gid)); err != nil {
		d.Fatal(err)
	}
}

func (d *desk) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.WaitDelay = time.Second // for what a killed program's children still hold
	cmd.Env = d.env
	if d.user != nil {
		cmd.Dir = d.home // who is another may not be where we are
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Credential: d.user,
		Setpgid:    true,            // its children end with it …
		Pdeathsig:  syscall.SIGKILL, // … and it ends with us, even on Ctrl-C or go test's timeout
	}
	return cmd
}

// start runs a program until the test ends.
func (d *desk) start(name string, args ...string) *process {
	return d.run(d.command(d.Context(), name, args...))
}

func (d *desk) run(cmd *exec.Cmd) *process {
	p := &process{cmd: cmd, ended: make(chan struct{})}
	cmd.Stderr = &p.said
	if err := cmd.Start(); err != nil {
		d.Fatal(err)
	}
	go func() {
		cmd.Wait()
		close(p.ended)
	}()
	d.Cleanup(p.kill)
	return p
}

// startAndHear is start for a program that writes one line to its file descriptor 3 once it is
// ready, and returns that line.
func (d *desk) startAndHear(name string, args ...string) string {
	r, w, err := os.Pipe()
	if err != nil {
		d.Fatal(err)
	}
	defer r.Close()
	cmd := d.command(d.Context(), name, args...)
	cmd.ExtraFiles = []*os.File{w}
	p := d.run(cmd)
	w.Close()
	r.SetReadDeadline(time.Now().Add(d.pace.limit(usualWait)))
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		d.Fatalf("%s did not get ready: %v\n%s", name, err, p.said.String())
	}
	return strings.TrimSpace(line)
}

// tool runs a short command and returns what it printed; a failure ends the test.
func (d *desk) tool(name string, args ...string) string {
	d.Helper()
	out, err := d.try(name, args...)
	if err != nil {
		d.Fatal(err)
	}
	return out
}

func (d *desk) try(name string, args ...string) (string, error) {
	return d.feed(nil, name, args...)
}

// feed is try with a standard input.
func (d *desk) feed(in []byte, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(d.Context(), d.pace.limit(usualWait))
	defer cancel()
	cmd := d.command(ctx, name, args...)
	cmd.Stdin = bytes.NewReader(in)
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return strings.TrimRight(string(out), "\n"), err
}
