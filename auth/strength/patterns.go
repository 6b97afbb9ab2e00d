package strength

// A pattern is a piece that comes again and again, as it is ("anteroomanteroom") or one further each
// time, in the alphabet ("abcdef", "test1test2") or on a keyboard ("1qaz2wsx").

const (
	movedBits = 3 // how a piece moves on
	mixedBits = 2 // each time that its characters don't move alike
	// furthest steps from one piece to the next: of single letters and digits, else.
	furthestLetter = 5
	furthest       = 1
)

// findPatterns finds patterns, those of the shortest pieces first, of which longer pieces may consist.
func (s *scan) findPatterns() {
	sets := [...][]keyPosition{alphabet(s.chars),
		qwerty.positions(s.chars), qwertz.positions(s.chars), azerty.positions(s.chars), keypad.positions(s.chars)}
	steps := make([]step, len(s.chars))
	for size := 1; 2*size <= len(s.chars); size++ {
		for i, positions := range sets {
			for at := size; at < len(s.chars); at++ {
				steps[at] = s.step(positions, at-size, at, i == 0 && size == 1)
			}
			s.addPatterns(steps, size, i == 0)
		}
	}
}

// A step is how far a character is from the one a piece earlier.
type step struct {
	dx, dy int
	near   bool
}

// step is that from one character to another; letters says that it may be a wide one.
func (s *scan) step(positions []keyPosition, from, to int, letters bool) step {
	if s.chars[from].plain == s.chars[to].plain {
		return step{near: true}
	}
	a, b := positions[from], positions[to]
	dx, dy := b.x-a.x, b.y-a.y
	most := furthest
	if letters {
		most = furthestLetter
	}
	return step{dx, dy, a.known && b.known && max(dx, -dx) <= most && max(dy, -dy) <= furthest}
}

// addPatterns adds the stretches in which pieces of a size follow each other by the same steps.
// Those that stay where they are, are the same everywhere, and counted once.
func (s *scan) addPatterns(steps []step, size int, still bool) {
	for from := size; from < len(steps); {
		end, moved, mixed := from, false, 0
		for end < len(steps) && steps[end].near && (end-from < size || steps[end] == steps[end-size]) {
			moved = moved || steps[end] != step{near: true}
			if end > from && end-from < size && steps[end] != steps[end-1] {
				mixed++
			}
			end++
		}
		if end-from >= size && (moved || still) {
			s.addTrimmed(from-size, end, max(2*size, shortestWord), func(start, end int) float64 {
				bits := s.cost(start, start+size) + log2(end-start) - log2(size)
				if moved {
					bits += movedBits + float64(mixed)*mixedBits
				}
				return bits
			})
		}
		from = max(end, from+1)
	}
}

// findAgain finds pieces that were there before, with something between ("Init1234!Init").
func (s *scan) findAgain() {
	for start := range s.chars {
		most := 0
		for before := range start {
			n := 0
			for before+n < start && start+n < len(s.chars) && s.chars[before+n].plain == s.chars[start+n].plain {
				n++
			}
			most = max(most, n)
		}
		for n := max(most-1, shortestWord); n <= most; n++ { // its last may be part of what is beside it
			s.add(start, start+n, log2(start)+s.caseBits(start, start+n))
		}
	}
}

// alphabet is where letters and digits lie in their order.
func alphabet(chars []char) []keyPosition {
	all := make([]keyPosition, len(chars))
	for i, c := range chars {
		switch {
		case c.digit():
			all[i] = keyPosition{int(c.plain - '0'), 3, true}
		case c.plain >= 'a' && c.plain <= 'z':
			all[i] = keyPosition{int(c.plain - 'a'), 0, true}
		}
	}
	return all
}
