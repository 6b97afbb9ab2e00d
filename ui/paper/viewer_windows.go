package paper

import (
	"net/url"

	"anteroom/data/shell"
)

// Viewer starts the system's program for a file. It does so itself: Fyne's way, by a URL, says
// that all went well where no program is there for the file, and fails where the path has
// letters beyond ASCII.
func Viewer(func(*url.URL) error) func(path string) error { return shell.Open }
