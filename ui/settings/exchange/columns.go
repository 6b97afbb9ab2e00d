package exchange

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"anteroom/data"
	"anteroom/data/exchange"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

// previewHeight is how many rows of a table are in sight at most.
const previewHeight = 8

// columnsForm are the columns of a file, each with what it becomes, and the
// first rows as they will be read.
type columnsForm struct {
	all     *panel
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
	questions *questionsForm
	missing   *widgets.Notice
	table     *fyne.Container // holds the list, whose columns change
	list      *widgets.List
	row       *widgets.Text // the chosen one, in full

	fields *screen.View[[]columnField]
	titles *screen.View[[]string] // of the table
	rows   [][]string             // likewise
}

func newColumnsForm(all *panel) *columnsForm {
	w := &columnsForm{all: all, grid: newGrid(), read: widgets.Quiet(""), row: widgets.Quiet("")}
	w.questions = newQuestionsForm(all)
	w.fields, w.titles = screen.NewView(w.newFields), screen.NewView(w.newTable)
	var encodings []string
	for _, e := range exchange.Encodings() {
		encodings = append(encodings, words.Encoding(e))
	}
	w.encoding = widgets.NewSelect(encodings, screen.Edited(all.view, func(string) {
		all.importer.chooseEncoding(exchange.Encodings()[w.encoding.SelectedIndex()])
	}))
	w.encodings = widgets.NewField(lang.L("Characters are written as"), w.encoding).Reserve(1)
	w.sheet = widgets.NewSelect(nil, screen.Edited(all.view, func(string) { all.importer.chooseSheet(w.sheet.SelectedIndex()) }))
	w.sheets = widgets.NewField(lang.L("Sheet that is read"), w.sheet).Reserve(0)
	w.order = widgets.NewSelect(words.DateOrders(), screen.Edited(all.view, func(string) {
		all.importer.chooseOrder(data.DateOrder(w.order.SelectedIndex()))
	}))
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

func (w *columnsForm) show(v view) {
	w.content.Hidden = v.Step != stepColumns
	if w.content.Hidden {
		return
	}
	fields := make([]columnField, len(v.Columns))
	for i, column := range v.Columns {
		fields[i] = column.columnField
	}
	w.fields.Show(fields)
	for i, s := range w.selects {
		s.Options = v.Targets
		choose(s, v.Columns[i].Target)
		widgets.SetEnabled(s, !v.Working)
	}
	w.encodings.Hidden = !v.CanEncode
	w.encodings.SetHelp(v.Word)
	choose(w.encoding, v.Encoding)
	widgets.SetEnabled(w.encoding, !v.Working)
	w.showSheets(v)
	w.orders.Hidden = !v.CanOrder
	choose(w.order, v.Order)
	widgets.SetEnabled(w.order, !v.Working)
	w.read.SetText(v.OrderText)
	w.read.Hidden = v.OrderText == ""
	w.questions.show(v)
	w.missing.SetText(v.Missing)
	w.missing.Hidden = v.Missing == ""
	w.showPreview(v.Preview)
}

// showSheets shows which sheet of a spreadsheet is read, where it has several.
func (w *columnsForm) showSheets(v view) {
	w.sheets.Hidden = len(v.Sheets) == 0
	if w.sheets.Hidden {
		return
	}
	w.sheet.SetOptions(v.Sheets)
	choose(w.sheet, v.Sheet)
	widgets.SetEnabled(w.sheet, !v.Working)
}

// newFields makes the fields of another file.
func (w *columnsForm) newFields(fields []columnField) {
	w.grid.RemoveAll()
	w.selects = nil
	for i, field := range fields {
		s := widgets.NewSelect(nil, nil)
		s.Spoken = field.Title
		s.OnChanged = screen.Edited(w.all.view, func(string) { w.all.importer.chooseColumn(i, exchange.Targets()[s.SelectedIndex()]) })
		w.selects = append(w.selects, s)
		w.grid.Add(widgets.NewColumn(widgets.Label(pane.Shorten(field.Title)), s, widgets.Small(sampleText(field))))
	}
}

func sampleText(c columnField) string {
	switch {
	case c.Sample == "":
		return lang.L("empty in the first rows")
	case c.Unfit != "":
		return lang.L("“{{.Sample}}” is not what the title says", map[string]any{"Sample": c.Unfit})
	}
	return c.Sample
}

func (w *columnsForm) showPreview(p preview) {
	w.titles.Show(p.Titles)
	w.rows = p.Rows
	w.list.SetRows(p.Rows)
	w.list.Select(0)
	w.showRow()
	w.table.Refresh()
}

// newTable makes the table of other columns.
func (w *columnsForm) newTable(titles []string) {
	columns := []widgets.Head{{Title: titles[0], Width: 64}, {Title: titles[1], Width: 230}}
	for _, title := range titles[2:] {
		columns = append(columns, widgets.Head{Title: title, Width: 160, Grow: true})
	}
	w.list = widgets.NewList(columns...)
	w.list.OnSelected = w.choose
	w.table.Objects = []fyne.CanvasObject{pane.Sideways(w.list)}
}

// choose shows a row in full: the table may be wider than the window.
func (w *columnsForm) choose(int) {
	w.showRow()
	layouts.Refresh(w.all.page)
}

func (w *columnsForm) showRow() {
	w.row.SetText(chosenText(w.list, w.titles.Shown(), w.rows))
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
func (w *columnsForm) has(focused fyne.Focusable) bool {
	return focused == w.list.Focusable() || focused == fyne.Focusable(w.order) || focused == fyne.Focusable(w.encoding) ||
		focused == fyne.Focusable(w.sheet) || focused == fyne.Focusable(w.questions.century) ||
		slices.ContainsFunc(slices.Concat(w.selects, w.questions.selects), func(s *widgets.Select) bool { return focused == fyne.Focusable(s) })
}

// focus begins with the first column.
func (w *columnsForm) focus(c fyne.Canvas) {
	if len(w.selects) > 0 {
		c.Focus(w.selects[0])
	}
}

// countList is what becomes of the rows.
type countList struct {
	content *fyne.Container
	nothing *widgets.Notice
	counts  *screen.View[[]countView]
}

func newCountList() *countList {
	w := &countList{content: widgets.NewColumn(), nothing: widgets.NewNotice(widgets.Warning, "")}
	w.counts = screen.NewView(w.showCounts)
	return w
}

func (w *countList) show(v view) {
	w.nothing.SetText(v.Nothing)
	w.counts.Show(v.Counts)
}

func (w *countList) showCounts(counts []countView) {
	w.content.RemoveAll()
	if len(counts) == 0 {
		return
	}
	var facts []fyne.CanvasObject // in pairs
	for _, c := range counts {
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
