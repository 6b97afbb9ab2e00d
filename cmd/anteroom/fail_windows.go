package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/lang"
	"golang.org/x/sys/windows"

	"anteroom/data/disk"
)

var attachConsoleProc = windows.NewLazySystemDLL("kernel32.dll").NewProc("AttachConsole")

// attachConsole gives a program that Windows starts without a console that of the program
// which started it, if that has one. Where it writes to a file or a pipe, it goes on. Only
// what ends soon may do so: who closes a console ends all that are attached to it.
func attachConsole() {
	const parent = 0xFFFFFFFF // ATTACH_PARENT_PROCESS
	if attached, _, _ := attachConsoleProc.Call(parent); attached == 0 {
		return
	}
	for _, output := range []**os.File{&os.Stdout, &os.Stderr} {
		if _, err := (*output).Stat(); err == nil {
			continue
		}
		if console, err := os.OpenFile("CONOUT$", os.O_WRONLY, 0); err == nil {
			*output = console
		}
	}
}

// hasTerminal says that somebody sees what is written to standard error.
func hasTerminal() bool {
	var mode uint32
	return windows.GetConsoleMode(windows.Handle(os.Stderr.Fd()), &mode) == nil
}

// showMessage shows a text in a window of Windows' own.
func showMessage(text string) { _ = message(text, windows.MB_ICONERROR) }

func message(text string, style uint32) (answer int32) {
	said, err := windows.UTF16PtrFromString(strings.ReplaceAll(text, "\x00", ""))
	if err != nil {
		return 0
	}
	title, err := windows.UTF16PtrFromString("Anteroom")
	if err != nil {
		return 0
	}
	answer, _ = windows.MessageBox(0, said, title, windows.MB_SETFOREGROUND|style)
	return answer
}

// startSoftware starts the copy of the program that draws without a graphics card: Mesa's
// opengl32.dll lies beside it, and Windows looks there first. It writes into the same log.
func startSoftware(args []string) error {
	copied, err := softwareCopy()
	if err != nil {
		return err
	}
	cmd := exec.Command(copied, args...)
	if _, err := os.Stderr.Stat(); err == nil { // what the Start menu gives may be no handle of a file
		cmd.Stderr = os.Stderr
	}
	return cmd.Start()
}

func softwareCopy() (string, error) {
	own, err := os.Executable()
	if err != nil {
		return "", err
	}
	dir, err := disk.ProgramDir()
	if err != nil {
		return "", err
	}
	if dir != filepath.Dir(disk.Real(own)) {
		return "", errors.New("this is the program that draws without a graphics card")
	}
	copied := filepath.Join(dir, disk.Software, filepath.Base(own))
	if _, err := os.Stat(copied); err != nil {
		return "", fmt.Errorf("what draws without a graphics card was not installed: %w", err)
	}
	return copied, nil
}

// offerSoftware asks whether to start that copy, if there is one, and says whether it did.
func offerSoftware() bool {
	if _, err := softwareCopy(); err != nil {
		return false
	}
	text := lang.L("The graphics of this computer can't draw Anteroom's window here. Have the processor draw it? That is slower, and works over a remote desktop too.")
	const yes = 6 // IDYES
	if message(text, windows.MB_YESNO|windows.MB_ICONQUESTION) != yes {
		return false
	}
	return startSoftware(os.Args[1:]) == nil
}
