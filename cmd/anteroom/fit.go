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
