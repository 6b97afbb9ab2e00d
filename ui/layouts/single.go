package layouts

import "fyne.io/fyne/v2"

// Inset keeps room around its objects, which lie over each other. Unlike in layout.CustomPaddedLayout the lengths
// follow the theme, and less than nothing has the objects stick out.
type Inset struct{ Top, Bottom, Left, Right Length }

// Layout implements fyne.Layout.
func (l Inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	inner := size.Subtract(l.around())
	for _, o := range objects {
		Place(o, l.Left.now(), l.Top.now(), inner.Width, inner.Height)
	}
}

// MinSize implements fyne.Layout.
func (l Inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return largest(objects).Add(l.around())
}

func (l Inset) around() fyne.Size {
	return fyne.NewSize(l.Left.now()+l.Right.now(), l.Top.now()+l.Bottom.now())
}

// MaxWidth keeps lines from getting too long to read, at the left, with margins around them.
type MaxWidth struct {
	Width            Length
	MarginX, MarginY float32
}

// Layout implements fyne.Layout.
func (l MaxWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(l.Width.now(), size.Width-2*l.MarginX)
	for _, o := range objects {
		Place(o, l.MarginX, l.MarginY, width, size.Height-2*l.MarginY)
	}
}

// MinSize implements fyne.Layout.
func (l MaxWidth) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return largest(objects).AddWidthHeight(2*l.MarginX, 2*l.MarginY)
}

// MinSize changes the least size of its objects, which lie over each other and keep their room while they are hidden. nil
// leaves a side as it is.
type MinSize struct{ Width, Height func(own float32) float32 }

// AtLeast keeps room for a length, whatever is in it.
func AtLeast(length Length) func(float32) float32 {
	return func(own float32) float32 { return max(own, length.now()) }
}

// Exactly asks for a length, whatever is in it.
func Exactly(length Length) func(float32) float32 {
	return func(float32) float32 { return length.now() }
}

// Layout implements fyne.Layout.
func (l MinSize) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		Place(o, 0, 0, size.Width, size.Height)
	}
}

// MinSize implements fyne.Layout.
func (l MinSize) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	if l.Width != nil {
		size.Width = l.Width(size.Width)
	}
	if l.Height != nil {
		size.Height = l.Height(size.Height)
	}
	return size
}

func largest(objects []fyne.CanvasObject) (size fyne.Size) {
	for _, o := range visible(objects) {
		size = size.Max(o.MinSize())
	}
	return size
}
