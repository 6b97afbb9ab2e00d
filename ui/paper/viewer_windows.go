package paper

import (
	"net/url"

	"golang.org/x/sys/windows"
)

// Viewer starts the system's program for a file. It does so itself: Fyne's way, by a URL, says
// that all went well where no program is there for the file, and fails where the path has
// letters beyond ASCII.
func Viewer(func(*url.URL) error) func(path string) error {
	return func(path string) error {
		verb, err := windows.UTF16PtrFromString("open")
		if err != nil {
			return err
		}
		file, err := windows.UTF16PtrFromString(path)
		if err != nil {
			return err
		}
		return windows.ShellExecute(0, verb, file, nil, nil, windows.SW_SHOWNORMAL)
	}
}
