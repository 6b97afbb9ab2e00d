package exchange

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

// importPossibleView are the possible duplicates, and whether they come in.
type importPossibleView struct {
	all     *exchangeWidgets
	content *fyne.Container
	list    *widgets.List
	table   *fyne.Container // holds the list, as high as it needs
	row     *widgets.Text   // the chosen one, in full
	more    *widgets.Text
	takes   *widgets.Check
	rows    [][]string
}

func newImportPossibleView(all *exchangeWidgets) *importPossibleView {
	w := &importPossibleView{all: all, row: widgets.Quiet(""), more: widgets.Quiet("")}
	var columns []widgets.Head
	for n, title := range possibleTitles() {
		columns = append(columns, widgets.Head{Title: title, Width: []float32{64, 200, 200, 130}[n], Grow: n > 0})
	}
	w.list = widgets.NewList(columns...)
	w.list.OnSelected = w.choose
	w.table = container.New(pane.RoomForRows(0), widgets.NewInnerScroll(container.ScrollHorizontalOnly, container.New(layout.NewCustomPaddedLayout(0, pane.ListMargin, pane.ListMargin, pane.ListMargin), w.list)))
	w.takes = widgets.NewCheck(lang.L("Import the possible duplicates too"), func(takes bool) { all.importing.choosePossible(takes) })
	w.content = widgets.NewColumn(
		widgets.Paragraph(lang.L("Possible duplicates have the record number of somebody else, or the name with the date of birth or health number, but something else is different:")),
		w.table, w.more, w.row, w.takes,
		widgets.Quiet(lang.L("Each keeps its record number, which two patients may have then. Those that are not imported are among the refused lines.")),
	)
	return w
}

func (w *importPossibleView) show(v importView) {
	w.content.Hidden = len(v.Possible) == 0
	if !slices.EqualFunc(w.rows, v.Possible, slices.Equal[[]string]) {
		w.list.SetRows(v.Possible)
		w.list.Select(0)
		w.table.Layout = pane.RoomForRows(float32(min(len(v.Possible), previewHeight)) + 0.5)
	}
	w.rows = v.Possible
	w.row.SetText(chosenText(w.list, possibleTitles(), w.rows))
	w.more.SetText(v.More)
	w.more.Hidden = v.More == ""
	if w.takes.Checked != v.Takes {
		w.takes.SetChecked(v.Takes)
	}
	pane.Enable(w.takes, !v.Working)
}

// choose shows a row in full: two patients are longer than the list is wide.
func (w *importPossibleView) choose(int) {
	w.row.SetText(chosenText(w.list, possibleTitles(), w.rows))
	layouts.Refresh(w.all.page)
}
