package widgets

import (
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
	mark  rowMark
	sign  *canvas.Image
	more  *rowMenu
}

var (
	_ fyne.DoubleTappable    = (*listRow)(nil)
	_ fyne.SecondaryTappable = (*listRow)(nil)
	_ desktop.Mouseable      = (*listRow)(nil)
)

func newListRow(rows *listRows) *listRow {
	r := &listRow{rows: rows, mark: newRowMark(), sign: newSign(), more: newRowMenu(rows)}
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
	style := cellStyle
	if l := r.rows.owner; l.sign != nil {
		sign := l.sign(row)
		lookSign(r.sign, sign, theme.ColorNameForeground)
		r.sign.Refresh()
		if sign == nil {
			style = titleStyle
		}
	}
	for column, cell := range r.cells {
		cell.Segments = runsOf(r.rows.owner.cell(row, column), style)
		cell.Refresh()
	}
	r.mark.show(r.rows, row)
	SetVisible(r.more, r.rows.owner.Menu != nil && row == r.rows.selected)
	r.placeMore(r.Size())
}

// placeMore has "…" at the end of the row, or of what of it is in sight.
func (r *listRow) placeMore(size fyne.Size) {
	width, end := r.rows.owner.menuRoom(), size.Width
	if s := r.rows.owner.sideways; s != nil {
		end = min(end, s.Offset.X+s.Size().Width)
	}
	layouts.Place(r.more, end-width, 0, width, size.Height)
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

// TappedSecondary lets down the menu of what was pressed, wherever it is by now.
func (r *listRow) TappedSecondary(e *fyne.PointEvent) {
	touched()
	r.rows.showMenu(r, e.Position)
}

// CreateRenderer implements fyne.Widget.
func (r *listRow) CreateRenderer() fyne.WidgetRenderer {
	cells := container.New(columnsLayout{r.rows.owner})
	for _, cell := range r.cells {
		cells.Objects = append(cells.Objects, cell)
	}
	return &Renderer{
		Of: r, Parts: parts(cells, r.sign, r.mark.bar, r.mark.ring, r.more), Least: cells.MinSize, Look: func() {},
		Arrange: func(size fyne.Size) {
			cells.Resize(size)
			side := signSide()
			layouts.Place(r.sign, gap, (size.Height-side)/2, side, side)
			r.mark.place(size)
			r.placeMore(size)
		},
	}
}

// signSide is that of a sign in a line of text.
func signSide() float32 { return theme.TextSize() * signSize }

// signRoom is what the signs take at the left, menuRoom what "…" takes at the right.
func (l *List) signRoom() float32 {
	if l.sign == nil {
		return 0
	}
	return signSide() + gap
}

func (l *List) menuRoom() float32 {
	if l.Menu == nil {
		return 0
	}
	return signSide() + 2*gap
}

// columnsLayout gives every column its width, and what is left over to those that grow.
type columnsLayout struct{ of *List }

func (l columnsLayout) Layout(cells []fyne.CanvasObject, size fyne.Size) {
	left := l.of.signRoom()
	spare, growing := size.Width-left-l.of.menuRoom(), 0
	for _, column := range l.of.columns {
		spare -= layouts.Scaled(column.Width)
		if column.Grow {
			growing++
		}
	}
	x := left
	for i, column := range l.of.columns {
		width := layouts.Scaled(column.Width)
		if column.Grow {
			width += max(0, spare) / float32(growing)
		}
		layouts.Place(cells[i], x, 0, width, size.Height)
		x += width
	}
}

func (l columnsLayout) MinSize(cells []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(l.of.signRoom()+l.of.menuRoom(), 0)
	for i, column := range l.of.columns {
		size = fyne.NewSize(size.Width+layouts.Scaled(column.Width), max(size.Height, cells[i].MinSize().Height))
	}
	return size
}
