//go:build !cgo || ci

package main

import "fyne.io/fyne/v2"

// prepare is for real windows.
func prepare(fyne.Window, func(capsLock bool)) {}
