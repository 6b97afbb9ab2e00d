package vault

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A printed secret is what people read off paper, read out and type: groups of
// five symbols, of which four carry 20 bits and the fifth checks them.

const (
	// alphabet is Crockford's base32: a symbol's value is where it stands.
	alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	// groupData is how many symbols of a group carry something.
	groupData = 4
	// groupSize is a group's length, its check symbol included.
	groupSize = groupData + 1
	// noSymbol stands for whatever is not in the alphabet.
	noSymbol = 0xff
)

// ErrPrinted says that a text is no printed secret. A TypoError or a
// LengthError says where, if that can be told.
var ErrPrinted = errors.New("not a printed key as it was typed")

// TypoError says in which group something is wrong, counted from 1: a symbol,
// their order, their number, or which group it is.
type TypoError struct{ Group int }

func (e TypoError) Error() string { return fmt.Sprintf("group %d has a slip", e.Group) }
func (e TypoError) Unwrap() error { return ErrPrinted }

// LengthError says that there are too few or too many symbols, and that every
// whole group before the end is right.
type LengthError struct{ Got, Want int }

func (e LengthError) Error() string { return fmt.Sprintf("%d symbols instead of %d", e.Got, e.Want) }
func (e LengthError) Unwrap() error { return ErrPrinted }

// withChecks puts its check symbol behind each four symbols.
func withChecks(data []byte) []byte {
	var out []byte
	for four := range slices.Chunk(data, groupData) {
		number := len(out)/groupSize + 1
		out = append(append(out, four...), checkSymbol(four, number))
	}
	return out
}

// checkSymbol is a·s1 + a²·s2 + a³·s3 + a⁴·s4 + a⁵·number over GF(32), for a
// group's number from 1 to 31. The weights, of which the check symbol's own is
// 1, all differ, and so do the numbers: any single wrong symbol, any two
// symbols swapped and any two groups swapped are found, always.
func checkSymbol(data []byte, number int) byte {
	sum := byte(number)
	for _, s := range slices.Backward(data) {
		sum = timesA(sum) ^ s
	}
	return timesA(sum)
}

// timesA multiplies by a = 2 in GF(32), modulo x⁵+x²+1.
func timesA(x byte) byte {
	x <<= 1
	if x&0b100000 != 0 {
		x ^= 0b100101
	}
	return x
}

// spell writes symbols in groups.
func spell(symbols []byte) []string {
	var groups []string
	for five := range slices.Chunk(symbols, groupSize) {
		var b strings.Builder
		for _, s := range five {
			b.WriteByte(alphabet[s])
		}
		groups = append(groups, b.String())
	}
	return groups
}

// readGroups reads that many groups as people type them, and gives the symbols
// without the check symbols. If separators cut the text into as many pieces,
// each is judged by itself, and a missing symbol moves nothing behind it. If
// not, the separators mean nothing. Its errors are TypoError and LengthError.
func readGroups(text string, groups int) ([]byte, error) {
	pieces := split(text)
	symbols := slices.Concat(pieces...)
	if len(pieces) != groups {
		whole := min(len(symbols)/groupSize, groups)
		pieces = slices.Collect(slices.Chunk(symbols[:whole*groupSize], groupSize))
	}
	var data []byte
	for i, p := range pieces {
		if !checks(p, i+1) {
			return nil, TypoError{Group: i + 1}
		}
		data = append(data, p[:groupData]...)
	}
	if want := groups * groupSize; len(symbols) != want {
		return nil, LengthError{Got: len(symbols), Want: want}
	}
	return data, nil
}

// checks says that a piece is a whole group and belongs at that number.
func checks(piece []byte, number int) bool {
	return len(piece) == groupSize && !slices.Contains(piece, noSymbol) &&
		piece[groupData] == checkSymbol(piece[:groupData], number)
}

// split reads typed text, brought to NFKC first so that full-width forms are
// plain: the symbols' values between separators. Spaces, line breaks and dashes
// of any kind separate. Invisible marks, which come along with pasted text,
// drop out.
func split(text string) [][]byte {
	var pieces [][]byte
	inside := false
	for _, r := range norm.NFKC.String(text) {
		switch {
		case unicode.Is(unicode.Cf, r):
		case unicode.IsSpace(r), unicode.Is(unicode.Dash, r):
			inside = false
		default:
			if !inside {
				pieces, inside = append(pieces, nil), true
			}
			last := len(pieces) - 1
			pieces[last] = append(pieces[last], symbol(r))
		}
	}
	return pieces
}

// symbol is the value of a character, whatever its case and with Crockford's
// leave for O, I and L.
func symbol(r rune) byte {
	switch r {
	case 'O', 'o':
		return 0
	case 'I', 'i', 'L', 'l':
		return 1
	}
	if i := strings.IndexRune(alphabet, unicode.ToUpper(r)); i >= 0 {
		return byte(i)
	}
	return noSymbol
}
