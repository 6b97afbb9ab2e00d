//go:build cgo && !ci

package main

import (
	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// fit maximises a window that does not fit between the bars of its screen: at 150 % a small
// one has no room for its first size. Fyne can't do so, but draws by GLFW, which can.
func fit(w fyne.Window) {
	drawn, ok := w.(interface{ RunWithContext(draw func()) })
	monitor := glfw.GetPrimaryMonitor() // where a first window appears
	if !ok || monitor == nil {
		return
	}
	var window *glfw.Window
	drawn.RunWithContext(func() { window = glfw.GetCurrentContext() })
	if window == nil {
		return
	}
	_, _, areaWidth, areaHeight := monitor.GetWorkarea()
	left, top, right, bottom := window.GetFrameSize()
	width, height := window.GetSize()
	if width > areaWidth-left-right || height > areaHeight-top-bottom {
		window.SetSize(min(width, areaWidth-left-right), min(height, areaHeight-top-bottom)) // also once it is not maximised any more
		window.Maximize()
	}
}
