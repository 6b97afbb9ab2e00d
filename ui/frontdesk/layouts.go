package frontdesk

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/layouts"
)

const (
	barMargin  = 8
	findWidth  = 400
	gap        = 8
	stripShare = 0.4 // of the room below the bar, at most
)

func barPadding() fyne.Layout {
	return layout.NewCustomPaddedLayout(theme.Padding(), theme.Padding(), barMargin, barMargin)
}

const leastText = 260 // width of a text beside a button, for text at 100 %

// beside puts at the right of a text what can be done; where that leaves the text too little room, below it.
func beside(text fyne.CanvasObject, buttons ...fyne.CanvasObject) *fyne.Container {
	row := &layouts.Row{Gap: gap, Fill: text, Least: leastText, Align: layouts.Middle}
	c := container.New(row, text, container.NewHBox(buttons...))
	c.Hide()
	return c
}

// deskLayout has the bar above, then what has to be said, and the page.
type deskLayout struct{ strip *strip }

func (l deskLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	bar, strip, page := objects[0], objects[1], objects[2]
	y := bar.MinSize().Height
	layouts.Place(bar, 0, 0, size.Width, y)
	strip.Resize(fyne.NewSize(size.Width, strip.Size().Height)) // its texts need their width before their height
	height := min(l.strip.height(), stripShare*(size.Height-y))
	layouts.Place(strip, 0, y, size.Width, height)
	layouts.Place(page, 0, y+height, size.Width, max(0, size.Height-y-height))
}

func (l deskLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(max(objects[0].MinSize().Width, objects[2].MinSize().Width), objects[0].MinSize().Height+objects[2].MinSize().Height)
}
