package spreadsheet

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// xlsx is a workbook of Office Open XML (ECMA-376, part 1, 18).
type xlsx struct {
	*archive
	since1904 bool
	names     []string
	parts     []string // by names
	shared    sharedTexts
	formats   []format // by the cells' styles
}

// xlsx reads a sheet.
func (a *archive) xlsx(sheet int, out *rows) (Workbook, error) {
	x := &xlsx{archive: a}
	if err := x.open(); err != nil {
		return Workbook{}, err
	}
	book := Workbook{Kind: XLSX, Sheets: x.names, Sheet: max(0, sheet)}
	if sheet >= len(x.names) && sheet > 0 {
		return book, ErrDamaged
	}
	for ; book.Sheet < len(x.names); book.Sheet++ {
		out.first = nil
		s := xlsxSheet{book: x, out: out}
		if err := x.each(x.parts[book.Sheet], s.take); err != nil || out.begun {
			return book, err
		}
	}
	book.Sheet = 0
	return book, nil
}

// open reads what all sheets share.
func (x *xlsx) open() error {
	_, top, err := x.relations("")
	if err != nil {
		return err
	}
	main := top["officeDocument"]
	if strings.HasSuffix(main, ".bin") { // .xlsb
		return ErrUnknown
	}
	byID, byType, err := x.relations(main)
	switch {
	case err != nil:
		return err
	case byType["worksheet"] == "": // a letter, a presentation
		return ErrNone
	}
	if err := x.each(main, func(_ *part, token xml.Token) error { return x.workbook(token, byID) }); err != nil {
		return err
	}
	if name := byType["sharedStrings"]; x.has(name) {
		if err := x.each(name, x.shared.take); err != nil {
			return err
		}
	}
	if name := byType["styles"]; x.has(name) {
		return x.styles(name)
	}
	return nil
}

// workbook takes the sheets: those that people see, which have cells.
func (x *xlsx) workbook(token xml.Token, targets map[string]string) error {
	e, ok := token.(xml.StartElement)
	switch {
	case ok && e.Name.Local == "workbookPr":
		x.since1904 = isTrue(attr(e, "date1904"))
	case ok && e.Name.Local == "sheet" && len(x.names) < maxSheets:
		target := targets[attr(e, "id")]
		if strings.Contains(target, "chartsheet") || attr(e, "state") != "" && attr(e, "state") != "visible" {
			return nil
		}
		x.names, x.parts = append(x.names, name(e, "name")), append(x.parts, target)
	}
	return nil
}

func isTrue(value string) bool { return value == "1" || strings.EqualFold(value, "true") }

// sharedTexts are those that cells name by their numbers; one piece of memory for all.
type sharedTexts struct {
	text   []byte
	ends   []uint32
	begun  uint32 // the text that is taken
	inText bool
}

// maxShared bounds the texts that cells share, and so what is held of them in memory.
const maxShared = 64 << 20

func (s *sharedTexts) take(p *part, token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		if t.Name.Local == "rPh" { // how it is spoken, in Japanese
			return p.skip()
		}
		s.inText = t.Name.Local == "t"
	case xml.CharData:
		if s.inText {
			s.text = append(s.text, t[:max(0, min(len(t), int(s.begun)+maxRow+1-len(s.text)))]...)
		}
	case xml.EndElement:
		s.inText = false
		if t.Name.Local == "si" {
			s.begun = uint32(len(s.text))
			s.ends = append(s.ends, uint32(len(s.text)))
		}
	}
	if len(s.text)+4*len(s.ends) > maxShared {
		return ErrTooLarge
	}
	return nil
}

// at is the text of a number.
func (s *sharedTexts) at(number string) ([]byte, error) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n >= len(s.ends) {
		return nil, ErrDamaged
	}
	from := uint32(0)
	if n > 0 {
		from = s.ends[n-1]
	}
	return s.text[from:s.ends[n]], nil
}

// styles takes how numbers are shown.
func (x *xlsx) styles(of string) error {
	codes, inCells := make(map[string]string), false
	return x.each(of, func(_ *part, token xml.Token) error {
		switch t := token.(type) {
		case xml.StartElement:
			switch {
			case t.Name.Local == "numFmt" && len(codes) < maxSheets:
				codes[name(t, "numFmtId")] = name(t, "formatCode")
			case t.Name.Local == "cellXfs":
				inCells = true
			case t.Name.Local == "xf" && inCells && len(x.formats) < 1<<16:
				id := attr(t, "numFmtId")
				x.formats = append(x.formats, formatOf(id, codes[id]))
			}
		case xml.EndElement:
			inCells = inCells && t.Name.Local != "cellXfs"
		}
		return nil
	})
}

