package layouts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Flow puts objects in a line, and those that do not fit in further lines. Unlike layout.NewRowWrapLayout it can get
// narrower again. Use it by pointer.
type Flow struct {
	GapX, GapY Length
	Narrow     bool // may be narrower than what is in it

	width float32 // of the last layout
}

// Layout implements fyne.Layout.
func (l *Flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.each(objects, func(o fyne.CanvasObject, at fyne.Position, width float32) float32 {
		height := FitHeight(o, width)
		Place(o, at.X, at.Y, width, height)
		return height
	})
}

// MinSize is as high as the objects need at the width of the last layout.
func (l *Flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var least fyne.Size
	least.Height = l.each(objects, func(o fyne.CanvasObject, _ fyne.Position, width float32) float32 {
		least.Width = max(least.Width, width)
		return o.MinSize().Height
	})
	if l.Narrow {
		least.Width = 0
	}
	return least
}

// each goes through the objects and their places; put returns the height of one.
func (l *Flow) each(objects []fyne.CanvasObject, put func(o fyne.CanvasObject, at fyne.Position, width float32) float32) (height float32) {
	var at fyne.Position
	line := float32(0)
	for _, o := range visible(objects) {
		width := o.MinSize().Width
		if l.Narrow {
			width = min(width, max(l.width, 1))
		}
		if at.X > 0 && l.width > 0 && at.X+width > l.width {
			at, line = fyne.NewPos(0, at.Y+line+l.GapY.now()), 0
		}
		line = max(line, put(o, at, width))
		at.X += width + l.GapX.now()
	}
	return at.Y + line
}

// Grid puts objects of one width beside each other, as many as there is room for; those of a line begin at one height.
// Use it by pointer.
type Grid struct {
	Least      float32 // how wide each is, for text at 100 %
	Columns    int     // so many are beside each other, or each below the other; 0: as many as fit
	GapX, GapY Length

	width float32 // of the last layout
}

// Layout implements fyne.Layout.
func (l *Grid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.lines(objects, func(line []fyne.CanvasObject, y, width float32) (tallest float32) {
		for _, o := range line {
			tallest = max(tallest, FitHeight(o, width))
		}
		for i, o := range line {
			Place(o, float32(i)*(width+l.GapX.now()), y, width, tallest)
		}
		return tallest
	})
}

// MinSize is as high as the objects need at the width of the last layout, and no width: what is in it wraps.
func (l *Grid) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, l.lines(objects, func(line []fyne.CanvasObject, _, _ float32) (tallest float32) {
		for _, o := range line {
			tallest = max(tallest, o.MinSize().Height)
		}
		return tallest
	}))
}

func (l *Grid) lines(objects []fyne.CanvasObject, put func(line []fyne.CanvasObject, y, width float32) float32) (height float32) {
	gapX, gapY := l.GapX.now(), l.GapY.now()
	n := max(1, int((l.width+gapX)/(Scaled(l.Least)+gapX)))
	if n > l.Columns && l.Columns > 0 {
		n = l.Columns
	} else if n < l.Columns {
		n = 1
	}
	width := (l.width - float32(n-1)*gapX) / float32(n)
	shown := visible(objects)
	for i := 0; i < len(shown); i += n {
		height += put(shown[i:min(i+n, len(shown))], height, width) + gapY
	}
	return max(0, height-gapY)
}

// Facts puts labels in a column, and what they are about beside them, which wraps. The objects are in pairs.
type Facts struct{ Gap float32 } // between the two

// Layout implements fyne.Layout.
func (l Facts) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left, y := l.left(objects), float32(0)
	for i := 0; i < len(objects); i += 2 {
		height := max(objects[i].MinSize().Height, FitHeight(objects[i+1], size.Width-left))
		Place(objects[i], 0, y, left, height)
		Place(objects[i+1], left, y, size.Width-left, height)
		y += height + theme.Padding()
	}
}

// left is where what the labels are about begins.
func (l Facts) left(objects []fyne.CanvasObject) (left float32) {
	for i := 0; i < len(objects); i += 2 {
		left = max(left, objects[i].MinSize().Width)
	}
	return left + l.Gap
}

// MinSize is as high as the objects need at the width of the last layout.
func (l Facts) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width, height := float32(0), -theme.Padding()
	for i := 0; i < len(objects); i += 2 {
		label, value := objects[i].MinSize(), objects[i+1].MinSize()
		width = max(width, l.left(objects)+value.Width)
		height += max(label.Height, value.Height) + theme.Padding()
	}
	return fyne.NewSize(width, max(0, height))
}
