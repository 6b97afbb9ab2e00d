package widgets

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Result is a row of a ResultList.
type Result struct {
	Title  string // bold
	More   string // quiet, beside it
	Lead   string // small print below that stands out
	Detail string // small print after it
	Sign   string // at the right, always whole
	Warn   bool   // the sign is a warning
}

// ResultList shows what a search found, two lines for each. As with links, one click opens a row.
type ResultList struct {
	widget.BaseWidget

	OnSelected  func(row int)
	OnActivated func(row int)

	// Menu is what the right mouse button, the menu key and Shift+F10 let down over a row; nil: nothing.
	Menu func(row int) []MenuItem

	// ID tells what a row is about, whatever its number by now; nil: its title and detail do.
	ID func(row int) string

	list      *List
	result    func(row int) Result
	isPressed bool   // the mouse button is down on a row
	pressed   string // id of what it went down on
	onRelease func()
}

// NewResultList returns an empty list; spoken is what it is called by who can't see it.
func NewResultList(spoken string) *ResultList {
	r := &ResultList{list: NewList(), onRelease: func() {}}
	r.list.Spoken = spoken
	r.list.newItem = func() listItem { return newResultRow(r) }
	r.list.rowHeight = resultHeight
	r.list.ID = func(row int) string {
		if r.ID != nil {
			return r.ID(row)
		}
		return r.result(row).Title + "\x00" + r.result(row).Detail
	}
	r.list.say = func(row int) string {
		texts := r.result(row)
		return strings.Join(slices.DeleteFunc([]string{texts.Title, texts.More, texts.Lead, texts.Detail, texts.Sign}, func(text string) bool { return text == "" }), ", ")
	}
	r.list.Menu = func(row int) []MenuItem {
		if r.Menu == nil {
			return nil
		}
		return r.Menu(row)
	}
	r.list.OnSelected = func(row int) {
		if r.OnSelected != nil {
			r.OnSelected(row)
		}
	}
	r.list.OnActivated = func(row int) {
		if r.OnActivated != nil {
			r.OnActivated(row)
		}
	}
	r.ExtendBaseWidget(r)
	return r
}

// SetSource shows count rows and asks for one when it comes into sight. chosen is the row that is then chosen, without
// a report; -1: none.
func (r *ResultList) SetSource(count, chosen int, result func(row int) Result) {
	r.result = result
	wasEmpty := r.list.count == 0
	r.list.count = count
	r.list.mark(min(chosen, count-1))
	if wasEmpty || count == 0 {
		r.list.Refresh()
		return
	}
	r.list.rows.Refresh() // and no more: this happens with each key
}

// SetEmpty says what to do next, where there are no rows.
func (r *ResultList) SetEmpty(text string) { r.list.SetEmpty(text) }

// ShowRows keeps room for so many rows.
func (r *ResultList) ShowRows(rows int) { r.list.ShowRows(rows) }

// RowHeight is the height of each.
func (r *ResultList) RowHeight() float32 { return resultHeight() }

// RowsInSight is how many rows there is room for now.
func (r *ResultList) RowsInSight() int { return r.list.rows.rowsInSight() }

// Len is the number of rows.
func (r *ResultList) Len() int { return r.list.count }

// Row is what a row shows.
func (r *ResultList) Row(row int) Result { return r.result(row) }

// Selected is the number of the chosen row, or -1.
func (r *ResultList) Selected() int { return r.list.Selected() }

// Select chooses a row, brings it into sight and reports it.
func (r *ResultList) Select(row int) { r.list.Select(row) }

// OpenMenu lets down the menu of the chosen row: for the keys of a field that the list belongs to.
func (r *ResultList) OpenMenu() { r.list.rows.showMenuAtRow() }

// Focusable is the part of the list that takes the focus and the keys.
func (r *ResultList) Focusable() fyne.Focusable { return r.list.Focusable() }

// BelongTo leaves the focus and the keys with a field: Tab passes the list by. onRelease is called when the mouse was
// pressed on a row and let go elsewhere.
func (r *ResultList) BelongTo(onRelease func()) {
	r.list.rows.Disable()
	r.onRelease = onRelease
}

// IsPressed says that the mouse button is down on a row, which takes the focus from the field that the list belongs to.
func (r *ResultList) IsPressed() bool { return r.isPressed }

// Children implements layouts.Parent.
func (r *ResultList) Children() []fyne.CanvasObject { return []fyne.CanvasObject{r.list} }

// CreateRenderer implements fyne.Widget.
func (r *ResultList) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(r.list)
}

// mark chooses a row, or none, without a report.
func (l *List) mark(row int) {
	switch {
	case row < 0:
		l.rows.unchoose()
	case row != l.rows.selected:
		l.rows.selected = row
		l.rows.Select(row)
	}
	if row >= 0 {
		l.rows.chosen = l.idOf(row)
	}
	if row <= 0 && l.rows.GetScrollOffset() > 0 {
		l.rows.ScrollToTop()
	}
}
