package patients

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
)

const (
	margin     = 24 // around a page
	gap        = 8  // between things that belong together
	listMargin = 4  // around a list, for its focus ring

	// For text at 100 %:
	pageWidth   = 960  // the most of what is to be read
	recordWidth = 1240 // the most of a patient's page
	leastRecord = 840  // with less there is one column on it
	mostWho     = 420  // the left one
	leastVisit  = 195  // with less for its words, the buttons of an appointment are below them
)

func padded(o fyne.CanvasObject, top, bottom, sides float32) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(top, bottom, sides, sides), o)
}

// newTight stacks objects with hardly a gap between them.
func newTight(objects ...fyne.CanvasObject) *fyne.Container {
	const between = 2
	return padded(container.New(layouts.Column{Gap: between}, objects...), 0, between, 0)
}

func hidden(n *widgets.Notice) *widgets.Notice {
	n.Hide()
	return n
}

// setNotice shows words, or nothing and takes no room.
func setNotice(n *widgets.Notice, kind widgets.Kind, text string) {
	n.Set(kind, text)
	widgets.SetVisible(n, text != "")
}

// recordLayout has who a patient is at the left with all else that is known below, and the appointments at the right;
// with less room all in one column, the appointments first.
type recordLayout struct {
	who, visits, rest fyne.CanvasObject

	narrowed func(bool) // hears that there is one column, or are two again
	width    float32
	isNarrow bool
}

// columns are the widths of the two; left is 0 where there is one.
func (l *recordLayout) columns() (left, right float32) {
	if l.width < layouts.Scaled(leastRecord) {
		return 0, l.width
	}
	left = min(l.width*0.37, layouts.Scaled(mostWho))
	return left, l.width - left - margin/2
}

func (l *recordLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	left, right := l.columns()
	column := layouts.Column{Gap: margin / 2}
	if isNarrow := left == 0; l.isNarrow != isNarrow && size.Width > 0 {
		l.isNarrow = isNarrow
		l.narrowed(isNarrow)
		return // which laid it out
	}
	if left == 0 {
		column.Layout(objects, size)
		return
	}
	column.Layout([]fyne.CanvasObject{l.who, l.rest}, fyne.NewSize(left, size.Height))
	layouts.Place(l.visits, size.Width-right, 0, right, layouts.FitHeight(l.visits, right))
}

// MinSize is as high as the objects need at the width of the last layout, and no width: what is in it wraps.
func (l *recordLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	column := layouts.Column{Gap: margin / 2}
	if left, _ := l.columns(); left == 0 {
		return fyne.NewSize(0, column.MinSize(objects).Height)
	}
	who := column.MinSize([]fyne.CanvasObject{l.who, l.rest})
	return fyne.NewSize(0, max(who.Height, l.visits.MinSize().Height))
}

// toastLayout has a page above the toast at its foot.
type toastLayout struct{ toast *widgets.Toast }

func (l toastLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	page := size
	if l.toast.Visible() {
		fit := l.toast.Fit(size.Width - 2*margin)
		layouts.Place(l.toast, (size.Width-fit.Width)/2, size.Height-fit.Height-gap, fit.Width, fit.Height)
		page.Height -= fit.Height + gap
	}
	objects[0].Resize(page)
}

func (toastLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }
