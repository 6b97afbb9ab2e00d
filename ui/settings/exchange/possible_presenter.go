package exchange

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/data/exchange"
	"anteroom/ui/words"
)

// choosePossible says whether the possible duplicates come in.
func (i *importer) choosePossible(takes bool) {
	if i.step != stepChecked || i.busy() {
		return
	}
	i.takesPossible = takes
	i.clear()
	i.show()
}

// coming is how many rows come in.
func (i *importer) coming() int {
	if i.takesPossible {
		return i.found.Good + i.found.Possible
	}
	return i.found.Good
}

// comesIn says that a row becomes a patient.
func comesIn(out exchange.Outcome, takesPossible bool) bool {
	return len(out.Refusals) == 0 && (out.Duplicate == nil || takesPossible && out.Duplicate.IsPossible())
}

// possibleTitles are those of the list of possible duplicates.
func possibleTitles() []string {
	return []string{lang.L("Line"), lang.L("Patient"), lang.L("Perhaps"), lang.L("Different")}
}

// possibleCells are a possible duplicate in that list.
func possibleCells(out exchange.Outcome, number string) []string {
	d := out.Duplicate
	whom := lang.L("Line {{.Line}}", map[string]any{"Line": words.Number(int64(d.Line))})
	if d.Line == 0 {
		whom = whoText(d.Who)
	}
	return []string{words.Number(int64(out.Row.Line)), whoText(out.Patient.Summary()), whom, words.ImportFields(d.Differs, number)}
}

// whoText is a patient with what tells one from another.
func whoText(s data.Summary) string {
	parts := []string{s.Name, s.Born.String(), s.RecordNumber, s.HealthNumber}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " · ")
}
