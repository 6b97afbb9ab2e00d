package data

import (
	"bytes"
	"cmp"
	"math"
	"math/bits"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Search finds the patients that match all words of a query, in any order, the
// best first, at most limit. Dates in it are typed in an order, on the day today.
// A query without a word gives the recent ones.
//
// A word may begin a word of the name or also-known-as, or stand inside one; begin
// several in one, as "smithjones" does; spell letters out, as "mueller" does, or be
// spelled out there; be a date of birth or a part of one; the beginning of a record number; three digits
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
	hits := x.scan(&q, limit, begins)
	if !hits.full() || hits.last().quality >= tooDeep {
		hits = x.scan(&q, limit, anywhere)
	}
	var found []Summary
	for _, h := range hits.sorted() {
		found = append(found, x.at(h.place))
	}
	return found
}

// depth is how deep a word is looked for.
type depth bool

// The depths: who has no word inside one only is found at both.
const (
	begins   depth = false
	anywhere depth = true
)

// tooDeep is the quality of those who are not found at the beginnings of words only.
const tooDeep = matchInside << qualityShift

// need is what patients must have some of to match a query: whatever one of its
// words can be found as.
type need struct {
	words   [][]byte // in the line of words
	joined  []piece  // there, as several words in one
	numbers []uint64 // pairBits of what is in the line of numbers
	births  []births
	common  bool // most patients have some: finding them first does not pay
}

func (q *query) need(word int, d depth) (n need) {
	for t := range q.covering(word) {
		t.addNeed(&n, d)
	}
	return n
}

// rarest is the need that fewest patients have, going by some of them, and
// whether any of those seems to be found at the depth.
func (x *Index) rarest(q *query, d depth) (rarest need, likely bool) {
	sample := x.blocks[len(x.blocks)/2]
	least := blockSize + 1
	var rows rowSet
	for word := range q.words {
		n := q.need(word, d)
		if have := sample.find(n); have.len() < least {
			rarest, rows, least = n, have, have.len()
		}
	}
	rarest.common = least > sample.len()/2
	for row := range rows.all {
		if l := sample.line(row); q.judge(&l) < tooDeep {
			return rarest, true
		}
	}
	return rarest, false
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

func longest(pieces []piece) piece {
	return slices.MaxFunc(pieces, func(a, b piece) int { return cmp.Compare(len(a.inside), len(b.inside)) })
}

func (t *term) addNeed(n *need, d depth) {
	if len(t.pieces) > 0 {
		switch p := longest(t.pieces); {
		case d == begins:
			n.words = append(n.words, p.marked)
		case bytes.HasSuffix(p.marked, p.inside): // with a mark of its own before it
			n.words = append(n.words, p.inside)
		case len(p.inside) > shortest:
			n.words = append(n.words, rareTail(p.inside))
		default:
			n.words = append(n.words, p.marked, p.inside)
		}
		if p := longest(t.pieces); d == anywhere && p.mayJoin() {
			n.joined = append(n.joined, p)
		}
	}
	add := func(number number, before byte) {
		if d == begins {
			number.pairs = pairBits(append([]byte{before}, number.text...))
		}
		n.numbers = append(n.numbers, number.pairs)
	}
	if len(t.record.text) > 0 {
		add(t.record, beginRecord)
	}
	for _, phone := range t.phones {
		add(phone, endNumber)
	}
	n.births = append(n.births, t.births...)
}

// byRarity are letters of names, the rare ones first.
const byRarity = "qxzjwvykfpgbcuhmdtslnrioea"

// rareTail is what the word has from the second letter on, or from a rarer one of
// which it has three or more left: rare letters are quicker to find.
func rareTail(word []byte) []byte {
	tail := word[1:]
	for i := 2; i+shortest <= len(word); i++ {
		if strings.IndexByte(byRarity, word[i]) < strings.IndexByte(byRarity, tail[0]) {
			tail = word[i:]
		}
	}
	return tail
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
func (x *Index) compareHits(a, b *hit) int {
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

// scan judges all patients who match at a depth, maybe others. It may do without
// those who are found at the beginnings of words only if they seem few: they are found
// at the other depth too.
func (x *Index) scan(q *query, limit int, d depth) *best[hit] {
	hits := newBest(limit, x.compareHits)
	if len(x.blocks) == 0 {
		return hits
	}
	n, likely := x.rarest(q, d)
	if d == begins && !likely {
		return hits // most likely too few
	}
	if len(x.blocks) < severalFrom {
		for i := range x.blocks {
			x.scanBlock(i, q, n, hits)
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
				x.scanBlock(i, q, n, others[w])
			}
		})
	}
	done.Wait()
	for _, other := range others {
		for i := range other.heap {
			hits.offer(&other.heap[i])
		}
	}
	return hits
}

func (x *Index) scanBlock(i int, q *query, n need, hits *best[hit]) {
	b := x.blocks[i]
	var rows rowSet
	if n.common {
		rows = allRows(b.len())
	} else {
		rows = b.find(n)
	}
	for row := range rows.all {
		l := b.line(row)
		if len(l.words) == 0 {
			continue // removed
		}
		quality := q.judge(&l)
		if quality == unfit {
			continue
		}
		if hits.full() { // most end here, so ask quickly
			last := hits.last()
			if quality > last.quality || quality == last.quality && b.opened[row] <= last.opened && len(last.name) > 0 && l.words[0] > last.name[0] {
				continue
			}
		}
		name := l.words[:bytes.IndexByte(l.words, endName)]
		hits.offer(&hit{quality, b.opened[row], l.born, place(i*blockSize + row), name})
	}
}

// find are the rows that have what is needed.
func (b *block) find(n need) (rows rowSet) {
	for _, needle := range n.words {
		b.words.find(needle, &rows)
	}
	b.findJoined(n.joined, &rows)
	b.findPairs(n.numbers, &rows)
	b.findBirths(n.births, &rows)
	return rows
}

// rowSet is a set of rows of a block.
type rowSet [blockSize / 64]uint64

// allRows are the first n.
func allRows(n int) (s rowSet) {
	for i := range s {
		switch left := n - i*64; {
		case left >= 64:
			s[i] = math.MaxUint64
		case left > 0:
			s[i] = 1<<left - 1
		}
	}
	return s
}

func (s *rowSet) add(row int) { s[row/64] |= 1 << (row % 64) }

func (s *rowSet) has(row int) bool { return s[row/64]&(1<<(row%64)) != 0 }

func (s *rowSet) len() (n int) {
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

func (s *rowSet) all(yield func(row int) bool) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			if !yield(i*64 + bits.TrailingZeros64(word)) {
				return
			}
		}
	}
}

// find adds the rows that have the needle.
func (c *column) find(needle []byte, rows *rowSet) {
	row, at := 0, 0
	for {
		i := bytes.Index(c.bytes[at:], needle)
		if i < 0 {
			return
		}
		at += i
		for int(c.ends[row]) <= at {
			row++
		}
		rows.add(row)
		at = int(c.ends[row])
	}
}

// findJoined adds the rows that have words that any of the pieces joins.
func (b *block) findJoined(all []piece, rows *rowSet) {
	for i := range all {
		for row, has := range b.letters {
			if has.have(all[i].letters) && !rows.has(row) && all[i].joins(b.words.row(row)) {
				rows.add(row)
			}
		}
	}
}

// findPairs adds the rows that may have the numbers of any of the bits.
func (b *block) findPairs(all []uint64, rows *rowSet) {
	for _, bits := range all {
		for row, has := range b.pairs {
			if has&bits == bits {
				rows.add(row)
			}
		}
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
