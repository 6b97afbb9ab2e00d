package exchange

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"anteroom/data"
)

// Refusal says why a row does not become a patient.
type Refusal struct {
	Line   int    // on which the row begins
	Column int    // from 1; 0: none has it
	Title  string // of the column
	Value  string
	Reason error // one of this package's or of package data
}

// Convert makes a patient of a row. The patient is valid only if nothing is refused.
func Convert(row Row, o Options) (data.Patient, []Refusal) {
	if row.Bad != nil {
		return data.Patient{}, []Refusal{*row.Bad}
	}
	if !row.asIs && isTotal(row, o.Targets) {
		return data.Patient{}, []Refusal{{Line: row.Line, Reason: ErrTotal}}
	}
	c := conversion{row: row, options: o}
	for i, t := range o.Targets {
		if t.Part != Ignored && t.Part != Death && t.Part != Further && i < len(row.Cells) {
			c.columns[t.Field] = append(c.columns[t.Field], column{i, t.Part})
		}
	}
	died := c.died()
	for _, f := range data.Fields() {
		if len(c.columns[f]) > 0 {
			c.fill(f)
		}
	}
	c.further()
	if died {
		c.form[data.FieldState] = deceasedWord
	}
	if len(c.refusals) > 0 {
		return data.Patient{}, c.refusals
	}
	p, err := data.Patient{}.With(c.form, o.Order, o.Today)
	var wrong data.FieldErrors
	if errors.As(err, &wrong) {
		for _, one := range wrong {
			c.refuse(one.Field, one.Reason)
		}
	}
	return p, c.refusals
}

type column struct {
	at   int
	part Part
}

type conversion struct {
	row      Row
	options  Options
	columns  [data.FieldCount][]column
	form     data.PatientForm
	refusals []Refusal
}

func (c *conversion) refuse(f data.Field, reason error) { c.refuseAt(c.blamed(f), c.form[f], reason) }

// refuseAt refuses what a column, from 1, says.
func (c *conversion) refuseAt(column int, text string, reason error) {
	c.refusals = append(c.refusals, Refusal{
		Line: c.row.Line, Column: column, Title: titleAt(c.row.Titles, column), Value: text, Reason: reason,
	})
}

// blamed is the column, from 1, that has what is wrong with a field: one with
// characters that none may have, or the first with anything. 0: there is none.
func (c *conversion) blamed(f data.Field) (at int) {
	something := false
	for _, column := range c.columns[f] {
		cell := c.row.Cells[column.at]
		if data.HasControl(breaks.Replace(cell), true) {
			return column.at + 1
		}
		if at == 0 || cell != "" && !something {
			at, something = column.at+1, cell != ""
		}
	}
	return at
}

// died says whether a column has the day of a death, which then is since when the state is so.
func (c *conversion) died() bool {
	death := Target{data.FieldState, Death}
	at := slices.Index(c.options.Targets, death)
	if at < 0 {
		return false
	}
	text := c.row.text(at, death)
	if word, answered := c.options.Answers.read(death, text); answered {
		return word == deceasedWord
	}
	if text != "" {
		c.columns[data.FieldSince] = []column{{at, Whole}}
	}
	return text != ""
}

// fill makes the text of a field from its columns.
func (c *conversion) fill(f data.Field) {
	text, same := c.join(f)
	c.form[f] = text
	switch reason := c.unreadable(f, text); {
	case reason != nil:
		c.refuse(f, reason)
	case !same:
		c.refuse(f, ErrTwice)
	default:
		c.form[f] = c.read(Target{f, Whole}, text)
	}
}

// unreadable says why a text can't be of a field whatever it is; nil: it can.
func (c *conversion) unreadable(f data.Field, text string) error {
	switch {
	case !utf8.ValidString(text), !c.row.asIs && strings.ContainsRune(text, utf8.RuneError):
		return ErrCharacters
	case isNumberField(f) && rounded().MatchString(text):
		return ErrRounded
	}
	return nil
}

