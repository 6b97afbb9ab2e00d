package activity

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// head is the upper part of the pane "Activity", to be looked at: a ring,
// bars, and what needs an admin.
type head struct {
	column fyne.CanvasObject
	window fyne.Window
	goTo   func(pane string)

	share    *widgets.DonutChart
	legend   [3]*widgets.Text
	bars     *widgets.BarChart
	firstDay string
	days     *screen.View[[]dayView]
	lines    *fyne.Container // of the needs
	needs    *screen.View[[]need]
	nothing  *widgets.Notice
}

func newHead(window fyne.Window, goTo func(pane string)) *head {
	h := &head{
		window: window, goTo: goTo, share: widgets.NewDonutChart(),
		bars:  widgets.NewBarChart(lang.L("Sign-ins"), lang.L("Refused passwords and codes")),
		lines: widgets.NewColumn(), nothing: widgets.NewNotice(widgets.Good, ""),
	}
	h.days, h.needs = screen.NewView(h.showDays), screen.NewView(h.showNeeds)
	legend := widgets.NewColumn(widgets.Label(lang.L("Two-factor")))
	for i := range h.legend {
		h.legend[i] = widgets.Paragraph("")
		h.legend[i].Hide()
		legend.Add(h.legend[i])
	}
	ring := container.NewBorder(nil, nil, h.share, nil, container.New(layout.NewCustomPaddedLayout(0, 0, 8, 0), legend))
	days := widgets.NewColumn(widgets.Label(lang.L("The last 30 days")), h.bars)
	twoFactor := container.New(layouts.MinSize{Width: layouts.Exactly(layouts.Growing(320))}, ring)
	charts := container.New(&layouts.Row{Gap: pane.Margin, Fill: days, Least: 340}, twoFactor, days)
	first := widgets.NewCard(charts)
	second := widgets.NewCard(widgets.Subheading(lang.L("What needs you")), h.nothing, h.lines)
	h.column = widgets.NewColumn(first, widgets.NewGap(), second)
	return h
}

func (h *head) show(v view) {
	h.share.Set(v.Enrolled, v.People, v.Share)
	for i, text := range h.legend {
		text.SetText("")
		if i < len(v.Legend) {
			text.SetText(v.Legend[i])
		}
		text.Hidden = text.Text() == ""
	}
	h.bars.SetText(v.Counting)
	h.firstDay = v.FirstDay
	h.days.Show(v.Days)
	h.nothing.SetText(v.Nothing)
	h.nothing.Hidden = v.Nothing == ""
	h.lines.Hidden = len(v.Needs) == 0
	h.needs.Show(v.Needs)
}

func (h *head) showDays(all []dayView) {
	bars := make([]widgets.Bar, len(all))
	for i, d := range all {
		bars[i] = widgets.Bar{Lower: d.SignIns, Upper: d.Refusals, Text: d.Text}
	}
	h.bars.Set(bars, h.firstDay, lang.L("Today"))
}

// showNeeds takes the focus along when a link goes.
func (h *head) showNeeds(all []need) {
	c := h.window.Canvas()
	for _, line := range h.lines.Objects {
		if slices.Contains(line.(*fyne.Container).Objects, fyne.CanvasObject(focusedButton(c))) {
			c.Focus(h.bars.Focusable())
		}
	}
	h.lines.RemoveAll()
	for _, n := range all {
		link := widgets.NewLink(n.Link, func() { h.goTo(n.Pane) })
		h.lines.Add(container.NewBorder(nil, nil, nil, link, container.New(layout.NewCustomPaddedLayout(4, 4, 0, 0), widgets.NewNotice(widgets.Warning, n.Text))))
	}
}

// focusedButton is the button that has the focus, or nil.
func focusedButton(c fyne.Canvas) *widgets.Button {
	b, _ := c.Focused().(*widgets.Button)
	return b
}
