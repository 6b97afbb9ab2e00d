package exchange

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"anteroom/data"
)

// Options are how a file is to be taken.
type Options struct {
	Format  Format
	Targets []Target // by column, as Match gives them
	Order   data.DateOrder
	Earlier bool    // of two centuries in which somebody can have been born
	Answers Answers // to what Judge asks
	Today   data.Date

	// Existing finds the patient of the practice whom a row may repeat. nil: none.
	Existing func(data.Patient) (data.Summary, data.Sameness)
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

// Duplicate says whom a row repeats, or may repeat. As an error it is the reason for
// which a report has the row.
type Duplicate struct {
	Line    int          // of this file; 0: it is a patient of the practice
	Who     data.Summary // of the practice
	Differs []data.Field // what is different although something else is the same; nil: nothing
	Columns []int        // that have it, from 1
}

// IsPossible says that people have to decide whether it is one.
func (d *Duplicate) IsPossible() bool { return len(d.Differs) > 0 }

func (d *Duplicate) Error() string {
	text := "the practice has this patient already"
	if d.Line > 0 {
		text = fmt.Sprintf("the same patient as in line %d", d.Line)
	}
	if !d.IsPossible() {
		return text
	}
	var titles []string
	for _, f := range d.Differs {
		titles = append(titles, ownTitles[f])
	}
	return fmt.Sprintf("perhaps %s, but different: %s", text, strings.Join(titles, ", "))
}

// Totals are the counts of a plan.
type Totals struct {
	Rows     int // all of the following but Short
	Good     int // neither refused nor a duplicate
	Refused  int
	Repeated int // duplicates of another line
	Existing int // duplicates of a patient of the practice
	Possible int // possible duplicates of either
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
	p := planning{options: o}
	err = each(ctx, in, o.Format.Size, o.Progress, func(row Row) error { return do(p.outcome(row)) })
	return p.totals, err
}

type planning struct {
	options Options
	totals  Totals
	people  data.Identities // of the rows, by their lines
}

// outcome judges a row.
func (p *planning) outcome(row Row) Outcome {
	out := Outcome{Row: row}
	p.totals.Rows++
	if row.Short {
		p.totals.Short++
	}
	out.Patient, out.Refusals = Convert(row, p.options)
	if len(out.Refusals) > 0 {
		p.totals.Refused++
		return out
	}
	out.Duplicate = p.duplicate(out.Patient, row.Line)
	switch {
	case out.Duplicate == nil:
		p.totals.Good++
	case out.Duplicate.IsPossible():
		p.totals.Possible++
	case out.Duplicate.Line == 0:
		p.totals.Existing++
	default:
		p.totals.Repeated++
	}
	return out
}

// duplicate says whom a patient repeats: the one of whom that is surest, of the file or
// of the practice.
func (p *planning) duplicate(patient data.Patient, line int) *Duplicate {
	me := patient.Identity()
	first, other, same := p.people.Find(me)
	if same != data.Identical || me != other {
		p.people.Add(me, line) // it may be somebody else, or say more than the other
	}
	found := Duplicate{Line: first}
	if p.options.Existing != nil {
		who, here := p.options.Existing(patient)
		if here > same || here == same && same == data.Contradicting { // who can be looked at
			found, other, same = Duplicate{Who: who}, who.Identity(), here
		}
	}
	switch same {
	case data.Unrelated:
		return nil
	case data.Contradicting:
		found.Differs = me.Differs(other)
		for i, t := range p.options.Targets {
			if t.Part != Ignored && slices.Contains(found.Differs, t.Field) {
				found.Columns = append(found.Columns, i+1)
			}
		}
	}
	return &found
}
