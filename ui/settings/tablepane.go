package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"anteroom/ui/widgets"
)

// tablePane is a pane with a list: its heading above, the chosen row below.
type tablePane struct {
	content fyne.CanvasObject
	list    *widgets.List
}

func newTablePane(head fyne.CanvasObject, list *widgets.List, below fyne.CanvasObject) *tablePane {
	table := widgets.NewInnerScroll(container.ScrollHorizontalOnly, container.New(layout.NewCustomPaddedLayout(0, listMargin, listMargin, listMargin), list))
	frame := container.New(layout.NewBorderLayout(head, below, nil, nil), head, table, below) // in the order of Tab
	margin := container.New(layout.NewCustomPaddedLayout(paneMargin, paneMargin, paneMargin, paneMargin), frame)
	return &tablePane{content: container.NewVScroll(margin), list: list}
}

// idIn tells what the rows of a list are about, by what they show.
func idIn[T any](shown func() []T, id func(T) string) func(row int) string {
	return func(row int) string {
		if all := shown(); row < len(all) {
			return id(all[row])
		}
		return ""
	}
}

func (p *tablePane) focus(c fyne.Canvas) { c.Focus(p.list.Focusable()) }
