package exchange

import (
	"io"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/transform"
)

// Encoding says how a file writes characters as bytes.
type Encoding int

// The encodings that are read. Of two that fit a file as well, the first is guessed.
const (
	UTF8 Encoding = iota
	UTF16LE
	UTF16BE
	Windows1252 // western Europe; and what ISO 8859-1 has
	Windows1250 // central Europe
	Windows1251 // Cyrillic
	Windows1253 // Greek
	Windows1254 // Turkish
	Latin2      // ISO 8859-2: central Europe
	CyrillicISO // ISO 8859-5
	GreekISO    // ISO 8859-7
	Latin5      // ISO 8859-9: Turkish
	Latin9      // ISO 8859-15: western Europe
	MacRoman
	DOS850 // western Europe, as the next
	DOS437
	DOS852 // central Europe
	ShiftJIS
	GBK
	Big5
)

// tables are those that are not Unicode.
var tables = map[Encoding]encoding.Encoding{
	Windows1252: charmap.Windows1252, Windows1250: charmap.Windows1250, Windows1251: charmap.Windows1251,
	Windows1253: charmap.Windows1253, Windows1254: charmap.Windows1254,
	Latin2: charmap.ISO8859_2, CyrillicISO: charmap.ISO8859_5, GreekISO: charmap.ISO8859_7, Latin5: charmap.ISO8859_9,
	Latin9: charmap.ISO8859_15, MacRoman: charmap.Macintosh, DOS850: charmap.CodePage850, DOS437: charmap.CodePage437,
	DOS852: charmap.CodePage852, ShiftJIS: japanese.ShiftJIS, GBK: simplifiedchinese.GBK, Big5: traditionalchinese.Big5,
}

// Encodings are all that a file can be read as which has no byte order mark.
func Encodings() []Encoding {
	var all []Encoding
	for e := UTF8; e <= Big5; e++ {
		all = append(all, e)
	}
	return all
}

// invalid stands for what is no character. No text in UTF-8 has this byte, so
// the cell that got it is refused, instead of losing something silently.
const invalid = 0xff

// decoded gives a file's bytes, after its byte order mark, as UTF-8. What is no
// character comes out as bytes that are no UTF-8 either, or as U+FFFD.
func decoded(r io.Reader, e Encoding) io.Reader {
	switch table, ok := tables[e]; {
	case ok:
		return transform.NewReader(r, table.NewDecoder())
	case e == UTF8:
		return r
	}
	return newUTF16Reader(r, e == UTF16BE)
}
