package widgets

import (
	"slices"

	"fyne.io/fyne/v2"

	"anteroom/ui/layouts"
)

// keyTaker is a pane that may use a key the focused widget has no use for.
type keyTaker interface {
	takeKey(*fyne.KeyEvent) bool
}

// runeTaker is a pane that may use a letter typed where no field is.
type runeTaker interface {
	takeRune(rune) bool
}

// PassKey offers a key that a focused widget has no use for to the panes around it, innermost first, and then to the
// others in sight.
func PassKey(from fyne.CanvasObject, key *fyne.KeyEvent) {
	if c := canvasOf(from); c != nil {
		offerKey(c, from, key)
	}
}

// PassRune does the same with a letter: every widget that takes the focus and has no text passes them on.
func PassRune(from fyne.CanvasObject, r rune) {
	if c := canvasOf(from); c != nil {
		offerRune(c, from, r)
	}
}

// hearUnfocusedKeys lets panes have their keys also while nothing has the focus.
func hearUnfocusedKeys(c fyne.Canvas) {
	c.SetOnTypedKey(func(key *fyne.KeyEvent) { offerKey(c, nil, key) })
	c.SetOnTypedRune(func(r rune) { offerRune(c, nil, r) })
}

func offerKey(c fyne.Canvas, from fyne.CanvasObject, key *fyne.KeyEvent) {
	offer(c, from, func(o fyne.CanvasObject) bool {
		taker, ok := o.(keyTaker)
		return ok && taker.takeKey(key)
	})
}

func offerRune(c fyne.Canvas, from fyne.CanvasObject, r rune) {
	offer(c, from, func(o fyne.CanvasObject) bool {
		taker, ok := o.(runeTaker)
		return ok && taker.takeRune(r)
	})
}

// offer asks the panes around from, innermost first, and then all in sight: the bar of a window lies beside its pages.
func offer(c fyne.Canvas, from fyne.CanvasObject, take func(fyne.CanvasObject) bool) {
	touched()
	root := rootOf(c)
	for _, panes := range [][]fyne.CanvasObject{pathTo(root, from), visibleIn(root)} {
		for _, pane := range slices.Backward(panes) {
			if take(pane) {
				return
			}
		}
	}
}

// rootOf is what the user can reach now: the topmost overlay, or else the content of the window.
func rootOf(c fyne.Canvas) fyne.CanvasObject {
	if top := c.Overlays().Top(); top != nil {
		return top
	}
	return c.Content()
}

// pathTo lists the objects from root down to target, both included; nil if target is not in there.
func pathTo(root, target fyne.CanvasObject) []fyne.CanvasObject {
	if root == nil || target == nil {
		return nil
	}
	if root == target {
		return []fyne.CanvasObject{root}
	}
	for _, child := range layouts.Children(root) {
		if path := pathTo(child, target); path != nil {
			return append([]fyne.CanvasObject{root}, path...)
		}
	}
	return nil
}

// visibleIn lists root and all that is visible in it, in the order of the Tab key.
func visibleIn(root fyne.CanvasObject) []fyne.CanvasObject {
	if root == nil || !root.Visible() {
		return nil
	}
	found := []fyne.CanvasObject{root}
	for _, child := range layouts.Children(root) {
		found = append(found, visibleIn(child)...)
	}
	return found
}

// firstToFocus is the first empty field in root, or else the first widget there that takes the focus.
func firstToFocus(root fyne.CanvasObject) fyne.Focusable {
	var first fyne.Focusable
	for _, o := range visibleIn(root) {
		focusable, ok := o.(fyne.Focusable)
		if !ok || isDisabled(o) {
			continue
		}
		if field, ok := o.(interface{ isEmpty() bool }); ok && field.isEmpty() {
			return focusable
		}
		if first == nil {
			first = focusable
		}
	}
	return first
}

func isDisabled(o fyne.CanvasObject) bool {
	d, ok := o.(fyne.Disableable)
	return ok && d.Disabled()
}

func isEnter(key *fyne.KeyEvent) bool {
	return key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(o)
}
