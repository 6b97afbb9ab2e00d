//go:build !windows

package paper

import (
	"net/url"
	"path/filepath"
)

// Viewer starts the system's program for a file, by openURL (fyne.App's OpenURL).
func Viewer(openURL func(*url.URL) error) func(path string) error {
	return func(path string) error { return openURL(fileURL(path)) }
}

// fileURL names a file of an absolute path: file:///tmp/a.
func fileURL(path string) *url.URL {
	return &url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
}
