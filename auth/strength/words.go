package strength

import (
	_ "embed"
	"slices"
	"strings"
)

// A list is words in order, one a line: in lower case, without accents, in ASCII; after each, a capital
// letter: A for the most common (2⁰ guesses), B for those of 2¹ guesses, and so on.
type list string

// Where they come from and how they are made: lists/README.md.
var (
	//go:embed lists/passwords.txt
	passwords list
	//go:embed lists/names.txt
	names list
	//go:embed lists/words.txt
	words list
)

const (
	// shortestWord is the length from which a word is more than its letters.
	shortestWord = 3
	// mostSteps bounds the ways in which signs are read as letters, for one place to begin.
	mostSteps = 150

	backwardsBits = 1
	signBits      = 2
)

// newList makes a list of words that are the first to be guessed.
func newList(known []string) list {
	lines := make([]string, 0, len(known))
	for _, word := range known {
		if word = Plain(word); ascii(word) {
			lines = append(lines, word+"A\n")
		}
	}
	slices.Sort(lines)
	return list(strings.Join(slices.Compact(lines), ""))
}

// ascii tells whether a word can stand in a list.
func ascii(word string) bool {
	return word != "" && !strings.ContainsFunc(word, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || r >= 'A' && r <= 'Z'
	})
}

// findWords finds the words of a list, forwards and backwards, with signs for letters or without.
func (s *scan) findWords(l list) {
	for start := range s.chars {
		for _, step := range [...]int{1, -1} {
			w := walker{scan: s, list: l, start: start, step: step}
			w.walk(0, len(l), 0, false)
		}
	}
}

// A walker looks for words that begin at one character.
type walker struct {
	*scan
	list  list
	start int
	step  int // 1 forwards, -1 backwards
	taken int
}

// walk goes on where the lines [low, high) of the list have the first n letters; signs says
// whether a sign was taken for one of them.
func (w *walker) walk(low, high, n int, signs bool) {
	if w.taken++; w.taken > mostSteps {
		return
	}
	if n >= shortestWord {
		w.found(low, high, n, signs)
	}
	at := w.start + w.step*n
	if at < 0 || at >= len(w.chars) || w.chars[at].plain >= 0x80 {
		return
	}
	own := byte(w.chars[at].plain)
	for i, letter := range []byte(string(own) + lettersOf(own)) {
		from := w.list.seek(low, high, n, letter)
		if from < high && w.list[from+n] == letter {
			w.walk(from, w.list.seek(from, high, n, letter+1), n+1, signs || i > 0)
		}
	}
}

// found notes the word that ends after n letters, if there is one.
func (w *walker) found(low, high, n int, signs bool) {
	at := w.list.seek(low, high, n, 'A')
	if at == high || w.list[at+n] > 'Z' {
		return
	}
	start, end := w.start, w.start+n
	bits := float64(w.list[at+n] - 'A')
	if w.step < 0 {
		start, end = w.start-n+1, w.start+1
		bits += backwardsBits
	}
	if signs {
		bits += signBits
	}
	w.add(start, end, bits+w.caseBits(start, end))
}

// seek is where, among the lines [low, high), which begin alike, the first is whose byte n is least or more.
func (l list) seek(low, high, n int, least byte) int {
	for low < high {
		middle := low + (high-low)/2
		line := low + strings.LastIndexByte(string(l[low:middle]), '\n') + 1
		if l[line+n] >= least {
			high = line
		} else {
			low = line + strings.IndexByte(string(l[line:]), '\n') + 1
		}
	}
	return low
}

// lettersOf are the letters that a sign or a digit is used for.
func lettersOf(sign byte) string {
	switch sign {
	case '4', '@':
		return "a"
	case '8':
		return "b"
	case '(', '{', '[', '<':
		return "c"
	case '3':
		return "e"
	case '6', '9':
		return "g"
	case '1', '!', '|':
		return "il"
	case '0':
		return "o"
	case '$', '5':
		return "s"
	case '+', '7':
		return "t"
	case '2':
		return "z"
	case '%':
		return "x"
	}
	return ""
}
