package paper

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2/lang"
	"github.com/go-text/typesetting/language"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/norm"
)

// letters knows what can be printed: what the document's own font has, of scripts that run from
// left to right with one shape for each letter, and what the computer's fonts have.
type letters struct {
	font  *sfnt.Font
	known map[rune]bool
	faces faces

	missing []string // texts that print was given and that are not whole: where they are, their writing, they
	where   string   // that is being printed
}

func newLetters(content []byte, source FontSource) (*letters, error) {
	font, err := sfnt.Parse(content)
	if err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	return &letters{font: font, known: map[rune]bool{}, faces: faces{source: source}}, nil
}

// mostRunes is more than a page has of one text.
const mostRunes = 10 * runesInLine

// print is a text as it can be printed, and whether that is all of its letters. "…" stands for
// letters that can't be printed; pictures and signs are left out. What is not all there is noted
// as missing.
func (l *letters) print(text string) (printed string, whole bool) {
	printed, whole, lost := l.printable(text)
	if len(lost) == 0 {
		return printed, whole
	}
	if name := writingOf(lost); name != "" {
		text = lang.L("{{.Writing}}: {{.Text}}", map[string]any{"Writing": name, "Text": text})
	}
	if text = strings.TrimSpace(l.where + " " + text); !slices.Contains(l.missing, text) {
		l.missing = append(l.missing, text)
	}
	return printed, whole
}

// printable is print that notes nothing. lost are the first letters or signs that can't be printed.
func (l *letters) printable(text string) (printed string, whole bool, lost []rune) {
	runes := visible(text)
	var out strings.Builder
	whole = true
	gap := false // "…" was written just now
	for from, to := range clusters(runes) {
		cluster := runes[from:to]
		switch {
		case cluster[0] == ' ':
			out.WriteByte(' ')
			continue
		case l.owns(cluster):
			out.WriteString(string(slices.DeleteFunc(slices.Clone(cluster), joins)))
			gap = false
			continue
		case !slices.ContainsFunc(cluster, func(r rune) bool { return !joins(r) }):
			continue
		case l.faces.face(cluster, scriptOf(cluster), false) != nil:
			out.WriteString(string(cluster))
			gap = false
			continue
		}
		isText := slices.ContainsFunc(cluster, isLetter)
		if lost == nil || isText && whole {
			lost = cluster // letters before signs
		}
		if isText && !gap {
			out.WriteRune('…')
		}
		whole, gap = whole && !isText, gap || isText
	}
	printed = strings.Join(strings.Fields(out.String()), " ")
	if strings.Trim(printed, "… ") == "" {
		return "", false, lost
	}
	return printed, whole, lost
}

// writingOf is what the writing of some letters is called, for who looks for its font; "": they have
// none, as signs.
func writingOf(letters []rune) string {
	for _, r := range letters {
		switch script := language.LookupScript(r); {
		case !script.Strong():
			continue
		case script == language.Han:
			return lang.L("Chinese")
		case script == language.Hiragana, script == language.Katakana:
			return lang.L("Japanese")
		case script == language.Hangul:
			return lang.L("Korean")
		}
		for name, table := range unicode.Scripts {
			if unicode.Is(table, r) {
				return strings.ReplaceAll(name, "_", " ")
			}
		}
	}
	return ""
}

// visible are the runes of a text without controls, and with one kind of space.
func visible(text string) []rune {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unseen(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
	runes := []rune(norm.NFC.String(text))
	return runes[:min(len(runes), mostRunes)]
}

func isLetter(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M, unicode.N) && !joins(r) || r == unicode.ReplacementChar
}

// owns says that the document's own font has a cluster.
func (l *letters) owns(cluster []rune) bool {
	some := false
	for _, r := range cluster {
		if joins(r) {
			continue
		}
		if !l.has(r) {
			return false
		}
		some = true
	}
	return some
}

// has says that the document's own font has a letter.
func (l *letters) has(r rune) bool {
	has, known := l.known[r]
	if !known {
		has = l.lookUp(r)
		l.known[r] = has
	}
	return has
}

func (l *letters) lookUp(r rune) bool {
	if r > 0xFFFF || r == unicode.ReplacementChar {
		return false // beyond what the document's fonts can name
	}
	if !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Common, unicode.Inherited) {
		return false
	}
	switch properties, _ := bidi.LookupRune(r); properties.Class() {
	case bidi.R, bidi.AL, bidi.AN:
		return false
	}
	glyph, err := l.font.GlyphIndex(nil, r)
	return err == nil && glyph != 0
}

// unseen characters show nothing: controls, explicit directions.
func unseen(r rune) bool {
	return !joins(r) && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point)
}
