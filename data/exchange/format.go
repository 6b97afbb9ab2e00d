package exchange

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
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
	Kind      Kind
	Encoding  Encoding
	Delimiter byte  // ',', ';', '\t' or '|'; of a spreadsheet, that of a report on it
	Size      int64 // in bytes; of a spreadsheet, of its rows as they are packed

	Sheets []string // the names of a spreadsheet's sheets
	Sheet  int      // of Sheets, that which is read

	Damaged bool   // UTF-8, but for a few bytes; the cells that have them are refused
	Guessed bool   // the encoding, by what the file has; it may be another
	Word    string // the first that the encoding makes a difference to, as it is read

	mark  int  // bytes of the byte order mark
	named bool // the first line only names the delimiter, as Excel reads "sep=;"
	above int  // rows between that and the titles: what the file is called, and of which day it is

	sheet *sheet // nil: the file is text
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
	{"\x1f\x8b", ErrNotText}, // gzip
}

// workbooks are how spreadsheets begin: archives, and what Excel writes where there is a password.
var workbooks = []string{"PK\x03\x04", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}

// Sniff says how a file is written. It reads all of it: an encoding that fits
// the beginning may not fit the end.
// Of a spreadsheet that is the first sheet that is a list, and Format has its rows: what is read
// later is not the file any more.
func Sniff(ctx context.Context, r io.ReadSeeker) (Format, error) {
	return sniff(sniffer{ctx: ctx, src: r, sheet: -1})
}

// SniffAs is Sniff of a file whose encoding somebody knows; a byte order mark knows better.
func SniffAs(ctx context.Context, r io.ReadSeeker, e Encoding) (Format, error) {
	return sniff(sniffer{ctx: ctx, src: r, as: &e, sheet: -1})
}

// SniffSheet is Sniff of another sheet of a spreadsheet.
func SniffSheet(ctx context.Context, r io.ReadSeeker, sheet int) (Format, error) {
	return sniff(sniffer{ctx: ctx, src: r, sheet: sheet})
}

func sniff(s sniffer) (Format, error) {
	if err := s.begin(); err != nil {
		return Format{}, err
	}
	if s.format.Kind == Text {
		if err := s.count(); err != nil {
			return Format{}, err
		}
	}
	if err := s.sample(); err != nil {
		return s.following(err)
	}
	return s.format, nil
}

// following tries the sheets after one that is no list, such as a cover. If none of them is a list,
// the error of the first one stays.
func (s *sniffer) following(why error) (Format, error) {
	const tried = 10
	for next := s.format.Sheet + 1; s.sheet < 0 && next < min(len(s.format.Sheets), s.format.Sheet+tried); next++ {
		found, err := SniffSheet(s.ctx, s.src, next)
		if s.ctx.Err() != nil {
			return found, err
		}
		if err == nil && isList(s.src, found) {
			return found, nil
		}
	}
	return Format{}, why
}

// isList says that some titles of a sheet are those of patients.
func isList(src io.ReadSeeker, f Format) bool {
	in, err := Open(src, f)
	return err == nil && knownTitles(in.Titles()) > 1
}

type sniffer struct {
	ctx    context.Context
	src    io.ReadSeeker
	format Format
	head   []byte
	as     *Encoding // nil: what the bytes tell
	sheet  int       // negative: the first with anything in it
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
	if isPage(s.head) {
		return ErrSpreadsheet
	}
	for _, begin := range workbooks {
		if strings.HasPrefix(string(s.head), begin) {
			return s.workbook()
		}
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
	s.format.Encoding = unmarked(s.head)
	if s.as != nil && isUTF16(*s.as) {
		s.format.Encoding = *s.as
	}
	return nil
}

// unmarked is UTF-16 where nearly every other byte at the beginning of a file is 0, else UTF-8.
func unmarked(head []byte) Encoding {
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch few, many := len(head)/100, len(head)/4; {
	case zeros[0] <= few && zeros[1] > many:
		return UTF16LE
	case zeros[1] <= few && zeros[0] > many:
		return UTF16BE
	}
	return UTF8
}

func isUTF16(e Encoding) bool { return e == UTF16LE || e == UTF16BE }

// isPage says that a file is HTML or XML, which programs write as .xls.
func isPage(head []byte) bool {
	begin := strings.ToLower(strings.TrimLeft(string(head), "\ufeff \t\r\n"))
	return slices.ContainsFunc([]string{"<html", "<!doctype", "<table", "<?xml"}, func(tag string) bool { return strings.HasPrefix(begin, tag) })
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
	switch {
	case s.format.mark > 0:
	case isUTF16(s.format.Encoding):
		s.format.Guessed = true
	default:
		s.format.Guessed = c.several+c.invalid > 0
		s.format.Encoding = c.encoding()
		if s.as != nil {
			s.format.Encoding = *s.as
		}
	}
	table, isTable := tables[s.format.Encoding]
	first, _, _ := bytes.Cut(c.words, []byte(" "))
	if s.format.Word = string(first); isTable {
		s.format.Word, _ = table.NewDecoder().String(s.format.Word) // what is no character is a sign for that
	}
	s.format.Damaged = !isTable && c.invalid > 0
	return nil
}

// sample judges the delimiter by the first rows, and where the titles are.
func (s *sniffer) sample() error {
	first := func() records { return s.format.sheet.records(bytes.NewReader(s.format.sheet.packed)) }
	if s.format.Kind == Text {
		text, err := s.delimiter()
		if err != nil {
			return err
		}
		first = func() records { return s.format.scanner(bytes.NewReader(text)) }
	}
	s.format.above = rowsAbove(first())
	titles, err := header(first(), s.format.above)
	if err != nil {
		return err
	}
	if looksLikeData(titles) {
		return ErrNoHeader
	}
	return nil
}

// delimiter judges the delimiter by the beginning of the file, which it returns.
func (s *sniffer) delimiter() ([]byte, error) {
	text, whole, err := s.text()
	switch {
	case err != nil:
		return nil, err
	case strings.TrimFunc(string(text), isBlank) == "":
		return nil, ErrEmptyFile
	}
	if delim, ok := namedDelimiter(text); ok {
		s.format.Delimiter, s.format.named = delim, true
	} else {
		s.format.Delimiter = bestDelimiter(text, whole)
	}
	return text, nil
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
	titles, err := header(in, rowsAbove(newScanner(bytes.NewReader(text), delim)))
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
