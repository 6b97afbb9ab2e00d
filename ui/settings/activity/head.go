package activity

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"anteroom/ui/layouts"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// activityHead is the upper part of the pane "Activity", to be looked at: a ring,
// bars, and what needs an admin.
type activityHead struct {
	column fyne.CanvasObject
	window fyne.Window
	goTo   func(pane string)

	share   *widgets.DonutChart
	legend  [3]*widgets.Text
	bars    *widgets.BarChart
	needs   *fyne.Container
	nothing *widgets.Notice

	days  []dayView
	shown []need
}

func newActivityHead(window fyne.Window, goTo func(pane string)) *activityHead {
	h := &activityHead{
		window: window, goTo: goTo, share: widgets.NewDonutChart(),
		bars:  widgets.NewBarChart(lang.L("Sign-ins"), lang.L("Refused passwords and codes")),
		needs: widgets.NewColumn(), nothing: widgets.NewNotice(widgets.Good, ""),
	}
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
	second := widgets.NewCard(widgets.Subheading(lang.L("What needs you")), h.nothing, h.needs)
	column := widgets.NewColumn(first, second)
	h.column = column
	return h
}

func (h *activityHead) show(v activityView) {
	h.share.Set(v.Enrolled, v.People, v.Share)
	for i, text := range h.legend {
		text.SetText("")
		if i < len(v.Legend) {
			text.SetText(v.Legend[i])
		}
		text.Hidden = text.Text() == ""
	}
	h.bars.SetText(v.Counting)
	if !slices.Equal(h.days, v.Days) {
		h.days = v.Days
		bars := make([]widgets.Bar, len(v.Days))
		for i, d := range v.Days {
			bars[i] = widgets.Bar{Lower: d.SignIns, Upper: d.Refusals, Text: d.Text}
		}
		h.bars.Set(bars, v.FirstDay, lang.L("Today"))
	}
	h.nothing.SetText(v.Nothing)
	h.nothing.Hidden = v.Nothing == ""
	h.needs.Hidden = len(v.Needs) == 0
	if !slices.Equal(h.shown, v.Needs) {
		h.showNeeds(v.Needs)
	}
}

// showNeeds takes the focus along when a link goes.
func (h *activityHead) showNeeds(all []need) {
	c := h.window.Canvas()
	for _, line := range h.needs.Objects {
		if slices.Contains(line.(*fyne.Container).Objects, fyne.CanvasObject(focusedButton(c))) {
			c.Focus(h.bars.Focusable())
		}
	}
	h.shown = all
	h.needs.RemoveAll()
	for _, n := range all {
		link := widgets.NewLink(n.Link, func() { h.goTo(n.Pane) })
		h.needs.Add(container.NewBorder(nil, nil, nil, link, container.New(layout.NewCustomPaddedLayout(4, 4, 0, 0), widgets.NewNotice(widgets.Warning, n.Text))))
	}
}

// focusedButton is the button that has the focus, or nil.
func focusedButton(c fyne.Canvas) *widgets.Button {
	b, _ := c.Focused().(*widgets.Button)
	return b
}
