package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// NewColumn stacks objects, each as wide as the column and as high as it needs at that width. Unlike container.NewVBox
// it gets wrapped text right the first time.
func NewColumn(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(columnLayout{}, objects...)
}

// NewGap is a little more room between two parts of a column.
func NewGap() fyne.CanvasObject {
	space := canvas.NewRectangle(color.Transparent)
	space.SetMinSize(fyne.NewSquareSize(gap))
	return space
}

type columnLayout struct{}

func (columnLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		height := fitHeight(o, size.Width)
		place(o, 0, y, size.Width, height)
		y += height + gap
	}
}

func (columnLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(0, -gap)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		need := o.MinSize()
		size = fyne.NewSize(max(size.Width, need.Width), size.Height+need.Height+gap)
	}
	return fyne.NewSize(size.Width, max(0, size.Height))
}

// NewFooter is the last line of a card: what leads elsewhere on the left (or nil), the buttons on the right with the
// primary one last.
func NewFooter(left fyne.CanvasObject, right ...fyne.CanvasObject) *fyne.Container {
	objects := []fyne.CanvasObject{layout.NewSpacer()}
	if left != nil {
		objects = []fyne.CanvasObject{left, layout.NewSpacer()}
	}
	return container.NewHBox(append(objects, right...)...)
}
