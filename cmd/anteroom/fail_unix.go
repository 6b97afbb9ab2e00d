//go:build unix

package main

import (
	"errors"
	"os"
	"os/exec"
)

// attachConsole is for Windows: a program has its terminal here.
func attachConsole() {}

// hasTerminal says that somebody sees what is written to standard error: a desktop gives
// programs the null device, or a file.
func hasTerminal() bool {
	info, err := os.Stderr.Stat()
	nothing, err2 := os.Stat(os.DevNull)
	return err == nil && err2 == nil && info.Mode()&os.ModeCharDevice != 0 && !os.SameFile(info, nothing)
}

// offerSoftware is for Windows: where there is OpenGL here, it draws without a graphics card too.
func offerSoftware() bool { return false }

func startSoftware([]string) error { return errors.New("--software is for Windows") }

// showMessage shows a text with a program of the desktop, if it has one.
func showMessage(text string) {
	for _, command := range [][]string{
		{"zenity", "--error", "--no-markup", "--title=Anteroom", "--text=" + text},
		{"kdialog", "--title", "Anteroom", "--error", text},
		{"osascript", "-e", "on run texts", "-e", `display alert "Anteroom" message (item 1 of texts)`, "-e", "end run", text}, // macOS
	} {
		if path, err := exec.LookPath(command[0]); err == nil {
			_ = exec.Command(path, command[1:]...).Run() // it was written to standard error too
			return
		}
	}
}
