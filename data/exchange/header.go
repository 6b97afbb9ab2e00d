package exchange

import (
	"errors"
	"io"
	"strings"
	"unicode"

	"anteroom/data"
)

// rowsAbove counts the rows above the titles, which may be broken: those before the first with two
// titles or more that are known, and with more cells than they have; or those that have less than
// half of the cells that rows have, where one that looks like titles follows.
func rowsAbove(in records) int {
	const looked = 10
	var rows [][]string // nil: broken
	most := 0
	for len(rows) < looked {
		row, err := in.next()
		if err != nil {
			break
		}
		if row.blank() {
			continue
		}
		if row.reason != nil {
			row.cells = nil
		}
		if knownTitles(row.cells) > 1 && filled(row.cells) > most {
			return len(rows)
		}
		rows = append(rows, row.cells)
		most = max(most, filled(row.cells))
	}
	for above, cells := range rows {
		if cells != nil && 2*filled(cells) <= most {
			continue
		}
		if cells == nil || most < 3 || looksLikeData(cells) {
			return 0
		}
		return above
	}
	return 0
}

// knownTitles counts the cells that are titles which other programs write.
func knownTitles(cells []string) (n int) {
	for _, cell := range cells {
		if titled(cell) != (Target{}) {
			n++
		}
	}
	return n
}

// filled counts the cells that have something.
func filled(cells []string) (n int) {
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

// header reads the titles, which are the first row that is not blank, below those above.
func header(in records, above int) ([]string, error) {
	for {
		row, err := in.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil, ErrEmptyFile
		case err != nil:
			return nil, err
		case row.blank():
		case above > 0:
			above--
		case errors.Is(row.reason, ErrTooManyCells):
			return nil, ErrTooManyColumns
		case row.reason != nil:
			return nil, &LineError{Line: row.line, Column: row.column, Reason: row.reason}
		default:
			return row.cells, nil
		}
	}
}

// looksLikeData says that a row is somebody's, and no titles.
func looksLikeData(cells []string) bool {
	if knownTitles(cells) > 1 { // "Balance 91-120" among them
		return false
	}
	letters := false
	for _, cell := range cells {
		letters = letters || strings.ContainsFunc(cell, unicode.IsLetter)
		if _, err := data.ParseDate(cell, data.DayFirst, data.Date{Year: 2999, Month: 12, Day: 31}); err == nil {
			return true
		}
		digits := 0
		for _, r := range cell {
			if unicode.IsDigit(r) {
				digits++
			}
		}
		if digits > 4 || strings.Contains(strings.Trim(cell, "@ "), "@") {
			return true
		}
	}
	return !letters
}
