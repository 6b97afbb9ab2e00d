package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// listRows is how many rows of the activity are in sight at least.
const listRows = 8

// grownLength is a length for text at 100 % at the text size in use.
func grownLength(length float32) float32 { return length * theme.TextSize() / 14 }

// rowsLayout keeps room for some rows of a list.
type rowsLayout struct{ rows float32 }

func (rowsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

func (l rowsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := objects[0].MinSize()
	row := fyne.MeasureText("X", theme.TextSize(), fyne.TextStyle{}).Height + 2*theme.InnerPadding()
	return fyne.NewSize(least.Width, max(least.Height, (l.rows+1)*row))
}

// chartsLayout puts two objects side by side, or one below the other where there
// is no room for that.
type chartsLayout struct {
	left  float32 // how wide the first is, for text at 100 %
	least float32 // how wide the second is at least
	width float32 // of the last layout
}

func (l *chartsLayout) beside() bool {
	return l.width >= grownLength(l.left)+paneMargin+grownLength(l.least)
}

func (l *chartsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	left, right := objects[0], objects[1]
	if l.beside() {
		x := grownLength(l.left) + paneMargin
		right.Move(fyne.NewPos(x, 0))
		left.Resize(fyne.NewSize(grownLength(l.left), size.Height))
		right.Resize(fyne.NewSize(size.Width-x, size.Height))
		return
	}
	height := heightAt(left, size.Width)
	left.Resize(fyne.NewSize(size.Width, height))
	right.Move(fyne.NewPos(0, height+paneMargin))
	right.Resize(fyne.NewSize(size.Width, heightAt(right, size.Width)))
}

// MinSize is as high as the objects need at the width of the last layout.
func (l *chartsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	left, right := objects[0].MinSize(), objects[1].MinSize()
	height := left.Height + paneMargin + right.Height
	if l.beside() {
		height = max(left.Height, right.Height)
	}
	return fyne.NewSize(max(left.Width, right.Width), height)
}

// heightAt is how high an object is at a width: wrapped text knows only then.
func heightAt(o fyne.CanvasObject, width float32) float32 {
	o.Resize(fyne.NewSize(width, o.Size().Height))
	return o.MinSize().Height
}

// fieldsLayout puts fields of a width each in a row, and those that do not fit in
// further rows. What a choice says does not make its field wider.
type fieldsLayout struct {
	widths []float32 // for text at 100 %
	width  float32   // of the last layout
}

func (l *fieldsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.flow(objects, func(o fyne.CanvasObject, at fyne.Position, width float32) {
		height := heightAt(o, width)
		o.Move(at)
		o.Resize(fyne.NewSize(width, height))
	})
}

// MinSize is as high as the fields need at the width of the last layout.
func (l *fieldsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, l.flow(objects, func(fyne.CanvasObject, fyne.Position, float32) {}))
}

func (l *fieldsLayout) flow(objects []fyne.CanvasObject, place func(fyne.CanvasObject, fyne.Position, float32)) (height float32) {
	var at fyne.Position
	row := float32(0)
	for i, o := range objects {
		width := min(grownLength(l.widths[i]), max(l.width, 1))
		if at.X > 0 && at.X+width > l.width {
			at = fyne.NewPos(0, at.Y+row+theme.Padding())
			row = 0
		}
		place(o, at, width)
		at.X += width + 2*theme.Padding()
		row = max(row, o.MinSize().Height)
	}
	return at.Y + row
}
