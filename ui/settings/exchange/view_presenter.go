package exchange

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/exchange"
	"anteroom/ui/screen"
	"anteroom/ui/settings/kit"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// view is what the pane shows of an import.
type view struct {
	Step step

	FileError string

	File      string   // its name
	What      string   // it is
	Word      string   // of the file, by which that can be judged
	CanEncode bool     // the person may say how its characters are written
	Encoding  int      // of exchange.Encodings
	Sheets    []string // of a spreadsheet, where there are several: the person says which is read
	Sheet     int
	Columns   []columnView
	Targets   []string // what a column can become
	CanOrder  bool     // the person says in which order the dates are
	Order     int      // that they chose; -1: none yet
	OrderText string   // how the dates are read, where the file tells
	Values    []valueView
	Century   string   // what the person says the century of; "": nothing
	Centuries []string // as years
	CenturyIs int      // that they chose; -1: none yet
	Preview   preview
	Missing   string // why the rows can't be gone over yet
	CanCheck  bool

	Counts    []countView
	Possible  [][]string // duplicates: the first ones
	More      string     // how many there are
	Takes     bool       // the person wants them too
	Nothing   string     // why nothing is imported
	Import    string     // on the button
	CanImport bool
	CanSave   bool // the refused lines

	Working   bool
	Busy      string
	Done      int // of Total
	Total     int // 0: how far it is can't be told
	CanCancel bool
	Good      string
	Note      string
	Error     string
}

// countView is how many rows become something.
type countView struct {
	Number string
	Text   string
}

func (i *importer) view() view {
	v := view{
		Step: i.step, FileError: i.fileError,
		Working: i.busy(), CanCancel: i.work.Stage() >= screen.Long,
		Good: i.good, Note: i.note, Error: i.message,
	}
	if i.busy() {
		v.Busy = i.doing.what
		v.Done, v.Total = i.work.Progress()
	}
	f := i.file
	if i.step != stepFile {
		v.File, v.What = words.FileName(f.path), f.what()
	}
	switch i.step {
	case stepColumns:
		v.Columns, v.Preview = f.columns(), f.preview
		for _, t := range exchange.Targets() {
			v.Targets = append(v.Targets, words.Column(t, f.number))
		}
		v.CanEncode = f.format.Guessed && !f.own
		if f.format.Word != "" {
			v.Word = lang.L("In the file: {{.Word}}", map[string]any{"Word": pane.Shorten(auth.CleanText(f.format.Word))})
		}
		v.Encoding = slices.Index(exchange.Encodings(), f.format.Encoding)
		v.viewSheets(f.format)
		v.viewOrder(f)
		v.viewValues(f)
		v.Missing = f.missing()
		v.CanCheck = !i.busy() && v.Missing == ""
	case stepChecked:
		v.Counts = i.counts()
		v.Possible, v.Takes = i.found.possible, i.takesPossible
		if n := i.found.Possible - len(v.Possible); n > 0 {
			v.More = lang.N("and {{.Number}} more", n, map[string]any{"Number": words.Number(int64(n))})
		}
		v.Import = i.importText()
		v.CanImport = !i.busy() && i.coming() > 0
		switch t := i.found.Totals; {
		case i.coming() > 0:
		case t.Possible > 0:
			v.Nothing = lang.L("Nobody in the file is new for sure. Look at the possible duplicates, and import them if they are others.")
		case t.Existing > 0 && t.Existing == t.Rows:
			v.Nothing = lang.L("Everybody in the file is here already, so there is nothing to import.")
		default:
			v.Nothing = lang.L("No row would come in. Save the refused lines to see why, or choose another file.")
		}
		v.CanSave = !i.busy() && i.left() > 0
	case stepDone:
		v.Counts = i.counts()
		v.CanSave = !i.busy() && i.left() > 0
	}
	return v
}

// viewSheets says which sheet is read.
func (v *view) viewSheets(f exchange.Format) {
	if len(f.Sheets) < 2 {
		return
	}
	times := make(map[string]int)
	for _, name := range f.Sheets {
		v.Sheets = append(v.Sheets, pane.Shorten(auth.CleanText(name)))
		times[v.Sheets[len(v.Sheets)-1]]++
	}
	for n, name := range v.Sheets {
		if times[name] > 1 { // cut short, they are alike
			v.Sheets[n] = strconv.Itoa(n+1) + ": " + name
		}
	}
	v.Sheet = f.Sheet
}

// viewOrder says how the dates are read.
func (v *view) viewOrder(f fileFacts) {
	switch {
	case !f.hasDates():
	case f.inDoubt():
		v.CanOrder, v.Order = true, -1
	case f.chosen:
		v.CanOrder, v.Order = true, int(f.order)
	default:
		v.OrderText = lang.L("Dates are read as {{.Order}}, the order that fits the file.", map[string]any{"Order": strings.ToLower(words.DateOrders()[f.order])})
	}
}

// what a file is, in a line.
func (f fileFacts) what() string {
	rows := lang.N("{{.Number}} rows", f.rows, map[string]any{"Number": words.Number(int64(f.rows))})
	text := lang.L("{{.Encoding}} · {{.Delimiter}} between the columns · {{.Rows}}", map[string]any{
		"Encoding": words.Encoding(f.format.Encoding), "Delimiter": words.Delimiter(f.format.Delimiter), "Rows": rows,
	})
	if f.format.Kind != exchange.Text {
		sheet := pane.Shorten(auth.CleanText(f.format.Sheets[f.format.Sheet]))
		text = lang.L("{{.Kind}} · sheet “{{.Sheet}}” · {{.Rows}}", map[string]any{"Kind": words.Kind(f.format.Kind), "Sheet": sheet, "Rows": rows})
	}
	if f.own {
		text = lang.L("{{.What}} · written by Anteroom", map[string]any{"What": text})
	}
	if f.format.Damaged {
		text = lang.L("{{.What}} · damaged in places", map[string]any{"What": text})
	}
	return text
}

// counts are what becomes of the rows.
func (i *importer) counts() []countView {
	t := i.found.Totals
	all := []countView{newCount(t.Good, lang.N("new patients", t.Good))}
	possible := t.Possible
	if i.step == stepDone {
		all = nil
		if i.takesPossible {
			possible = 0
		}
	}
	for _, c := range []struct {
		n    int
		text string
	}{
		{t.Existing, lang.N("duplicates of patients who are here already", t.Existing)},
		{t.Repeated, lang.N("duplicates of another line of the file", t.Repeated)},
		{possible, lang.N("possible duplicates", possible)},
		{t.Refused, lang.N("refused lines", t.Refused)},
		{t.Short, lang.N("lines with fewer cells than titles: the missing ones count as empty", t.Short)},
	} {
		if c.n > 0 {
			all = append(all, newCount(c.n, c.text))
		}
	}
	return all
}

func newCount(n int, text string) countView { return countView{words.Number(int64(n)), text} }

func (i *importer) importText() string {
	return lang.N("Import {{.Number}} patients", i.coming(), map[string]any{"Number": words.Number(int64(i.coming()))})
}

// kitBeforeImport is what the dialog before an import says while there is no recovery kit.
func kitBeforeImport() kit.Question {
	return kit.Question{
		Title: lang.L("Make the recovery kit first"),
		Text: []string{
			lang.L("An import brings many patients in at once. If this computer then breaks or is lost, only the recovery kit opens them again."),
			kit.PageText(),
			lang.L("After that, come back here and import."),
		},
		Primary: lang.L("Make the kit"),
	}
}
