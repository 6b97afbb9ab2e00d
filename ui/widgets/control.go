package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Control is what every widget has in it that takes the focus: it comes into sight with the focus, and the keys that it
// has no use for go to what lies around it. Beside a widget of Fyne's that takes the focus too, that has to lie a level
// deeper, or Go knows neither's methods.
type Control struct {
	// Keys are keys without modifiers, Runes the letters, that do something here.
	Keys  map[fyne.KeyName]func()
	Runes map[rune]func()

	// Spoken is what it is called by who can't see it, where it is in no Field and has no text.
	Spoken string

	self    focusable
	inner   fyne.Focusable // of Fyne's, which has to know of the focus; nil: there is none
	drawn   func()         // shows that the focus came or went; nil: the widget is drawn anew, and comes into sight
	focused bool
}

type focusable interface {
	fyne.CanvasObject
	fyne.Focusable
}

// Init says which widget it is part of.
func (c *Control) Init(self focusable) { c.self = self }

// DrawFocus has f show that the focus came or went. Without it the widget is drawn anew and scrolled into sight, which a
// part of it may be better for.
func (c *Control) DrawFocus(f func()) { c.drawn = f }

// HasFocus says that the keys go here.
func (c *Control) HasFocus() bool { return c.focused }

// FocusGained implements fyne.Focusable.
func (c *Control) FocusGained() {
	c.focused = true
	if c.inner != nil {
		c.inner.FocusGained()
	}
	c.drawFocus()
}

// FocusLost implements fyne.Focusable.
func (c *Control) FocusLost() {
	c.focused = false
	if c.inner != nil {
		c.inner.FocusLost()
	}
	c.drawFocus()
}

func (c *Control) drawFocus() {
	if c.drawn != nil {
		c.drawn()
		return
	}
	if c.inner == nil {
		c.self.Refresh()
	}
	if c.focused {
		Reveal(c.self)
	}
}

// TypedKey implements fyne.Focusable.
func (c *Control) TypedKey(key *fyne.KeyEvent) {
	touched()
	if act := c.Keys[key.Name]; act != nil {
		act()
		return
	}
	PassKey(c.self, key)
}

// TypedRune implements fyne.Focusable.
func (c *Control) TypedRune(r rune) {
	touched()
	if act := c.Runes[r]; act != nil {
		act()
		return
	}
	PassRune(c.self, r)
}

// submit presses Enter, which submit is for; where that is nil, what lies around has the key.
func (c *Control) submit(key *fyne.KeyEvent, submit func()) (used bool) {
	if !isEnter(key) || submit == nil {
		return false
	}
	touched()
	submit()
	return true
}

// AccessibilityLabel implements fyne.Accessible.
func (c *Control) AccessibilityLabel() string { return c.Spoken }

// AccessibilityRole implements fyne.Accessible. Fyne has none for a field, a tick box or a list.
func (c *Control) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// pointer is what a mouse does over a widget that shows it.
type pointer struct {
	hovered, pressed bool
	changed          func()
}

// MouseIn implements desktop.Hoverable.
func (p *pointer) MouseIn(*desktop.MouseEvent) { p.set(true, p.pressed) }

// MouseMoved implements desktop.Hoverable.
func (p *pointer) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (p *pointer) MouseOut() { p.set(false, false) }

// MouseDown implements desktop.Mouseable.
func (p *pointer) MouseDown(*desktop.MouseEvent) { p.set(p.hovered, true) }

// MouseUp implements desktop.Mouseable.
func (p *pointer) MouseUp(*desktop.MouseEvent) { p.set(p.hovered, false) }

func (p *pointer) set(hovered, pressed bool) {
	p.hovered, p.pressed = hovered, pressed
	p.changed()
}

// ItemControl is a Control of several things, one of which a press of the mouse chooses and a double click opens.
type ItemControl struct {
	Control
	Press func(at fyne.Position) (id string) // chooses what is there; "" is nothing
	Open  func(id string)                    // what both presses of a double click hit

	presses Presses
}

// MouseDown implements desktop.Mouseable.
func (c *ItemControl) MouseDown(e *desktop.MouseEvent) {
	touched()
	FocusUnderMouse(c.self)
	c.presses.Add(c.Press(e.Position))
}

// MouseUp implements desktop.Mouseable.
func (c *ItemControl) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped implements fyne.DoubleTappable.
func (c *ItemControl) DoubleTapped(*fyne.PointEvent) {
	touched()
	if id := c.presses.Double(); id != "" {
		c.Open(id)
	}
}
