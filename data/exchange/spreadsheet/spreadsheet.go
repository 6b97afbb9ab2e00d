// Package spreadsheet reads the cells of .xlsx and .ods workbooks as text: days as ISO 8601
// has them, numbers in full, formulas by the value that was saved with them.
//
// A workbook is taken for untrusted: what is unpacked of it, and each piece of that, is bounded.
package spreadsheet

import (
	"errors"
	"io"
	"strings"
)

// Why a workbook is refused.
var (
	ErrNone     = errors.New("no workbook")
	ErrUnknown  = errors.New("a spreadsheet of a kind that is not read")
	ErrOld      = errors.New("a workbook of Excel before 2007")
	ErrPassword = errors.New("a workbook with a password")
	ErrDamaged  = errors.New("a damaged workbook")
	ErrTooLarge = errors.New("the workbook is too large")
)

// Kind is how a workbook is written.
type Kind int

// The kinds that are read.
const (
	XLSX Kind = iota + 1 // Office Open XML
	ODS                  // OpenDocument
)

// Workbook is what a workbook has, and which of its sheets was read.
type Workbook struct {
	Kind   Kind
	Sheets []string // their names
	Sheet  int      // of Sheets
}

const (
	maxFile    = 100 << 20 // bytes of a workbook; a million patients take 80 MB
	maxRow     = 1 << 20   // bytes of a row's text
	maxRows    = 1 << 24   // the highest number of a row; Excel has 2^20
	maxColumns = 1 << 14   // as Excel has
	maxSheets  = 1000
)

// Row is a row that is not empty.
type Row struct {
	Number       int      // as the program shows it, from 1
	Cells        []string // empty ones at the end are left out
	Large        bool     // it has more text than a row can have; some of it is left out
	Uncalculated int      // the column, from 1, of a formula without its value; 0: there is none
	size         int
}

// set gives the row's cell in a column, from 0, its text.
func (r *Row) set(column int, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	if r.size += len(text); r.size > maxRow {
		r.Large = true
		return
	}
	if missing := column + 1 - len(r.Cells); missing > 0 {
		r.Cells = append(r.Cells, make([]string, missing)...)
	}
	r.Cells[column] = text
}

// uncalculated notes a formula without a value: a program wrote it that does not calculate.
func (r *Row) uncalculated(column int) {
	if r.Uncalculated == 0 {
		r.Uncalculated = column + 1
	}
}

func (r *Row) blank() bool { return len(r.Cells) == 0 && !r.Large && r.Uncalculated == 0 }

// Read gives do the rows of a sheet; with a negative one, of the first that has more than one: a
// lone row is a name, or titles. An error of do, which ends it, and of r are returned as they are.
func Read(r io.ReaderAt, size int64, sheet int, do func(Row) error) (Workbook, error) {
	if size > maxFile {
		return Workbook{}, ErrTooLarge
	}
	in := &source{ReaderAt: r}
	book, err := read(in, size, sheet, &rows{do: do, begun: sheet >= 0})
	if in.err != nil {
		err = in.err
	}
	return book, err
}

// rows hands on the rows of a sheet, from the second on.
type rows struct {
	do    func(Row) error
	first *Row // held back; nil: there was none yet
	begun bool
}

func (r *rows) add(row Row) error {
	if !r.begun && r.first == nil {
		r.first = &row
		return nil
	}
	if !r.begun {
		r.begun = true
		if err := r.do(*r.first); err != nil {
			return err
		}
	}
	return r.do(row)
}

func read(in *source, size int64, sheet int, out *rows) (Workbook, error) {
	if isOLE(in) {
		return Workbook{}, ofOLE(in)
	}
	a, err := open(in, size)
	if err != nil {
		return Workbook{}, err
	}
	switch kind, err := a.kind(); {
	case err != nil:
		return Workbook{}, err
	case kind == ODS:
		return a.ods(sheet, out)
	}
	return a.xlsx(sheet, out)
}
