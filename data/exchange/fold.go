package exchange

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letters are those that no accent makes of others, and what is typed for them.
var letters = strings.NewReplacer("ß", "ss", "ẞ", "ss", "æ", "ae", "Æ", "ae", "œ", "oe", "Œ", "oe",
	"ø", "o", "Ø", "o", "ł", "l", "Ł", "l", "đ", "d", "Đ", "d", "ı", "i")

// fold makes texts alike that people take for the same: no accents, no capitals,
// nothing but letters and digits.
func fold(text string) string {
	if plain, ok := foldPlain(text); ok {
		return plain
	}
	var out strings.Builder
	for _, r := range norm.NFKD.String(letters.Replace(text)) {
		accent := r >= 0x300 && r <= 0x36f // of letters that have others without; marks of other scripts are letters to them
		if !accent && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)) {
			out.WriteRune(unicode.ToLower(r))
		}
	}
	return out.String()
}

// foldPlain is fold for ASCII.
func foldPlain(text string) (string, bool) {
	out := make([]byte, 0, len(text))
	for i := range len(text) {
		switch b := text[i]; {
		case b >= 0x80:
			return "", false
		case 'A' <= b && b <= 'Z':
			out = append(out, b+'a'-'A')
		case 'a' <= b && b <= 'z', '0' <= b && b <= '9':
			out = append(out, b)
		}
	}
	return string(out), true
}