// xlsxSheet is the work on one sheet.
type xlsxSheet struct {
	book    *xlsx
	out     *rows
	inside  bool // of the cells
	row     Row
	inRow   bool
	column  int // of the next cell
	kind    string
	format  format
	text    []byte
	inText  bool
	formula bool // the cell has one
}

func (s *xlsxSheet) take(p *part, token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		if s.inside && t.Name.Local == "rPh" {
			return p.skip()
		}
		return s.begin(t)
	case xml.CharData:
		if s.inText && len(s.text) <= maxRow {
			s.text = append(s.text, t...)
		}
	case xml.EndElement:
		return s.end(t.Name.Local)
	}
	return nil
}

func (s *xlsxSheet) begin(e xml.StartElement) error {
	switch name := e.Name.Local; {
	case name == "sheetData":
		s.inside = true
	case !s.inside:
	case name == "row":
		s.row = Row{Number: s.row.Number + 1}
		if n, err := strconv.Atoi(attr(e, "r")); err == nil && n > s.row.Number {
			s.row.Number = n
		}
		s.column, s.inRow = 0, true
		if s.row.Number > maxRows {
			return ErrTooLarge
		}
	case name == "c":
		return s.beginCell(e)
	case name == "v" || name == "t":
		s.inText = true
	case name == "f":
		s.formula = true
	}
	return nil
}

func (s *xlsxSheet) beginCell(e xml.StartElement) error {
	if ref := attr(e, "r"); ref != "" {
		s.column = columnOf(ref)
	}
	if !s.inRow || s.column < 0 || s.column >= maxColumns {
		return ErrDamaged
	}
	s.kind, s.format, s.text, s.formula = attr(e, "t"), format{}, s.text[:0], false
	style, _ := strconv.Atoi(attr(e, "s")) // without one, it is the first
	if style >= 0 && style < len(s.book.formats) {
		s.format = s.book.formats[style]
	}
	return nil
}

// columnOf is the column of a reference such as AB12, from 0; -1 if it is none.
func columnOf(ref string) int {
	column := 0
	for _, r := range strings.ToUpper(ref[:min(3, len(ref))]) {
		if r < 'A' || r > 'Z' {
			break
		}
		column = 26*column + int(r-'A') + 1
	}
	return column - 1
}

func (s *xlsxSheet) end(name string) error {
	switch {
	case !s.inside:
	case name == "v" || name == "t":
		s.inText = false
	case name == "c" && !s.row.Large:
		text, err := s.value()
		if err != nil {
			return err
		}
		if s.formula && text == "" && s.kind != "str" && s.kind != "e" { // an error is a value, which says nothing
			s.row.uncalculated(s.column)
		}
		s.row.set(s.column, text)
		s.column++
	case name == "row" && s.inRow:
		s.inRow = false
		if !s.row.blank() {
			return s.out.add(s.row)
		}
	case name == "sheetData":
		s.inside = false
	}
	return nil
}

// value is what a cell says (18.18.11).
func (s *xlsxSheet) value() (string, error) {
	if s.kind == "str" || s.kind == "inlineStr" {
		return unescape(string(s.text)), nil
	}
	text := strings.TrimSpace(string(s.text))
	switch s.kind {
	case "s":
		if text == "" {
			return "", nil
		}
		shared, err := s.book.shared.at(text)
		if len(shared) > maxRow { // not copied: any number of cells may have it
			s.row.Large = true
			return "", nil
		}
		return unescape(string(shared)), err
	case "b":
		return truth(isTrue(text)), nil
	case "e":
		return "", nil
	case "d":
		return dated(text, s.format.isTime), nil
	}
	return s.format.text(text, s.book.since1904), nil
}

func truth(is bool) string {
	if is {
		return "TRUE"
	}
	return "FALSE"
}

// escaped is a character that XML can't have, or that Excel thinks so of (22.4.2.4).
var escaped = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`) })

func unescape(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escaped().ReplaceAllStringFunc(text, func(found string) string {
		code, _ := strconv.ParseUint(found[2:6], 16, 16)
		return string(rune(code))
	})
}
