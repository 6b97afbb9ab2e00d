package instance

import "golang.org/x/sys/windows"

var allowSetForegroundWindow = windows.NewLazySystemDLL("user32.dll").NewProc("AllowSetForegroundWindow")

// letForward lets the first window come forward: Windows gives that right to the program
// that a person has just started, which may give it away.
func letForward() {
	const anybody = 0xFFFFFFFF // ASFW_ANY
	_, _, _ = allowSetForegroundWindow.Call(anybody)
}
