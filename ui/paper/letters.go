package paper

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// letters knows what can be printed: what the font has, of scripts that run
// from left to right with one shape for each letter.
type letters struct{ font *sfnt.Font }

func newLetters(content []byte) (letters, error) {
	font, err := sfnt.Parse(content)
	if err != nil {
		return letters{}, fmt.Errorf("read the font: %w", err)
	}
	return letters{font}, nil
}

// print is a text as it can be printed, and whether that is all of it. "…"
// stands for letters that can't be printed; pictures and signs are left out.
func (l letters) print(text string) (printed string, whole bool) {
	var out strings.Builder
	whole = true
	gap := false // "…" was written just now
	for _, r := range norm.NFC.String(strings.ToValidUTF8(text, "\ufffd")) {
		switch {
		case unicode.IsSpace(r):
			out.WriteByte(' ')
		case unseen(r):
		case l.has(r):
			out.WriteRune(r)
			gap = false
		case unicode.In(r, unicode.L, unicode.M, unicode.N) || r == unicode.ReplacementChar:
			whole = false
			if !gap {
				out.WriteRune('…')
			}
			gap = true
		}
	}
	printed = strings.Join(strings.Fields(out.String()), " ")
	if strings.Trim(printed, "… ") == "" {
		return "", false
	}
	return printed, whole
}

func (l letters) has(r rune) bool {
	if r > 0xFFFF || r == unicode.ReplacementChar {
		return false // beyond what the document's fonts can name
	}
	if !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Common, unicode.Inherited) {
		return false
	}
	glyph, err := l.font.GlyphIndex(nil, r)
	return err == nil && glyph != 0
}

// unseen characters show nothing by themselves: controls, joiners, selectors.
func unseen(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}
