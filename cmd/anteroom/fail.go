package main

import (
	"errors"
	"fmt"
	"os"

	"fyne.io/fyne/v2/lang"

	"anteroom/ui/instance"
	"anteroom/ui/shell"
)

// The codes with which the program ends.
const (
	exitFailed   = 1
	exitNoWindow = 3 // this computer's graphics can't draw one
)

// fail says why there is no window, where the person who started the program sees it, and
// returns the code to end with.
func fail(err error) int {
	fmt.Fprintln(os.Stderr, "anteroom:", err)
	noWindow := errors.Is(err, shell.ErrNoWindow)
	if noWindow && offerSoftware() {
		return 0
	}
	if !hasTerminal() {
		showMessage(whyNot(err))
	}
	if noWindow {
		return exitNoWindow
	}
	return exitFailed
}

// whyNot is what a person can do about an error of the start.
func whyNot(err error) string {
	switch {
	case errors.Is(err, shell.ErrNoWindow):
		return lang.L("Anteroom can't open its window: it needs OpenGL 2.1, which the graphics of this computer don't have here. A remote desktop often has none, and neither has a computer without the driver of its graphics card. Sit down at the computer itself, or have the newest driver installed, then start Anteroom again.")
	case errors.Is(err, instance.ErrSilent):
		return lang.L("Anteroom is open already, and its window can't be brought forward from here. Look for it among the open windows. If it does not react, restart the computer.")
	}
	return lang.L("Anteroom could not start: {{.Error}}", map[string]any{"Error": err.Error()})
}
