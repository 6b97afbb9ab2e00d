package pane

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"anteroom/ui/widgets"
)

// Table is a pane with a list: its heading above, the chosen row below.
type Table struct {
	Content fyne.CanvasObject
	List    *widgets.List
}

// NewTable puts a pane together.
func NewTable(head fyne.CanvasObject, list *widgets.List, below fyne.CanvasObject) *Table {
	return &Table{Content: OverList(head, list, below), List: list}
}

// OverList is a pane with a list, which is a widgets.List or a widgets.Table.
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

// IDIn tells what the rows of a list are about, by what they show.
func IDIn[T any](shown func() []T, id func(T) string) func(row int) string {
	return func(row int) string {
		if all := shown(); row < len(all) {
			return id(all[row])
		}
		return ""
	}
}

// Focus gives the focus to the list.
func (p *Table) Focus(c fyne.Canvas) { c.Focus(p.List.Focusable()) }
