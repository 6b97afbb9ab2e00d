package shell

import (
	"slices"

	"fyne.io/fyne/v2"

	"anteroom/ui/widgets"
)

// windowProxy is the window as the screens of one workspace see it. While it is
// off, nothing that they do reaches the window: dialogs that they open and the
// focus that they set are kept, and appear when it is on again.
type windowProxy struct {
	fyne.Window
	canvas *proxyCanvas
}

// newWindowProxy makes a proxy of a window. wrap puts the privacy screen before a dialog;
// beneath changes what is on the window, under what has to stay on top of it.
func newWindowProxy(w fyne.Window, wrap func(fyne.CanvasObject) fyne.CanvasObject, beneath func(change func())) *windowProxy {
	c := &proxyCanvas{Canvas: w.Canvas(), beneath: beneath}
	c.overlays = &proxyOverlays{canvas: c, wrap: wrap}
	return &windowProxy{Window: w, canvas: c}
}

// Canvas implements fyne.Window.
func (p *windowProxy) Canvas() fyne.Canvas { return p.canvas }

// SetContent implements fyne.Window. What is on the window is not for the screens
// to say.
func (p *windowProxy) SetContent(fyne.CanvasObject) {}

// RequestFocus implements fyne.Window.
func (p *windowProxy) RequestFocus() {
	if p.canvas.on {
		p.Window.RequestFocus()
	}
}

// turnOn shows content and the dialogs over it.
func (p *windowProxy) turnOn(content fyne.CanvasObject) {
	c := p.canvas
	c.on = true
	c.beneath(func() {
		p.Window.SetContent(content)
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
func (p *windowProxy) refocus() {
	c := p.canvas
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
// proxy.
func (p *windowProxy) turnOff() {
	c := p.canvas
	if !c.on {
		return
	}
	widgets.PutAway()
	c.beneath(func() {
		c.clearForeign()
		focused := c.takeFocus()
		c.on = false
		clearOverlays(p.Window)
		c.Canvas.Unfocus()
		c.focused = focused // whatever was done about the loss of it
		c.Canvas.SetOnTypedKey(nil)
		c.Canvas.SetOnTypedRune(nil)
	})
}

// empty takes everything off the window that lies over the content, and forgets
// it: its screen was left.
func (p *windowProxy) empty() {
	c := p.canvas
	if c.on {
		widgets.PutAway()
		c.beneath(func() {
			clearOverlays(p.Window)
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

// proxyCanvas is the canvas of a windowProxy.
type proxyCanvas struct {
	fyne.Canvas
	on       bool
	beneath  func(change func())
	overlays *proxyOverlays
	focused  fyne.Focusable // while off: what has the focus when it is on again
	typedKey func(*fyne.KeyEvent)

	typedRune func(rune)
}

// SetContent implements fyne.Canvas.
func (c *proxyCanvas) SetContent(fyne.CanvasObject) {}

// Overlays implements fyne.Canvas.
func (c *proxyCanvas) Overlays() fyne.OverlayStack { return c.overlays }

// Focus implements fyne.Canvas.
func (c *proxyCanvas) Focus(o fyne.Focusable) {
	if c.on {
		c.beneath(func() { c.Canvas.Focus(o) })
		return
	}
	c.focused = o
}

// Unfocus implements fyne.Canvas.
func (c *proxyCanvas) Unfocus() {
	if c.on {
		c.beneath(c.Canvas.Unfocus)
		return
	}
	c.focused = nil
}

// Focused implements fyne.Canvas.
func (c *proxyCanvas) Focused() fyne.Focusable {
	focused := c.focused
	if c.on {
		c.beneath(func() { focused = c.Canvas.Focused() })
	}
	return focused
}

// FocusNext implements fyne.Canvas.
func (c *proxyCanvas) FocusNext() {
	if c.on {
		c.beneath(c.Canvas.FocusNext)
	}
}

// FocusPrevious implements fyne.Canvas.
func (c *proxyCanvas) FocusPrevious() {
	if c.on {
		c.beneath(c.Canvas.FocusPrevious)
	}
}

// OnTypedKey implements fyne.Canvas.
func (c *proxyCanvas) OnTypedKey() func(*fyne.KeyEvent) { return c.typedKey }

// SetOnTypedKey implements fyne.Canvas.
func (c *proxyCanvas) SetOnTypedKey(f func(*fyne.KeyEvent)) {
	c.typedKey = f
	if c.on {
		c.Canvas.SetOnTypedKey(f)
	}
}

// OnTypedRune implements fyne.Canvas.
func (c *proxyCanvas) OnTypedRune() func(rune) { return c.typedRune }

// SetOnTypedRune implements fyne.Canvas.
func (c *proxyCanvas) SetOnTypedRune(f func(rune)) {
	c.typedRune = f
	if c.on {
		c.Canvas.SetOnTypedRune(f)
	}
}

// clearForeign takes off what Fyne opened by itself on the window, over all that
// the proxy knows of.
func (c *proxyCanvas) clearForeign() {
	overlays := c.Canvas.Overlays()
	for top := overlays.Top(); top != nil && !c.overlays.isShown(top); top = overlays.Top() {
		overlays.Remove(top)
	}
}

// takeFocus gives what has the focus. The main menu, which has it over a screen while
// it is open, is closed.
func (c *proxyCanvas) takeFocus() fyne.Focusable {
	focused := c.Canvas.Focused()
	menu, ok := c.Canvas.(interface{ DismissMenu() bool }) // not where the OS has the menu
	if ok && menu.DismissMenu() && c.Canvas.Overlays().Top() == nil {
		return c.Canvas.Focused()
	}
	return focused
}

// proxyOverlays are what lies over the content of a windowProxy.
type proxyOverlays struct {
	canvas *proxyCanvas
	wrap   func(fyne.CanvasObject) fyne.CanvasObject
	all    []proxyOverlay // the topmost last
}

// proxyOverlay is one of them, and how it is shown: behind a privacy screen.
type proxyOverlay struct{ own, shown fyne.CanvasObject }

// Add implements fyne.OverlayStack.
func (s *proxyOverlays) Add(o fyne.CanvasObject) {
	if o == nil {
		return
	}
	s.all = append(s.all, proxyOverlay{own: o})
	if s.canvas.on {
		s.canvas.beneath(func() { s.show(len(s.all) - 1) })
	}
}

// show puts one on the window, behind a privacy screen that is new like the one before
// the content: Fyne drops what draws an object that is off the window for long.
func (s *proxyOverlays) show(i int) {
	s.all[i].shown = s.wrap(s.all[i].own)
	s.canvas.Canvas.Overlays().Add(s.all[i].shown)
}

// isShown says that an object on the window is one of them.
func (s *proxyOverlays) isShown(o fyne.CanvasObject) bool {
	return slices.ContainsFunc(s.all, func(other proxyOverlay) bool { return other.shown == o })
}

// List implements fyne.OverlayStack.
func (s *proxyOverlays) List() []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, o := range s.all {
		list = append(list, o.own)
	}
	return list
}

// Remove implements fyne.OverlayStack: those over it go too.
func (s *proxyOverlays) Remove(o fyne.CanvasObject) {
	i := slices.IndexFunc(s.all, func(other proxyOverlay) bool { return other.own == o })
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
func (s *proxyOverlays) Top() fyne.CanvasObject {
	if len(s.all) == 0 {
		return nil
	}
	return s.all[len(s.all)-1].own
}
