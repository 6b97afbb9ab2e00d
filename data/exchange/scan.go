package exchange

import (
	"errors"
	"io"
	"strings"
)

const (
	chunk      = 64 << 10 // bytes read at once
	maxRecord  = 1 << 20  // bytes of a row; a patient's longest fields take a tenth
	maxColumns = 1000
	// maxRescan bounds the work on a file whose every quote is astray.
	maxRescan = 16 << 20
	// keptOfLine is how much is shown of a line that can't be taken apart.
	keptOfLine = 4096
)

// scanner takes lines of cells apart (RFC 4180, with what programs make of it):
// any of CRLF, LF and CR ends a line; a quote inside a bare cell is part of it;
// spaces around a quoted cell are not. It holds one row at most.
type scanner struct {
	src   io.Reader
	delim byte

	buf      []byte // what was read
	pos      int    // of the row in it
	err      error  // of src
	line     int    // on which the row begins
	rescan   int    // bytes that were read twice
	sizeHint int    // of the last row's cells
}

func newScanner(r io.Reader, delim byte) *scanner {
	return &scanner{src: r, delim: delim, line: 1}
}

// record is one row as it lies in the file.
type record struct {
	line   int
	cells  []string
	reason error // why it can't be read; nil: it can
	column int   // of the reason, from 1
}

// records gives rows one after the other; io.EOF at the end. Another error is final.
type records interface {
	next() (record, error)
}

// blank says that the row has nothing in it.
func (r record) blank() bool {
	for _, cell := range r.cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return r.reason == nil
}

// at is byte n of the row. ok is false at the end of the file.
func (s *scanner) at(n int) (b byte, ok bool) {
	for s.pos+n >= len(s.buf) {
		if s.err != nil {
			return 0, false
		}
		s.fill()
	}
	return s.buf[s.pos+n], true
}

// fill reads more behind the row, which moves to the beginning.
func (s *scanner) fill() {
	if s.pos > 0 {
		s.buf = s.buf[:copy(s.buf, s.buf[s.pos:])]
		s.pos = 0
	}
	if cap(s.buf)-len(s.buf) < chunk {
		s.buf = append(make([]byte, 0, 2*cap(s.buf)+chunk), s.buf...)
	}
	n, err := s.src.Read(s.buf[len(s.buf) : len(s.buf)+chunk])
	s.buf, s.err = s.buf[:len(s.buf)+n], err
}

// next is the next row; io.EOF at the end. Another error is final.
func (s *scanner) next() (record, error) {
	if _, ok := s.at(0); !ok {
		return record{}, s.failure()
	}
	p := parse{scanner: s, text: make([]byte, 0, s.sizeHint)}
	reason := p.row()
	if !errors.Is(s.err, io.EOF) && s.err != nil {
		return record{}, s.err
	}
	switch {
	case reason == nil:
		s.sizeHint = len(p.text)
		out := record{line: s.line, cells: p.cells()}
		s.pos += p.n
		s.line += p.breaks
		return out, nil
	case errors.Is(reason, ErrRowTooLarge):
		return s.skipLarge(&p)
	default:
		return s.skipBroken(&p, reason)
	}
}

func (s *scanner) failure() error {
	if s.err == nil {
		return io.EOF // unreachable
	}
	return s.err
}

// skipBroken gives up the line on which a row begins that can't be read, and no
// more: what comes after it is most likely whole.
func (s *scanner) skipBroken(p *parse, reason error) (record, error) {
	out := record{line: s.line, reason: reason, column: len(p.ends) + 1}
	s.rescan += p.n
	if s.rescan > maxRescan {
		return record{}, &LineError{Line: out.line, Column: out.column, Reason: reason}
	}
	out.cells = []string{s.skipLine()}
	if s.err != nil && !errors.Is(s.err, io.EOF) {
		return record{}, s.err
	}
	return out, nil
}

// skipLine passes over a line, and gives its first part.
func (s *scanner) skipLine() string {
	var line []byte
	for {
		b, ok := s.at(0)
		if !ok {
			return string(line)
		}
		if end := s.lineEnd(0); end > 0 {
			s.pos += end
			s.line++
			return string(line)
		}
		if len(line) < keptOfLine {
			line = append(line, b)
		}
		s.pos++
	}
}

// lineEnd is how many bytes of a line's end stand at n.
func (s *scanner) lineEnd(n int) int {
	switch b, ok := s.at(n); {
	case !ok:
		return 0
	case b == '\r':
		if b, ok := s.at(n + 1); ok && b == '\n' {
			return 2
		}
		return 1
	case b == '\n':
		return 1
	}
	return 0
}

