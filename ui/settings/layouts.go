package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
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
	return container.NewVScroll(container.New(reading(paneMargin), content))
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

// reading keeps lines from getting too long to read; margin is above and below them.
func reading(margin float32) fyne.Layout {
	return layouts.MaxWidth{Width: layouts.Growing(paneWidth), MarginX: paneMargin, MarginY: margin}
}

// indented shows that something depends on what is above it.
func indented(o fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(0, 0, indent, 0), o)
}

// shortField has a field for a short number, and what it counts beside it.
func shortField(e *widgets.Entry, what string) *fyne.Container {
	const width = 64 // for text at 100 %
	field := container.New(layouts.MinSize{Width: layouts.Exactly(layouts.Growing(width))}, e)
	return container.New(&layouts.Row{Gap: 8, Align: layouts.Middle}, field, widgets.Paragraph(what).OneLine())
}

// newFacts has labels with what they are about, in pairs.
func newFacts(pairs ...fyne.CanvasObject) *fyne.Container {
	return container.New(layouts.Facts{Gap: indent}, pairs...)
}

// roomForRows keeps room for so many rows of a list, and its titles.
func roomForRows(n float32) fyne.Layout {
	return layouts.MinSize{Height: layouts.AtLeast(func() float32 { return (n + 1) * (layouts.LineHeight() + 2*theme.InnerPadding()) })}
}

// newFieldsRow has fields of a width each beside each other, as many as fit. What a choice says does not make its field wider.
func newFieldsRow(widths []float32, fields ...fyne.CanvasObject) *fyne.Container {
	row := container.New(&layouts.Flow{GapX: layouts.Length(theme.Padding).Times(2), GapY: theme.Padding, Narrow: true})
	for i, field := range fields {
		row.Objects = append(row.Objects, container.New(layouts.MinSize{Width: layouts.Exactly(layouts.Growing(widths[i]))}, field))
	}
	return row
}

// newGrid has things of one width beside each other, as many as there is room for.
func newGrid() *fyne.Container {
	gap := layouts.Length(theme.Padding).Times(2)
	return container.New(&layouts.Grid{Least: 330, GapX: gap, GapY: gap})
}

func enable(o fyne.Disableable, on bool) {
	switch {
	case on && o.Disabled():
		o.Enable()
	case !on && !o.Disabled():
		o.Disable()
	}
}
