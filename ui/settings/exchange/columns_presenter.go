package exchange

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/exchange"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// chooseColumn says what a column of the file becomes. What is asked of its values is
// judged anew.
func (i *importer) chooseColumn(column int, target exchange.Target) {
	f := &i.file
	if i.step != stepColumns || i.busy() || f.targets[column] == target {
		return
	}
	was := f.targets[column]
	f.pick(map[int]exchange.Target{column: target})
	i.clear()
	i.readPreview()
	i.show()
	if was.Asks() || target.Asks() {
		i.judgeAnew()
	}
}

func (i *importer) judgeAnew() {
	facts := i.file
	i.start(job{what: lang.L("Looking at the column…")}, func(ctx context.Context) error {
		file, err := i.reopen(facts)
		if err != nil {
			return err
		}
		defer file.Close()
		_, err = i.judge(ctx, file, &facts)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
		case err != nil:
			i.message = words.ImportFile(err)
		default:
			i.file = facts
			i.readPreview()
		}
	})
}

// chooseOrder says in which order the dates are.
func (i *importer) chooseOrder(order data.DateOrder) {
	if i.step != stepColumns || i.busy() || i.file.order == order && i.file.chosen {
		return
	}
	i.file.order, i.file.chosen = order, true
	i.clear()
	i.readPreview()
	i.show()
}

// preview is the first rows as they will be read.
type preview struct {
	Titles []string
	Rows   [][]string
}

// readPreview makes the preview anew.
func (i *importer) readPreview() {
	f := &i.file
	fields := usedFields(f.targets)
	p := preview{Titles: []string{lang.L("Line"), lang.L("Is read")}}
	for _, field := range fields {
		p.Titles = append(p.Titles, words.ImportField(field, f.number))
	}
	o := i.options(*f)
	for _, row := range f.first {
		patient, refused := exchange.Convert(row, o)
		cells := []string{words.Number(int64(row.Line)), readText(refused, f.number, f.targets)}
		form := patient.Form()
		for _, field := range fields {
			text := form[field]
			if len(refused) > 0 {
				text = rawText(row, f.targets, field)
			}
			cells = append(cells, strings.ReplaceAll(text, "\n", ", "))
		}
		p.Rows = append(p.Rows, cells)
	}
	f.preview = p
}

// usedFields are those that some column becomes, in the order of the form.
func usedFields(targets []exchange.Target) (fields []data.Field) {
	for _, f := range data.Fields() {
		if slices.ContainsFunc(targets, func(t exchange.Target) bool {
			return t.Part != exchange.Ignored && t.Field == f || t.Part == exchange.Death && f == data.FieldSince ||
				t.Part == exchange.Further && f == data.FieldNotes
		}) {
			fields = append(fields, f)
		}
	}
	return fields
}

// readText says whether a row comes in, and else why not.
func readText(refused []exchange.Refusal, number string, targets []exchange.Target) string {
	if len(refused) == 0 {
		return lang.L("✓ yes")
	}
	one := refused[0]
	reason := words.Refusal(one)
	if c := one.Column; c > 0 && c <= len(targets) && targets[c-1].Part != exchange.Ignored {
		name := words.ImportField(targets[c-1].Field, number)
		if targets[c-1].Part == exchange.Death {
			name = words.Column(targets[c-1], number)
		}
		reason = pane.FactText(name, reason)
	}
	return lang.L("✗ {{.Reason}}", map[string]any{"Reason": reason})
}

// rawText is a field as the file has it.
func rawText(row exchange.Row, targets []exchange.Target, field data.Field) string {
	var parts []string
	for c, t := range targets {
		if t.Part != exchange.Ignored && t.Field == field && c < len(row.Cells) && row.Cells[c] != "" {
			parts = append(parts, row.Cells[c])
		}
	}
	return strings.Join(parts, " ")
}

// columnField is what the field of a column says.
type columnField struct {
	Title  string
	Sample string // the first thing in it
	Unfit  string // what is in it that is not what its title says, for which it is left out
}

// columnView is a column of the file.
type columnView struct {
	columnField
	Target int // of exchange.Targets
}

func (f fileFacts) columns() []columnView {
	all := exchange.Targets()
	var views []columnView
	for c, title := range f.titles {
		v := columnView{columnField{Title: auth.CleanText(title), Unfit: pane.Shorten(auth.CleanText(f.unfit[c]))}, max(0, slices.Index(all, f.targets[c]))}
		if v.Title == "" {
			v.Title = lang.L("Column {{.Number}}", map[string]any{"Number": c + 1})
		}
		if v.Target > 0 { // by the person
			v.Unfit = ""
		}
		for _, row := range f.first {
			if c < len(row.Cells) && row.Bad == nil && strings.TrimSpace(row.Cells[c]) != "" {
				v.Sample = pane.Shorten(auth.CleanText(row.Cells[c]))
				break
			}
		}
		views = append(views, v)
	}
	return views
}

// missing says why the rows can't be gone over yet; "" is nothing.
func (f fileFacts) missing() string {
	switch {
	case !slices.Contains(usedFields(f.targets), data.FieldName):
		return lang.L("No column is the name yet. Choose which one is.")
	case f.inDoubt():
		return lang.L("The dates fit more than one order. Choose which one it is: the rows below show how they are read.")
	case f.centuryInDoubt():
		return lang.L("Years of two digits fit two centuries. Choose which one it is.")
	}
	return ""
}

// hasDates says that some column is one of dates.
func (f fileFacts) hasDates() bool {
	return slices.ContainsFunc(f.targets, exchange.Target.IsDate)
}

// inDoubt says that only the person can tell in which order the dates are.
func (f fileFacts) inDoubt() bool { return f.hasDates() && !f.sure && !f.chosen }
