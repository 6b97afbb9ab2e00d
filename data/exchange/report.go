package exchange

import (
	"io"
	"slices"
	"strconv"
	"strings"
)

// reportTitles come before those of the file. They stay as they are: by them a
// report is known again that was set right and is to be imported.
var reportTitles = []string{"Refused line", "Refused column", "Refused title", "Reason"}

// isReport says that a file is one of Report's.
func isReport(titles []string) bool {
	return len(titles) >= len(reportTitles) && slices.Equal(titles[:len(reportTitles)], reportTitles)
}

// Report writes the rows that did not become patients as CSV, with why, so that
// they can be set right there and imported.
type Report struct {
	out   *writer
	words func(error) string
	skip  int // of the cells: those of an earlier report
}

// NewReport begins a report on a file with these titles and this delimiter, which
// the report has too: the program that wrote the file reads it. words says a reason
// to people.
func NewReport(w io.Writer, titles []string, delimiter byte, words func(error) string) *Report {
	r := &Report{out: newWriter(w, delimiter), words: words}
	if isReport(titles) {
		r.skip = len(reportTitles)
	}
	r.out.row(slices.Concat(reportTitles, titles[r.skip:]))
	return r
}

// Write adds a row, if there is something to say of it.
func (r *Report) Write(out Outcome) error {
	var columns, titles, reasons []string
	for _, one := range out.Refusals {
		reason := r.words(one.Reason)
		if one.Column > 0 {
			columns = append(columns, strconv.Itoa(one.Column))
			titles = append(titles, one.Title)
			if len(out.Refusals) > 1 && one.Title != "" {
				reason = one.Title + ": " + reason
			}
		}
		reasons = append(reasons, reason)
	}
	if out.Duplicate != nil {
		for _, column := range out.Duplicate.Columns {
			columns = append(columns, strconv.Itoa(column))
			titles = append(titles, titleAt(out.Row.Titles, column))
		}
		reasons = append(reasons, r.words(out.Duplicate))
	}
	if len(reasons) == 0 {
		return nil
	}
	cells := out.Row.Cells
	if len(cells) == 0 { // a line that can't be taken apart stands where none of it is taken for a cell
		cells = append(make([]string, len(out.Row.Titles)), out.Row.Bad.Value)
	}
	cells = cells[r.skip:]
	return r.out.row(slices.Concat([]string{
		strconv.Itoa(out.Row.Line), strings.Join(columns, "; "), strings.Join(titles, "; "), strings.Join(reasons, "; "),
	}, cells))
}

// Flush writes what is still held back.
func (r *Report) Flush() error { return r.out.flush() }
