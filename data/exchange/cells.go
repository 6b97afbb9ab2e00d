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
var placeholders = []string{"NULL", "(NULL)", "NONE", "NIL", "NAN", "N/A", "N.A.", "UNDEFINED", "TBA", "K.A.", "K. A.", "-", "--", "---", "–", "—", ".", "?"}

// noDays are what databases and spreadsheets write for no day, as numbers in the order of their
// texts: the first day of .NET's calendar, day 0 of Excel's and of others'; and of deaths day 1.
var noDays, noDeaths = []string{"0001 1 1", "0 1 1900", "12 1899 30"}, []string{"1 1 1900"}

// isNoDay says that a date is none but stands for none.
func isNoDay(date string, t Target) bool {
	if !strings.Contains(date, "0001") && !strings.Contains(date, "1900") && !strings.Contains(date, "1899") {
		return false // nearly all: quickly
	}
	numbers := strings.FieldsFunc(dateText(date), func(r rune) bool { return !unicode.IsDigit(r) })
	for i, number := range numbers {
		if len(number) == 2 {
			numbers[i] = strings.TrimPrefix(number, "0")
		}
	}
	slices.Sort(numbers)
	text := strings.Join(numbers, " ")
	return slices.Contains(noDays, text) || t.Part == Death && slices.Contains(noDeaths, text)
}

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
	if t.IsDate() && (strings.Trim(cell, "0.-/: ") == "" || isNoDay(cell, t)) { // as databases write no date
		return ""
	}
	if isNumberField(t.Field) {
		cell = number(cell)
	}
	if len(cell) > 10 { // longer than all of these
		return cell
	}
	capitals := strings.ToUpper(cell)
	isName := t.Field == data.FieldName && t.Part != Middle
	switch {
	case slices.Contains(nothing, capitals),
		!isName && slices.Contains(placeholders, capitals),
		capitals == "NA" && t.Field != data.FieldName && t.Field != data.FieldAlsoKnownAs,
		isName && (capitals == "N/A" || strings.Trim(cell, signs) == ""),
		(isNumberField(t.Field) || t.Field == data.FieldEmail) && capitals == "UNKNOWN",
		t.Field == data.FieldAlert && slices.Contains(no, data.Fold(cell)):
		return ""
	}
	return cell
}

// signs alone are nobody's name.
const signs = "-–—.,_/?*=#' "

// no are words of alerts that say that there is none, and yes those that don't say which, folded.
var no = []string{"0", "no", "n", "false", "nein", "keine", "non", "aucun", "aucune", "nee", "geen"}

var yes = []string{"1", "y", "yes", "true", "x", "j", "ja", "wahr", "o", "oui", "vrai", "s", "si"}

// float is a number as programs write one that they keep with a fraction.
var float = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\d+\.0$`) })

// number is a phone, record or health number without what programs make of one: a fraction, and
// the apostrophe that keeps a spreadsheet from it. "" is nothing but zeros.
func number(cell string) string {
	if strings.Trim(cell, "+0-() ./") == "" {
		return ""
	}
	if rest, ok := strings.CutPrefix(cell, "'"); ok && strings.Trim(rest[:min(1, len(rest))], "+0123456789") == "" {
		cell = strings.TrimSuffix(rest, "'")
	}
	if float().MatchString(cell) {
		return strings.TrimSuffix(cell, ".0")
	}
	return cell
}

func isNumberField(f data.Field) bool {
	return f == data.FieldPhone || f == data.FieldOtherPhone || f == data.FieldRecordNumber || f == data.FieldHealthNumber
}

// totals are words of the lines that spreadsheets and reports put below the rows, folded.
// besides are words that may also be names: they count only beside a number or one of totals.
var (
	totals  = strings.Fields(`total totals subtotal sum count summe gesamt gesamtsumme anzahl somme suma totale somma totaal aantal report bericht`)
	besides = strings.Fields(`grand sub number of all on at to the patient patients client clients record records row rows line lines
		page printed exported created end list
		der von am um patienten patient zeilen datensatze seite gedruckt erstellt stand ende liste
		general nombre de des du le fin page pages imprime numero pacientes pagina registros filas pazienti van patienten einde`)
)

// isTotal says that a row is no patient but what stands below the rows: words for it, and nothing
// else but numbers; no date of birth either.
func isTotal(row Row, targets []Target) bool {
	text := ""
	for _, cell := range row.Cells {
		if strings.Trim(cell, "0123456789.,: ") == "" {
			continue
		}
		if text != "" || len(cell) > 60 {
			return false
		}
		text = cell
	}
	words := strings.FieldsFunc(data.Fold(text), func(r rune) bool { return r == ' ' || unicode.IsDigit(r) })
	known := func(word string) bool { return slices.Contains(totals, word) || slices.Contains(besides, word) }
	isOther := slices.ContainsFunc(words, func(word string) bool { return !known(word) })
	isSure := hasDigit(text) || slices.ContainsFunc(words, func(word string) bool { return slices.Contains(totals, word) })
	return len(words) > 0 && !isOther && isSure && !hasDay(row, targets)
}

func hasDay(row Row, targets []Target) bool {
	for i, t := range targets {
		if t.IsDate() && i < len(row.Cells) && isOf(t, row.Cells[i], data.Date{Year: 9999, Month: 12, Day: 31}) {
			return true
		}
	}
	return false
}
