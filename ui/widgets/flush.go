package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// newFlush takes from a text of Fyne's the padding around it, by letting it stick out on all sides.
func newFlush(text fyne.CanvasObject) *fyne.Container {
	return container.New(flushLayout{}, text)
}

type flushLayout struct{}

func (flushLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	pad := theme.InnerPadding()
	for _, o := range objects {
		place(o, -pad, -pad, size.Width+2*pad, size.Height+2*pad)
	}
}

func (flushLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size.Subtract(fyne.NewSquareSize(2 * theme.InnerPadding()))
}

// newInset gives an object the padding that Fyne's texts have at their sides, centred in the height there is.
func newInset(o fyne.CanvasObject) *fyne.Container {
	return container.New(insetLayout{}, o)
}

type insetLayout struct{}

func (insetLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	pad := theme.InnerPadding()
	height := objects[0].MinSize().Height
	place(objects[0], pad, (size.Height-height)/2, size.Width-2*pad, height)
}

func (insetLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(2*theme.InnerPadding(), 0)
}
