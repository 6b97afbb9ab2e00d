package paper

import (
	"log/slog"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// faces are the computer's fonts, for as long as one document is drawn. They are asked for at the
// first letter that the document's own font has not.
type faces struct {
	source FontSource
	fonts  *fontscan.FontMap
	asked  bool
	plain  weight
	bold   weight
}

// weight are the faces of one weight that were of use so far.
type weight struct {
	of     map[language.Script][]*font.Face // in the order in which they were found
	copies map[*font.Font]*font.Face        // of this weight, where a font has several in one file
	shaper shaping.HarfbuzzShaper
}

// bitmapSize is the size of pictures asked of fonts that have several, in pixels.
const bitmapSize = 136

// face is one that has all of a cluster of letters; nil: there is none.
func (f *faces) face(cluster []rune, script language.Script, isBold bool) *font.Face {
	if f.source == nil {
		return nil
	}
	w := f.weight(isBold)
	for _, face := range w.of[script] {
		if hasAll(face, cluster) {
			return face
		}
	}
	if !f.asked {
		f.asked = true
		fonts, err := f.source()
		if err != nil {
			slog.Warn("a page is made without the computer's fonts", "error", err)
		}
		f.fonts = fonts
	}
	if f.fonts == nil {
		return nil
	}
	return f.find(w, cluster, script, isBold)
}

// find asks for each letter of a cluster: the first may be in many fonts, a mark on it in few.
func (f *faces) find(w *weight, cluster []rune, script language.Script, isBold bool) *font.Face {
	aspect := font.Aspect{Style: font.StyleNormal, Weight: font.WeightNormal}
	if isBold {
		aspect.Weight = font.WeightBold
	}
	f.fonts.SetQuery(fontscan.Query{Families: []string{fontscan.SansSerif, fontscan.Emoji}, Aspect: aspect})
	f.fonts.SetScript(script)
	for _, r := range cluster {
		if joins(r) {
			continue
		}
		found := f.fonts.ResolveFace(r) // an arbitrary one where none has it
		if found == nil || !hasAll(found, cluster) || f.isLastResort(found.Font) {
			continue
		}
		face := w.copies[found.Font]
		if face == nil {
			face = font.NewFace(found.Font)
			face.SetVariations([]font.Variation{{Tag: opentype.MustNewTag("wght"), Value: float32(aspect.Weight)}})
			face.SetPpem(bitmapSize, bitmapSize)
			w.copies[found.Font] = face
		}
		w.of[script] = append(w.of[script], face)
		return face
	}
	return nil
}

// isLastResort says that a font has a box for each letter there is, as one of macOS.
func (f *faces) isLastResort(of *font.Font) bool {
	family, _ := f.fonts.FontMetadata(of)
	return strings.Contains(family, "lastresort")
}

func (f *faces) weight(isBold bool) *weight {
	w := &f.plain
	if isBold {
		w = &f.bold
	}
	if w.of == nil {
		w.of, w.copies = map[language.Script][]*font.Face{}, map[*font.Font]*font.Face{}
	}
	return w
}

// hasAll says that a face can draw all of a cluster.
func hasAll(face *font.Face, cluster []rune) bool {
	for _, r := range cluster {
		if joins(r) {
			continue
		}
		glyph, ok := face.NominalGlyph(r)
		if !ok || glyph == 0 || !unicode.IsSpace(r) && pictureOf(face, glyph) == nil {
			return false
		}
	}
	return true
}

// joins says that a rune shows nothing, but tells how those beside it look.
func joins(r rune) bool {
	const zeroWidthNonJoiner, zeroWidthJoiner, firstTag, lastTag = 0x200C, 0x200D, 0xE0020, 0xE007F
	return r == zeroWidthNonJoiner || r == zeroWidthJoiner || unicode.Is(unicode.Variation_Selector, r) || r >= firstTag && r <= lastTag
}

// emUnits is the size in which letters are shaped.
const emUnits = 2048

// shape gives the glyphs of a part of a line, from left to right.
func (f *faces) shape(runes []rune, r *run, isBold bool) {
	direction := di.DirectionLTR
	if r.level%2 == 1 {
		direction = di.DirectionRTL
	}
	out := f.weight(isBold).shaper.Shape(shaping.Input{
		Text: runes, RunStart: r.from, RunEnd: r.to, Direction: direction, Face: r.face,
		Size: fixed.I(emUnits), Script: r.script, Language: languageOf(r.script),
	})
	r.glyphs, r.width = out.Glyphs, inEm(out.Advance)
}

// languageOf is the language that a script is written in most: a font may have other shapes for others.
func languageOf(script language.Script) language.Language {
	switch script {
	case language.Hiragana, language.Katakana:
		return "ja"
	case language.Hangul:
		return "ko"
	case language.Han:
		return "zh"
	}
	return "en"
}

func inEm(v fixed.Int26_6) float64 { return float64(v) / (emUnits * 64) }
