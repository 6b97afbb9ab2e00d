package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// listRow is one row in sight; it shows another one as the list scrolls.
type listRow struct {
	widget.BaseWidget
	rows  *listRows
	row   int
	cells []*widget.RichText
	mark  *canvas.Rectangle
}

var (
	_ fyne.DoubleTappable    = (*listRow)(nil)
	_ fyne.SecondaryTappable = (*listRow)(nil)
	_ desktop.Mouseable      = (*listRow)(nil)
)

func newListRow(rows *listRows) *listRow {
	r := &listRow{rows: rows, mark: canvas.NewRectangle(color.Transparent)}
	for range rows.owner.columns {
		r.cells = append(r.cells, newCell("", cellStyle))
	}
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
	for column, cell := range r.cells {
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

// TappedSecondary implements fyne.SecondaryTappable: the press has chosen the row.
func (r *listRow) TappedSecondary(e *fyne.PointEvent) { r.rows.menu(r, e.Position) }

// CreateRenderer implements fyne.Widget.
func (r *listRow) CreateRenderer() fyne.WidgetRenderer {
	row := container.New(columnsLayout{r.rows.owner.columns})
	for _, cell := range r.cells {
		row.Objects = append(row.Objects, cell)
	}
	row.Objects = append(row.Objects, r.mark)
	return widget.NewSimpleRenderer(row)
}

// columnsLayout gives every column its width, and what is left over to those that grow. An object after the cells marks
// the row at its left.
type columnsLayout struct{ columns []Head }

func (l columnsLayout) Layout(cells []fyne.CanvasObject, size fyne.Size) {
	spare, growing := size.Width, 0
	for _, column := range l.columns {
		spare -= layouts.Scaled(column.Width)
		if column.Grow {
			growing++
		}
	}
	x := float32(0)
	for i, column := range l.columns {
		width := layouts.Scaled(column.Width)
		if column.Grow {
			width += max(0, spare) / float32(growing)
		}
		layouts.Place(cells[i], x, 0, width, size.Height)
		x += width
	}
	for _, mark := range cells[len(l.columns):] {
		layouts.Place(mark, 0, 0, gap/2, size.Height)
	}
}

func (l columnsLayout) MinSize(cells []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for i, column := range l.columns {
		size = fyne.NewSize(size.Width+layouts.Scaled(column.Width), max(size.Height, cells[i].MinSize().Height))
	}
	return size
}
