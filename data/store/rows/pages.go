package rows

import (
	"fmt"
	"slices"
	"sync"

	"anteroom/auth"
)

// eachByPage is EachRecord by pages, of which the memory is used again. Where it may read
// ahead, it reads the next one while fn works on one.
func (r *Rows) eachByPage(t auth.RecordTable, size int, ahead bool, fn func(auth.RecordRow) error) error {
	var this, next page
	r.readPage(t, "", size, &this)
	if len(this.rows) == size { // the next one is as large
		next = page{rows: make([]auth.RecordRow, 0, size), sealed: make([]byte, 0, cap(this.sealed))}
	}
	for this.err == nil {
		if len(this.rows) < size {
			return this.each(fn)
		}
		after := this.rows[size-1].ID
		var reading sync.WaitGroup
		if ahead {
			reading.Go(func() { r.readPage(t, after, size, &next) })
		}
		if err := this.eachBeside(&reading, fn); err != nil {
			return err
		}
		if !ahead {
			r.readPage(t, after, size, &next)
		}
		this, next = next, this
	}
	return this.err
}

// page is some rows of a table.
type page struct {
	rows   []auth.RecordRow
	sealed []byte // of all rows, one after the other
	err    error
}

func (r *Rows) readPage(t auth.RecordTable, after string, size int, p *page) {
	p.rows, p.sealed = p.rows[:0], p.sealed[:0]
	row := auth.RecordRow{Table: t}
	columns := r.borrowing(&row)
	err := r.query(queries[t].page, []any{after, size}, func(found Found) error {
		if err := found.Scan(columns...); err != nil {
			return err
		}
		if cap(p.sealed)-len(p.sealed) < len(row.Sealed) { // append alone adds a quarter each time
			p.sealed = slices.Grow(p.sealed, len(p.sealed)+len(row.Sealed))
		}
		p.rows, p.sealed = append(p.rows, row), append(p.sealed, row.Sealed...)
		return nil
	})
	if err != nil {
		p.err = fmt.Errorf("read records of %s: %w", t, err)
	}
}

// eachBeside is each, and over only when the reading is, also where fn panics.
func (p *page) eachBeside(reading *sync.WaitGroup, fn func(auth.RecordRow) error) error {
	defer reading.Wait()
	return p.each(fn)
}

func (p *page) each(fn func(auth.RecordRow) error) error {
	for start, i := 0, 0; i < len(p.rows); i++ {
		end := start + len(p.rows[i].Sealed) // which has moved
		p.rows[i].Sealed = p.sealed[start:end:end]
		start = end
		if err := fn(p.rows[i]); err != nil {
			return err
		}
	}
	return nil
}