// further puts the phones beyond the first two where there is room for them.
func (c *conversion) further() {
	phone, other, notes := &c.form[data.FieldPhone], &c.form[data.FieldOtherPhone], &c.form[data.FieldNotes]
	for i, t := range c.options.Targets {
		if t.Part != Further { // most
			continue
		}
		text := c.row.text(i, Target{t.Field, Whole})
		if reason := c.unreadable(t.Field, text); reason != nil {
			c.refuseAt(i+1, text, reason)
			continue
		}
		if *phone == "" && hasDigit(*other) {
			*phone, *other = *other, ""
		}
		switch {
		case text == "", text == *phone, text == *other:
		case *phone == "" && hasDigit(text):
			*phone = text
		case *other == "" && hasDigit(text):
			*other = text
		default:
			*notes = strings.TrimPrefix(*notes+"\n"+c.underTitle(i, text), "\n")
		}
	}
}

func hasDigit(text string) bool { return strings.ContainsFunc(text, unicode.IsDigit) }

// underTitle is what a column says, with its title.
func (c *conversion) underTitle(column int, text string) string {
	if title := titleAt(c.row.Titles, column+1); title != "" && c.unreadable(data.FieldNotes, title) == nil {
		return title + ": " + text
	}
	return text
}

// read is a text of a file as a form has it.
func (c *conversion) read(t Target, text string) string {
	if word, answered := c.options.Answers.read(t, text); answered {
		return word
	}
	switch {
	case t.IsDate():
		text = dateText(text)
		if t.Field == data.FieldBorn && c.options.Earlier {
			if day, ok := earlierBirth(text, c.options.Order, c.options.Today); ok {
				return day.ISO()
			}
		}
	case !c.row.asIs && t.isSex():
		return cmp.Or(sexes[text], text)
	case t.Field == data.FieldState && text != "":
		if word, ok := states()[fold(text)]; ok {
			return word
		}
	}
	return text
}

// join puts the columns of a field together. same is false if the field is one
// thing and two columns say different ones.
func (c *conversion) join(f data.Field) (text string, same bool) {
	columns := c.columns[f]
	if len(columns) > 1 {
		slices.SortStableFunc(columns, func(a, b column) int { return int(a.part) - int(b.part) })
	}
	lines := f == data.FieldAddress || f == data.FieldAlert || f == data.FieldNotes
	before := Ignored
	same = true
	for _, column := range columns {
		cell := c.row.text(column.at, Target{f, column.part})
		if lines {
			cell = breaks.Replace(cell)
		}
		if f == data.FieldAlert {
			cell = c.alert(column.at, cell)
		}
		if column.part == Titled && cell != "" {
			cell = c.underTitle(column.at, cell)
		}
		switch {
		case cell == "", lines && slices.Contains(strings.Split(text, "\n"), cell), column.part == Titled && c.isAddress(column.at):
			continue
		case text == "":
			text = cell
		case several[f]:
			text += separator(f, before, column.part) + cell
		default:
			same = same && text == cell
		}
		before = column.part
	}
	return text, same
}

// alert is what one of several columns says, as it is answered; a mere yes under its title.
func (c *conversion) alert(column int, text string) string {
	text, _ = c.options.Answers.read(Target{data.FieldAlert, Whole}, text)
	if !c.row.asIs && slices.Contains(yes, data.Fold(text)) {
		return c.underTitle(column, text)
	}
	return text
}

// isAddress says that a column has the address that the patient has already.
func (c *conversion) isAddress(column int) bool {
	address := c.form[data.FieldAddress]
	return address != "" && breaks.Replace(c.row.text(column, Target{data.FieldAddress, Whole})) == address
}

// breaks are how lines end in a cell; a vertical tab is FileMaker's.
var breaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n")

// separator stands between two columns of a field.
func separator(f data.Field, before, part Part) string {
	switch {
	case f == data.FieldName, before == part && (part == Street || part == Town):
		return " "
	case f == data.FieldEmergency:
		return ", "
	}
	return "\n"
}
