//go:build !windows

package instance

// letForward is for Windows: a window may come forward here, or the desktop says that it wants to.
func letForward() {}
