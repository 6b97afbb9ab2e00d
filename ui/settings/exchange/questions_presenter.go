package exchange

import (
	"strconv"

	"fyne.io/fyne/v2/lang"

	"anteroom/data/exchange"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// question is what becomes of a value that some rows have.
type question struct {
	Text    string
	Choices []string
}

// valueView is a question with its answer.
type valueView struct {
	question
	Choice int
}

// take keeps what all rows of a file say. What the person said before stays.
func (f *fileFacts) take(found exchange.Findings) {
	if !f.chosen {
		f.order, f.sure = found.Order, found.Sure
	}
	f.births, f.values = found.Births, found.Values
	before := f.answers
	f.answers = exchange.Answers{}
	for _, v := range f.values {
		f.answers.Set(v, before.Of(v))
	}
}

// chooseAnswer says what becomes of a value.
func (i *importer) chooseAnswer(value, choice int) {
	if i.step != stepColumns || i.busy() {
		return
	}
	v := i.file.values[value]
	i.file.answers.Set(v, exchange.Choices(v.Target)[choice])
	i.clear()
	i.readPreview()
	i.show()
}

// chooseCentury says in which of two centuries those are born who can be of both.
func (i *importer) chooseCentury(earlier bool) {
	if i.step != stepColumns || i.busy() {
		return
	}
	i.file.earlier, i.file.dated = earlier, true
	i.clear()
	i.readPreview()
	i.show()
}

// birth is a date of birth that may be of two centuries; "" if there is none.
func (f fileFacts) birth() exchange.Birth { return f.births[f.order] }

// centuryInDoubt says that only the person can tell in which century somebody is born.
func (f fileFacts) centuryInDoubt() bool { return f.birth().Text != "" && !f.dated }

// viewValues says what is to be asked.
func (v *view) viewValues(f fileFacts) {
	for _, value := range f.values {
		rows := lang.N("{{.Number}} rows", value.Rows, map[string]any{"Number": words.Number(int64(value.Rows))})
		one := valueView{question: question{Text: lang.L("{{.Column}} “{{.Value}}” · {{.Rows}}", map[string]any{
			"Column": words.Column(value.Target, f.number), "Value": pane.Shorten(value.Text), "Rows": rows,
		})}}
		for n, answer := range exchange.Choices(value.Target) {
			one.Choices = append(one.Choices, words.ImportAnswer(answer, value.Target))
			if answer == f.answers.Of(value) {
				one.Choice = n
			}
		}
		v.Values = append(v.Values, one)
	}
	birth := f.birth()
	if birth.Text == "" {
		return
	}
	v.Century = lang.L("Year of a birth date such as “{{.Date}}”", map[string]any{"Date": birth.Text})
	v.Centuries, v.CenturyIs = []string{strconv.Itoa(birth.Year), strconv.Itoa(birth.Year - 100)}, -1
	switch {
	case f.dated && f.earlier:
		v.CenturyIs = 1
	case f.dated:
		v.CenturyIs = 0
	}
}
