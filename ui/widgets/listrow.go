package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// listRow is one row in sight; it shows another one as the list scrolls.
type listRow struct {
	widget.BaseWidget
	rows  *listRows
	row   int
	cells *fyne.Container
	mark  *canvas.Rectangle
}

var (
	_ fyne.DoubleTappable = (*listRow)(nil)
	_ desktop.Mouseable   = (*listRow)(nil)
)

func newListRow(rows *listRows) *listRow {
	columns := rows.owner.columns
	cells := make([]fyne.CanvasObject, len(columns))
	for i := range columns {
		cells[i] = newCell("", cellStyle)
	}
	r := &listRow{rows: rows, cells: container.New(rowLayout{columns}, cells...), mark: canvas.NewRectangle(color.Transparent)}
	r.ExtendBaseWidget(r)
	return r
}

var (
	cellStyle  = widget.RichTextStyle{ColorName: theme.ColorNameForeground}
	titleStyle = widget.RichTextStyle{ColorName: theme.ColorNamePlaceHolder, TextStyle: fyne.TextStyle{Bold: true}}
)

func newCell(text string, style widget.RichTextStyle) *widget.RichText {
	cell := widget.NewRichText(runsOf(text, style)...)
	cell.Truncation = fyne.TextTruncateEllipsis
	return cell
}

func (r *listRow) show(row int) {
	r.row = row
	for column, o := range r.cells.Objects {
		cell := o.(*widget.RichText)
		cell.Segments = runsOf(r.rows.owner.cell(row, column), cellStyle)
		cell.Refresh()
	}
	r.mark.FillColor = theme.Color(theme.ColorNamePrimary)
	r.mark.Hidden = row != r.rows.selected
	r.mark.Refresh()
}

// MouseDown chooses the row at once, and once: Fyne holds a tap back to see whether it becomes a double tap, and by then
// the row may show another one.
func (r *listRow) MouseDown(*desktop.MouseEvent) {
	touched()
	row := r.row
	FocusUnderMouse(r.rows)
	r.rows.press(row)
}

// MouseUp implements desktop.Mouseable.
func (r *listRow) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped implements fyne.DoubleTappable.
func (r *listRow) DoubleTapped(*fyne.PointEvent) {
	touched()
	r.rows.double()
}

// CreateRenderer implements fyne.Widget.
func (r *listRow) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(markLayout{}, r.cells, r.mark))
}

// markLayout puts a bar at the left of a row.
type markLayout struct{}

func (markLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	objects[1].Resize(fyne.NewSize(gap/2, size.Height))
}

func (markLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// rowLayout gives every column its width, and what is left over to those that grow.
type rowLayout struct{ columns []Column }

func (l rowLayout) Layout(cells []fyne.CanvasObject, size fyne.Size) {
	spare, growing := size.Width, 0
	for _, column := range l.columns {
		spare -= scaled(column.Width)
		if column.Grow {
			growing++
		}
	}
	x := float32(0)
	for i, column := range l.columns {
		width := scaled(column.Width)
		if column.Grow {
			width += max(0, spare) / float32(growing)
		}
		place(cells[i], x, 0, width, size.Height)
		x += width
	}
}

func (l rowLayout) MinSize(cells []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for i, column := range l.columns {
		size = fyne.NewSize(size.Width+scaled(column.Width), max(size.Height, cells[i].MinSize().Height))
	}
	return size
}
