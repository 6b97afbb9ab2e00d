package exchange

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"anteroom/data"
)

// formula is how programs keep a spreadsheet from making a number of digits: ="00123".
var formula = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^="((?:[^"]|"")*)"$`) })

// rounded is a long number as spreadsheets show and save it, always with a sign: 6.14E+10.
var rounded = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)^\d([.,]\d+)?E\+\d{2,3}$`) })

// nothing are what databases and spreadsheets write where there is nothing to say, or
// where they can't say it, in capitals.
var nothing = []string{
	`\N`, "#N/A", "#NV", "#REF!", "#BEZUG!", "#VALUE!", "#WERT!", "#VALEUR!", "#NAME?", "#NOM?", "#DIV/0!", "#NUM!", "#ZAHL!", "#NULL!",
}

// placeholders are what people and programs write where something is not known. They may
// be somebody's name.
var placeholders = []string{"NULL", "(NULL)", "NONE", "NAN", "N/A", "N.A.", "K.A.", "K. A.", "-", "--", "---", "–", "—", ".", "?"}

// text is what a row says in a column; "" is nothing.
func (r Row) text(column int, t Target) string {
	switch {
	case column >= len(r.Cells):
		return ""
	case r.asIs:
		return strings.TrimSpace(r.Cells[column])
	}
	return value(r.Cells[column], t)
}

// value is what a cell says of a field; "" is nothing.
func value(cell string, t Target) string {
	cell = strings.TrimSpace(cell)
	if strings.HasPrefix(cell, `="`) {
		if found := formula().FindStringSubmatch(cell); found != nil {
			cell = strings.TrimSpace(strings.ReplaceAll(found[1], `""`, `"`))
		}
	}
	if t.IsDate() && strings.Trim(cell, "0.-/: ") == "" { // as databases write no date
		return ""
	}
	if len(cell) > 10 { // longer than all of these
		return cell
	}
	capitals := strings.ToUpper(cell)
	isName := t.Field == data.FieldName && t.Part != Middle
	switch {
	case slices.Contains(nothing, capitals),
		!isName && slices.Contains(placeholders, capitals),
		isNumberField(t.Field) && strings.Trim(cell, "0") == "":
		return ""
	}
	return cell
}

func isNumberField(f data.Field) bool {
	return f == data.FieldPhone || f == data.FieldOtherPhone || f == data.FieldRecordNumber || f == data.FieldHealthNumber
}

// totals are how a line begins that spreadsheets and reports put below the rows, folded.
var totals = []string{
	"total", "totals", "grand total", "subtotal", "sum", "count", "total count", "total patients", "number of patients", "summe", "gesamt", "gesamtsumme",
	"anzahl", "anzahl patienten", "somme", "total general", "nombre de patients", "suma", "totale", "somma", "totaal", "aantal",
}

// isTotal says that a row is no patient but a total: a word for it, and nothing else but
// numbers.
func isTotal(cells []string) bool {
	words := ""
	for _, cell := range cells {
		if strings.Trim(cell, "0123456789.,: ") == "" {
			continue
		}
		if words != "" || len(cell) > 60 {
			return false
		}
		words = cell
	}
	words = strings.Join(strings.FieldsFunc(data.Fold(words), func(r rune) bool { return r == ' ' || unicode.IsDigit(r) }), " ")
	return slices.Contains(totals, words)
}
