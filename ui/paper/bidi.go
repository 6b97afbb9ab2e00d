package paper

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/bidi"
)

// bidiLevels are the embedding levels of a line's runes by the Unicode Bidirectional
// Algorithm (UAX #9): odd ones run from right to left. What runs the other way says the first
// letter; there are no explicit embeddings, for letters.print leaves their characters out.
// golang.org/x/text tells directions only, by which a number among Arabic letters can't be put
// in its place, and finds no pairs of brackets.
func bidiLevels(runes []rune) []int {
	p := newParagraph(runes)
	p.resolveWeak()
	p.resolveBrackets(runes)
	p.resolveNeutral()
	levels := make([]int, len(runes))
	for i, class := range p.classes {
		levels[i] = p.level(class)
	}
	return levels
}

// paragraph are the classes of a line's runes while they are resolved.
type paragraph struct {
	classes []bidi.Class
	base    bidi.Class // L or R
}

func newParagraph(runes []rune) paragraph {
	p := paragraph{classes: make([]bidi.Class, len(runes)), base: bidi.L}
	for i, r := range runes {
		properties, _ := bidi.LookupRune(r)
		p.classes[i] = properties.Class()
	}
	first := slices.IndexFunc(p.classes, func(c bidi.Class) bool { return c == bidi.L || c == bidi.R || c == bidi.AL }) // P2
	if first >= 0 && p.classes[first] != bidi.L {
		p.base = bidi.R
	}
	return p
}

// resolveWeak is rules W1 to W7.
func (p paragraph) resolveWeak() {
	before, strong := p.base, p.base
	for i, c := range p.classes {
		switch {
		case c == bidi.NSM || c == bidi.BN: // W1; joiners go with what is before them
			p.classes[i] = before
		case c == bidi.EN && strong == bidi.AL: // W2
			p.classes[i] = bidi.AN
		case c == bidi.L || c == bidi.R || c == bidi.AL:
			strong = c
		}
		before = p.classes[i]
	}
	for i, c := range p.classes { // W3
		if c == bidi.AL {
			p.classes[i] = bidi.R
		}
	}
	p.resolveSeparators()
	strong = p.base
	for i, c := range p.classes { // W7
		switch {
		case c == bidi.L || c == bidi.R:
			strong = c
		case c == bidi.EN && strong == bidi.L:
			p.classes[i] = bidi.L
		}
	}
}

// resolveSeparators is rules W4 to W6: what stands in and beside numbers.
func (p paragraph) resolveSeparators() {
	for i := 1; i+1 < len(p.classes); i++ { // W4
		before, c, after := p.classes[i-1], p.classes[i], p.classes[i+1]
		if before == after && (c == bidi.CS && (before == bidi.EN || before == bidi.AN) || c == bidi.ES && before == bidi.EN) {
			p.classes[i] = before
		}
	}
	for from, to := range p.spans(func(c bidi.Class) bool { return c == bidi.ET }) { // W5
		if p.around(from-1) == bidi.EN || p.around(to) == bidi.EN {
			p.set(from, to, bidi.EN)
		}
	}
	for i, c := range p.classes { // W6
		if c == bidi.ES || c == bidi.ET || c == bidi.CS {
			p.classes[i] = bidi.ON
		}
	}
}

// bracketPairs are the brackets that names and notes have, each opening one before its closing one.
const bracketPairs = "()[]{}（）「」『』【】〈〉《》"

// resolveBrackets is rule N0: both brackets of a pair run one way.
func (p paragraph) resolveBrackets(runes []rune) {
	for _, pair := range p.pairs(runes) {
		class := p.pairClass(pair.opens, pair.closes)
		if class == bidi.ON {
			continue
		}
		for _, at := range []int{pair.opens, pair.closes} {
			p.classes[at] = class
			for i := at + 1; i < len(runes) && isMark(runes[i]); i++ { // marks on a bracket go with it
				p.classes[i] = class
			}
		}
	}
}

