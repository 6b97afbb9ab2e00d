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
	widgets.ItemControl
	today, date data.Date
	changed     func(data.Date)
	submit      func()

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
	m.Keys = map[fyne.KeyName]func(){
		fyne.KeyLeft:     func() { m.choose(m.date.AddDays(-1)) },
		fyne.KeyRight:    func() { m.choose(m.date.AddDays(1)) },
		fyne.KeyUp:       func() { m.choose(m.date.AddDays(-daysOfWeek)) },
		fyne.KeyDown:     func() { m.choose(m.date.AddDays(daysOfWeek)) },
		fyne.KeyPageUp:   func() { m.choose(m.months(-1)) },
		fyne.KeyPageDown: func() { m.choose(m.months(1)) },
		fyne.KeyHome:     func() { m.choose(m.today) },
	}
	m.Press = m.press
	m.Open = func(id string) {
		if id == m.date.String() {
			m.submit()
		}
	}
	m.Init(m)
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

// months is the same day of another month, or the last one there.
func (m *monthGrid) months(n int) data.Date {
	first := time.Date(m.date.Year, m.date.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return data.Date{Year: first.Year(), Month: first.Month(), Day: min(m.date.Day, last)}
}

// press chooses a day.
func (m *monthGrid) press(at fyne.Position) (id string) {
	width, height := m.cell()
	row, column := int(at.Y/height)-2, int(at.X/width)
	if row < 0 || row >= weeksOfMonth || column < 0 || column >= daysOfWeek {
		return ""
	}
	m.choose(m.first().AddDays(row*daysOfWeek + column)) // another month may come under the mouse
	return m.date.String()
}

// AccessibilityLabel implements fyne.Accessible.
func (m *monthGrid) AccessibilityLabel() string { return dayText(m.date) }

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
	return &widgets.Renderer{Of: m, Parts: func() []fyne.CanvasObject { return m.all }, Arrange: func(fyne.Size) { m.arrange() }, Least: func() fyne.Size {
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
	if m.HasFocus() {
		m.mark.StrokeColor = theme.Color(theme.ColorNamePrimary)
	}
	m.mark.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	layouts.Place(m.mark, x+1, y+1, width-2, height-2)
	m.mark.Show()
	m.mark.Refresh()
}
