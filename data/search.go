package data

import (
	"bytes"
	"cmp"
	"math/bits"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Search finds the patients that match all words of a query, in any order, the
// best first, at most limit. Dates in it are typed in an order, on the day today.
// A query without a word gives the recent ones.
//
// A word may begin a word of the name or also-known-as, or stand inside one; be a
// date of birth or a part of one; the beginning of a record number; three digits
// or more of a phone or record number. Whole words come before beginnings, those before
// insides; then words in the order of the name, patients who still come, those
// opened last, and the rest by name and date of birth.
func (x *Index) Search(text string, limit int, today Date, order DateOrder) []Summary {
	q := parseQuery(text, order, today)
	if q.words == 0 {
		return x.Recent(limit)
	}
	if limit <= 0 {
		return nil
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	need, rest := q.need()
	hits := x.scan(&q, limit, need.beginnings, need.births)
	if !hits.full() || hits.last().quality >= rest {
		hits = x.scan(&q, limit, need.anywhere, need.births)
	}
	var found []Summary
	for _, h := range hits.sorted() {
		found = append(found, x.at(h.place))
	}
	return found
}

// need is what a patient must have some of to match a query: what one of its
// words can be found as, the rarest by its length.
type need struct {
	beginnings [][]byte // bytes of the line that are there if it is found as more than an inside
	anywhere   [][]byte // … if it is found at all
	births     []births
}

// need is that of the query, and the best quality of patients who have none of
// its beginnings and births.
func (q *query) need() (n need, rest quality) {
	word, most := 0, 0
	for i := range q.words {
		least := maxQuery * 4
		for t := range q.covering(i) {
			least = min(least, t.rarity())
		}
		if least > most {
			word, most = i, least
		}
	}
	for t := range q.covering(word) {
		t.addNeed(&n)
	}
	return n, matchPrefix<<qualityShift | isElsewhere
}

// covering are the terms that a word is part of.
func (q *query) covering(word int) func(yield func(*term) bool) {
	return func(yield func(*term) bool) {
		for i := range q.terms {
			if t := &q.terms[i]; t.from <= word && word < t.to && !yield(t) {
				return
			}
		}
	}
}

// rarity is how many characters the term must find at least.
func (t *term) rarity() int {
	least := maxQuery * 4
	if len(t.pieces) > 0 {
		least = len(t.longest().inside)
	}
	for _, p := range t.births {
		n := 3
		if p.month > 0 && p.day > 0 {
			n = 5
		}
		least = min(least, n)
	}
	for _, phone := range t.phones {
		least = min(least, len(phone))
	}
	if t.record != nil {
		least = min(least, len(t.record)+1)
	}
	return least
}

func (t *term) longest() piece {
	return slices.MaxFunc(t.pieces, func(a, b piece) int { return cmp.Compare(len(a.inside), len(b.inside)) })
}

func (t *term) addNeed(n *need) {
	add := func(all *[][]byte, needle []byte) {
		if !slices.ContainsFunc(*all, func(b []byte) bool { return bytes.Contains(needle, b) }) {
			*all = append(*all, needle)
		}
	}
	if len(t.pieces) > 0 {
		p := t.longest()
		add(&n.beginnings, p.marked)
		add(&n.anywhere, p.inside)
		add(&n.anywhere, p.marked)
	}
	for _, phone := range t.phones {
		add(&n.beginnings, slices.Concat([]byte{endField}, phone))
		add(&n.anywhere, phone)
	}
	if t.record != nil {
		add(&n.beginnings, slices.Concat([]byte{endKnownAs}, t.record, []byte{endField}))
		if len(t.record) >= shortest {
			add(&n.anywhere, t.record)
		} else {
			add(&n.anywhere, slices.Concat([]byte{endKnownAs}, t.record))
		}
	}
	n.births = append(n.births, t.births...)
}

// hit is a patient who matches.
type hit struct {
	quality quality
	opened  uint32
	born    uint32
	place   place
	name    []byte // of its line
}

// compareHits is the order of results; no two are equal.
func (x *Index) compareHits(a, b hit) int {
	if c := cmp.Compare(a.quality, b.quality); c != 0 {
		return c
	}
	if c := cmp.Compare(b.opened, a.opened); c != 0 {
		return c
	}
	if c := compareMarked(a.name, b.name); c != 0 {
		return c
	}
	if c := cmp.Compare(a.born, b.born); c != 0 {
		return c
	}
	return cmp.Compare(x.at(a.place).ID, x.at(b.place).ID)
}

// severalFrom is how many blocks are searched on several cores.
const severalFrom = 16

// scan judges the patients who have any of the needles in their lines, or any of
// the births.
func (x *Index) scan(q *query, limit int, needles [][]byte, births []births) *best[hit] {
	hits := newBest(limit, x.compareHits)
	if len(x.blocks) < severalFrom {
		for i := range x.blocks {
			x.scanBlock(i, q, needles, births, hits)
		}
		return hits
	}
	var next atomic.Int64
	var done sync.WaitGroup
	others := make([]*best[hit], min(runtime.GOMAXPROCS(0), 4))
	for w := range others {
		others[w] = newBest(limit, x.compareHits)
		done.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(x.blocks); i = int(next.Add(1)) - 1 {
				x.scanBlock(i, q, needles, births, others[w])
			}
		})
	}
	done.Wait()
	for _, other := range others {
		for _, h := range other.heap {
			hits.offer(h)
		}
	}
	return hits
}

func (x *Index) scanBlock(i int, q *query, needles [][]byte, births []births, hits *best[hit]) {
	b := x.blocks[i]
	var rows rowSet
	for _, needle := range needles {
		b.findLines(needle, &rows)
	}
	b.findBirths(births, &rows)
	for row := range rows.all {
		l := cutLine(b.lines.row(row))
		quality := q.judge(l, b.born[row], b.gone[row])
		if quality == unfit || hits.full() && quality > hits.last().quality {
			continue
		}
		hits.offer(hit{quality, b.opened[row], b.born[row], place(i*blockSize + row), l.name})
	}
}

// rowSet is a set of rows of a block.
type rowSet [blockSize / 64]uint64

func (s *rowSet) add(row int) { s[row/64] |= 1 << (row % 64) }

func (s *rowSet) all(yield func(row int) bool) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			if !yield(i*64 + bits.TrailingZeros64(word)) {
				return
			}
		}
	}
}

// findLines adds the rows whose lines have the needle.
func (b *block) findLines(needle []byte, rows *rowSet) {
	row, at := 0, 0
	for {
		i := bytes.Index(b.lines.bytes[at:], needle)
		if i < 0 {
			return
		}
		at += i
		for int(b.lines.ends[row]) <= at {
			row++
		}
		rows.add(row)
		at = int(b.lines.ends[row])
	}
}

// findBirths adds the rows of whom any of the births is true.
func (b *block) findBirths(all []births, rows *rowSet) {
	if len(all) == 0 {
		return
	}
	for row, born := range b.born {
		for i := range all {
			if all[i].has(born) {
				rows.add(row)
				break
			}
		}
	}
}
