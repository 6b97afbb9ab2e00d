package pane

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"anteroom/ui/widgets"
)

// OverList is a pane with a table: its heading above, the chosen row below.
func OverList(head, list, below fyne.CanvasObject) fyne.CanvasObject {
	table := Sideways(list)
	frame := container.New(layout.NewBorderLayout(head, below, nil, nil), head, table, below) // in the order of Tab
	margin := container.New(layout.NewCustomPaddedLayout(Margin, Margin, Margin, Margin), frame)
	return container.NewVScroll(margin)
}

// Sideways has a list that scrolls sideways where its columns are too wide.
func Sideways(list fyne.CanvasObject) fyne.CanvasObject {
	return widgets.NewInnerScroll(container.ScrollHorizontalOnly, container.New(layout.NewCustomPaddedLayout(0, ListMargin, ListMargin, ListMargin), list))
}
