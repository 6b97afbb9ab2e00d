package data

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folds are letters that Unicode does not take apart, as people without them on
// the keyboard type them.
var folds = map[rune]string{
	'ß': "ss", 'ø': "o", 'æ': "ae", 'œ': "oe", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i",
	'ħ': "h", 'ŋ': "n", 'ŧ': "t", 'ĸ': "k", 'ə': "e", 'ς': "σ",
}

// apostrophes are what stands inside a name without parting it, in any alphabet.
const apostrophes = "'’‘‛ʼʻʽʾʿʹˈ`´′＇׳ꞌ"

// Fold is the text as it is searched: lower case, without accents and
// apostrophes, with one space for any hyphens, other signs and spaces between
// words, and digits of any alphabet as 0 to 9. Vowel signs without which words
// of Indian and other scripts mean something else stay.
func Fold(text string) string {
	if folded, ok := foldASCII(text); ok {
		return folded
	}
	text = strings.Map(func(r rune) rune { // before NFKD, which makes a space of ´
		if strings.ContainsRune(apostrophes, r) {
			return -1
		}
		return r
	}, text)
	var out strings.Builder
	out.Grow(len(text))
	space := false
	write := func(r rune) {
		if space && out.Len() > 0 {
			out.WriteByte(' ')
		}
		space = false
		out.WriteRune(r)
	}
	room := rooms.Get().(*[]byte)
	*room = norm.NFKD.AppendString((*room)[:0], text)
	defer func() {
		clear(*room) // it was somebody's name
		rooms.Put(room)
	}()
	for rest := *room; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		r = unicode.ToLower(r)
		switch {
		case strings.ContainsRune(apostrophes, r): // NFKD makes ʹ of another sign
		case folds[r] != "":
			for _, r := range folds[r] {
				write(r)
			}
		case unicode.IsLetter(r):
			write(r)
		case unicode.IsDigit(r):
			write(digit(r))
		case unicode.IsNumber(r):
			write(r)
		case unicode.Is(unicode.Mn, r) && isAccent(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Me, r):
		case unicode.IsMark(r):
			write(r)
		default:
			space = true
		}
	}
	return out.String()
}

// spellings are letters that people without them spell out, where Fold only drops
// what they have more than another: Müller is Muller to it, and Mueller to many.
var spellings = strings.NewReplacer(
	"ä", "ae", "ö", "oe", "ü", "ue", "ø", "oe", "å", "aa", "đ", "dj",
	"Ä", "ae", "Ö", "oe", "Ü", "ue", "Ø", "oe", "Å", "aa", "Đ", "dj",
)

// respelled is a text with such letters spelled out; ok is false if it has none.
func respelled(text string) (spelled string, ok bool) {
	if isASCII(text) { // as most are
		return "", false
	}
	text = norm.NFC.String(text)
	spelled = spellings.Replace(text)
	return spelled, spelled != text
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// rooms are for texts that were taken apart: each is needed for a moment only.
var rooms = sync.Pool{New: func() any { return new([]byte) }}

// foldASCII is Fold of a text of ASCII only, which most are; false: it is not.
func foldASCII(text string) (string, bool) {
	same := true
	for i := range len(text) {
		c := text[i]
		if c >= utf8.RuneSelf {
			return "", false
		}
		same = same && ('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == ' ' && i > 0 && i+1 < len(text) && text[i-1] != ' ')
	}
	if same {
		return text, true
	}
	out := make([]byte, 0, len(text))
	space := false
	for i := range len(text) {
		c := text[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
		case c == '\'' || c == '`':
			continue
		default:
			space = true
			continue
		}
		if space && len(out) > 0 {
			out = append(out, ' ')
		}
		space = false
		out = append(out, c)
	}
	return string(out), true
}

// isAccent says that a mark can go and the word stays the same word: accents of
// Latin, Greek and Cyrillic letters, points of Hebrew, Arabic and Syriac ones.
// The voicing marks of Japanese are no accents.
func isAccent(r rune) bool {
	return r != '\u3099' && r != '\u309A' &&
		unicode.In(r, unicode.Inherited, unicode.Cyrillic, unicode.Hebrew, unicode.Arabic, unicode.Syriac)
}

// Digits are the decimal digits of the text, of any alphabet, as 0 to 9.
func Digits(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return digit(r)
		}
		return -1
	}, text)
}

// digit is a decimal digit of any alphabet as 0 to 9. Unicode has them in tens,
// in their order.
func digit(r rune) rune {
	if r < utf8.RuneSelf {
		return r
	}
	for _, t := range unicode.Nd.R16 {
		if lo, hi := rune(t.Lo), rune(t.Hi); lo <= r && r <= hi {
			return '0' + (r-lo)%10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if lo, hi := rune(t.Lo), rune(t.Hi); lo <= r && r <= hi {
			return '0' + (r-lo)%10
		}
	}
	return r // unreachable
}
