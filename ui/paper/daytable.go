package paper

import "fyne.io/fyne/v2/lang"

// Measures of the list, in millimetres: upright, so that it goes on a board and
// lies within US Letter as all pages do.
const (
	dayTop    = 10.0
	dayMargin = 12.0
	dayWidth  = 210 - 2*dayMargin
	dayFoot   = 257.0 // where the rows end; below it the small print
	cellGap   = 2.0
)

var (
	rowText  = style{face: plain, size: 9.5, ink: black}
	footText = style{face: plain, size: 8, ink: quiet}
)

// The columns that a list can have.
const (
	columnTime = iota
	columnPractitioner
	columnPatient
	columnBorn
	columnPhone
	columnKind
	columnNote
	columnCount
)

// table is how the rows of a list look. A row is one line where nothing in it is long: a usual day of
// a practitioner fits a page.
type table struct {
	widths       [columnCount]float64 // fill dayWidth; each has its gap at the right; 0: there is no such column
	strong, text style
	pad          float64 // above and below a row's lines
	least        float64 // pad where that saves a page
}

var (
	// eachTable is of one practitioner.
	eachTable = table{
		widths: [columnCount]float64{columnTime: 12, columnPatient: 52, columnBorn: 28, columnPhone: 28, columnKind: 31, columnNote: 35},
		strong: style{bold, 9.5, black, true}, text: style{plain, 9, black, true}, pad: 0.45, least: 0.2,
	}
	// togetherTable is of all.
	togetherTable = table{
		widths: [columnCount]float64{
			columnTime: 10.5, columnPractitioner: 31, columnPatient: 44.5, columnBorn: 24.5, columnPhone: 24, columnKind: 27, columnNote: 24.5,
		},
		strong: style{bold, 8, black, true}, text: style{plain, 8, black, true}, pad: 0.25, least: 0.05,
	}
	rowSmall = style{plain, 8, quiet, true} // what Anteroom says about a text
	titles   = style{bold, 8, quiet, false} // of columns
)

// left is where a column begins.
func (t *table) left(column int) float64 {
	x := dayMargin
	for _, w := range t.widths[:column] {
		x += w
	}
	return x
}

// drawTitles writes the titles of the columns, above y.
func (t *table) drawTitles(s *sheet, y float64) {
	texts := [columnCount]string{
		columnTime: lang.L("Time"), columnPractitioner: lang.L("Practitioner"), columnPatient: lang.L("Patient"), columnBorn: lang.L("Born"),
		columnPhone: lang.L("Phone"), columnKind: lang.L("Kind"), columnNote: lang.L("Note"),
	}
	for column, text := range texts {
		if w := t.widths[column]; w > 0 {
			s.line(t.left(column), y-1.6, titles, s.few(text, w-cellGap, 1, titles)[0])
		}
	}
	s.rule(dayMargin, y, dayWidth)
}
