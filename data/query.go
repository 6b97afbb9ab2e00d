package data

import (
	"strings"
	"unicode"
)

// The most of a query that counts; what is after it does not.
const (
	maxQuery  = 200 // characters
	maxWords  = 16
	maxPieces = 32
)

// query is what somebody typed, read. A patient matches if terms that match it
// cover all words, each word once.
type query struct {
	words  int
	terms  []term
	pieces []piece // of all words
}

// term is one way to read one or more words of a query that follow each other.
type term struct {
	from, to int      // words; to is not in it
	pieces   []piece  // in names, all of them; none if the term has several words
	births   []births // any of them
	record   []byte   // nil: it can't be one
	phones   [][]byte // any of them
}

// piece is a folded word.
type piece struct{ inside, marked []byte }

// shortest is how many characters of a record or phone number are looked for
// inside it too.
const shortest = 3

func parseQuery(text string, order DateOrder, today Date) query {
	words := queryWords(text)
	q := query{words: len(words)}
	for i, word := range words {
		t := newTerm(word, i, i+1, order, today)
		t.pieces = piecesOf(word)
		q.pieces = append(q.pieces, t.pieces...)
		q.terms = append(q.terms, t)
		for n := 2; n <= 3 && i+n <= len(words); n++ {
			if span := words[i : i+n]; datelike(span) {
				t := newTerm(strings.Join(span, " "), i, i+n, order, today)
				t.record, t.phones = nil, nil
				q.addSpan(t)
			}
		}
		if end := phonelike(words, i); end > i+1 {
			t := newTerm(strings.Join(words[i:end], " "), i, end, order, today)
			t.births = nil
			q.addSpan(t)
		}
	}
	return q
}

func piecesOf(word string) (pieces []piece) {
	for folded := range strings.FieldsSeq(Fold(word)) {
		if len(pieces) < maxPieces {
			pieces = append(pieces, piece{[]byte(folded), appendMarked(nil, folded)})
		}
	}
	return pieces
}

func (q *query) addSpan(t term) {
	if t.births != nil || t.record != nil || t.phones != nil {
		q.terms = append(q.terms, t)
	}
}

// queryWords are what stands between spaces and has a letter or digit in it.
func queryWords(text string) []string {
	n := 0
	text = strings.Map(func(r rune) rune {
		if n++; n > maxQuery {
			return -1
		}
		if unicode.IsDigit(r) {
			return digit(r)
		}
		return r
	}, text[:min(len(text), maxQuery*4)])
	words := strings.Fields(text)
	kept, pieces := words[:0], 0
	for _, word := range words {
		n := len(strings.Fields(Fold(word)))
		if n == 0 {
			continue
		}
		if pieces += n; len(kept) == maxWords || pieces > maxPieces && len(kept) > 0 {
			break
		}
		kept = append(kept, word)
	}
	return kept
}

func newTerm(text string, from, to int, order DateOrder, today Date) term {
	t := term{from: from, to: to, births: birthsOf(text, order, today)}
	if record := compact(text); len(record) >= shortest || to == from+1 {
		t.record = []byte(record)
	}
	if strings.ContainsFunc(text, func(r rune) bool { return !isPhoneSign(r) }) {
		return t
	}
	for _, digits := range phoneForms(text) {
		if len(digits) >= shortest {
			t.phones = append(t.phones, []byte(digits))
		}
	}
	return t
}

func isPhoneSign(r rune) bool { return '0' <= r && r <= '9' || strings.ContainsRune("+()-./ ", r) }

// datelike says that words may be a date together: one names a month, or all three are numbers.
func datelike(words []string) bool {
	numbers := 0
	for _, word := range words {
		if isNumber(strings.Trim(word, ".,")) {
			numbers++
		}
	}
	return numbers == 3 || numbers < len(words)
}

// phonelike is the end of the words from i that are of digits and phone signs
// only, if they begin at i; else i.
func phonelike(words []string, i int) int {
	is := func(word string) bool {
		return !strings.ContainsFunc(word, func(r rune) bool { return !isPhoneSign(r) })
	}
	if i > 0 && is(words[i-1]) {
		return i
	}
	for i < len(words) && is(words[i]) {
		i++
	}
	return i
}
