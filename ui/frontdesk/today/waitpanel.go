package today

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"anteroom/data"
	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
)

// waitPanel is the waiting room beside the day.
type waitPanel struct {
	content fyne.CanvasObject
	scroll  *container.Scroll
	title   *widgets.Text
	list    *waitList
	rows    *widgets.InnerScroll // the list, as far as there is room
	figures *widgets.Text
	chart   *widgets.BarChart
}

const panelWidth = 240 // for text at 100 %; it grows half as fast, to leave room for the day

func newWaitPanel() *waitPanel {
	p := &waitPanel{title: widgets.Subheading(""), list: newWaitList(), figures: widgets.Paragraph("")}
	p.chart = widgets.NewBarChart(lang.L("Seen"), lang.L("Did not attend"))
	p.chart.SetText(lang.L("The last four weeks are shown here."))
	lower := widgets.NewColumn(widgets.Label(lang.L("Today so far")), p.figures, widgets.Label(lang.L("Last four weeks")), p.chart)
	p.rows = widgets.NewInnerScroll(container.ScrollVerticalOnly, p.list)
	room := layouts.AtLeast(func() float32 { return 3*p.list.rowHeight() + 2 })
	list := container.New(layouts.MinSize{Height: room}, p.rows) // what the title and the figures leave over
	inside := container.New(layouts.Column{Gap: gap, Fill: list}, p.title, list, lower)
	width := layouts.Exactly(func() float32 { return layouts.HalfScaled(panelWidth) })
	p.scroll = container.NewVScroll(container.New(layouts.MinSize{Width: width}, container.New(layout.NewCustomPaddedLayout(0, gap, gap, gap), inside)))
	p.content = p.scroll
	return p
}

func (p *waitPanel) show(v waitingView) {
	p.title.SetText(v.Title)
	p.list.show(v.Rows, v.Nobody)
	p.figures.SetText(strings.Join(v.Figures, "\n"))
	p.scroll.Refresh()
}

// seesChosen says that the row that is chosen is in sight. One that had scrolled
// away is brought back, and is not meant yet.
func (p *waitPanel) seesChosen() bool {
	y, height := p.list.rowHeight()*float32(p.list.at()), p.list.rowHeight()
	from, room := p.rows.Offset.Y, p.rows.Size().Height
	if room <= 0 || y+height/2 >= from && y+height/2 <= from+room {
		return true
	}
	p.rows.ScrollToOffset(fyne.NewPos(0, min(y, p.list.Size().Height-room)))
	return false
}

func (p *waitPanel) showWeeks(days []data.DayFigures) {
	bars := make([]widgets.Bar, len(days))
	for i, d := range days {
		bars[i] = widgets.Bar{Lower: d.Seen, Upper: d.Absent, Text: barText(d)}
	}
	first := days[0].Day
	p.chart.Set(bars, shortDay(first), lang.L("today"))
	p.scroll.Refresh()
}
