package exchange

import (
	"bufio"
	"context"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"anteroom/data"
)

// ownTitles are those of the files that Export writes. They stay as they are,
// whatever language the screens have: by them such a file is known again.
var ownTitles = [data.FieldCount]string{
	data.FieldName:         "Name",
	data.FieldAlsoKnownAs:  "Also known as",
	data.FieldBorn:         "Date of birth",
	data.FieldSex:          "Sex",
	data.FieldGender:       "Gender",
	data.FieldPhone:        "Phone",
	data.FieldOtherPhone:   "Other phone",
	data.FieldEmail:        "Email",
	data.FieldAddress:      "Address",
	data.FieldRecordNumber: "Record number",
	data.FieldHealthNumber: "Health number",
	data.FieldEmergency:    "Emergency contact",
	data.FieldAlert:        "Alert",
	data.FieldNotes:        "Notes",
	data.FieldState:        "Status",
	data.FieldSince:        "Status since",
}

// isOwn says that a file is one of Export's. A spreadsheet may have put other
// columns into it, or these in another order.
func isOwn(titles []string) bool {
	for _, own := range ownTitles {
		if !slices.Contains(titles, own) {
			return false
		}
	}
	return true
}

// Export writes patients as CSV that spreadsheets open: UTF-8 with a byte order
// mark, commas, CRLF. Records that only lead to another are left out. It says
// how many were written, and to progress now and then.
func Export(ctx context.Context, w io.Writer, patients iter.Seq2[data.Patient, error], progress func(n int)) (n int, err error) {
	out := newWriter(w, ',')
	out.row(ownTitles[:])
	for p, err := range patients {
		if err == nil && n%64 == 0 {
			err = ctx.Err()
		}
		if err != nil {
			return n, err
		}
		if p.IsMerged() {
			continue
		}
		if err := out.row(cells(p)); err != nil {
			return n, err
		}
		n++
		if progress != nil && n%1000 == 0 {
			progress(n)
		}
	}
	return n, out.flush()
}

// cells are a patient's, as ownTitles has them.
func cells(p data.Patient) []string {
	form := p.Form()
	form[data.FieldBorn], form[data.FieldSince] = p.Born.ISO(), p.Since.ISO()
	if p.State == data.Active {
		form[data.FieldState] = activeWord
	}
	return form[:]
}

// Table writes any table as Export writes patients: what is for a spreadsheet
// leaves the program through its guard, whatever it is.
type Table struct{ w *writer }

// NewTable begins one.
func NewTable(w io.Writer) *Table { return &Table{newWriter(w, ',')} }

// Row writes a row.
func (t *Table) Row(cells []string) error { return t.w.row(cells) }

// Flush writes what is not written yet.
func (t *Table) Flush() error { return t.w.flush() }

// writer writes rows of guarded cells. Its first error stays.
type writer struct {
	out       *bufio.Writer
	delimiter string
	begun     bool
	err       error
}

func newWriter(w io.Writer, delimiter byte) *writer {
	return &writer{out: bufio.NewWriterSize(w, chunk), delimiter: string(delimiter)}
}

func (w *writer) row(cells []string) error {
	if !w.begun {
		w.begun = true
		w.text("\ufeff")
	}
	for i, cell := range cells {
		if i > 0 {
			w.text(w.delimiter)
		}
		w.cell(guard(cell))
	}
	w.text("\r\n")
	return w.err
}

// cell quotes what would not be read as one cell without, by us or by a program
// that expects another delimiter.
func (w *writer) cell(cell string) {
	if !strings.ContainsAny(cell, "\",;|\t\r\n") {
		w.text(cell)
		return
	}
	w.text(`"`)
	w.text(strings.ReplaceAll(cell, `"`, `""`))
	w.text(`"`)
}

func (w *writer) text(s string) {
	if w.err == nil {
		_, w.err = w.out.WriteString(s)
	}
}

func (w *writer) flush() error {
	if w.err == nil {
		w.err = w.out.Flush()
	}
	return w.err
}

const (
	// formulas are what a spreadsheet takes for the beginning of a formula
	// (OWASP, "CSV Injection"; the wide signs are those of East Asian keyboards).
	formulas = "=+-@\t\r\n＝＋－＠"
	// cellEnds are where a new cell may begin for a spreadsheet that expects
	// another delimiter than the comma, and so does not heed our quotes.
	cellEnds = ";\t\r\n"
)

// guard keeps a spreadsheet from taking a cell for a formula: an apostrophe goes
// before its beginning. It goes before the apostrophes that stand there already
// too, so that unguard can tell ours from those.
func guard(cell string) string {
	return remark(cell, func(apostrophes int) int { return apostrophes + 1 })
}

// unguard takes off what guard put on, and nothing else of what guard wrote.
func unguard(cell string) string {
	return remark(cell, func(apostrophes int) int { return max(0, apostrophes-1) })
}

// isPassedOver says that a spreadsheet may look for a formula behind it.
func isPassedOver(r rune) bool {
	return r == '"' || unicode.IsSpace(r) && !strings.ContainsRune(formulas, r)
}

// remark changes how many apostrophes stand before each beginning of a formula.
func remark(cell string, change func(apostrophes int) int) string {
	if !strings.ContainsAny(cell, formulas) {
		return cell
	}
	var out strings.Builder
	for rest := cell; rest != ""; {
		after := strings.TrimLeftFunc(rest, isPassedOver)
		formula := strings.TrimLeft(after, "'")
		out.WriteString(rest[:len(rest)-len(after)])
		apostrophes := len(after) - len(formula)
		if first, _ := utf8.DecodeRuneInString(formula); formula != "" && strings.ContainsRune(formulas, first) {
			apostrophes = change(apostrophes)
		}
		out.WriteString(strings.Repeat("'", apostrophes))
		end := strings.IndexAny(formula, cellEnds) + 1
		if end == 0 {
			end = len(formula)
		}
		out.WriteString(formula[:end])
		rest = formula[end:]
	}
	return out.String()
}
