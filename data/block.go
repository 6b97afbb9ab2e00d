package data

import "slices"

// blockSize is how many patients share a block: one block's lines fit a core's
// cache, and replacing one of them moves little.
const blockSize = 1024

// place is where a patient stands in the blocks: block × blockSize + row.
type place uint32

func (p place) block() int { return int(p) / blockSize }
func (p place) row() int   { return int(p) % blockSize }

// block holds up to blockSize patients, in a few pieces of memory without
// pointers in them. A row whose patient was removed is empty.
type block struct {
	words   column
	numbers column
	records column
	letters []letters // of words
	pairs   []uint64  // pairBits of numbers
	born    []uint32  // Date.number; 0: not known
	opened  []uint32  // the later the greater; 0: never
	gone    []bool    // left or died
}

// column has one piece of bytes per row.
type column struct {
	bytes []byte
	ends  []uint32
}

func (c *column) row(i int) []byte {
	from := uint32(0)
	if i > 0 {
		from = c.ends[i-1]
	}
	return c.bytes[from:c.ends[i]]
}

func (c *column) add(b []byte) {
	c.bytes = append(c.bytes, b...)
	c.ends = append(c.ends, uint32(len(c.bytes)))
}

func (c *column) set(i int, b []byte) {
	old := c.row(i)
	from := int(c.ends[i]) - len(old)
	c.bytes = slices.Replace(c.bytes, from, from+len(old), b...)
	for grown := len(b) - len(old); i < len(c.ends); i++ {
		c.ends[i] = uint32(int(c.ends[i]) + grown)
	}
}

// fit gives back the column's memory, for another that grows, and keeps what it
// needs of it.
func (c *column) fit() (spare []byte) {
	spare = c.bytes[:0]
	c.bytes = slices.Clone(c.bytes)
	return spare
}

// spare is memory for the columns of the block that is being filled.
type spare struct{ words, numbers, records []byte }

func newBlock(s spare) *block {
	ends := func() []uint32 { return make([]uint32, 0, blockSize) }
	return &block{
		words: column{s.words, ends()}, numbers: column{s.numbers, ends()}, records: column{s.records, ends()},
		letters: make([]letters, 0, blockSize), pairs: make([]uint64, 0, blockSize),
		born: ends(), opened: ends(), gone: make([]bool, 0, blockSize),
	}
}

// fit is that of the columns of a block that is full.
func (b *block) fit() spare { return spare{b.words.fit(), b.numbers.fit(), b.records.fit()} }

func (b *block) len() int { return len(b.born) }

func (b *block) add(r row) {
	b.words.add(r.words)
	b.numbers.add(r.numbers)
	b.records.add(r.record)
	b.letters, b.pairs = append(b.letters, lettersOf(r.words)), append(b.pairs, pairBits(r.numbers))
	b.born, b.opened, b.gone = append(b.born, r.born), append(b.opened, 0), append(b.gone, r.gone)
}

func (b *block) set(i int, r row) {
	b.words.set(i, r.words)
	b.numbers.set(i, r.numbers)
	b.records.set(i, r.record)
	b.letters[i], b.pairs[i] = lettersOf(r.words), pairBits(r.numbers)
	b.born[i], b.gone[i] = r.born, r.gone
}

// line is what searches look at.
type line struct {
	words, numbers []byte
	letters        letters
	pairs          uint64
	born           uint32
	gone           bool
}

func (b *block) line(i int) line {
	return line{b.words.row(i), b.numbers.row(i), b.letters[i], b.pairs[i], b.born[i], b.gone[i]}
}

// row is what a block keeps of a patient, made before the index is locked.
type row struct {
	id                     string
	words, numbers, record []byte
	born                   uint32
	gone                   bool
}

// appendRow makes a row, its bytes in the memory of b.
func appendRow(b []byte, s Summary) (row, []byte) {
	from := len(b)
	b = appendWords(b, s)
	words := len(b)
	b = appendNumbers(b, s)
	numbers := len(b)
	b = appendRecord(b, s)
	return row{
		id: s.ID, words: b[from:words], numbers: b[words:numbers], record: b[numbers:],
		born: uint32(s.Born.number()), gone: s.State != Active,
	}, b
}
