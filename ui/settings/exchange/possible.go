package exchange

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// possibleList are the possible duplicates, and whether they come in.
type possibleList struct {
	all     *panel
	content *fyne.Container
	list    *widgets.List
	table   *fyne.Container // holds the list, as high as it needs
	row     *widgets.Text   // the chosen one, in full
	more    *widgets.Text
	takes   *widgets.Check
	rows    *screen.View[[][]string]
}

func newPossibleList(all *panel) *possibleList {
	w := &possibleList{all: all, row: widgets.Quiet(""), more: widgets.Quiet("")}
	var columns []widgets.Head
	for n, title := range possibleTitles() {
		columns = append(columns, widgets.Head{Title: title, Width: []float32{64, 200, 200, 130}[n], Grow: n > 0})
	}
	w.list = widgets.NewList(columns...)
	w.list.OnSelected = w.choose
	w.rows = screen.NewView(w.showRows)
	w.table = container.New(pane.RoomForRows(0), pane.Sideways(w.list))
	w.takes = widgets.NewCheck(lang.L("Import the possible duplicates too"), screen.Edited(all.view, func(takes bool) { all.importer.choosePossible(takes) }))
	w.content = widgets.NewColumn(
		widgets.Paragraph(lang.L("Possible duplicates have the record number of somebody else, or the name with the date of birth or health number, but something else is different:")),
		w.table, w.more, w.row, w.takes,
		widgets.Quiet(lang.L("Each keeps its record number, which two patients may have then. Those that are not imported are among the refused lines.")),
	)
	return w
}

func (w *possibleList) show(v view) {
	w.content.Hidden = len(v.Possible) == 0
	w.rows.Show(v.Possible)
	w.showRow()
	w.more.SetText(v.More)
	w.more.Hidden = v.More == ""
	if w.takes.Checked != v.Takes {
		w.takes.SetChecked(v.Takes)
	}
	widgets.SetEnabled(w.takes, !v.Working)
}

func (w *possibleList) showRows(rows [][]string) {
	w.list.SetRows(rows)
	w.list.Select(0)
	w.table.Layout = pane.RoomForRows(float32(min(len(rows), previewHeight)) + 0.5)
}

// choose shows a row in full: two patients are longer than the list is wide.
func (w *possibleList) choose(int) {
	w.showRow()
	layouts.Refresh(w.all.page)
}

func (w *possibleList) showRow() { w.row.SetText(chosenText(w.list, possibleTitles(), w.rows.Shown())) }
