//go:build cgo && !ci

package main

import (
	"runtime"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// prepare does for a window that was just shown what Fyne can't do. GLFW can, by which Fyne draws.
func prepare(w fyne.Window, capsLock func(on bool)) {
	drawn, ok := w.(interface{ RunWithContext(draw func()) })
	if !ok {
		return
	}
	var window *glfw.Window
	drawn.RunWithContext(func() { window = glfw.GetCurrentContext() })
	if window != nil {
		fit(w, window)
		followCapsLock(window, capsLock)
	}
}

// followCapsLock calls tell with each key, which Fyne then hears.
func followCapsLock(window *glfw.Window, tell func(on bool)) {
	window.SetInputMode(glfw.LockKeyMods, glfw.True)
	caps := capsLock{late: runtime.GOOS != "windows" && runtime.GOOS != "darwin"}
	var next glfw.KeyCallback
	next = window.SetKeyCallback(func(w *glfw.Window, key glfw.Key, code int, action glfw.Action, mods glfw.ModifierKey) {
		tell(caps.isOn(key == glfw.KeyCapsLock, action == glfw.Press, mods&glfw.ModCapsLock != 0))
		next(w, key, code, action, mods)
	})
}

// fit maximises a window that does not fit between the bars of its screen: at 150 % a small
// one has no room for its first size.
func fit(w fyne.Window, window *glfw.Window) {
	monitor := glfw.GetPrimaryMonitor() // where a first window appears
	if monitor == nil {
		return
	}
	_, _, areaWidth, areaHeight := monitor.GetWorkarea()
	left, top, right, bottom := window.GetFrameSize()
	width, height := window.GetSize()
	fitWidth, fitHeight := min(width, areaWidth-left-right), min(height, areaHeight-top-bottom)
	if fitWidth == width && fitHeight == height {
		return
	}
	glfw.PollEvents() // Fyne would hear of the first size after the next one, and give the window that again
	// Its size once it is not maximised any more.
	size := w.Canvas().Size()
	w.Resize(fyne.NewSize(size.Width*float32(fitWidth)/float32(width), size.Height*float32(fitHeight)/float32(height)))
	window.Maximize()
}
