//go:build !accessibility

package main

// isRead says that Fyne is built to walk the window for screen readers.
const isRead = false
