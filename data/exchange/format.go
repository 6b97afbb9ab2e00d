package exchange

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"anteroom/data"
)

const (
	// MaxFile is how many bytes a file has at most: ten times what 100,000
	// patients take.
	MaxFile = 500 << 20
	// MaxRows is how many rows a file has at most. What a plan remembers to
	// find duplicates grows with them.
	MaxRows = 1_000_000

	headSize   = 4096
	sampleSize = 256 << 10
	sampleRows = 200
)

// Format is how a file is written. The zero Format is UTF-8 with no delimiter
// yet; Sniff makes them.
type Format struct {
	Encoding  Encoding
	Delimiter byte // ',', ';', '\t' or '|'
	Size      int64
	Damaged   bool // UTF-8, but for a few bytes; the cells that have them are refused
	Guessed   bool // the encoding, by what the file has; it may be another

	mark  int  // bytes of the byte order mark
	named bool // the first line only names the delimiter, as Excel reads "sep=;"
	above int  // rows between that and the titles: what the file is called, and of which day it is
}

// magics are how files begin that people take for CSV.
var magics = []struct {
	begin  string
	reason error
}{
	{"\x89PNG", ErrNotText},
	{"\xff\xd8\xff", ErrNotText}, // JPEG
	{"GIF8", ErrNotText},
	{"%PDF-", ErrNotText},
	{`{\rtf`, ErrNotText},
	{"\x1f\x8b", ErrNotText},                             // gzip
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ErrSpreadsheet}, // Excel before 2007
}

// spreadsheets are names inside the ZIP archives that spreadsheets are.
var spreadsheets = []string{"xl/workbook", "xl/worksheets/", "opendocument.spreadsheet", "Index/Tables/"}

// Sniff says how a file is written. It reads all of it: an encoding that fits
// the beginning may not fit the end.
func Sniff(ctx context.Context, r io.ReadSeeker) (Format, error) { return sniff(ctx, r, nil) }

// SniffAs is Sniff of a file whose encoding somebody knows; a byte order mark knows better.
func SniffAs(ctx context.Context, r io.ReadSeeker, e Encoding) (Format, error) {
	return sniff(ctx, r, &e)
}

func sniff(ctx context.Context, r io.ReadSeeker, as *Encoding) (Format, error) {
	s := sniffer{ctx: ctx, src: r, as: as}
	if err := s.begin(); err != nil {
		return Format{}, err
	}
	if err := s.count(); err != nil {
		return Format{}, err
	}
	if err := s.sample(); err != nil {
		return Format{}, err
	}
	return s.format, nil
}

type sniffer struct {
	ctx    context.Context
	src    io.ReadSeeker
	format Format
	head   []byte
	as     *Encoding // nil: what the bytes tell
}

// begin looks at the size and the first bytes.
func (s *sniffer) begin() (err error) {
	if s.format.Size, err = s.src.Seek(0, io.SeekEnd); err != nil {
		return err
	}
	if s.format.Size > MaxFile {
		return ErrFileTooLarge
	}
	if s.head, err = s.read(0, headSize); err != nil {
		return err
	}
	for _, m := range magics {
		if strings.HasPrefix(string(s.head), m.begin) {
			return m.reason
		}
	}
	if strings.HasPrefix(string(s.head), "PK\x03\x04") {
		return s.archive()
	}
	for _, mark := range []struct {
		bytes    string
		encoding Encoding
	}{{"\xef\xbb\xbf", UTF8}, {"\xff\xfe", UTF16LE}, {"\xfe\xff", UTF16BE}} {
		if strings.HasPrefix(string(s.head), mark.bytes) {
			s.format.Encoding, s.format.mark = mark.encoding, len(mark.bytes)
			return nil
		}
	}
	return nil
}

// archive tells a spreadsheet from another ZIP archive, by the names of what is
// in it: they stand before each file and all together at the end.
func (s *sniffer) archive() error {
	head, err1 := s.read(0, sampleSize)
	tail, err2 := s.read(max(0, s.format.Size-sampleSize), sampleSize)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	for _, name := range spreadsheets {
		if bytes.Contains(head, []byte(name)) || bytes.Contains(tail, []byte(name)) {
			return ErrSpreadsheet
		}
	}
	return ErrNotText
}

// read is at most so many bytes of the file.
func (s *sniffer) read(from int64, most int) ([]byte, error) {
	if _, err := s.src.Seek(from, io.SeekStart); err != nil {
		return nil, err
	}
	got, err := io.ReadAll(io.LimitReader(s.src, int64(most)))
	if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	return got, nil
}

