package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// NewFlow puts things in a row, and those that do not fit in further rows. Unlike Fyne's layout.NewRowWrapLayout it can
// get narrower again.
func NewFlow(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flowLayout{}, objects...)
}

type flowLayout struct{ width float32 }

func (l *flowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.flow(objects, func(o fyne.CanvasObject, at fyne.Position, size fyne.Size) {
		place(o, at.X, at.Y, size.Width, size.Height)
	})
}

// MinSize is as high as the objects need at the width of the last layout.
func (l *flowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var least fyne.Size
	l.flow(objects, func(_ fyne.CanvasObject, at fyne.Position, size fyne.Size) {
		least = fyne.NewSize(max(least.Width, size.Width), max(least.Height, at.Y+size.Height))
	})
	return least
}

func (l *flowLayout) flow(objects []fyne.CanvasObject, put func(fyne.CanvasObject, fyne.Position, fyne.Size)) {
	var at fyne.Position
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		size := o.MinSize()
		if at.X > 0 && l.width > 0 && at.X+size.Width > l.width {
			at = fyne.NewPos(0, at.Y+size.Height+gap)
		}
		put(o, at, size)
		at.X += size.Width + gap
	}
}
