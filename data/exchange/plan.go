package exchange

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"

	"anteroom/data"
)

// Options are how a file is to be taken.
type Options struct {
	Format  Format
	Targets []Target // by column, as Match gives them
	Order   data.DateOrder
	Today   data.Date

	// Existing finds the patient of the practice whom a row repeats. nil: none.
	Existing func(data.Patient) (id string, found bool)
	// Progress is told now and then how many bytes were read. nil: nobody.
	Progress func(done, total int64)
}

// Outcome is what became of one row: Refusals, or a Patient, which may be a Duplicate.
type Outcome struct {
	Row       Row
	Patient   data.Patient
	Refusals  []Refusal
	Duplicate *Duplicate // nil: it is nobody's
}

// Duplicate says whom a row repeats. As an error it is the reason for which a
// report has the row.
type Duplicate struct {
	Line int    // of this file, which has the same record number, or name and date of birth
	ID   string // of a patient of the practice; then Line is 0
}

func (d *Duplicate) Error() string {
	if d.ID != "" {
		return "the practice has this patient already"
	}
	return fmt.Sprintf("the same patient as in line %d", d.Line)
}

// Totals are the counts of a plan.
type Totals struct {
	Rows     int // all of the following but Short
	Good     int // neither refused nor a duplicate
	Refused  int
	Repeated int // duplicates of another line
	Existing int // duplicates of a patient of the practice
	Short    int // rows with fewer cells than titles, whatever else they are
}

// Plan goes once over a file and gives do each row and what becomes of it. It
// stops when ctx ends or do returns an error, which is its own then. Rows that
// can't be read are refused, but for a LineError, after which nothing can.
func Plan(ctx context.Context, r io.ReadSeeker, o Options, do func(Outcome) error) (Totals, error) {
	in, err := Open(r, o.Format)
	if err != nil {
		return Totals{}, err
	}
	p := planning{options: o, seen: make(map[key]int32)}
	err = each(ctx, in, o.Format.Size, o.Progress, func(row Row) error { return do(p.outcome(row)) })
	return p.totals, err
}

type planning struct {
	options Options
	totals  Totals
	seen    map[key]int32 // and on which line
}

// outcome judges a row.
func (p *planning) outcome(row Row) Outcome {
	out := Outcome{Row: row}
	p.totals.Rows++
	if row.Short {
		p.totals.Short++
	}
	out.Patient, out.Refusals = Convert(row, p.options.Targets, p.options.Order, p.options.Today)
	if len(out.Refusals) > 0 {
		p.totals.Refused++
		return out
	}
	out.Duplicate = p.duplicate(out.Patient, row.Line)
	switch {
	case out.Duplicate == nil:
		p.totals.Good++
	case out.Duplicate.ID != "":
		p.totals.Existing++
	default:
		p.totals.Repeated++
	}
	return out
}

// duplicate says whom a patient repeats; the first of the file counts as such.
func (p *planning) duplicate(patient data.Patient, line int) (found *Duplicate) {
	for _, k := range keys(patient) {
		first, seen := p.seen[k]
		if !seen {
			p.seen[k] = int32(line)
		} else if found == nil {
			found = &Duplicate{Line: int(first)}
		}
	}
	if found != nil || p.options.Existing == nil {
		return found
	}
	if id, ok := p.options.Existing(patient); ok {
		return &Duplicate{ID: id}
	}
	return nil
}

// key is one thing by which two rows are of the same patient, hashed: of a
// million rows it takes little memory, and no two hashes meet by chance.
type key [16]byte

// keys are the record number, and the name with the date of birth. A name alone
// is too little.
func keys(p data.Patient) []key {
	var all []key
	if p.RecordNumber != "" {
		all = append(all, keyOf("number", data.Fold(p.RecordNumber), p.RecordNumber)) // 1-23 is not 12-3
	}
	if !p.Born.IsZero() {
		all = append(all, keyOf(p.Born.ISO(), fold(p.Name), p.Name))
	}
	return all
}

func keyOf(kind, folded, text string) key {
	if folded == "" { // nothing but signs
		folded = strings.TrimSpace(text)
	}
	sum := sha256.Sum256([]byte(kind + "\x00" + folded))
	return key(sum[:16])
}
