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
	first   fyne.Focusable // the rows
}

// table is a widgets.Table.
type table interface {
	fyne.CanvasObject
	Focusable() fyne.Focusable
}

func newTablePane(head fyne.CanvasObject, list table, below fyne.CanvasObject) *tablePane {
	table := widgets.NewInnerScroll(container.ScrollHorizontalOnly, container.New(layout.NewCustomPaddedLayout(0, listMargin, listMargin, listMargin), list))
	frame := container.New(layout.NewBorderLayout(head, below, nil, nil), head, table, below) // in the order of Tab
	margin := container.New(layout.NewCustomPaddedLayout(paneMargin, paneMargin, paneMargin, paneMargin), frame)
	return &tablePane{content: container.NewVScroll(margin), first: list.Focusable()}
}

func (p *tablePane) focus(c fyne.Canvas) { c.Focus(p.first) }
