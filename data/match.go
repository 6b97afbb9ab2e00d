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
func (q *query) judge(l line, born uint32, gone bool) quality {
	var sums [maxWords + 1]uint32 // the least for all words before one
	for i := range q.words {
		sums[i+1] = noMatch
	}
	for i := range q.terms { // those that end before a word come before those that begin with it
		t := &q.terms[i]
		if before := sums[t.from]; before < sums[t.to] {
			sums[t.to] = min(sums[t.to], before+t.judge(l, born))
		}
	}
	sum := sums[q.words]
	if sum >= noMatch {
		return unfit
	}
	out := quality(sum)<<qualityShift | q.inOrder(l.words)
	if gone {
		out |= isGone
	}
	return out
}

// inOrder says where the words of the query begin words of the name.
func (q *query) inOrder(words []byte) (out quality) {
	after := 0
	for i := range q.pieces {
		marked := q.pieces[i].marked
		if at := bytes.Index(words[after:], marked); at >= 0 {
			after += at + 1
		} else if bytes.Contains(words, marked) {
			out |= isUnordered
		} else {
			out |= isElsewhere
		}
	}
	return out
}

func (t *term) judge(l line, born uint32) uint32 {
	least := uint32(noMatch)
	if len(t.pieces) > 0 {
		least = 0
		for i := range t.pieces {
			least += t.pieces[i].judge(l.words)
		}
	}
	for i := range t.births {
		if p := &t.births[i]; least > matchWhole && p.has(born) {
			if least = min(least, matchPrefix); p.exact {
				least = matchWhole
			}
		}
	}
	if least > matchWhole && (t.record != nil || t.phones != nil) {
		least = min(least, t.judgeNumbers(l.numbers))
	}
	return min(least, noMatch)
}

func (p *piece) judge(words []byte) uint32 {
	least := uint32(noMatch)
	for {
		i := bytes.Index(words, p.marked)
		if i < 0 {
			break
		}
		words = words[i+len(p.marked):] // never empty: endKnownAs is last
		if endsWord(words[0]) {
			return matchWhole
		}
		least = matchPrefix
	}
	if least == noMatch && bytes.Contains(words, p.inside) {
		return matchInside
	}
	return least
}

func (t *term) judgeNumbers(numbers []byte) uint32 {
	end := bytes.IndexByte(numbers, endField)
	least := uint32(noMatch)
	if record := numbers[:end]; t.record != nil && len(record) >= len(t.record) {
		least = judgeNumber(record, t.record)
	}
	for _, phone := range t.phones {
		rest := numbers[end+1:]
		for len(rest) > 0 && least > matchWhole {
			end := bytes.IndexByte(rest, endField)
			least = min(least, judgeNumber(rest[:end], phone))
			rest = rest[end+1:]
		}
	}
	return least
}

func judgeNumber(number, asked []byte) uint32 {
	switch {
	case !bytes.HasPrefix(number, asked):
		if len(asked) >= shortest && bytes.Contains(number, asked) {
			return matchInside
		}
		return noMatch
	case len(number) == len(asked):
		return matchWhole
	}
	return matchPrefix
}
