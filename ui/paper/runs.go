package paper

import (
	"slices"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/segmenter"
	"github.com/go-text/typesetting/shaping"
)

// run is a stretch of a line that one font draws in one direction.
type run struct {
	from, to int // of the line's runes
	level    int // odd: from right to left
	script   language.Script
	face     *font.Face // nil: the document's own font

	text   string          // of the document's own font, as it is seen from left to right
	glyphs []shaping.Glyph // of others, from left to right
	width  float64         // of the glyphs, in em
}

// runs are the parts of a line, from left to right.
func (l *letters) runs(text string, isBold bool) []run {
	runes := []rune(text)
	if !slices.ContainsFunc(runes, func(r rune) bool { return !l.has(r) }) {
		return []run{{to: len(runes), text: text}}
	}
	levels := bidiLevels(runes)
	var all []run
	for from, to := range clusters(runes) {
		if unseen(runes[from]) { // a mark of direction
			continue
		}
		r := run{from: from, to: to, level: levels[from]}
		cluster := runes[from:to]
		if !l.owns(cluster) {
			r.script = scriptOf(cluster)
			var before *run
			if len(all) > 0 {
				before = &all[len(all)-1]
			}
			l.choose(&r, before, cluster, isBold)
		}
		if n := len(all); n > 0 && all[n-1].level == r.level && all[n-1].face == r.face && all[n-1].script == r.script && all[n-1].to == from {
			all[n-1].to = to
			continue
		}
		all = append(all, r)
	}
	for i := range all {
		r := &all[i]
		switch {
		case r.face != nil:
			l.faces.shape(runes, r, isBold)
		case r.level%2 == 1:
			r.text = mirrored(string(runes[r.from:r.to]))
		default:
			r.text = string(runes[r.from:r.to])
		}
	}
	visual(all)
	return all
}

// leftToRight is a text as a part of a sentence that runs from left to right: what follows a name in Arabic
// would otherwise go on at its left.
func leftToRight(part string) string {
	const mark = "\u200e"
	if !slices.ContainsFunc(bidiLevels([]rune(part)), func(level int) bool { return level > 0 }) {
		return part
	}
	return mark + part + mark
}

// choose gives a run a face: that of the run before it, if the cluster has no script of its own.
func (l *letters) choose(r, before *run, cluster []rune, isBold bool) {
	if before != nil && before.face != nil && !r.script.Strong() && hasAll(before.face, cluster) {
		r.script, r.face = before.script, before.face
		return
	}
	r.face = l.faces.face(cluster, r.script, isBold)
	if r.face == nil && isBold { // print asked for the other weight
		r.face = l.faces.face(cluster, r.script, false)
	}
}

// clusters are the stretches of runes that a person takes for one letter.
func clusters(runes []rune) func(yield func(from, to int) bool) {
	return func(yield func(from, to int) bool) {
		var s segmenter.Segmenter
		s.Init(runes)
		for all := s.GraphemeIterator(); all.Next(); {
			g := all.Grapheme()
			if !yield(g.Offset, g.Offset+len(g.Text)) {
				return
			}
		}
	}
}

// scriptOf is the script of a cluster, which is that of its first rune that has one.
func scriptOf(cluster []rune) language.Script {
	for _, r := range cluster {
		if script := language.LookupScript(r); script.Strong() {
			return script
		}
	}
	return language.Common
}
