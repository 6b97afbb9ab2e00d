package ui

import (
	"slices"

	"fyne.io/fyne/v2"
)

// stage is the window as the screens of one person see it. While the stage is
// off, nothing that they do reaches the window: dialogs that they open and the
// focus that they set are kept, and appear when the stage is on again.
type stage struct {
	fyne.Window
	canvas *stageCanvas
}

// newStage makes a stage of a window. wrap puts the curtain before a dialog.
func newStage(w fyne.Window, wrap func(fyne.CanvasObject) fyne.CanvasObject) *stage {
	c := &stageCanvas{Canvas: w.Canvas()}
	c.overlays = &stageOverlays{canvas: c, wrap: wrap}
	return &stage{Window: w, canvas: c}
}

// Canvas implements fyne.Window.
func (s *stage) Canvas() fyne.Canvas { return s.canvas }

// turnOn shows content and the dialogs over it.
func (s *stage) turnOn(content fyne.CanvasObject) {
	c := s.canvas
	c.on = true
	s.Window.SetContent(content)
	c.Canvas.SetOnTypedKey(c.typedKey)
	for _, o := range c.overlays.all {
		c.Canvas.Overlays().Add(o.shown)
	}
	if c.focused != nil {
		c.Canvas.Focus(c.focused)
	}
}

// turnOff takes the dialogs off the window. The next content comes from another
// stage.
func (s *stage) turnOff() {
	c := s.canvas
	if !c.on {
		return
	}
	c.focused = c.Canvas.Focused()
	c.on = false
	clearOverlays(s.Window)
	c.Canvas.Unfocus()
	c.Canvas.SetOnTypedKey(nil)
}

// clearOverlays takes everything off that lies over a window's content, also
// what Fyne opened by itself, such as the choices of a Select.
func clearOverlays(w fyne.Window) {
	overlays := w.Canvas().Overlays()
	for top := overlays.Top(); top != nil; top = overlays.Top() {
		overlays.Remove(top)
	}
}

// stageCanvas is the canvas of a stage.
type stageCanvas struct {
	fyne.Canvas
	on       bool
	overlays *stageOverlays
	focused  fyne.Focusable // while off: what has the focus when it is on again
	typedKey func(*fyne.KeyEvent)
}

// Overlays implements fyne.Canvas.
func (c *stageCanvas) Overlays() fyne.OverlayStack { return c.overlays }

// Focus implements fyne.Canvas.
func (c *stageCanvas) Focus(o fyne.Focusable) {
	if c.on {
		c.Canvas.Focus(o)
		return
	}
	c.focused = o
}

// Unfocus implements fyne.Canvas.
func (c *stageCanvas) Unfocus() { c.Focus(nil) }

// Focused implements fyne.Canvas.
func (c *stageCanvas) Focused() fyne.Focusable {
	if c.on {
		return c.Canvas.Focused()
	}
	return c.focused
}

// FocusNext implements fyne.Canvas.
func (c *stageCanvas) FocusNext() {
	if c.on {
		c.Canvas.FocusNext()
	}
}

// FocusPrevious implements fyne.Canvas.
func (c *stageCanvas) FocusPrevious() {
	if c.on {
		c.Canvas.FocusPrevious()
	}
}

// SetOnTypedKey implements fyne.Canvas.
func (c *stageCanvas) SetOnTypedKey(f func(*fyne.KeyEvent)) {
	c.typedKey = f
	if c.on {
		c.Canvas.SetOnTypedKey(f)
	}
}

// forget drops the dialogs of a screen that was left.
func (c *stageCanvas) forget() { c.overlays.all, c.focused = nil, nil }

// stageOverlays are what lies over the content of a stage.
type stageOverlays struct {
	canvas *stageCanvas
	wrap   func(fyne.CanvasObject) fyne.CanvasObject
	all    []stageOverlay // the topmost last
}

type stageOverlay struct{ own, shown fyne.CanvasObject }

// Add implements fyne.OverlayStack.
func (s *stageOverlays) Add(o fyne.CanvasObject) {
	added := stageOverlay{o, s.wrap(o)}
	s.all = append(s.all, added)
	if s.canvas.on {
		s.canvas.Canvas.Overlays().Add(added.shown)
	}
}

// List implements fyne.OverlayStack.
func (s *stageOverlays) List() []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, o := range s.all {
		list = append(list, o.own)
	}
	return list
}

// Remove implements fyne.OverlayStack.
func (s *stageOverlays) Remove(o fyne.CanvasObject) {
	i := slices.IndexFunc(s.all, func(other stageOverlay) bool { return other.own == o })
	if i < 0 {
		return
	}
	if s.canvas.on {
		s.canvas.Canvas.Overlays().Remove(s.all[i].shown)
	} else {
		s.canvas.focused = nil // it was in there; who closes it says what gets the focus
	}
	s.all = slices.Delete(s.all, i, len(s.all))
}

// Top implements fyne.OverlayStack.
func (s *stageOverlays) Top() fyne.CanvasObject {
	if len(s.all) == 0 {
		return nil
	}
	return s.all[len(s.all)-1].own
}
