// Package strength estimates how many guesses a password takes: what people choose, as words,
// names, dates and rows of keys, is tried long before what is random. It follows zxcvbn (Daniel
// Lowe Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security 2016), for six
// languages and three keyboards.
//
// It does nothing and holds nothing until it is asked: its lists are strings in the program's
// file, searched where they lie.
package strength

import "math"

// The bits from which a score is given. A thousand guesses a second, which argon2id leaves to a good
// graphics card, find half of the passwords of 36 bits within a year. Three or four words that everybody
// uses every day ("sin azucar por favor") are fewer.
const (
	bitsPoor = 28
	bitsFair = 36
	bitsGood = 42
	bitsBest = 45
)

// longest bounds what is looked at, in characters, and so the time that it takes.
const longest = 160

// Score is how hard a password is to guess, from 0 (at once) to 4 (very). The known words are
// those that a guesser tries first, such as names. Any text will do. It takes a millisecond, some
// for a long text.
func Score(text string, known ...string) int {
	score := 0
	for bits := Bits(text, known...); score < 4 && bits >= [...]float64{bitsPoor, bitsFair, bitsGood, bitsBest}[score]; {
		score++
	}
	return score
}

// Bits is the binary logarithm of the guesses that a password takes, as Score counts them.
func Bits(text string, known ...string) float64 {
	chars := split(text)
	bits := estimate(chars, known)
	counted := 0
	for _, separates := range [...]func(char) bool{char.plainSign, char.sign} {
		if rest, kinds := without(chars, separates); kinds > counted {
			bits, counted = min(bits, estimate(rest, known)+float64(kinds)*separatedBits), kinds
		}
	}
	return bits
}

// estimate is the bits of a text, as it is.
func estimate(chars []char, known []string) float64 {
	s := newScan(chars)
	for _, l := range [...]list{passwords, names, words, newList(known)} {
		s.findWords(l)
	}
	s.findDates()
	s.findRows()
	s.findWalks()
	s.findPatterns() // after the others, for it asks what its first piece costs
	s.findAgain()
	return s.cost(0, len(s.chars))
}

// A match is a stretch of the text that is easier to guess than its characters one by one.
type match struct {
	start int
	bits  float64
}

// scan is one password that is judged.
type scan struct {
	chars   []char
	matches [][]match // by where they end
	least   []float64 // room for cost
}

func newScan(chars []char) *scan {
	return &scan{chars: chars, matches: make([][]match, len(chars)+1), least: make([]float64, len(chars)+1)}
}

// Every match costs a bit besides its own, for which kind of thing it is; and no stretch is guessed
// in fewer than leastBits, wherever it stands in a list.
const (
	kindBits  = 1
	leastBits = 4
)

// add notes that chars[start:end] can be guessed with so many bits.
func (s *scan) add(start, end int, bits float64) {
	s.matches[end] = append(s.matches[end], match{start, max(bits, leastBits) + kindBits})
}

// cost is the bits of chars[start:end], by the cheapest way to put it together from matches and
// single characters.
func (s *scan) cost(start, end int) float64 {
	s.least[start] = 0
	for i := start; i < end; i++ {
		best := s.least[i] + s.chars[i].bits()
		for _, m := range s.matches[i+1] {
			if m.start >= start {
				best = min(best, s.least[m.start]+m.bits)
			}
		}
		s.least[i+1] = best
	}
	return s.least[end]
}

// caseBits is what capitals add to a stretch: little where they stand at one of its ends or everywhere.
func (s *scan) caseBits(start, end int) float64 {
	letters, upper := 0, 0
	for _, c := range s.chars[start:end] {
		if c.letter() {
			letters++
		}
		if c.upper {
			upper++
		}
	}
	switch {
	case upper == 0:
		return 0
	case upper == letters, upper == 1 && (s.chars[start].upper || s.chars[end-1].upper):
		return 1
	}
	return 1 + float64(min(upper, letters-upper))
}

// log2 of a count.
func log2(n int) float64 {
	return math.Log2(float64(n))
}
