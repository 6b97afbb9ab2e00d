package exchange

import (
	"errors"
	"fmt"

	"anteroom/data/exchange/spreadsheet"
)

// Why a whole file is refused.
var (
	ErrNotText        = errors.New("not a text file")
	ErrEmptyFile      = errors.New("nothing is in the file")
	ErrNoHeader       = errors.New("the first line has no titles of columns")
	ErrFileTooLarge   = errors.New("the file is too large")
	ErrTooManyRows    = errors.New("the file has too many rows")
	ErrTooManyColumns = errors.New("more columns than a file can have")

	ErrSpreadsheet    = spreadsheet.ErrUnknown
	ErrOldSpreadsheet = spreadsheet.ErrOld
	ErrPassword       = spreadsheet.ErrPassword
	ErrDamaged        = spreadsheet.ErrDamaged
	ErrSheetTooLarge  = spreadsheet.ErrTooLarge
)

// Why a row is refused, besides the errors of package data. In the line of the
// titles, or where no row after it can be told from the next, they are the
// reason of a LineError.
var (
	ErrQuote        = errors.New("a quote that does not end, or stands inside a cell")
	ErrRowTooLarge  = errors.New("the row is too large")
	ErrTooManyCells = errors.New("more cells than there are titles")
	ErrCharacters   = errors.New("has bytes that are no characters")
	ErrTwice        = errors.New("two columns say different things")
	ErrRounded      = errors.New("a number of which a spreadsheet kept the first digits only")
	ErrFormula      = errors.New("a formula that was never calculated")
	ErrTotal        = errors.New("a total, and nobody")
)

// LineError says where a file is broken so that nothing after it can be read.
type LineError struct {
	Line   int
	Column int // the cell, from 1
	Reason error
}

func (e *LineError) Error() string {
	return fmt.Sprintf("line %d, column %d: %v", e.Line, e.Column, e.Reason)
}

func (e *LineError) Unwrap() error { return e.Reason }
