package layouts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Parent is a widget made of others. Fyne shows no way from a widget to what is in it.
type Parent interface {
	Children() []fyne.CanvasObject
}

// Children are what an object is made of, as far as that is known.
func Children(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case Parent:
		return o.Children()
	case *container.Scroll:
		return []fyne.CanvasObject{o.Content}
	case *container.Split:
		return []fyne.CanvasObject{o.Leading, o.Trailing}
	case *container.ThemeOverride:
		return []fyne.CanvasObject{o.Content}
	}
	return nil
}

// Refresh draws root after something in it got another height: what is around that has to make room. Each container is
// laid out once for that, the innermost first, for those around it ask how high it is. So what says something else
// has to know its size by then: by SetText, not by Text alone.
func Refresh(root fyne.CanvasObject) {
	layOut(root)
	root.Refresh()
}

func layOut(o fyne.CanvasObject) {
	if o == nil || !o.Visible() {
		return
	}
	for _, child := range Children(o) {
		layOut(child)
	}
	if c, ok := o.(*fyne.Container); ok && c.Layout != nil {
		c.Layout.Layout(c.Objects, c.Size())
	}
}
