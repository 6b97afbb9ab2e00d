package exchange

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"anteroom/data"
	"anteroom/data/exchange"
	"anteroom/ui/layouts"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

// previewHeight is how many rows of a table are in sight at most.
const previewHeight = 8

// importColumnsView are the columns of a file, each with what it becomes, and the
// first rows as they will be read.
type importColumnsView struct {
	all     *exchangeWidgets
	content *fyne.Container

	grid      *fyne.Container
	selects   []*widgets.Select
	encoding  *widgets.Select
	encodings *widgets.Field
	sheet     *widgets.Select
	sheets    *widgets.Field
	order     *widgets.Select
	orders    *widgets.Field
	read      *widgets.Text // in which order the dates are
	questions *importQuestionsView
	missing   *widgets.Notice
	table     *fyne.Container // holds the list, whose columns change
	list      *widgets.List
	row       *widgets.Text // the chosen one, in full

	columns []columnView
	preview preview
	showing bool // what changes now is not the person's doing
}

func newImportColumnsView(all *exchangeWidgets) *importColumnsView {
	w := &importColumnsView{all: all, grid: newGrid(), read: widgets.Quiet(""), row: widgets.Quiet("")}
	w.questions = newImportQuestionsView(all)
	var encodings []string
	for _, e := range exchange.Encodings() {
		encodings = append(encodings, words.Encoding(e))
	}
	w.encoding = widgets.NewSelect(encodings, func(string) {
		if !w.showing {
			w.all.importing.chooseEncoding(exchange.Encodings()[w.encoding.SelectedIndex()])
		}
	})
	w.encodings = widgets.NewField(lang.L("Characters are written as"), w.encoding).Reserve(1)
	w.sheet = widgets.NewSelect(nil, func(string) {
		if !w.showing {
			w.all.importing.chooseSheet(w.sheet.SelectedIndex())
		}
	})
	w.sheets = widgets.NewField(lang.L("Sheet that is read"), w.sheet).Reserve(0)
	w.order = widgets.NewSelect(words.DateOrders(), func(string) {
		if !w.showing {
			w.all.importing.chooseOrder(data.DateOrder(w.order.SelectedIndex()))
		}
	})
	w.order.PlaceHolder = lang.L("Choose the order")
	w.orders = widgets.NewField(lang.L("Dates are written as"), w.order).Reserve(0)
	w.missing = widgets.NewNotice(widgets.Warning, "")
	w.list = widgets.NewList()
	w.table = container.New(pane.RoomForRows(previewHeight), w.list)
	w.content = widgets.NewColumn(
		widgets.NewGap(),
		widgets.Paragraph(lang.L("Each column of the file, the first thing in it, and what it becomes:")),
		w.grid, widgets.NewGap(), w.sheets, w.encodings, w.orders, w.read, w.questions.centuries, w.questions.intro, w.questions.grid, w.missing, widgets.NewGap(),
		widgets.Paragraph(lang.L("The first rows, as they will be read:")),
		w.table, w.row,
	)
	return w
}

func (w *importColumnsView) show(v importView) {
	w.content.Hidden = v.Step != importColumns
	if w.content.Hidden {
		return
	}
	w.showing = true
	defer func() { w.showing = false }()
	if !slices.EqualFunc(w.columns, v.Columns, func(a, b columnView) bool { return a.Title == b.Title && a.Sample == b.Sample && a.Unfit == b.Unfit }) {
		w.newColumns(v)
	}
	w.columns = v.Columns
	for i, s := range w.selects {
		choose(s, v.Columns[i].Target)
		pane.Enable(s, !v.Working)
	}
	w.encodings.Hidden = !v.CanEncode
	w.encodings.SetHelp(v.Word)
	choose(w.encoding, v.Encoding)
	pane.Enable(w.encoding, !v.Working)
	w.showSheets(v)
	w.orders.Hidden = !v.CanOrder
	choose(w.order, v.Order)
	pane.Enable(w.order, !v.Working)
	w.read.SetText(v.OrderText)
	w.read.Hidden = v.OrderText == ""
	w.questions.show(v)
	w.missing.SetText(v.Missing)
	w.missing.Hidden = v.Missing == ""
	w.showPreview(v.Preview)
}

// showSheets shows which sheet of a spreadsheet is read, where it has several.
func (w *importColumnsView) showSheets(v importView) {
	w.sheets.Hidden = len(v.Sheets) == 0
	if w.sheets.Hidden {
		return
	}
	w.sheet.SetOptions(v.Sheets)
	choose(w.sheet, v.Sheet)
	pane.Enable(w.sheet, !v.Working)
}

