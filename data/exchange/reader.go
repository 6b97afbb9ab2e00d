package exchange

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Row is one row of a file.
type Row struct {
	Line   int      // on which it begins, from 1, as editors count
	Titles []string // of the file; shared by all rows
	Cells  []string // as many as titles; if Bad, more or none
	Short  bool     // it had fewer cells; the missing ones are empty
	Bad    *Refusal // why it can't be read; nil: it can
	asIs   bool     // this program wrote it: "-" is what somebody typed
}

// Reader reads a file row by row.
type Reader struct {
	in      records
	titles  []string
	own     bool
	marked  bool // as Export does, and few who change what it wrote
	guarded bool
	pending []Row
	read    *counter
	rows    int
}

// Open begins to read a file that Sniff knows.
func Open(r io.ReadSeeker, f Format) (*Reader, error) {
	in, read, err := f.records(r)
	if err != nil {
		return nil, err
	}
	titles, err := header(in, f.above)
	if err != nil {
		return nil, err
	}
	out := &Reader{in: in, titles: titles, read: read, marked: f.Encoding == UTF8 && f.mark > 0}
	out.own = isOwn(titles)
	out.guarded = out.own || isReport(titles)
	if out.guarded {
		for i, title := range titles {
			titles[i] = unguard(title)
		}
	}
	return out, nil
}

// records are all rows of the file, and what counts how much of it was read.
func (f Format) records(r io.ReadSeeker) (records, *counter, error) {
	if f.sheet != nil {
		read := &counter{src: bytes.NewReader(f.sheet.packed)}
		return f.sheet.records(read), read, nil
	}
	if _, err := r.Seek(int64(f.mark), io.SeekStart); err != nil {
		return nil, nil, err
	}
	read := &counter{src: r, n: int64(f.mark)}
	return f.scanner(decoded(read, f.Encoding)), read, nil
}

// scanner takes a text apart, from its first row on.
func (f Format) scanner(text io.Reader) *scanner {
	in := newScanner(text, f.Delimiter)
	if f.named {
		in.skipLine()
	}
	return in
}

// Titles are those of the columns.
func (r *Reader) Titles() []string { return r.titles }

// Own says that Export wrote the file: it needs no matching.
func (r *Reader) Own() bool { return r.own }

// Done is how many bytes of the file were read.
func (r *Reader) Done() int64 { return r.read.n }

// Read is the next row that is not empty; io.EOF at the end. After another
// error, which may be a LineError, there is no going on.
func (r *Reader) Read() (Row, error) {
	if len(r.pending) > 0 {
		row := r.pending[0]
		r.pending = r.pending[1:]
		return row, nil
	}
	return r.next()
}

// Preview is the next rows, at most n. Read gives them again.
func (r *Reader) Preview(n int) ([]Row, error) {
	for len(r.pending) < n {
		row, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		r.pending = append(r.pending, row)
	}
	return slices.Clone(r.pending[:min(n, len(r.pending))]), nil
}

func (r *Reader) next() (Row, error) {
	for {
		rec, err := r.in.next()
		if errors.Is(err, io.EOF) {
			return Row{}, io.EOF
		}
		if err != nil {
			return Row{}, fmt.Errorf("read the file: %w", err)
		}
		if rec.blank() {
			continue
		}
		if r.rows++; r.rows > MaxRows {
			return Row{}, ErrTooManyRows
		}
		return r.row(rec), nil
	}
}

// row fits the cells to the titles. Cells that are missing at the end are taken
// for empty, as some programs leave those away; more cells than titles are none
// if they are empty.
func (r *Reader) row(rec record) Row {
	row := Row{Line: rec.line, Titles: r.titles, asIs: r.own && r.marked}
	if rec.reason != nil {
		row.Bad = &Refusal{
			Line: rec.line, Column: rec.column, Title: titleAt(r.titles, rec.column),
			Value: strings.Join(rec.cells, ""), Reason: rec.reason, // the line, for want of its cells
		}
		return row
	}
	row.Cells = rec.cells
	if r.guarded {
		for i, cell := range row.Cells {
			row.Cells[i] = unguard(cell)
		}
	}
	for i := len(r.titles); i < len(row.Cells); i++ {
		if cell := row.Cells[i]; strings.TrimSpace(cell) != "" {
			row.Bad = &Refusal{Line: rec.line, Column: i + 1, Value: cell, Reason: ErrTooManyCells}
			return row
		}
	}
	row.Short = len(row.Cells) < len(r.titles)
	if missing := len(r.titles) - len(row.Cells); missing > 0 {
		row.Cells = append(row.Cells, make([]string, missing)...)
	}
	row.Cells = row.Cells[:len(r.titles)]
	return row
}

// titleAt is the title of a column, from 1; "" if it has none.
func titleAt(titles []string, column int) string {
	if column < 1 || column > len(titles) {
		return ""
	}
	return titles[column-1]
}

// counter counts what is read.
type counter struct {
	src io.Reader
	n   int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.src.Read(p)
	c.n += int64(n)
	return n, err
}

// each gives the rows of a file one after the other, with progress now and
// then, until ctx ends or do returns an error.
func each(ctx context.Context, r *Reader, total int64, progress func(done, total int64), do func(Row) error) error {
	const often = 256 << 10
	told := int64(0)
	for n := 0; ; n++ {
		if n%64 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			if progress != nil {
				progress(total, total)
			}
			return nil
		}
		if err != nil {
			return err
		}
		if err := do(row); err != nil {
			return err
		}
		if done := r.Done(); progress != nil && done-told >= often {
			told = done
			progress(done, total)
		}
	}
}
