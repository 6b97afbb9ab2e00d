package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// ListCard is a card with a list, and right below its rows what can be done with the chosen one. The list scrolls where
// the card is too low for it, and sideways where the card is too narrow.
type ListCard struct {
	widget.BaseWidget
	list  fullList
	table *InnerScroll
	below *fyne.Container
}

type fullList interface {
	fyne.CanvasObject
	fullHeight() float32
	fitIn(s *InnerScroll)
}

// NewListCard returns one, for a List or a Table.
func NewListCard(list fullList, below ...fyne.CanvasObject) *ListCard {
	c := &ListCard{list: list, below: NewColumn(below...), table: NewInnerScroll(container.ScrollHorizontalOnly, list)}
	list.fitIn(c.table)
	c.ExtendBaseWidget(c)
	return c
}

// Children implements layouts.Parent.
func (c *ListCard) Children() []fyne.CanvasObject { return []fyne.CanvasObject{c.table, c.below} }

// FullHeight is what it needs at a width to show all rows.
func (c *ListCard) FullHeight(width float32) float32 {
	return 1 + c.list.fullHeight() + c.foot(width)
}

// foot is the height of what is below the list, with what is around it.
func (c *ListCard) foot(width float32) float32 {
	return layouts.FitHeight(c.below, width-2*cardPad) + footPad + cardPad
}

// footPad is above what stands below the list.
const footPad = 2 * gap

// CreateRenderer implements fyne.Widget.
func (c *ListCard) CreateRenderer() fyne.WidgetRenderer {
	surface, line := newSurface(), &canvas.Rectangle{}
	return &Renderer{
		Of: c, Parts: parts(surface, c.table, line, c.below),
		Look: func() {
			applySurfaceLooks(surface)
			line.FillColor = surface.StrokeColor
		},
		Least: func() fyne.Size {
			list, below := c.list.MinSize().Height, c.below.MinSize()
			return fyne.NewSize(below.Width+2*cardPad, 1+list+below.Height+footPad+cardPad)
		},
		Arrange: func(size fyne.Size) {
			surface.Resize(size)
			top := size.Height - c.foot(size.Width)
			layouts.Place(c.table, 1, 1, size.Width-2, top-1)
			layouts.Place(line, 0, top, size.Width, 1)
			layouts.Place(c.below, cardPad, top+footPad, size.Width-2*cardPad, size.Height-top-footPad-cardPad)
		},
	}
}
