package patients

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
)

const (
	margin     = 24  // around a page
	gap        = 8   // between things that belong together
	leastFacts = 300 // the least width of a column of facts, for text at 100 %
	pageWidth  = 960 // the most of what is to be read, for text at 100 %
	listMargin = 4   // around a list, for its focus ring
)

func padded(o fyne.CanvasObject, top, bottom, sides float32) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(top, bottom, sides, sides), o)
}

// readingWidth keeps lines from getting too long to read.
func readingWidth() fyne.Layout {
	return layouts.MaxWidth{Width: layouts.Growing(pageWidth), MarginX: margin, MarginY: margin}
}

// newFacts has facts in two columns, or in one where there is no room for two.
func newFacts() *fyne.Container {
	return container.New(&layouts.Grid{Least: leastFacts, Columns: 2, GapX: layouts.Fixed(margin), GapY: layouts.Fixed(gap + gap/2)})
}

// newTight stacks objects with hardly a gap between them.
func newTight(objects ...fyne.CanvasObject) *fyne.Container {
	const between = 2
	return padded(container.New(layouts.Column{Gap: between}, objects...), 0, between, 0)
}

// newFact is a label with what it says below it.
func newFact(label, value string) fyne.CanvasObject {
	text := widgets.Paragraph(value)
	if value == "" {
		text = widgets.Quiet("–")
	}
	return newTight(widgets.Small(label), text)
}

func hidden(n *widgets.Notice) *widgets.Notice {
	n.Hide()
	return n
}

// setNotice shows words, or nothing and takes no room.
func setNotice(n *widgets.Notice, kind widgets.Kind, text string) {
	n.Set(kind, text)
	widgets.SetVisible(n, text != "")
}
