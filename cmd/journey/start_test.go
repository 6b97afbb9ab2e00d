//go:build journey

package journey

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// bareDesk is a desk without a keyring, on a virtual display without a window manager.
func bareDesk(t *testing.T, options ...string) *desk {
	home := t.TempDir()
	d := &desk{TB: t, home: home, screen: &screen{taken: map[string]bool{}, frame: filepath.Join(home, "Xvfb_screen0")}}
	d.makeHome()
	d.measurePace()
	d.display = d.startAndHear("Xvfb", append([]string{"-displayfd", "3", "-nolisten", "tcp", "-noreset", "-fbdir", home}, options...)...)
	d.env = append(d.env, "DISPLAY=:"+d.display)
	return d
}

// TestNoWindow: without OpenGL, or without a display, the program says so and ends, and does not
// stand in the way of the next start.
func TestNoWindow(t *testing.T) {
	t.Parallel()
	for name, display := range map[string]string{"no OpenGL": "", "no display": "DISPLAY=:none"} {
		d := bareDesk(t, "-screen", "0", "1280x800x24", "-extension", "GLX")
		d.env = append(d.env, display)
		shown := filepath.Join(d.home, "message")
		zenity := filepath.Join(d.folder("viewer"), "zenity") // first of all on the PATH
		if err := os.WriteFile(zenity, []byte("#!/bin/sh\nprintf '%s\\n' \"$@\" > "+shown+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			p := d.start(programPath())
			d.waitFor(p)
			if code := p.cmd.ProcessState.ExitCode(); code != 3 || !strings.Contains(p.said.String(), "there is no display with OpenGL 2.1") {
				t.Errorf("%s: it ended with %d: %s", name, code, p.said.String())
			}
			if text, err := os.ReadFile(shown); !strings.Contains(string(text), "Anteroom can't open its window") {
				t.Errorf("%s: the desktop shows %q, %v", name, text, err)
			}
			os.Remove(shown)
		}
	}
}

// TestFits: at 150 % the first window is no larger than a screen that has no room for it, also
// where no window manager sees to that, as on Windows.
func TestFits(t *testing.T) {
	t.Parallel()
	d := bareDesk(t, "-screen", "0", "1366x768x24")
	d.env = append(d.env, "FYNE_SCALE=1.5")
	p := d.start(programPath())
	size := ""
	d.untilReady(p, "a window that fits", func() bool {
		window, err := d.try("xdotool", "search", "--onlyvisible", "--name", "^Anteroom$")
		if err != nil {
			return false
		}
		size, err = d.try("xdotool", "getwindowgeometry", "--shell", window)
		return err == nil && number(size, "WIDTH") <= 1366 && number(size, "HEIGHT") <= 768 && number(size, "Y") >= 0
	})
	if number(size, "WIDTH") < 1300 || number(size, "HEIGHT") < 700 {
		t.Errorf("it is smaller than the screen: %s", size)
	}
}

// number is the value of a name in lines of NAME=value.
func number(lines, name string) int {
	for line := range strings.Lines(lines) {
		if text, found := strings.CutPrefix(strings.TrimSpace(line), name+"="); found {
			n, _ := strconv.Atoi(text)
			return n
		}
	}
	return 0
}