// bracketPair is where two brackets stand.
type bracketPair struct{ opens, closes int }

// pairs are the pairs of brackets, in the order of those that open.
func (p paragraph) pairs(runes []rune) []bracketPair {
	known := []rune(bracketPairs)
	var waiting, found []bracketPair
	for i, r := range runes {
		at := slices.Index(known, r)
		switch {
		case at < 0 || p.classes[i] != bidi.ON:
		case at%2 == 0:
			waiting = append(waiting, bracketPair{opens: i})
		default:
			opening := known[at-1]
			for j := len(waiting) - 1; j >= 0; j-- {
				if runes[waiting[j].opens] == opening {
					found = append(found, bracketPair{waiting[j].opens, i})
					waiting = waiting[:j]
					break
				}
			}
		}
	}
	slices.SortFunc(found, func(a, b bracketPair) int { return a.opens - b.opens })
	return found
}

func isMark(r rune) bool {
	properties, _ := bidi.LookupRune(r)
	return properties.Class() == bidi.NSM
}

// pairClass is the class of a pair of brackets; ON: what is around it decides.
func (p paragraph) pairClass(from, to int) bidi.Class {
	other := false
	for _, c := range p.classes[from+1 : to] {
		switch strongOf(c) {
		case p.base:
			return p.base
		case bidi.L, bidi.R:
			other = true
		}
	}
	if !other {
		return bidi.ON
	}
	for i := from - 1; i >= 0; i-- {
		if c := strongOf(p.classes[i]); c != bidi.ON {
			return c
		}
	}
	return p.base
}

// strongOf is the direction of a class for what stands beside it: numbers count as R.
func strongOf(c bidi.Class) bidi.Class {
	switch c {
	case bidi.L:
		return bidi.L
	case bidi.R, bidi.EN, bidi.AN:
		return bidi.R
	}
	return bidi.ON
}

// resolveNeutral is rules N1 and N2.
func (p paragraph) resolveNeutral() {
	for from, to := range p.spans(func(c bidi.Class) bool { return strongOf(c) == bidi.ON }) {
		class := p.base
		if before := strongOf(p.around(from - 1)); before == strongOf(p.around(to)) {
			class = before
		}
		p.set(from, to, class)
	}
}

// level is rules I1 and I2.
func (p paragraph) level(c bidi.Class) int {
	switch {
	case c == bidi.L && p.base == bidi.L:
		return 0
	case c == bidi.R:
		return 1
	}
	return 2 // numbers, and letters from left to right in the other
}

// spans are the longest stretches of classes that fit.
func (p paragraph) spans(fits func(bidi.Class) bool) func(yield func(from, to int) bool) {
	return func(yield func(from, to int) bool) {
		for from := 0; from < len(p.classes); {
			to := from
			for to < len(p.classes) && fits(p.classes[to]) {
				to++
			}
			if to > from && !yield(from, to) {
				return
			}
			from = max(to, from+1)
		}
	}
}

// around is the class at a place, and beyond the line's ends that of the line.
func (p paragraph) around(i int) bidi.Class {
	if i < 0 || i >= len(p.classes) {
		return p.base
	}
	return p.classes[i]
}

func (p paragraph) set(from, to int, class bidi.Class) {
	for i := from; i < to; i++ {
		p.classes[i] = class
	}
}

// visual puts runs into the order in which they are seen from left to right: rule L2.
func visual(runs []run) {
	highest := 0
	for _, r := range runs {
		highest = max(highest, r.level)
	}
	for level := highest; level > 0; level-- {
		for from := 0; from < len(runs); from++ {
			to := from
			for to < len(runs) && runs[to].level >= level {
				to++
			}
			slices.Reverse(runs[from:to])
			from = max(from, to)
		}
	}
}

// mirrored is a text of signs and spaces as it is seen from right to left.
func mirrored(text string) string { return bidi.ReverseString(strings.ToValidUTF8(text, "\ufffd")) }
