//go:build !cgo || ci

package main

import "fyne.io/fyne/v2"

// fit is for real windows.
func fit(fyne.Window) {}