// count goes over the whole file for its encoding.
func (s *sniffer) count() error {
	if _, err := s.src.Seek(int64(s.format.mark), io.SeekStart); err != nil {
		return err
	}
	var c census
	in, buf := decoded(s.src, s.format.Encoding), make([]byte, chunk)
	for at := 0; ; {
		n, err := in.Read(buf)
		if at < headSize && bytes.IndexByte(buf[:n], 0) >= 0 {
			return ErrNotText
		}
		at += n
		c.add(buf[:n])
		if errors.Is(err, io.EOF) {
			break
		}
		if err = errors.Join(err, s.ctx.Err()); err != nil {
			return fmt.Errorf("read the file: %w", err)
		}
	}
	c.end()
	if !c.isText() {
		return ErrNotText
	}
	if s.format.mark == 0 {
		s.format.Guessed = c.several+c.invalid > 0
		s.format.Encoding = c.encoding()
		if s.as != nil {
			s.format.Encoding = *s.as
		}
	}
	_, isTable := tables[s.format.Encoding]
	s.format.Damaged = !isTable && c.invalid > 0
	return nil
}

// sample judges the delimiter by the first rows.
func (s *sniffer) sample() error {
	text, whole, err := s.text()
	if err != nil {
		return err
	}
	if strings.TrimFunc(string(text), isBlank) == "" {
		return ErrEmptyFile
	}
	if delim, ok := namedDelimiter(text); ok {
		s.format.Delimiter, s.format.named = delim, true
	} else {
		s.format.Delimiter = bestDelimiter(text, whole)
	}
	s.format.above = rowsAbove(text, s.format)
	titles, err := header(newScanner(bytes.NewReader(text), s.format.Delimiter), s.format)
	if err != nil {
		return err
	}
	if looksLikeData(titles) {
		return ErrNoHeader
	}
	return nil
}

func isBlank(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' || r == '"' }

// text is the beginning of the file in UTF-8, and whether that is all of it.
func (s *sniffer) text() (text []byte, whole bool, err error) {
	if _, err := s.src.Seek(int64(s.format.mark), io.SeekStart); err != nil {
		return nil, false, err
	}
	text, err = io.ReadAll(io.LimitReader(decoded(s.src, s.format.Encoding), sampleSize))
	if err != nil {
		return nil, false, fmt.Errorf("read the file: %w", err)
	}
	return text, len(text) < sampleSize, nil
}

// delimiters are those that are tried, the commonest first.
var delimiters = []byte{',', ';', '\t', '|'}

// namedDelimiter is the one that a first line "sep=;" names, in quotes or without.
func namedDelimiter(text []byte) (delim byte, ok bool) {
	line, _, _ := bytes.Cut(text[:min(len(text), 100)], []byte("\n"))
	line = bytes.Trim(bytes.TrimSuffix(line, []byte("\r")), `"`)
	if len(line) != 5 || !strings.EqualFold(string(line[:4]), "sep=") || bytes.IndexByte(delimiters, line[4]) < 0 {
		return 0, false
	}
	return line[4], true
}

// rowsAbove counts the rows above the titles: those that have less than half of the cells that
// rows have, where one that looks like titles follows.
func rowsAbove(text []byte, f Format) int {
	const looked = 10
	in := newScanner(bytes.NewReader(text), f.Delimiter)
	var rows [][]string
	most := 0
	for len(rows) < looked {
		cells, err := header(in, Format{named: f.named && len(rows) == 0})
		if err != nil {
			break
		}
		rows = append(rows, cells)
		most = max(most, filled(cells))
	}
	for above, cells := range rows {
		if 2*filled(cells) <= most {
			continue
		}
		if most < 3 || looksLikeData(cells) {
			return 0
		}
		return above
	}
	return 0
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

// bestDelimiter is the one that takes most rows of a text into as many cells as
// its first row, and into the more the better.
func bestDelimiter(text []byte, whole bool) byte {
	best, most := delimiters[0], 0.0
	for _, delim := range delimiters {
		if score := fit(text, whole, delim); score > most {
			best, most = delim, score
		}
	}
	return best
}

func fit(text []byte, whole bool, delim byte) float64 {
	in := newScanner(bytes.NewReader(text), delim)
	titles, err := header(in, Format{above: rowsAbove(text, Format{Delimiter: delim})})
	if err != nil || len(titles) < 2 {
		return 0
	}
	rows, alike := 1, 1
	for rows < sampleRows {
		row, err := in.next()
		if _, more := in.at(0); err != nil || !more && !whole { // the last one may be cut
			break
		}
		if row.blank() {
			continue
		}
		rows++
		if row.reason == nil && len(row.cells) == len(titles) {
			alike++
		}
	}
	return float64(alike) / float64(rows) * float64(len(titles))
}

// header reads the titles, which are the first row that is not blank, below those above.
func header(in *scanner, f Format) ([]string, error) {
	if f.named {
		in.skipLine()
	}
	for {
		row, err := in.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil, ErrEmptyFile
		case err != nil:
			return nil, err
		case errors.Is(row.reason, ErrTooManyCells):
			return nil, ErrTooManyColumns
		case row.reason != nil:
			return nil, &LineError{Line: row.line, Column: row.column, Reason: row.reason}
		case row.blank():
		case f.above > 0:
			f.above--
		default:
			return row.cells, nil
		}
	}
}

// looksLikeData says that a row is somebody's, and no titles.
func looksLikeData(cells []string) bool {
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
