package data

import "bytes"

// How well something matches; the less the better. Their sum says first how many
// match inside a word only, then how many at its beginning only.
const (
	matchWhole  = 0
	matchPrefix = 1
	matchInside = 1 << 8
	noMatch     = 1 << 20
)

// quality is how well a patient matches a query; the less the better. Above the
// lowest bits, the sum of its terms.
type quality uint32

const (
	isGone       quality = 1 // the patient left or died
	isElsewhere  quality = 2 // a word of the query begins no word of the name
	isUnordered  quality = 4 // the name has the words in another order
	qualityShift         = 3
	unfit        quality = noMatch << qualityShift
)

// judge is how well a patient matches; unfit if it does not.
func (q *query) judge(l *line) quality {
	var sums [maxWords + 1]uint32 // the least for all words before one
	for i := range q.words {
		sums[i+1] = noMatch
	}
	for i := range q.terms { // those that end before a word come before those that begin with it
		t := &q.terms[i]
		if before := sums[t.from]; before < sums[t.to] {
			sums[t.to] = min(sums[t.to], before+t.judge(l))
		}
	}
	sum := sums[q.words]
	if sum >= noMatch {
		return unfit
	}
	out := quality(sum)<<qualityShift | q.inOrder(l)
	if l.gone {
		out |= isGone
	}
	return out
}

// inOrder says where the words of the query begin words of the name.
func (q *query) inOrder(l *line) (out quality) {
	after := 0
	for i := range q.pieces {
		p := &q.pieces[i]
		if !l.letters.have(p.letters) {
			out |= isElsewhere
		} else if at := bytes.Index(l.words[after:], p.marked); at >= 0 {
			after += at + 1
		} else if bytes.Contains(l.words, p.marked) {
			out |= isUnordered
		} else {
			out |= isElsewhere
		}
	}
	return out
}

func (t *term) judge(l *line) uint32 {
	least := uint32(noMatch)
	if len(t.pieces) > 0 {
		least = 0
		for i := range t.pieces {
			least += t.pieces[i].judge(l)
		}
	}
	for i := range t.births {
		if p := &t.births[i]; least > matchWhole && p.has(l.born) {
			if least = min(least, matchPrefix); p.exact {
				least = matchWhole
			}
		}
	}
	if least > matchWhole && t.mayHaveNumber(l) {
		least = min(least, t.judgeNumbers(l.numbers, least))
	}
	return min(least, noMatch)
}

func (p *piece) judge(l *line) uint32 {
	if l.letters.any&p.letters.any != p.letters.any {
		return noMatch
	}
	least := uint32(noMatch)
	if l.letters.have(p.letters) {
		for words := l.words; ; {
			i := bytes.Index(words, p.marked)
			if i < 0 {
				break
			}
			words = words[i+len(p.marked):] // never empty: endWords is last
			if endsWord(words[0]) {
				return matchWhole
			}
			least = matchPrefix
		}
	}
	if least == noMatch && (bytes.Contains(l.words, p.inside) || p.joins(l.words)) {
		return matchInside
	}
	return least
}

// mayJoin says that it may be several words of a name in one.
func (p *piece) mayJoin() bool { return len(p.inside) > shortest }

// joins says that words that follow each other begin with it, as one: "smithj" of
// Smith-Jones.
func (p *piece) joins(words []byte) bool {
	if !p.mayJoin() {
		return false
	}
	for i, c := range words {
		if beginsWord(c) && beginTogether(words[i:], p.inside) {
			return true
		}
	}
	return false
}

// beginTogether says that marked words begin with some letters, one after the other.
func beginTogether(words, with []byte) bool {
	for _, c := range words {
		switch {
		case len(with) == 0:
			return true
		case c == beforeDigit, c == beforeOther:
			continue
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		}
		if c != with[0] {
			return false
		}
		with = with[1:]
	}
	return false // unreachable: endWords is last
}

// mayHaveNumber is a quick way to say no.
func (t *term) mayHaveNumber(l *line) bool {
	if len(t.record.text) > 0 && l.pairs&t.record.pairs == t.record.pairs {
		return true
	}
	for i := range t.phones {
		if bits := t.phones[i].pairs; l.pairs&bits == bits {
			return true
		}
	}
	return false
}

// judgeNumbers is how well the term matches one of the numbers, or least if none better.
func (t *term) judgeNumbers(numbers []byte, least uint32) uint32 {
	for rest, first := numbers[1:], true; len(rest) > 0; first = false {
		end := bytes.IndexByte(rest, endNumber)
		number := rest[:end]
		rest = rest[end+1:]
		if first && len(t.record.text) > 0 {
			least = judgeNumber(number, t.record.text, least)
		} else if !first {
			for i := range t.phones {
				least = judgeNumber(number, t.phones[i].text, least)
			}
		}
		if least == matchWhole || t.phones == nil {
			break
		}
	}
	return least
}

func judgeNumber(number, asked []byte, least uint32) uint32 {
	switch {
	case len(asked) > len(number):
	case bytes.HasPrefix(number, asked):
		if len(number) == len(asked) {
			return matchWhole
		}
		return min(least, matchPrefix)
	case least > matchInside && len(asked) >= shortest && bytes.Contains(number, asked):
		return matchInside
	}
	return least
}
