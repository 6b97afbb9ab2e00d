package frontdesk

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
)

const (
	barMargin  = 16
	gap        = 8
	stripShare = 0.4 // of the room below the bar, at most
)

func barPadding() fyne.Layout {
	return layout.NewCustomPaddedLayout(theme.Padding(), theme.Padding(), barMargin, barMargin)
}

func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// logoLayout keeps the logo as large as the text is now, also after that was changed.
type logoLayout struct{}

func (logoLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSquareSize(theme.IconInlineSize() * 1.4)
}

func (logoLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], 0, 0, size.Width, size.Height)
}

// besideLayout has a text, and at its right what can be done; where that leaves
// the text too little room, below it.
type besideLayout struct{}

const leastText = 260 // width of a text beside a button, for text at 100 %

func (besideLayout) fits(objects []fyne.CanvasObject, width float32) bool {
	return width == 0 || width-objects[1].MinSize().Width-gap >= leastText*theme.TextSize()/14
}

func (l besideLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	text, act := objects[0], objects[1]
	least := act.MinSize()
	if l.fits(objects, size.Width) {
		place(text, 0, 0, size.Width-least.Width-gap, max(text.MinSize().Height, size.Height))
		place(act, size.Width-least.Width, 0, least.Width, least.Height)
		return
	}
	text.Resize(fyne.NewSize(size.Width, text.MinSize().Height))
	place(text, 0, 0, size.Width, text.MinSize().Height)
	place(act, 0, text.MinSize().Height+gap, least.Width, least.Height)
}

func (l besideLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	text, act := objects[0], objects[1]
	if act.Position().Y > 0 { // it is below
		return fyne.NewSize(act.MinSize().Width, text.MinSize().Height+gap+act.MinSize().Height)
	}
	return fyne.NewSize(act.MinSize().Width, max(text.MinSize().Height, act.MinSize().Height))
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
	place(left, 0, 0, left.MinSize().Width, line)
	place(right, size.Width-right.MinSize().Width, 0, right.MinSize().Width, line)
	x := left.MinSize().Width + gap
	room := max(0, size.Width-x-right.MinSize().Width-gap)
	if l.inOneLine(left, find, right, size.Width) {
		width := min(max(find.MinSize().Width, room/2), 1.5*find.MinSize().Width)
		place(find, x+room-width, (line-find.MinSize().Height)/2, width, find.MinSize().Height)
		placeIfWide(practice, x, room-width-gap, line)
		return
	}
	placeIfWide(practice, x, room, line)
	place(find, 0, line+gap/2, size.Width, find.MinSize().Height)
}

// placeIfWide leaves out what would be no more than an ellipsis.
func placeIfWide(o fyne.CanvasObject, x, width, height float32) {
	const least = 60
	showIf(o, width >= least)
	place(o, x, 0, max(0, width), height)
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
	place(bar, 0, 0, size.Width, y)
	strip.Resize(fyne.NewSize(size.Width, strip.Size().Height)) // its texts need their width before their height
	height := min(l.strip.height(), stripShare*(size.Height-y))
	place(strip, 0, y, size.Width, height)
	place(page, 0, y+height, size.Width, max(0, size.Height-y-height))
}

func (l deskLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(max(objects[0].MinSize().Width, objects[2].MinSize().Width), objects[0].MinSize().Height+objects[2].MinSize().Height)
}
