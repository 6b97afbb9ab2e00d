package widgets

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// Head is the head of a column of a List.
type Head struct {
	Title string  // "" in every column leaves out the line of titles
	Width float32 // for text at 100 %; the least it has
	Grow  bool    // takes a share of the width left over
}

// List is rows of text in columns, for the keyboard and for any number of rows: only those in sight are made.
// The arrows, Home, End, Page Up and Page Down choose a row, Enter or a double click opens it.
type List struct {
	widget.BaseWidget

	OnSelected  func(row int)
	OnActivated func(row int)

	// ID tells what a row is about, whatever its number by now; nil: its text does.
	ID func(row int) string

	// Spoken is what it is called by who can't see it, where no column has a title.
	Spoken string

	// Menu is what can be done with a row: the right mouse button lets it down, and so do the menu key, Shift+F10 and "…" at
	// the chosen row's end. nil: nothing. Set it before the list is shown.
	Menu func(row int) []MenuItem

	columns []Head
	count   int
	cell    func(row, column int) string

	rows  *listRows
	body  *container.ThemeOverride // with the rows in it; nil: never drawn
	empty *Text
	least int  // rows that there is room for
	fits  bool // but for no more than there are

	sideways *InnerScroll // around it; nil: there is none

	newItem   func() listItem
	sign      func(row int) fyne.Resource // before its words; nil: a heading; no function: no row has one
	say       func(row int) string        // what a row says in one line
	rowHeight func() float32
}

// listItem is one row in sight; it shows another one as the list scrolls.
type listItem interface {
	fyne.CanvasObject
	show(row int)
}

// leastRows is how many rows a list has room for, unless ShowRows says more.
const leastRows = 3

// NewList returns an empty list.
func NewList(columns ...Head) *List {
	l := &List{}
	l.setUp(l, columns)
	return l
}

// setUp makes it part of a widget, or that widget.
func (l *List) setUp(self fyne.Widget, columns []Head) {
	l.columns, l.empty, l.least, l.rowHeight = columns, Quiet("").Centered(), leastRows, lineHeight
	l.rows = newListRows(l)
	l.newItem = func() listItem { return newListRow(l.rows) }
	l.say = func(row int) string { return strings.Join(l.textsOf(row), ", ") }
	l.ExtendBaseWidget(self)
}

// ShowRows keeps room for so many rows: for a list that is part of a page that scrolls.
func (l *List) ShowRows(rows int) {
	l.least = rows
	l.Refresh()
}

// SetRows shows rows; each has a text for every column.
func (l *List) SetRows(rows [][]string) {
	l.SetSource(len(rows), func(row, column int) string { return rows[row][column] })
}

// SetSource shows count rows and asks for the text of a cell when it comes into sight, so cell has to be quick.
// What is chosen stays so while it is among them, by its ID.
func (l *List) SetSource(count int, cell func(row, column int) string) {
	l.count, l.cell = count, cell
	l.rows.follow()
	l.Refresh()
}

// idOf is what a row is about.
func (l *List) idOf(row int) string {
	if l.ID != nil {
		return l.ID(row)
	}
	return strings.Join(l.textsOf(row), "\x00")
}

func (l *List) textsOf(row int) []string {
	texts := make([]string, len(l.columns))
	for column := range texts {
		texts[column] = l.cell(row, column)
	}
	return texts
}

// name is what the list is called by who can't see it.
func (l *List) name() string {
	if l.Spoken != "" {
		return l.Spoken
	}
	titles := make([]string, len(l.columns))
	for i, column := range l.columns {
		titles[i] = column.Title
	}
	return strings.Trim(strings.Join(titles, ", "), ", ")
}

// SetEmpty says what to do next, where there are no rows.
func (l *List) SetEmpty(text string) { l.empty.SetText(text) }

// Len is the number of rows.
func (l *List) Len() int { return l.count }

// Selected is the number of the chosen row, or -1.
func (l *List) Selected() int { return l.rows.selected }

// Select chooses a row, brings it into sight and reports it, if it was not the chosen one already.
func (l *List) Select(row int) { l.rows.choose(row) }

