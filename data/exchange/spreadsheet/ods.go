package spreadsheet

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// checkODS says why an OpenDocument file is none that can be read.
func (a *archive) checkODS() error {
	kind, err := a.files["mimetype"].Open()
	if err != nil {
		return ErrDamaged
	}
	defer kind.Close()
	text, err := io.ReadAll(io.LimitReader(kind, 200))
	switch {
	case err != nil:
		return ErrDamaged
	case !strings.Contains(string(text), "opendocument.spreadsheet"):
		return ErrNone
	case a.has("encrypted-package"):
		return ErrPassword
	}
	err = a.each("META-INF/manifest.xml", func(_ *part, token xml.Token) error {
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "encryption-data" {
			return ErrPassword
		}
		return nil
	})
	if errors.Is(err, ErrPassword) {
		return err
	}
	return nil // a manifest that can't be read changes nothing
}

// ods reads a sheet (OpenDocument 1.3, part 3, 9).
func (a *archive) ods(sheet int, out *rows) (Workbook, error) {
	o := odsSheets{wanted: sheet, out: out, hidden: make(map[string]bool)}
	if err := a.each("content.xml", o.take); err != nil {
		return Workbook{}, err
	}
	return Workbook{Kind: ODS, Sheets: o.names, Sheet: max(0, o.wanted)}, nil
}

// odsSheets is the work on the sheets, which are all in one part.
type odsSheets struct {
	out    *rows
	wanted int // negative: none has begun yet
	names  []string
	depth  int // of tables; those in cells are not read
	style  string
	hidden map[string]bool // styles

	row    Row
	inRow  bool
	rows   int // how often the row is there
	column int // of the next cell
	cell   odsCell
}

type odsCell struct {
	xml.StartElement
	text       []byte
	paragraphs int // begun, the last one open as long as inside
	inside     bool
}

func (o *odsSheets) take(p *part, token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		switch {
		case t.Name.Space == "draw", t.Name.Local == "annotation", t.Name.Local == "shapes", o.isHidden(t):
			return p.skip() // what they have is in no cell that people see
		case t.Name.Space == "style":
			o.beginStyle(t)
		case t.Name.Space == "table":
			return o.begin(t)
		case t.Name.Space == "text" && o.reading() && len(o.cell.text) <= maxRow:
			o.cell.begin(t)
		}
	case xml.CharData:
		if o.cell.inside && len(o.cell.text) <= maxRow {
			o.cell.text = append(o.cell.text, t...)
		}
	case xml.EndElement:
		switch {
		case t.Name.Space == "text" && t.Name.Local == "p":
			o.cell.inside = false
		case t.Name.Space == "table":
			return o.end(t.Name.Local)
		}
	}
	return nil
}

// beginStyle notes the styles of sheets that are hidden; they stand before the sheets.
func (o *odsSheets) beginStyle(e xml.StartElement) {
	switch {
	case e.Name.Local == "style":
		o.style = name(e, "name")
	case e.Name.Local == "table-properties" && attr(e, "display") == "false" && len(o.hidden) < maxSheets:
		o.hidden[o.style] = true
	}
}

func (o *odsSheets) isHidden(e xml.StartElement) bool {
	return o.depth == 0 && e.Name.Space == "table" && e.Name.Local == "table" && o.hidden[attr(e, "style-name")]
}

// reading says that the innermost table is the sheet that is read.
func (o *odsSheets) reading() bool {
	return o.depth == 1 && (o.wanted < 0 || o.wanted == len(o.names)-1)
}

func (o *odsSheets) begin(e xml.StartElement) error {
	switch kind := e.Name.Local; {
	case kind == "table":
		if o.depth++; o.depth == 1 {
			o.names = append(o.names, name(e, "name"))
			o.row, o.out.first = Row{}, nil
		}
		if len(o.names) > maxSheets {
			return ErrTooLarge
		}
	case !o.reading():
	case kind == "table-row":
		o.row = Row{Number: o.row.Number + 1}
		o.rows, o.column, o.inRow = times(e, "number-rows-repeated"), 0, true
		if o.row.Number+o.rows-1 > maxRows {
			return ErrTooLarge
		}
	case kind == "table-cell" || kind == "covered-table-cell":
		o.cell = odsCell{StartElement: e, text: o.cell.text[:0]}
		if !o.inRow {
			return ErrDamaged
		}
	}
	return nil
}

// times is a number of repetitions.
func times(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(attr(e, name))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, maxRows)
}

func (o *odsSheets) end(name string) error {
	switch {
	case name == "table":
		o.depth--
	case !o.reading():
	case name == "table-cell" || name == "covered-table-cell":
		return o.endCell()
	case name == "table-row" && o.inRow:
		o.inRow = false
		return o.endRow()
	}
	return nil
}

func (o *odsSheets) endCell() error {
	text, n := o.cell.value(), times(o.cell.StartElement, "number-columns-repeated")
	if text == "" && attr(o.cell.StartElement, "formula") != "" && attr(o.cell.StartElement, "value-type") == "" {
		o.row.uncalculated(o.column)
	}
	if text != "" && o.column+n > maxColumns {
		return ErrDamaged
	}
	for i := range n {
		if text == "" || o.row.Large {
			break
		}
		o.row.set(o.column+i, text)
	}
	o.column = min(o.column+n, maxColumns)
	return nil
}

func (o *odsSheets) endRow() error {
	row := o.row
	o.row.Number += o.rows - 1
	if row.blank() {
		return nil
	}
	for range o.rows {
		if err := o.out.add(row); err != nil {
			return err
		}
		row.Number++
	}
	if o.out.begun {
		o.wanted = len(o.names) - 1
	}
	return nil
}

// begin begins what is in a cell's text.
func (c *odsCell) begin(e xml.StartElement) {
	switch e.Name.Local {
	case "p":
		if c.paragraphs++; c.paragraphs > 1 {
			c.text = append(c.text, '\n')
		}
		c.inside = true
	case "s":
		c.text = append(c.text, strings.Repeat(" ", min(times(e, "c"), 100))...)
	case "tab":
		c.text = append(c.text, '\t')
	case "line-break":
		c.text = append(c.text, '\n')
	}
}

// value is what a cell says: its value, where it has one, for what is shown may be short of it.
func (c *odsCell) value() string {
	text := string(c.text)
	kind := "string" // LibreOffice has one of its own too, which knows errors
	for _, a := range c.Attr {
		if a.Name.Local == "value-type" && kind != "error" {
			kind = a.Value
		}
	}
	switch kind {
	case "error":
		return ""
	case "date":
		return dated(attr(c.StartElement, "date-value"), strings.Contains(text, ":"))
	case "boolean":
		return truth(isTrue(attr(c.StartElement, "boolean-value")))
	case "float", "percentage", "currency":
		n, err := strconv.ParseFloat(attr(c.StartElement, "value"), 64)
		if err != nil {
			return text
		}
		return withZeros(text, numberText(n))
	}
	if text == "" {
		return attr(c.StartElement, "string-value")
	}
	return text
}

// withZeros is a number as it is shown, if that has the same digits after others: a phone's zero, or +49.
func withZeros(shown, number string) string {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, shown)
	if number != "0" && len(digits) > len(number) && strings.HasSuffix(digits, number) {
		return shown
	}
	return number
}
