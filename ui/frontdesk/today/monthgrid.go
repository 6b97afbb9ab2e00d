package today

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/data"
	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

// monthGrid is a month to choose a day of: the arrows go to another day, Page Up
// and Page Down to another month.
type monthGrid struct {
	widget.BaseWidget
	today, date data.Date
	focused     bool
	changed     func(data.Date)
	submit      func()
	presses     widgets.Presses

	ground, mark *canvas.Rectangle
	rects        pool[*canvas.Rectangle]
	texts        pool[*canvas.Text]
	all          []fyne.CanvasObject
}

var (
	_ fyne.Focusable      = (*monthGrid)(nil)
	_ fyne.DoubleTappable = (*monthGrid)(nil)
	_ desktop.Mouseable   = (*monthGrid)(nil)
	_ fyne.Accessible     = (*monthGrid)(nil)
)

const weeksOfMonth = 6

func newMonthGrid(today data.Date) *monthGrid {
	m := &monthGrid{today: today, date: today, ground: canvas.NewRectangle(nil), mark: canvas.NewRectangle(nil)}
	m.rects.make = func() *canvas.Rectangle { return canvas.NewRectangle(nil) }
	m.texts.make = func() *canvas.Text { return newText(fyne.TextStyle{}) }
	m.ExtendBaseWidget(m)
	return m
}

// show shows a day, and its month.
func (m *monthGrid) show(date data.Date) {
	m.date = date
	m.Refresh()
}

func (m *monthGrid) choose(date data.Date) {
	m.show(date)
	m.changed(date)
}

// TypedKey implements fyne.Focusable.
func (m *monthGrid) TypedKey(key *fyne.KeyEvent) {
	widgets.Touched()
	switch key.Name {
	case fyne.KeyLeft:
		m.choose(m.date.AddDays(-1))
	case fyne.KeyRight:
		m.choose(m.date.AddDays(1))
	case fyne.KeyUp:
		m.choose(m.date.AddDays(-daysOfWeek))
	case fyne.KeyDown:
		m.choose(m.date.AddDays(daysOfWeek))
	case fyne.KeyPageUp:
		m.choose(m.months(-1))
	case fyne.KeyPageDown:
		m.choose(m.months(1))
	case fyne.KeyHome:
		m.choose(m.today)
	default:
		widgets.PassKey(m, key)
	}
}

// months is the same day of another month, or the last one there.
func (m *monthGrid) months(n int) data.Date {
	first := time.Date(m.date.Year, m.date.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return data.Date{Year: first.Year(), Month: first.Month(), Day: min(m.date.Day, last)}
}

// TypedRune implements fyne.Focusable.
func (m *monthGrid) TypedRune(r rune) { widgets.PassRune(m, r) }

// FocusGained implements fyne.Focusable.
func (m *monthGrid) FocusGained() {
	m.focused = true
	m.Refresh()
	widgets.Reveal(m)
}

// FocusLost implements fyne.Focusable.
func (m *monthGrid) FocusLost() {
	m.focused = false
	m.Refresh()
}

// MouseDown implements desktop.Mouseable.
func (m *monthGrid) MouseDown(e *desktop.MouseEvent) {
	widgets.Touched()
	widgets.FocusUnderMouse(m)
	width, height := m.cell()
	row, column := int(e.Position.Y/height)-2, int(e.Position.X/width)
	id := ""
	if row >= 0 && row < weeksOfMonth && column >= 0 && column < daysOfWeek {
		m.choose(m.first().AddDays(row*daysOfWeek + column)) // another month may come under the mouse
		id = m.date.String()
	}
	m.presses.Add(id)
}

// MouseUp implements desktop.Mouseable.
func (m *monthGrid) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped implements fyne.DoubleTappable.
func (m *monthGrid) DoubleTapped(*fyne.PointEvent) {
	widgets.Touched()
	if id := m.presses.Double(); id != "" && id == m.date.String() {
		m.submit()
	}
}

// AccessibilityLabel implements fyne.Accessible.
func (m *monthGrid) AccessibilityLabel() string { return dayText(m.date) }

// AccessibilityRole implements fyne.Accessible.
func (m *monthGrid) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// first is the Monday with which the weeks begin.
func (m *monthGrid) first() data.Date {
	return mondayOf(data.Date{Year: m.date.Year, Month: m.date.Month, Day: 1})
}

func (m *monthGrid) cell() (width, height float32) {
	return m.Size().Width / daysOfWeek, layouts.LineHeight() + gap/2
}

// CreateRenderer implements fyne.Widget.
func (m *monthGrid) CreateRenderer() fyne.WidgetRenderer {
	m.arrange()
	return &simpleRenderer{widget: m, objects: func() []fyne.CanvasObject { return m.all }, arrange: m.arrange, least: func() fyne.Size {
		_, height := m.cell()
		return fyne.NewSize(daysOfWeek*layouts.Scaled(36), (weeksOfMonth+2)*height)
	}}
}

func (m *monthGrid) arrange() {
	m.rects.used, m.texts.used = 0, 0
	width, height := m.cell()
	size, small := theme.TextSize(), theme.CaptionTextSize()
	put := func(text string, row, column int, size float32, name fyne.ThemeColorName) {
		measured := fyne.MeasureText(text, size, fyne.TextStyle{})
		setText(m.texts.next(), text, width*float32(column)+(width-measured.Width)/2, height*float32(row)+(height-measured.Height)/2, size, name)
	}
	title := m.date.In(time.UTC).Format("January 2006")
	setText(m.texts.next(), title, gap/2, 0, size, theme.ColorNameForeground)
	for i, day := range words.Week() {
		put(words.ShortWeekday(day), 1, i, small, theme.ColorNamePlaceHolder)
	}
	m.mark.Hide()
	for i := range weeksOfMonth * daysOfWeek {
		date := m.first().AddDays(i)
		row, column := i/daysOfWeek+2, i%daysOfWeek
		ink := theme.ColorNameForeground
		if date.Month != m.date.Month {
			ink = theme.ColorNamePlaceHolder
		}
		if date == m.today {
			today := m.rects.next()
			today.CornerRadius = theme.Size(theme.SizeNameInputRadius)
			setRectangle(today, width*float32(column)+1, height*float32(row)+1, width-2, height-2, theme.ColorNameSelection)
		}
		if date == m.date {
			m.placeMark(width*float32(column), height*float32(row), width, height)
		}
		put(strconv.Itoa(date.Day), row, column, size, ink)
	}
	m.rects.hideRest()
	m.texts.hideRest()
	if len(m.all) == 1+len(m.rects.items)+len(m.texts.items) {
		return
	}
	m.all = nil
	for _, o := range m.rects.items {
		m.all = append(m.all, o)
	}
	m.all = append(m.all, m.mark)
	for _, o := range m.texts.items {
		m.all = append(m.all, o)
	}
}

func (m *monthGrid) placeMark(x, y, width, height float32) {
	m.mark.FillColor = transparent
	m.mark.StrokeColor, m.mark.StrokeWidth = theme.Color(theme.ColorNameInputBorder), 2
	if m.focused {
		m.mark.StrokeColor = theme.Color(theme.ColorNamePrimary)
	}
	m.mark.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	layouts.Place(m.mark, x+1, y+1, width-2, height-2)
	m.mark.Show()
	m.mark.Refresh()
}
