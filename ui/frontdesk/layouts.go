package frontdesk

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
)

const (
	barMargin  = 16
	gap        = 8
	stripShare = 0.4 // of the room below the bar, at most
)

func barPadding() fyne.Layout {
	return layout.NewCustomPaddedLayout(theme.Padding(), theme.Padding(), barMargin, barMargin)
}

const leastText = 260 // width of a text beside a button, for text at 100 %

// beside puts at the right of a text what can be done; where that leaves the text too little room, below it.
func beside(text fyne.CanvasObject, buttons ...fyne.CanvasObject) *fyne.Container {
	row := &layouts.Row{Gap: gap, Fill: text, Least: leastText, Align: layouts.Top}
	c := container.New(row, text, container.NewHBox(buttons...))
	c.Hide()
	return c
}

// barLayout has the ways on at the left, the practice, the search, and who is
// there at the right. Where one line is too short for them, the search goes below.
type barLayout struct{ width float32 }

func (l *barLayout) inOneLine(left, find, right fyne.CanvasObject, width float32) bool {
	return left.MinSize().Width+find.MinSize().Width+right.MinSize().Width+3*gap <= width
}

func (l *barLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left, practice, find, right := objects[0], objects[1], objects[2], objects[3]
	l.width = size.Width
	line := max(left.MinSize().Height, right.MinSize().Height)
	layouts.Place(left, 0, 0, left.MinSize().Width, line)
	layouts.Place(right, size.Width-right.MinSize().Width, 0, right.MinSize().Width, line)
	x := left.MinSize().Width + gap
	room := max(0, size.Width-x-right.MinSize().Width-gap)
	if l.inOneLine(left, find, right, size.Width) {
		width := min(max(find.MinSize().Width, room/2), 1.5*find.MinSize().Width)
		layouts.Place(find, x+room-width, (line-find.MinSize().Height)/2, width, find.MinSize().Height)
		placeIfWide(practice, x, room-width-gap, line)
		return
	}
	placeIfWide(practice, x, room, line)
	layouts.Place(find, 0, line+gap/2, size.Width, find.MinSize().Height)
}

// placeIfWide leaves out what would be no more than an ellipsis.
func placeIfWide(o fyne.CanvasObject, x, width, height float32) {
	const least = 60
	widgets.SetVisible(o, width >= least)
	layouts.Place(o, x, 0, max(0, width), height)
}

func (l *barLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	left, find, right := objects[0], objects[2], objects[3]
	line := max(left.MinSize().Height, right.MinSize().Height, find.MinSize().Height)
	width := left.MinSize().Width + right.MinSize().Width + gap
	if l.width == 0 || l.inOneLine(left, find, right, l.width) {
		return fyne.NewSize(width, line)
	}
	return fyne.NewSize(width, line+gap/2+find.MinSize().Height)
}

// deskLayout has the bar above, then what has to be said, and the page.
type deskLayout struct{ strip *strip }

func (l deskLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	bar, strip, page := objects[0], objects[1], objects[2]
	bar.Resize(fyne.NewSize(size.Width, bar.Size().Height))
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
