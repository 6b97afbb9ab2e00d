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

// newStage makes a stage of a window. wrap puts the curtain before a dialog;
// beneath changes what is on the window, under what has to stay on top of it.
func newStage(w fyne.Window, wrap func(fyne.CanvasObject) fyne.CanvasObject, beneath func(change func())) *stage {
	c := &stageCanvas{Canvas: w.Canvas(), beneath: beneath}
	c.overlays = &stageOverlays{canvas: c, wrap: wrap}
	return &stage{Window: w, canvas: c}
}

// Canvas implements fyne.Window.
func (s *stage) Canvas() fyne.Canvas { return s.canvas }

// SetContent implements fyne.Window. What is on the window is not for the screens
// to say.
func (s *stage) SetContent(fyne.CanvasObject) {}

// RequestFocus implements fyne.Window.
func (s *stage) RequestFocus() {
	if s.canvas.on {
		s.Window.RequestFocus()
	}
}

// turnOn shows content and the dialogs over it.
func (s *stage) turnOn(content fyne.CanvasObject) {
	c := s.canvas
	c.on = true
	c.beneath(func() {
		s.Window.SetContent(content)
		c.Canvas.SetOnTypedKey(c.typedKey)
		c.Canvas.SetOnTypedRune(c.typedRune)
		for i := range c.overlays.all {
			c.overlays.show(i)
		}
	})
}

// refocus gives the focus back to what had it, once all is drawn again: what was off
// the window for long Fyne has forgotten, and finds nothing in it to focus. Where that
// is gone, the first that takes the focus has it, so that nobody types into nothing.
func (s *stage) refocus() {
	c := s.canvas
	if c.focused == nil {
		return
	}
	c.beneath(func() {
		c.Canvas.Focus(c.focused)
		if c.Canvas.Focused() == nil {
			c.Canvas.FocusNext()
		}
	})
}

// turnOff takes the dialogs off the window. The next content comes from another
// stage.
func (s *stage) turnOff() {
	c := s.canvas
	if !c.on {
		return
	}
	c.beneath(func() {
		c.clearForeign()
		focused := c.takeFocus()
		c.on = false
		clearOverlays(s.Window)
		c.Canvas.Unfocus()
		c.focused = focused // whatever was done about the loss of it
		c.Canvas.SetOnTypedKey(nil)
		c.Canvas.SetOnTypedRune(nil)
	})
}

// empty takes everything off the window that lies over the content, and forgets
// it: its screen was left.
func (s *stage) empty() {
	c := s.canvas
	if c.on {
		c.beneath(func() {
			clearOverlays(s.Window)
			c.Canvas.Unfocus()
		})
	}
	c.overlays.all, c.focused = nil, nil
}

// clearOverlays takes everything off that lies over a window's content, also
// what Fyne opened by itself, such as the choices of a Select. What has the focus
// there is told that it loses it, or a tick box that is hidden later would take the
// focus from what is on the window then.
func clearOverlays(w fyne.Window) {
	overlays := w.Canvas().Overlays()
	for top := overlays.Top(); top != nil; top = overlays.Top() {
		w.Canvas().Unfocus()
		overlays.Remove(top)
	}
}

// stageCanvas is the canvas of a stage.
type stageCanvas struct {
	fyne.Canvas
	on       bool
	beneath  func(change func())
	overlays *stageOverlays
	focused  fyne.Focusable // while off: what has the focus when it is on again
	typedKey func(*fyne.KeyEvent)

	typedRune func(rune)
}

// SetContent implements fyne.Canvas.
func (c *stageCanvas) SetContent(fyne.CanvasObject) {}

// Overlays implements fyne.Canvas.
func (c *stageCanvas) Overlays() fyne.OverlayStack { return c.overlays }

// Focus implements fyne.Canvas.
func (c *stageCanvas) Focus(o fyne.Focusable) {
	if c.on {
		c.beneath(func() { c.Canvas.Focus(o) })
		return
	}
	c.focused = o
}

// Unfocus implements fyne.Canvas.
func (c *stageCanvas) Unfocus() {
	if c.on {
		c.beneath(c.Canvas.Unfocus)
		return
	}
	c.focused = nil
}

