package exchange

import (
	"bufio"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// utf16Reader reads UTF-16 as UTF-8. That of x/text makes U+FFFD of half a
// character, which can't be told from one that was written.
type utf16Reader struct {
	src  *bufio.Reader
	big  bool
	held rune // a unit read too far; 0: none
	out  []byte
	err  error
	room [4096]byte
}

func newUTF16Reader(r io.Reader, big bool) *utf16Reader {
	return &utf16Reader{src: bufio.NewReaderSize(r, chunk), big: big}
}

func (u *utf16Reader) Read(p []byte) (int, error) {
	if len(u.out) == 0 {
		u.fill()
	}
	if len(u.out) == 0 {
		return 0, u.err
	}
	n := copy(p, u.out)
	u.out = u.out[n:]
	return n, nil
}

func (u *utf16Reader) fill() {
	u.out = u.room[:0]
	for u.err == nil && len(u.out) < len(u.room)-2*utf8.UTFMax {
		unit, ok := u.unit()
		if !ok {
			return
		}
		if !utf16.IsSurrogate(unit) {
			u.out = utf8.AppendRune(u.out, unit)
			continue
		}
		second, ok := u.unit()
		if whole := utf16.DecodeRune(unit, second); ok && whole != utf8.RuneError {
			u.out = utf8.AppendRune(u.out, whole)
			continue
		}
		u.out = append(u.out, invalid)
		u.held = second
	}
}

// unit is the next two bytes. ok is false at the end.
func (u *utf16Reader) unit() (unit rune, ok bool) {
	if u.held != 0 {
		unit, u.held = u.held, 0
		return unit, true
	}
	first, err := u.src.ReadByte()
	if err != nil {
		u.err = err
		return 0, false
	}
	second, err := u.src.ReadByte()
	if err != nil {
		u.out = append(u.out, invalid)
		u.err = err
		return 0, false
	}
	if u.big {
		first, second = second, first
	}
	return rune(first) | rune(second)<<8, true
}

// census counts what tells text from other things, and encodings apart.
type census struct {
	chars    int64 // about
	controls int64 // that no text has, or hardly ever
	several  int64 // characters of several bytes, as UTF-8 writes them
	invalid  int64 // bytes that are no UTF-8
	carry    []byte
	words    []byte // that are not all ASCII, some of them
}

// add counts the next bytes of a file.
func (c *census) add(p []byte) {
	c.words = keepWords(c.words, p)
	if len(c.carry) > 0 {
		c.carry = append(c.carry, p...)
		p, c.carry = c.carry, nil
	}
	for len(p) > 0 {
		if p[0] < utf8.RuneSelf {
			c.chars++
			if strange(p[0]) {
				c.controls++
			}
			p = p[1:]
			continue
		}
		if !utf8.FullRune(p) {
			c.carry = append([]byte(nil), p...)
			return
		}
		c.chars++
		r, size := utf8.DecodeRune(p)
		if r == utf8.RuneError && size == 1 {
			c.invalid++
		} else {
			c.several++
		}
		p = p[size:]
	}
}

// end counts a character that is cut off at the end of the file.
func (c *census) end() {
	c.invalid += int64(len(c.carry))
	c.carry = nil
}

// strange says that a byte steers something other than lines. A vertical tab is
// how some databases write a line's end in a cell.
func strange(b byte) bool {
	return b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\v' || b == 0x7f
}

// isText says that so few characters steer that it can be text. A few are let
// by: the cells that have them are refused, each with its line.
func (c *census) isText() bool { return c.controls <= 2 || c.controls*20 <= c.chars }

// encoding is that of a file with no byte order mark. By chance hardly any text
// in another encoding has characters as UTF-8 writes them; so a file with more of
// those than of bytes that don't fit is UTF-8, damaged in a few places.
func (c *census) encoding() Encoding {
	if c.invalid > c.several {
		return guess(c.words)
	}
	return UTF8
}
