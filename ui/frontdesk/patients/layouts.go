package patients

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/widgets"
)

const (
	margin     = 24  // around a page
	gap        = 8   // between things that belong together
	leastFacts = 300 // the least width of a column of facts, for text at 100 %
	pageWidth  = 960 // the most of what is to be read, for text at 100 %
	listMargin = 4   // around a list, for its focus ring
)

// scaled turns a length for text at 100 % into one for the text size in use.
func scaled(length float32) float32 { return length * theme.TextSize() / 14 }

func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// fitHeight gives an object a width and returns the height it then needs.
func fitHeight(o fyne.CanvasObject, width float32) float32 {
	o.Resize(fyne.NewSize(width, o.Size().Height))
	return o.MinSize().Height
}

func padded(o fyne.CanvasObject, top, bottom, sides float32) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(top, bottom, sides, sides), o)
}

// readingLayout keeps lines from getting too long to read.
type readingLayout struct{}

func (readingLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(scaled(pageWidth), size.Width-2*margin)
	place(objects[0], margin, margin, width, size.Height-2*margin)
}

func (readingLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(2*margin, 2*margin)
}

// factsLayout puts facts in two columns, or in one where there is no room for
// two. Facts of a row begin at one height.
type factsLayout struct{ width float32 }

func (l *factsLayout) columns(width float32) int {
	if width < 2*scaled(leastFacts)+margin {
		return 1
	}
	return 2
}

func (l *factsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.arrange(objects, true)
}

// MinSize is as high as the facts need at the width of the last layout.
func (l *factsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(scaled(leastFacts)/2, l.arrange(objects, false))
}

func (l *factsLayout) arrange(objects []fyne.CanvasObject, move bool) (height float32) {
	n := l.columns(l.width)
	width := (l.width - float32(n-1)*margin) / float32(n)
	for i := 0; i < len(objects); i += n {
		row, tallest := objects[i:min(i+n, len(objects))], float32(0)
		for _, o := range row {
			need := o.MinSize().Height
			if move {
				need = fitHeight(o, width)
			}
			tallest = max(tallest, need)
		}
		for column, o := range row {
			if move {
				place(o, float32(column)*(width+margin), height, width, tallest)
			}
		}
		height += tallest + gap + gap/2
	}
	return max(0, height-gap-gap/2)
}

// newFact is a label with what it says below it.
func newFact(label, value string) fyne.CanvasObject {
	text := widgets.Paragraph(value)
	if value == "" {
		text = widgets.Quiet("–")
	}
	return container.New(tightLayout{}, widgets.Small(label), text)
}

// tightLayout stacks objects with hardly a gap between them.
type tightLayout struct{}

func (tightLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		height := fitHeight(o, size.Width)
		place(o, 0, y, size.Width, height)
		y += height + 2
	}
}

func (tightLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var least fyne.Size
	for _, o := range objects {
		need := o.MinSize()
		least = fyne.NewSize(max(least.Width, need.Width), least.Height+need.Height+2)
	}
	return least
}

// besideLayout has a text that wraps on the left, and what it leads to on the right.
type besideLayout struct{}

func (besideLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	button := objects[1].MinSize()
	width := max(0, size.Width-button.Width-margin)
	text := fitHeight(objects[0], width)
	height := max(text, button.Height)
	place(objects[0], 0, (height-text)/2, width, text)
	place(objects[1], size.Width-button.Width, (height-button.Height)/2, button.Width, button.Height)
}

// MinSize is as high as the text needs at the width of the last layout.
func (besideLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	text, button := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(text.Width+margin+button.Width, max(text.Height, button.Height))
}

func showIf(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

func enable(o fyne.Disableable, on bool) {
	switch {
	case on && o.Disabled():
		o.Enable()
	case !on && !o.Disabled():
		o.Disable()
	}
}

func hidden(n *widgets.Notice) *widgets.Notice {
	n.Hide()
	return n
}

// setNotice shows words, or nothing and takes no room.
func setNotice(n *widgets.Notice, kind widgets.Kind, text string) {
	n.Set(kind, text)
	showIf(n, text != "")
}