// Unselect leaves no row chosen.
func (l *List) Unselect() { l.rows.unchoose() }

// Focus gives the focus to the rows, once the window has painted them; before, use the canvas and Focusable.
func (l *List) Focus() {
	if c := canvasOf(l.rows); c != nil {
		c.Focus(l.rows)
	}
}

// Focusable is the part of the list that takes the focus and the keys.
func (l *List) Focusable() fyne.Focusable { return l.rows }

// Children implements layouts.Parent.
func (l *List) Children() []fyne.CanvasObject { return []fyne.CanvasObject{l.rows} }

// parts have the rows where they are, and what is said where there are none.
func (l *List) parts() []fyne.CanvasObject {
	switch {
	case l.body == nil:
		return nil
	case l.count == 0:
		return []fyne.CanvasObject{l.body, l.empty}
	}
	return []fyne.CanvasObject{l.body}
}

// CreateRenderer implements fyne.Widget.
func (l *List) CreateRenderer() fyne.WidgetRenderer {
	r := &listRenderer{list: l, line: widget.NewSeparator(), ring: newRing()}
	titles := make([]fyne.CanvasObject, len(l.columns))
	for i, column := range l.columns {
		titles[i] = newCell(column.Title, titleStyle)
	}
	r.hasHeader = l.hasTitles()
	r.header = container.New(columnsLayout{l}, titles...)
	l.body = container.NewThemeOverride(l.rows, denseTheme{})
	return r
}

type listRenderer struct {
	list      *List
	header    *fyne.Container
	hasHeader bool
	line      *widget.Separator
	ring      *canvas.Rectangle
}

func (r *listRenderer) Destroy() {}

func (r *listRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.list.body, r.ring}
	if r.hasHeader {
		objects = append(objects, r.header, r.line)
	}
	if r.list.count == 0 {
		objects = append(objects, r.list.empty)
	}
	return objects
}

func (r *listRenderer) headerHeight() float32 {
	if !r.hasHeader {
		return 0
	}
	return r.header.MinSize().Height
}

func (r *listRenderer) Layout(size fyne.Size) {
	top := r.headerHeight()
	layouts.Place(r.header, 0, 0, size.Width, top)
	layouts.Place(r.line, 0, top, size.Width, theme.Size(theme.SizeNameSeparatorThickness))
	if r.hasHeader {
		top++
	}
	layouts.Place(r.list.body, 0, top, size.Width, size.Height-top)
	layouts.Place(r.ring, 1, top+1, size.Width-2, size.Height-top-2)
	layouts.Place(r.list.empty, cardPad, top+cardPad, size.Width-2*cardPad, size.Height-top-2*cardPad)
}

func (r *listRenderer) MinSize() fyne.Size {
	width := r.header.MinSize().Width
	return fyne.NewSize(width, r.headerHeight()+float32(r.list.leastInSight())*r.list.rowHeight())
}

// leastInSight is how many rows there is room for.
func (l *List) leastInSight() int {
	if l.fits && l.count > 0 {
		return min(l.least, l.count)
	}
	return l.least
}

// fitIn has no more room than its rows need, in a scroller that moves it sideways.
func (l *List) fitIn(s *InnerScroll) {
	l.fits, l.sideways = true, s
	s.OnScrolled = func(fyne.Position) { l.rows.Refresh() }
}

// fullHeight is what all rows need, or the words where there are none.
func (l *List) fullHeight() float32 {
	rows := l.count
	if rows == 0 {
		rows = leastRows
	}
	height := float32(rows) * l.rowHeight()
	if l.hasTitles() {
		height += lineHeight()
	}
	return height
}

func (l *List) hasTitles() bool {
	return slices.ContainsFunc(l.columns, func(h Head) bool { return h.Title != "" })
}

func (r *listRenderer) Refresh() {
	refreshRing(r.ring, r.list.rows.focused && r.list.count == 0) // else its row shows it
	r.Layout(r.list.Size())
	r.header.Refresh()
	r.line.Refresh()
	r.list.body.Refresh()
	r.list.empty.Refresh()
	canvas.Refresh(r.list)
}
