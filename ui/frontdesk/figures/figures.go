// Package figures is the page that says how many patients came, today and in the last four weeks.
package figures

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/data/desk"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

const (
	margin = 24
	width  = 760 // of the page at most, for text at 100 %
)

// Params are what the page needs.
type Params struct {
	screen.Scope
	Desk   *desk.Desk
	Window fyne.Window
	OnBack func()
}

// Page is the page.
type Page struct {
	window    fyne.Window
	presenter *presenter
	stop      func()

	page    *widgets.Page
	numbers [3]*widgets.Text
	names   [3]*widgets.Text
	chart   *widgets.BarChart
}

// New makes the page, and begins to count.
func New(p Params) *Page {
	child, stop := p.Child()
	f := &Page{window: p.Window, stop: stop}
	f.presenter = &presenter{Scope: child, desk: p.Desk, display: screen.NewView(f.show), reads: screen.NewTask(child, nil)}
	f.chart = widgets.NewBarChart(lang.L("Seen"), lang.L("Did not attend"))
	today := container.NewGridWithColumns(len(f.numbers))
	for i := range f.numbers {
		f.numbers[i], f.names[i] = widgets.Heading(""), widgets.Quiet("")
		today.Add(widgets.NewCard(f.numbers[i], f.names[i]))
	}
	back := widgets.NewButton(lang.L("Back"), p.OnBack)
	content := widgets.NewColumn(
		widgets.Heading(lang.L("Figures")), today, widgets.NewGap(),
		widgets.NewCard(widgets.Subheading(lang.L("Last four weeks")), f.chart), widgets.NewGap(), container.NewHBox(back),
	)
	measured := container.New(layouts.MaxWidth{Width: layouts.Growing(width), MarginX: margin, MarginY: margin}, content)
	f.page = widgets.NewPage(container.NewVScroll(measured), widgets.PageOptions{OnEscape: p.OnBack})
	f.presenter.refresh()
	return f
}

// Content is what the window shows.
func (f *Page) Content() fyne.CanvasObject { return f.page }

// Focus goes to the chart, whose days the arrow keys go through.
func (f *Page) Focus() {
	c := f.window.Canvas()
	f.page.FocusFirst(c)
	c.Focus(f.chart.Focusable())
}

// Refresh counts anew: the records changed.
func (f *Page) Refresh() { f.presenter.refresh() }

// Close ends what goes on.
func (f *Page) Close() { f.stop() }

func (f *Page) show(v view) {
	for i, of := range v.Today {
		f.numbers[i].SetText(of.Number)
		f.names[i].SetText(of.Name)
	}
	if len(v.Weeks) == 0 {
		f.chart.SetText(v.Said)
		return
	}
	bars := make([]widgets.Bar, len(v.Weeks))
	for i, d := range v.Weeks {
		bars[i] = widgets.Bar{Lower: d.Seen, Upper: d.Absent, Text: barText(d)}
	}
	f.chart.Set(bars, v.Weeks[0].Day.In(time.UTC).Format("2 Jan"), lang.L("today"))
	f.page.Refresh()
}
