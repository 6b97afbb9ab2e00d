package strength

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A char is one character of a password, ready to be compared.
type char struct {
	plain rune // lower-case, without accents
	typed rune // lower-case, as the key has it; 0 for the second letter of an "ß" or "æ"
	upper bool
}

// split takes a text apart, up to its longest'th character.
func split(text string) []char {
	chars := make([]char, 0, min(len(text), longest))
	for _, r := range norm.NFC.String(text) {
		typed, upper := unicode.ToLower(r), unicode.IsUpper(r)
		for _, p := range plain(typed) {
			if len(chars) == longest {
				return chars
			}
			chars = append(chars, char{p, typed, upper})
			typed = 0
		}
	}
	return chars
}

// Plain is a text as it is compared: in lower case, without accents, and letters such as "ß" as
// the two that they stand for.
func Plain(text string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(text) {
		b.WriteString(plain(unicode.ToLower(r)))
	}
	return b.String()
}

// SpelledOut is a German word in lower case as it is typed where the keyboard has no "ü".
func SpelledOut(word string) string {
	return strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue").Replace(word)
}

// plain is a lower-case character without its accents. An accent that stands alone is nothing.
func plain(r rune) string {
	if r < 0x80 {
		return string(r)
	}
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'ı':
		return "i"
	}
	return strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36f { // combining marks of European scripts
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(string(r)))
}

func (c char) letter() bool {
	return unicode.IsLetter(c.plain)
}

func (c char) digit() bool {
	return c.plain >= '0' && c.plain <= '9'
}

// Bits of a character that is part of nothing: of a letter fewer than log2(26), for nobody draws
// letters by lot who may choose them.
const (
	letterBits = 4
	digitBits  = 3.32
)

func (c char) bits() float64 {
	if c.digit() {
		return digitBits
	}
	return letterBits
}

// sign tells whether a character is neither letter nor digit.
func (c char) sign() bool {
	return !c.letter() && !c.digit()
}

// plainSign tells whether a character is a sign that stands for no letter.
func (c char) plainSign() bool {
	return c.sign() && (c.plain >= 0x80 || lettersOf(byte(c.plain)) == "")
}

// without is a text without the signs that separate its words or letters ("pass.word-1234!"), and
// how many kinds of them it has.
func without(chars []char, separates func(char) bool) (rest []char, kinds int) {
	signs := map[rune]bool{}
	for _, c := range chars {
		if separates(c) {
			signs[c.plain] = true
		} else {
			rest = append(rest, c)
		}
	}
	return rest, len(signs)
}
