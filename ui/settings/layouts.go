package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	paneMargin = 24  // around a pane
	paneWidth  = 600 // of text and fields in one, for text at 100 %
	footMargin = 8   // above and below the foot of one
	listMargin = 4   // around a list, for its focus ring
	indent     = 28  // of what depends on a tick box
)

// inPane puts what is to be read in a column that scrolls where the window is
// too low for it.
func inPane(content fyne.CanvasObject) *container.Scroll {
	return container.NewVScroll(container.New(readingLayout{margin: paneMargin}, content))
}

// overFoot puts a foot below a pane that scrolls, where it stays in sight. line is around the foot.
func overFoot(scroll *container.Scroll, foot fyne.CanvasObject) (all, line *fyne.Container) {
	line = container.NewBorder(widget.NewSeparator(), nil, nil, nil, foot)
	return container.New(layout.NewBorderLayout(nil, line, nil, nil), scroll, line), line // in the order of Tab
}

// topBar is the line above the panes.
func topBar(left fyne.CanvasObject) fyne.CanvasObject {
	bar := container.NewHBox(left)
	return container.NewVBox(container.New(layout.NewCustomPaddedLayout(8, 8, paneMargin, paneMargin), bar), widget.NewSeparator())
}

// readingLayout keeps lines from getting too long to read.
type readingLayout struct{ margin float32 } // above and below

func (l readingLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(paneWidth*theme.TextSize()/14, size.Width-2*paneMargin)
	objects[0].Move(fyne.NewPos(paneMargin, l.margin))
	objects[0].Resize(fyne.NewSize(width, size.Height-2*l.margin))
}

func (l readingLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(2*paneMargin, 2*l.margin)
}

// indentLayout shows that its object depends on what is above.
type indentLayout struct{}

func (indentLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(indent, 0))
	objects[0].Resize(size.SubtractWidthHeight(indent, 0))
}

func (indentLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(indent, 0)
}

// shortFieldLayout has a field for a short number, and what it counts beside it.
type shortFieldLayout struct{}

const shortField = 64 // wide, for text at 100 %

func (shortFieldLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := shortField * theme.TextSize() / 14
	objects[0].Resize(fyne.NewSize(width, size.Height))
	text := objects[1].MinSize()
	objects[1].Move(fyne.NewPos(width+8, (size.Height-text.Height)/2))
	objects[1].Resize(text)
}

func (shortFieldLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	text := objects[1].MinSize()
	return fyne.NewSize(shortField*theme.TextSize()/14+8+text.Width, max(objects[0].MinSize().Height, text.Height))
}

func enable(o fyne.Disableable, on bool) {
	switch {
	case on && o.Disabled():
		o.Enable()
	case !on && !o.Disabled():
		o.Disable()
	}
}

// factsLayout puts labels in a column and what they are about beside them, which
// wraps.
type factsLayout struct{}

func (l factsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left, y := l.left(objects), float32(0)
	for i := 0; i < len(objects); i += 2 {
		label, value := objects[i], objects[i+1]
		value.Resize(fyne.NewSize(size.Width-left, value.Size().Height))
		height := max(label.MinSize().Height, value.MinSize().Height)
		label.Move(fyne.NewPos(0, y))
		label.Resize(fyne.NewSize(left, height))
		value.Move(fyne.NewPos(left, y))
		value.Resize(fyne.NewSize(size.Width-left, height))
		y += height + theme.Padding()
	}
}

func (l factsLayout) left(objects []fyne.CanvasObject) float32 {
	left := float32(0)
	for i := 0; i < len(objects); i += 2 {
		left = max(left, objects[i].MinSize().Width)
	}
	return left + indent
}

// MinSize is as high as the values need at the width of the last layout.
func (l factsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var least fyne.Size
	for i := 0; i < len(objects); i += 2 {
		label, value := objects[i].MinSize(), objects[i+1].MinSize()
		least.Width = max(least.Width, l.left(objects)+value.Width)
		least.Height += max(label.Height, value.Height)
		if i > 0 {
			least.Height += theme.Padding()
		}
	}
	return least
}

// withButtonLayout puts a button to the right of a text, which wraps; of the two, the
// lower one is in the middle.
type withButtonLayout struct{}

func (l withButtonLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	text, button := objects[0], objects[1]
	least := button.MinSize()
	width := max(0, size.Width-least.Width-indent)
	text.Resize(fyne.NewSize(width, text.Size().Height))
	height := text.MinSize().Height
	text.Resize(fyne.NewSize(width, height))
	text.Move(fyne.NewPos(0, max(0, (least.Height-height)/2)))
	button.Resize(least)
	button.Move(fyne.NewPos(size.Width-least.Width, max(0, (height-least.Height)/2)))
}

// MinSize is as high as the text needs at the width of the last layout.
func (l withButtonLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	text, button := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(text.Width+indent+button.Width, max(text.Height, button.Height))
}

// fieldInset is how far the text in a field is below its upper edge.
func fieldInset() float32 { return theme.InnerPadding() }
