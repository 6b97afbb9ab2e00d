package words

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/exchange"
)

// TestImportFile: each reason has a sentence of its own, which says what to do.
func TestImportFile(t *testing.T) {
	seen := map[string]bool{}
	for _, err := range []error{
		ErrNoFile, ErrIsFolder, ErrNotFile, ErrHalfPath, ErrOther,
		exchange.ErrNotText, exchange.ErrSpreadsheet, exchange.ErrOldSpreadsheet, exchange.ErrPassword, exchange.ErrDamaged, exchange.ErrSheetTooLarge, ErrEmptySheet, exchange.ErrEmptyFile, exchange.ErrNoHeader,
		exchange.ErrFileTooLarge, exchange.ErrTooManyRows, exchange.ErrTooManyColumns,
		auth.ErrDiskFull, auth.ErrForbidden,
	} {
		got := ImportFile(fmt.Errorf("import: %w", err))
		if seen[got] || strings.HasPrefix(got, "Something went wrong") || !strings.HasSuffix(got, ".") {
			t.Errorf("%v: %q", err, got)
		}
		seen[got] = true
	}
	at := &exchange.LineError{Line: 1204, Column: 3, Reason: exchange.ErrQuote}
	if got := ImportFile(fmt.Errorf("read: %w", at)); got != "The file can't be read from line 1,204, column 3 on. A quotation mark does not end, or stands inside a cell. Mend it there, then choose the file again." {
		t.Errorf("%q", got)
	}
}

// TestRow: whatever refuses a row has a sentence of its own.
func TestRow(t *testing.T) {
	seen := map[string]bool{Row(errors.New("odd")): true}
	different := []data.Field{data.FieldName, data.FieldBorn}
	for _, err := range []error{
		exchange.ErrQuote, exchange.ErrRowTooLarge, exchange.ErrTooManyCells, exchange.ErrCharacters, exchange.ErrTwice, exchange.ErrRounded, exchange.ErrFormula, exchange.ErrTotal,
		&exchange.Duplicate{}, &exchange.Duplicate{Line: 7}, &exchange.Duplicate{Differs: different}, &exchange.Duplicate{Line: 7, Differs: different},
		&exchange.Duplicate{Who: data.Summary{Born: data.Date{Year: 1990, Month: 1, Day: 2}}, Differs: different},
		data.ErrEmpty, data.ErrTooLong, data.ErrControl, data.ErrNotADate, data.ErrNoSuchDay, data.ErrFuture, data.ErrTooLongAgo,
		data.ErrEndsBefore, data.ErrNotAnEmail, data.ErrNotAPhone, data.ErrUnknownChoice,
	} {
		if got := Row(err); seen[got] {
			t.Errorf("%v: %q", err, got)
		} else {
			seen[got] = true
		}
	}
}

// TestColumn: no two choices for a column read the same.
func TestColumn(t *testing.T) {
	seen := map[string]bool{}
	for _, target := range exchange.Targets() {
		if got := Column(target, "NHS number"); got == "" || seen[got] {
			t.Errorf("%+v: %q", target, got)
		} else {
			seen[got] = true
		}
	}
	if !seen["NHS number"] || Column(exchange.Target{Field: data.FieldHealthNumber, Part: exchange.Whole}, "") != "National health number" {
		t.Error("the practice's own word is not used")
	}
}

// TestImportAnswer: no two answers to a question read the same.
func TestImportAnswer(t *testing.T) {
	for _, target := range exchange.Targets() {
		seen := map[string]bool{}
		for _, answer := range exchange.Choices(target) {
			if got := ImportAnswer(answer, target); got == "" || seen[got] {
				t.Errorf("%+v: %q", target, got)
			} else {
				seen[got] = true
			}
		}
	}
}

func TestEncodings(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range exchange.Encodings() {
		text := Encoding(e)
		if text == "" || seen[text] {
			t.Errorf("encoding %d is called %q", e, text)
		}
		seen[text] = true
	}
}
