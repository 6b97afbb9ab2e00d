package data

import "slices"

// best keeps the smallest few of many values, in their order.
type best[T any] struct {
	limit   int
	compare func(a, b *T) int
	heap    []T // the last of them on top
}

func newBest[T any](limit int, compare func(a, b *T) int) *best[T] {
	return &best[T]{limit: limit, compare: compare}
}

func (b *best[T]) full() bool { return len(b.heap) >= b.limit }

// last is the last of those kept; there must be one.
func (b *best[T]) last() *T { return &b.heap[0] }

func (b *best[T]) offer(t *T) {
	if !b.full() {
		b.heap = append(b.heap, *t)
		b.up(len(b.heap) - 1)
		return
	}
	if b.limit > 0 && b.compare(t, &b.heap[0]) < 0 {
		b.heap[0] = *t
		b.down(0)
	}
}

func (b *best[T]) up(i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if b.compare(&b.heap[i], &b.heap[parent]) <= 0 {
			return
		}
		b.heap[i], b.heap[parent] = b.heap[parent], b.heap[i]
		i = parent
	}
}

func (b *best[T]) down(i int) {
	for {
		child := 2*i + 1
		if child >= len(b.heap) {
			return
		}
		if right := child + 1; right < len(b.heap) && b.compare(&b.heap[right], &b.heap[child]) > 0 {
			child = right
		}
		if b.compare(&b.heap[i], &b.heap[child]) >= 0 {
			return
		}
		b.heap[i], b.heap[child] = b.heap[child], b.heap[i]
		i = child
	}
}

// sorted are those kept, the first first. Nothing may be offered after.
func (b *best[T]) sorted() []T {
	slices.SortFunc(b.heap, func(x, y T) int { return b.compare(&x, &y) })
	return b.heap
}
