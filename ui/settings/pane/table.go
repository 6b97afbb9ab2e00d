package pane

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
)

// OverList is a pane with a list on a card: its heading above, and right below the rows, on the card, what can be done with
// the chosen one. The card is as high as its rows need, or as there is room.
func OverList(head fyne.CanvasObject, card *widgets.ListCard) *container.Scroll {
	frame := container.New(listLayout{card}, head, card)
	return container.NewVScroll(container.New(ReadingLayout(Margin), frame))
}

// listLayout has the head above the card.
type listLayout struct{ card *widgets.ListCard }

const headGap = 16 // between a heading and the card with its list

func (l listLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	head := layouts.FitHeight(objects[0], size.Width)
	layouts.Place(objects[0], 0, 0, size.Width, head)
	layouts.Place(l.card, 0, head+headGap, size.Width, min(l.card.FullHeight(size.Width), size.Height-head-headGap))
}

func (l listLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	head, card := objects[0].MinSize(), l.card.MinSize()
	return fyne.NewSize(max(head.Width, card.Width), head.Height+headGap+card.Height)
}

// Sideways has a list that scrolls sideways where its columns are too wide.
func Sideways(list fyne.CanvasObject) fyne.CanvasObject {
	return widgets.NewInnerScroll(container.ScrollHorizontalOnly, container.New(layout.NewCustomPaddedLayout(0, 4, 0, 0), list))
}
