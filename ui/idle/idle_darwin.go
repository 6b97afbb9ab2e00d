package idle

import (
	"context"
	"os"
	"os/exec"
	"time"
)

// All of this was written from the documentation and never tried.

// meters has macOS tell what its HID system knows.
func meters() []meter {
	return []meter{&ioreg{now: time.Now, run: func(ctx context.Context) (string, error) {
		return runIoreg(ctx, "-r", "-d", "1", "-c", "IOHIDSystem")
	}}}
}

func runIoreg(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "/usr/sbin/ioreg", args...)
	cmd.WaitDelay = patience
	output, err := cmd.Output()
	return string(output), err
}

// Watch calls lock, from a goroutine of its own, whenever the session was locked or
// another one took the screen, until ctx ends. It returns at once. A sleep is not
// told here: the window notices it by the clocks.
//
// The state is asked for. Cocoa would tell at once, but needs cgo and a run loop.
func Watch(ctx context.Context, lock func()) {
	go watchConsole(ctx, runIoreg, os.Getuid(), lock)
}