// skipLarge passes over a row that is too large, to its end. If its quotes don't
// end there is no telling what else is in it, and the file is refused.
func (s *scanner) skipLarge(p *parse) (record, error) {
	out := record{line: s.line, reason: ErrRowTooLarge, column: len(p.ends) + 1}
	p.dropping = true
	if reason := p.row(); reason != nil {
		return record{}, &LineError{Line: out.line, Column: out.column, Reason: reason}
	}
	if !errors.Is(s.err, io.EOF) && s.err != nil {
		return record{}, s.err
	}
	s.pos += p.n
	s.line += p.breaks
	return out, nil
}

// parse is the work on one row.
type parse struct {
	*scanner
	n        int    // bytes taken of the row
	breaks   int    // ends of lines in them
	text     []byte // of all cells …
	ends     []int  // … and where each ends
	quoted   bool   // inside a quoted cell
	started  bool   // of the cell, something was taken
	dropping bool   // nothing is kept
}

// cells are the row's; one piece of memory for all.
func (p *parse) cells() []string {
	all := string(p.text)
	cells := make([]string, len(p.ends))
	from := 0
	for i, end := range p.ends {
		cells[i], from = all[from:end], end
	}
	return cells
}

// row takes bytes to the end of the row; after ErrRowTooLarge it can go on.
func (p *parse) row() error {
	for {
		if p.dropping {
			p.drop()
		} else if p.n > maxRecord {
			return ErrRowTooLarge
		} else if len(p.ends) > maxColumns {
			return ErrTooManyCells
		}
		if p.quoted {
			if err := p.inQuotes(); err != nil {
				return err
			}
			continue
		}
		if end := p.bare(); end {
			return nil
		}
	}
}

// drop forgets what was taken.
func (p *parse) drop() {
	p.scanner.pos += p.n
	p.n = 0
	p.text, p.ends = p.text[:0], p.ends[:0]
}

// bare takes some bytes outside quotes, or all of what leads to the quoted cell.
// end is true at the end of the row.
func (p *parse) bare() (end bool) {
	b, ok := p.at(p.n)
	switch {
	case !ok || b == '\n' || b == '\r':
		p.endCell()
		if size := p.lineEnd(p.n); size > 0 {
			p.n += size
			p.breaks++
		}
		return true
	case b == p.delim:
		p.n++
		p.endCell()
	case !p.started:
		p.started = true
		if lead := p.spaces(p.n); p.isQuote(p.n + lead) {
			p.n += lead + 1
			p.quoted = true
		}
	default:
		p.take(p.delim)
	}
	return false
}

// take takes bytes up to a line's end or to stop, of those that were read.
func (p *parse) take(stop byte) {
	read := p.buf[p.pos+p.n:]
	n := 0
	for n < len(read) && read[n] != stop && read[n] != '\n' && read[n] != '\r' {
		n++
	}
	p.text = append(p.text, read[:n]...)
	p.n += n
}

func (p *parse) endCell() {
	p.ends = append(p.ends, len(p.text))
	p.started = false
}

func (p *parse) isQuote(n int) bool {
	b, ok := p.at(n)
	return ok && b == '"'
}

// spaces is how many spaces stand at n, of those that a row may have.
func (p *parse) spaces(n int) (count int) {
	for count < maxRecord {
		if b, ok := p.at(n + count); !ok || b != ' ' {
			break
		}
		count++
	}
	return count
}

// inQuotes takes some bytes inside quotes, or the quote that ends them with the
// spaces after it; ErrQuote if something else follows.
func (p *parse) inQuotes() error {
	b, ok := p.at(p.n)
	if !ok {
		return ErrQuote
	}
	switch {
	case b == '\n' || b == '\r':
		size := p.lineEnd(p.n)
		p.text = append(p.text, p.buf[p.pos+p.n:p.pos+p.n+size]...)
		p.n += size
		p.breaks++
		return nil
	case b != '"':
		p.take('"')
		return nil
	case p.isQuote(p.n + 1):
		p.text = append(p.text, '"')
		p.n += 2
		return nil
	}
	after := p.n + 1
	after += p.spaces(after)
	if b, ok := p.at(after); ok && b != p.delim && b != '\n' && b != '\r' {
		return ErrQuote
	}
	p.n, p.quoted = after, false
	return nil
}
