package strength

import "math"

// A layout is where characters lie on a keyboard: rows from top to bottom, each as its plain and
// then its shifted keys. A blank ends a row, a tab is a key without a character. Keys of one finger
// are one below the other, so a row begins with its first letter.
type layout string

const (
	qwerty layout = "1234567890-= !@#$%^&*()_+ qwertyuiop[]\\ \t\t\t\t\t\t\t\t\t\t{}| asdfghjkl;' \t\t\t\t\t\t\t\tñ:\" zxcvbnm,./ \t\t\t\t\t\t\t<>?"
	qwertz layout = "1234567890ß´ !\"§$%&/()=?` qwertzuiopü+ \t\t\t\t\t\t\t\t\t\t\t* asdfghjklöä# \t\t\t\t\t\t\t\t\t\t\t' yxcvbnm,.- \t\t\t\t\t\t\t;:_"
	azerty layout = "&é\"'(-è_çà)= 1234567890°+ azertyuiop^$ \t\t\t\t\t\t\t\t\t\t¨£ qsdfghjklmù* \t\t\t\t\t\t\t\t\t\t%µ wxcvbn,;:! \t\t\t\t\t\t?./§"
	keypad layout = "/*- \t 789+ \t 456 \t 123 \t 0., \t"
)

// A place is a key's column and row.
type keyPosition struct {
	x, y  int
	known bool
}

// positions are those of a password's characters.
func (l layout) positions(chars []char) []keyPosition {
	all := make([]keyPosition, len(chars))
	for i, c := range chars {
		all[i] = l.position(c.typed)
	}
	return all
}

func (l layout) position(key rune) keyPosition {
	x, half := 0, 0
	for _, r := range l {
		switch {
		case r == ' ':
			x, half = 0, half+1
		case r == key && key != '\t':
			return keyPosition{x, half / 2, true}
		default:
			x++
		}
	}
	return keyPosition{}
}

const (
	keyBits  = 5.6 // which of some 47 keys a walk begins at
	turnBits = 2.2 // which way it turns: an average key has 4.6 neighbours
	// shortestWalk is the number of keys from which a walk is one.
	shortestWalk = 3
)

// findWalks finds walks over neighbouring keys that turn now and then.
func (s *scan) findWalks() {
	for _, l := range [...]layout{qwerty, qwertz, azerty, keypad} {
		positions := l.positions(s.chars)
		for start := 0; start < len(positions); {
			end := start + 1
			for end < len(positions) && neighbours(positions[end-1], positions[end]) {
				end++
			}
			s.addTrimmed(start, end, shortestWalk, func(start, end int) float64 {
				return walkBits(positions[start:end]) + s.caseBits(start, end)
			})
			start = end
		}
	}
}

func neighbours(a, b keyPosition) bool {
	dx, dy := b.x-a.x, b.y-a.y
	return a.known && b.known && max(dx, -dx, dy, -dy) == 1
}

// walkBits is where a walk begins, how long it is, and when and whither it turns.
func walkBits(positions []keyPosition) float64 {
	turns := 1
	for i := 2; i < len(positions); i++ {
		a, b, c := positions[i-2], positions[i-1], positions[i]
		if c.x-b.x != b.x-a.x || c.y-b.y != b.y-a.y {
			turns++
		}
	}
	bits := keyBits + log2(len(positions)) + float64(turns)*turnBits
	for i := 1; i < turns; i++ { // which of its steps turn: a binomial coefficient
		bits += math.Log2(float64(len(positions)-1-i) / float64(i))
	}
	return bits
}

// addTrimmed adds a stretch, and the same without its first and its last character, which may be part
// of what is beside it.
func (s *scan) addTrimmed(start, end, shortest int, bits func(start, end int) float64) {
	for _, from := range [...]int{start, start + 1} {
		for _, to := range [...]int{end, end - 1} {
			if to-from >= shortest {
				s.add(from, to, bits(from, to))
			}
		}
	}
}
