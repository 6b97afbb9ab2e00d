package data

import "iter"

// All are all summaries, in no order. The index must not be changed meanwhile.
func (x *Index) All() iter.Seq[Summary] {
	return func(yield func(Summary) bool) {
		x.mu.RLock()
		defer x.mu.RUnlock()
		for _, p := range x.places {
			if !yield(x.at(p)) {
				return
			}
		}
	}
}
