package layouts

import "fyne.io/fyne/v2"

// Column stacks objects, each as wide as the column and as high as it needs at that width. Unlike Fyne's box it gets
// wrapped text right the first time.
type Column struct {
	Gap  float32
	Fill fyne.CanvasObject // gets the height that the others leave; nil: what is left stays free
}

// Layout implements fyne.Layout.
func (l Column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	shown := visible(objects)
	rest := size.Height - l.Gap*float32(len(shown)-1)
	heights := make([]float32, len(shown))
	for i, o := range shown {
		if o != l.Fill {
			heights[i] = FitHeight(o, size.Width)
			rest -= heights[i]
		}
	}
	y := float32(0)
	for i, o := range shown {
		if o == l.Fill {
			heights[i] = max(0, rest)
		}
		Place(o, 0, y, size.Width, heights[i])
		y += heights[i] + l.Gap
	}
}

// MinSize implements fyne.Layout.
func (l Column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(0, -l.Gap)
	for _, o := range visible(objects) {
		need := o.MinSize()
		size = fyne.NewSize(max(size.Width, need.Width), size.Height+need.Height+l.Gap)
	}
	return fyne.NewSize(size.Width, max(0, size.Height))
}

// Align is where in a row an object stands that is lower than the row.
type Align int

// The ways to align.
const (
	Stretch Align = iota // it is made as high as the row
	Top
	Middle
)

// Row puts objects beside each other, each as wide as it needs, with wrapped text in Fill. Use it by pointer.
type Row struct {
	Gap   float32
	Fill  fyne.CanvasObject // gets the width that the others leave
	Least float32           // with less for Fill, for text at 100 %, the objects are below each other; 0: they never are
	Align Align

	width float32 // of the last layout
}

// Layout implements fyne.Layout.
func (l *Row) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	if l.isBelow(objects) {
		Column{Gap: l.Gap}.Layout(objects, size)
		return
	}
	rest, x := l.rest(objects), float32(0)
	for _, o := range visible(objects) {
		width := max(0, rest)
		if o != l.Fill {
			width = o.MinSize().Width
		}
		l.place(o, x, width, size.Height)
		x += width + l.Gap
	}
}

func (l *Row) place(o fyne.CanvasObject, x, width, height float32) {
	own, y := height, float32(0)
	if l.Align != Stretch {
		own = FitHeight(o, width)
	}
	if l.Align == Middle {
		y = max(0, (height-own)/2)
	}
	Place(o, x, y, width, own)
}

// rest is the width for Fill.
func (l *Row) rest(objects []fyne.CanvasObject) float32 {
	rest := l.width + l.Gap
	for _, o := range visible(objects) {
		rest -= l.Gap
		if o != l.Fill {
			rest -= o.MinSize().Width
		}
	}
	return rest
}

func (l *Row) isBelow(objects []fyne.CanvasObject) bool {
	return l.Least > 0 && l.width > 0 && l.rest(objects) < Scaled(l.Least)
}

// MinSize is as high as the objects need at the width of the last layout. What can go below asks for no width, or a wide
// object would make the window wider than a small screen with large text.
func (l *Row) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if l.isBelow(objects) {
		return fyne.NewSize(0, Column{Gap: l.Gap}.MinSize(objects).Height)
	}
	beside := fyne.NewSize(-l.Gap, 0)
	for _, o := range visible(objects) {
		need := o.MinSize()
		beside = fyne.NewSize(beside.Width+need.Width+l.Gap, max(beside.Height, need.Height))
	}
	if l.Least > 0 {
		beside.Width = 0
	}
	return fyne.NewSize(max(0, beside.Width), beside.Height)
}
