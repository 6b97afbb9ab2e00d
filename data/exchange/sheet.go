package exchange

import (
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/fxamacker/cbor/v2"

	"anteroom/data/exchange/spreadsheet"
)

// Kind is what a file is.
type Kind int

// The kinds of files.
const (
	Text Kind = iota // CSV and its kin
	XLSX             // a workbook of Excel, as the next of LibreOffice
	ODS
)

var kinds = map[spreadsheet.Kind]Kind{spreadsheet.XLSX: XLSX, spreadsheet.ODS: ODS}

// sheet holds the rows of a spreadsheet, packed. To unpack a workbook takes many times as long as to
// go over these, and what was shown is what comes in.
type sheet struct {
	packed []byte
	width  int // most cells of a row
}

// sheetRow is a row as it is packed.
type sheetRow struct {
	_            struct{} `cbor:",toarray"`
	Line         int
	Cells        []string
	Large        bool
	Uncalculated int
}

// workbook reads a sheet of a spreadsheet, once for all.
func (s *sniffer) workbook() error {
	var packed bytes.Buffer
	p := packer{ctx: s.ctx, sheet: &sheet{}, packed: &packed}
	p.zip, _ = flate.NewWriter(&packed, flate.BestSpeed)
	p.out = cbor.NewEncoder(p.zip)
	book, err := spreadsheet.Read(&source{s.ctx, s.src}, s.format.Size, s.sheet, p.add)
	switch {
	case errors.Is(err, spreadsheet.ErrNone):
		return ErrNotText
	case err != nil:
		return fmt.Errorf("read the file: %w", err)
	}
	if err := p.zip.Close(); err != nil {
		return err
	}
	p.sheet.packed = packed.Bytes()
	s.format = Format{
		Kind: kinds[book.Kind], Sheets: book.Sheets, Sheet: book.Sheet, Size: int64(packed.Len()),
		Delimiter: delimiters[0], sheet: p.sheet,
	}
	return nil
}

// maxPacked is how much of the memory the rows of a sheet may take.
const maxPacked = 64 << 20

type packer struct {
	ctx    context.Context
	packed *bytes.Buffer
	sheet  *sheet
	zip    *flate.Writer
	out    *cbor.Encoder
	rows   int
	bytes  int
}

func (p *packer) add(row spreadsheet.Row) error {
	if len(row.Cells) <= maxColumns {
		p.sheet.width = max(p.sheet.width, len(row.Cells))
	}
	row.Cells = row.Cells[:min(len(row.Cells), maxColumns+1)] // more are refused anyway
	for _, cell := range row.Cells {
		p.bytes += len(cell)
	}
	switch p.rows++; {
	case p.rows > MaxRows+1: // with the titles
		return ErrTooManyRows
	case p.bytes > MaxFile || p.packed.Len() > maxPacked:
		return ErrSheetTooLarge
	}
	if err := p.ctx.Err(); err != nil {
		return err
	}
	return p.out.Encode(sheetRow{Line: row.Number, Cells: row.Cells, Large: row.Large, Uncalculated: row.Uncalculated})
}

// sheetRecords gives the rows of a sheet.
type sheetRecords struct {
	in    *cbor.Decoder
	width int
}

func (s *sheet) records(r io.Reader) *sheetRecords {
	return &sheetRecords{in: cbor.NewDecoder(flate.NewReader(r)), width: s.width}
}

// next fills rows up to the width of the sheet: a spreadsheet has no cells that are missing.
func (s *sheetRecords) next() (record, error) {
	var row sheetRow
	if err := s.in.Decode(&row); err != nil {
		return record{}, err
	}
	out := record{line: row.Line, cells: row.Cells}
	switch {
	case row.Large:
		out.reason = ErrRowTooLarge
	case len(row.Cells) > maxColumns:
		out.reason, out.column = ErrTooManyCells, maxColumns+1
	case row.Uncalculated > 0:
		out.reason, out.column = ErrFormula, row.Uncalculated
	default:
		out.cells = append(out.cells, make([]string, s.width-len(row.Cells))...)
		return out, nil
	}
	text := strings.Join(row.Cells, " ")
	out.cells = []string{strings.ToValidUTF8(text[:min(keptOfLine, len(text))], "")}
	return out, nil
}

// source reads a file at any place, until ctx ends.
type source struct {
	ctx context.Context
	src io.ReadSeeker
}

func (s *source) ReadAt(p []byte, at int64) (n int, err error) {
	if err = s.ctx.Err(); err != nil {
		return 0, err
	}
	if _, err = s.src.Seek(at, io.SeekStart); err != nil {
		return 0, err
	}
	for n < len(p) && err == nil {
		var more int
		more, err = s.src.Read(p[n:])
		n += more
	}
	return n, err
}