// Focused implements fyne.Canvas.
func (c *stageCanvas) Focused() fyne.Focusable {
	focused := c.focused
	if c.on {
		c.beneath(func() { focused = c.Canvas.Focused() })
	}
	return focused
}

// FocusNext implements fyne.Canvas.
func (c *stageCanvas) FocusNext() {
	if c.on {
		c.beneath(c.Canvas.FocusNext)
	}
}

// FocusPrevious implements fyne.Canvas.
func (c *stageCanvas) FocusPrevious() {
	if c.on {
		c.beneath(c.Canvas.FocusPrevious)
	}
}

// OnTypedKey implements fyne.Canvas.
func (c *stageCanvas) OnTypedKey() func(*fyne.KeyEvent) { return c.typedKey }

// SetOnTypedKey implements fyne.Canvas.
func (c *stageCanvas) SetOnTypedKey(f func(*fyne.KeyEvent)) {
	c.typedKey = f
	if c.on {
		c.Canvas.SetOnTypedKey(f)
	}
}

// OnTypedRune implements fyne.Canvas.
func (c *stageCanvas) OnTypedRune() func(rune) { return c.typedRune }

// SetOnTypedRune implements fyne.Canvas.
func (c *stageCanvas) SetOnTypedRune(f func(rune)) {
	c.typedRune = f
	if c.on {
		c.Canvas.SetOnTypedRune(f)
	}
}

// clearForeign takes off what Fyne opened by itself on the window, over all that
// the stage knows of.
func (c *stageCanvas) clearForeign() {
	overlays := c.Canvas.Overlays()
	for top := overlays.Top(); top != nil && !c.overlays.isShown(top); top = overlays.Top() {
		overlays.Remove(top)
	}
}

// takeFocus gives what has the focus. The main menu, which has it over a screen while
// it is open, is closed.
func (c *stageCanvas) takeFocus() fyne.Focusable {
	focused := c.Canvas.Focused()
	menu, ok := c.Canvas.(interface{ DismissMenu() bool }) // not where the OS has the menu
	if ok && menu.DismissMenu() && c.Canvas.Overlays().Top() == nil {
		return c.Canvas.Focused()
	}
	return focused
}

// stageOverlays are what lies over the content of a stage.
type stageOverlays struct {
	canvas *stageCanvas
	wrap   func(fyne.CanvasObject) fyne.CanvasObject
	all    []stageOverlay // the topmost last
}

// stageOverlay is one of them, and how it is shown: behind a curtain.
type stageOverlay struct{ own, shown fyne.CanvasObject }

// Add implements fyne.OverlayStack.
func (s *stageOverlays) Add(o fyne.CanvasObject) {
	if o == nil {
		return
	}
	s.all = append(s.all, stageOverlay{own: o})
	if s.canvas.on {
		s.canvas.beneath(func() { s.show(len(s.all) - 1) })
	}
}

// show puts one on the window, behind a curtain that is new like the one before
// the content: Fyne drops what draws an object that is off the window for long.
func (s *stageOverlays) show(i int) {
	s.all[i].shown = s.wrap(s.all[i].own)
	s.canvas.Canvas.Overlays().Add(s.all[i].shown)
}

// isShown says that an object on the window is one of them.
func (s *stageOverlays) isShown(o fyne.CanvasObject) bool {
	return slices.ContainsFunc(s.all, func(other stageOverlay) bool { return other.shown == o })
}

// List implements fyne.OverlayStack.
func (s *stageOverlays) List() []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, o := range s.all {
		list = append(list, o.own)
	}
	return list
}

// Remove implements fyne.OverlayStack: those over it go too.
func (s *stageOverlays) Remove(o fyne.CanvasObject) {
	i := slices.IndexFunc(s.all, func(other stageOverlay) bool { return other.own == o })
	if i < 0 {
		return
	}
	if shown := s.all[i].shown; s.canvas.on {
		s.canvas.beneath(func() { s.canvas.Canvas.Overlays().Remove(shown) })
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
