package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"anteroom/ui/layouts"
)

// underMouse is set while a mouse gives the focus to what it presses.
var underMouse bool

// FocusUnderMouse gives the focus to what a mouse presses, which stays where it is: a second press would hit another
// thing.
func FocusUnderMouse(o interface {
	fyne.CanvasObject
	fyne.Focusable
}) {
	if c := canvasOf(o); c != nil {
		underMouse = true
		defer func() { underMouse = false }()
		c.Focus(o)
	}
}

// Reveal scrolls what is around a widget until the widget is in sight, with the label and the message of its field:
// Fyne moves the focus without looking where it goes.
func Reveal(o fyne.CanvasObject) {
	c := canvasOf(o)
	if c == nil || underMouse {
		return
	}
	path := pathTo(rootOf(c), o)
	for _, around := range path {
		if field, ok := around.(*Field); ok {
			o = field
		}
	}
	for _, around := range path {
		if scroll := scrollOf(around); scroll != nil {
			scrollTo(scroll, o)
		}
	}
}

// scrollOf is a scroller that an object is; nil: it is none.
func scrollOf(o fyne.CanvasObject) *container.Scroll {
	switch o := o.(type) {
	case *container.Scroll:
		return o
	case *InnerScroll:
		return &o.Scroll
	}
	return nil
}

func scrollTo(scroll *container.Scroll, o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(scroll).Y - ringRoom
	over := top + o.Size().Height + 2*ringRoom - scroll.Size().Height
	offset := scroll.Offset
	switch {
	case top < 0:
		offset.Y = max(0, offset.Y+top)
	case over > 0:
		offset.Y += min(over, top) // of what is higher than the window, the top
	default:
		return
	}
	scroll.ScrollToOffset(offset)
}

// PageKeys are the keys of a page that move its content through the window, where nothing in it takes the focus.
func PageKeys(scroll *container.Scroll) map[fyne.KeyName]func() {
	return map[fyne.KeyName]func(){
		fyne.KeyPageDown: func() { scrollPages(scroll, 1) },
		fyne.KeyPageUp:   func() { scrollPages(scroll, -1) },
	}
}

// scrollPages moves the content by so many times most of what is in sight, up to its ends.
func scrollPages(scroll *container.Scroll, pages float32) {
	scrollBy(scroll, pages*scroll.Size().Height*0.9)
}

// scrollLines moves it by so many keys of an arrow: two lines each.
func scrollLines(scroll *container.Scroll, keys float32) {
	scrollBy(scroll, keys*2*layouts.LineHeight())
}

func scrollBy(scroll *container.Scroll, height float32) {
	most := scroll.Content.Size().Height - scroll.Size().Height
	scroll.ScrollToOffset(fyne.NewPos(0, max(0, min(most, scroll.Offset.Y+height))))
}

// LineKeys are PageKeys with the arrows up and down, for what is only read.
func LineKeys(scroll *container.Scroll) map[fyne.KeyName]func() {
	keys := PageKeys(scroll)
	keys[fyne.KeyDown] = func() { scrollLines(scroll, 1) }
	keys[fyne.KeyUp] = func() { scrollLines(scroll, -1) }
	return keys
}