// newColumns makes the fields of another file.
func (w *importColumnsView) newColumns(v importView) {
	w.grid.RemoveAll()
	w.selects = nil
	for i, column := range v.Columns {
		s := widgets.NewSelect(v.Targets, nil)
		s.Spoken = column.Title
		s.SetSelectedIndex(column.Target)
		s.OnChanged = func(string) {
			if !w.showing {
				w.all.importing.chooseColumn(i, exchange.Targets()[s.SelectedIndex()])
			}
		}
		w.selects = append(w.selects, s)
		w.grid.Add(widgets.NewColumn(widgets.Label(pane.Shorten(column.Title)), s, widgets.Small(sampleText(column))))
	}
}

func sampleText(c columnView) string {
	switch {
	case c.Sample == "":
		return lang.L("empty in the first rows")
	case c.Unfit != "":
		return lang.L("“{{.Sample}}” is not what the title says", map[string]any{"Sample": c.Unfit})
	}
	return c.Sample
}

// showPreview makes the table anew where its columns are others.
func (w *importColumnsView) showPreview(p preview) {
	if !slices.Equal(w.preview.Titles, p.Titles) {
		columns := []widgets.Head{{Title: p.Titles[0], Width: 64}, {Title: p.Titles[1], Width: 230}}
		for _, title := range p.Titles[2:] {
			columns = append(columns, widgets.Head{Title: title, Width: 160, Grow: true})
		}
		w.list = widgets.NewList(columns...)
		w.list.OnSelected = w.choose
		w.table.Objects = []fyne.CanvasObject{widgets.NewInnerScroll(container.ScrollHorizontalOnly, container.New(layout.NewCustomPaddedLayout(0, pane.ListMargin, pane.ListMargin, pane.ListMargin), w.list))}
		w.preview.Rows = nil
	}
	if !slices.EqualFunc(w.preview.Rows, p.Rows, slices.Equal[[]string]) {
		w.list.SetRows(p.Rows)
	}
	w.preview = p
	w.list.Select(0)
	w.showRow()
	w.table.Refresh()
}

// choose shows a row in full: the table may be wider than the window.
func (w *importColumnsView) choose(int) {
	w.showRow()
	layouts.Refresh(w.all.page)
}

func (w *importColumnsView) showRow() {
	w.row.SetText(chosenText(w.list, w.preview.Titles, w.preview.Rows))
}

// chosenText is the row that is chosen in a list, in full.
func chosenText(list *widgets.List, titles []string, rows [][]string) string {
	row := list.Selected()
	if row < 0 || row >= len(rows) {
		return ""
	}
	var parts []string
	for i, cell := range rows[row] {
		if cell != "" {
			parts = append(parts, pane.FactText(titles[i], cell))
		}
	}
	return strings.Join(parts, " · ")
}

// has says that the focus is on something of this.
func (w *importColumnsView) has(focused fyne.Focusable) bool {
	return focused == w.list.Focusable() || focused == fyne.Focusable(w.order) || focused == fyne.Focusable(w.encoding) ||
		focused == fyne.Focusable(w.sheet) || focused == fyne.Focusable(w.questions.century) ||
		slices.ContainsFunc(slices.Concat(w.selects, w.questions.selects), func(s *widgets.Select) bool { return focused == fyne.Focusable(s) })
}

// focus begins with the first column.
func (w *importColumnsView) focus(c fyne.Canvas) {
	if len(w.selects) > 0 {
		c.Focus(w.selects[0])
	}
}

// importCountsView is what becomes of the rows.
type importCountsView struct {
	content *fyne.Container
	nothing *widgets.Notice
	shown   []countView
}

func newImportCountsView() *importCountsView {
	return &importCountsView{content: widgets.NewColumn(), nothing: widgets.NewNotice(widgets.Warning, "")}
}

func (w *importCountsView) show(v importView) {
	w.nothing.SetText(v.Nothing)
	if slices.Equal(w.shown, v.Counts) {
		return
	}
	w.shown = v.Counts
	w.content.RemoveAll()
	if len(v.Counts) == 0 {
		return
	}
	var facts []fyne.CanvasObject // in pairs
	for _, c := range v.Counts {
		facts = append(facts, widgets.Label(c.Number).OneLine(), widgets.Paragraph(c.Text))
	}
	w.content.Add(widgets.NewGap())
	w.content.Add(pane.Facts(facts...))
	w.content.Add(w.nothing)
}

// newGrid has things of one width beside each other, as many as there is room for.
func newGrid() *fyne.Container {
	gap := layouts.Length(theme.Padding).Times(2)
	return container.New(&layouts.Grid{Least: 330, GapX: gap, GapY: gap})
}
