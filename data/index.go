package data

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// Index holds the summaries of all patients in memory, and finds some of them as
// somebody types. Many may search while one changes it.
type Index struct {
	mu     sync.RWMutex
	places map[string]place
	blocks []*block
	free   []place // rows whose patients were removed
	spare  spare
	opened uint32 // how often a patient was opened
}

// NewIndex is an index of no patients.
func NewIndex() *Index { return &Index{places: map[string]place{}} }

// Put keeps a summary, instead of the one with the same id if there is one.
func (x *Index) Put(s Summary) {
	r, _ := appendRow(nil, s)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.put(r)
}

// PutAll is Put of many; searches go on meanwhile.
func (x *Index) PutAll(all []Summary) {
	var p Prepared
	for some := range slices.Chunk(all, blockSize) {
		p.Set(some)
		x.PutPrepared(&p)
	}
}

// Prepared are summaries as an index keeps them, in memory that is used again:
// they can be made on several goroutines, and put by one after the other.
type Prepared struct {
	rows  []row
	bytes []byte
}

// Set replaces all summaries.
func (p *Prepared) Set(all []Summary) {
	p.rows, p.bytes = p.rows[:0], p.bytes[:0]
	for _, s := range all {
		var r row
		r, p.bytes = appendRow(p.bytes, s)
		p.rows = append(p.rows, r)
	}
}

// PutPrepared keeps what was prepared, in copies.
func (x *Index) PutPrepared(p *Prepared) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, r := range p.rows {
		x.put(r)
	}
}

func (x *Index) put(r row) {
	if p, ok := x.places[r.id]; ok {
		x.blocks[p.block()].set(p.row(), r)
		return
	}
	id := strings.Clone(r.id) // it may be part of a long text
	if last := len(x.free) - 1; last >= 0 {
		p := x.free[last]
		x.free = x.free[:last]
		x.places[id] = p
		x.blocks[p.block()].set(p.row(), r)
		return
	}
	if n := len(x.blocks); n == 0 || x.blocks[n-1].len() == blockSize {
		x.blocks = append(x.blocks, newBlock(x.spare))
		x.spare = spare{}
	}
	last := len(x.blocks) - 1
	x.places[id] = place(last*blockSize + x.blocks[last].len())
	if x.blocks[last].add(r); x.blocks[last].len() == blockSize {
		x.spare = x.blocks[last].fit()
	}
}

// Remove forgets the patient with an id, if there is one.
func (x *Index) Remove(id string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	p, ok := x.places[id]
	if !ok {
		return
	}
	delete(x.places, id)
	b := x.blocks[p.block()]
	b.set(p.row(), row{})
	b.opened[p.row()] = 0
	x.free = append(x.free, p)
}

// Get is the summary with an id; ok is false if there is none.
func (x *Index) Get(id string) (s Summary, ok bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	p, ok := x.places[id]
	if !ok {
		return Summary{}, false
	}
	return x.at(p), true
}

func (x *Index) at(p place) Summary { return readRecord(x.blocks[p.block()].records.row(p.row())) }

// Len is how many summaries there are.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.places)
}

// Opened says that the patient with an id was opened now: it comes before others
// that a search finds as good.
func (x *Index) Opened(id string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if p, ok := x.places[id]; ok {
		x.opened++
		x.blocks[p.block()].opened[p.row()] = x.opened
	}
}

// Recent are the patients opened last, the newest first, at most limit.
func (x *Index) Recent(limit int) []Summary {
	x.mu.RLock()
	defer x.mu.RUnlock()
	type visit struct {
		opened uint32
		place  place
	}
	later := func(a, b *visit) int { return cmp.Compare(b.opened, a.opened) }
	best := newBest(limit, later)
	for i, b := range x.blocks {
		for row, opened := range b.opened {
			if opened > 0 {
				best.offer(&visit{opened, place(i*blockSize + row)})
			}
		}
	}
	var recent []Summary
	for _, v := range best.sorted() {
		recent = append(recent, x.at(v.place))
	}
	return recent
}
