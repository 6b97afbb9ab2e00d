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
	maxGroups = 6 // of a phone number
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
	record   number   // empty: it can't be one
	phones   []number // any of them
}

// number is a part of a record or phone number.
type number struct {
	text  []byte
	pairs uint64 // that a patient has who matches
}

func newNumber(text string) number {
	n := number{text: []byte(text)}
	if len(text) < shortest { // only a beginning
		n.pairs = pairBits(append([]byte{beginRecord}, text...))
	} else {
		n.pairs = pairBits(n.text)
	}
	return n
}

// piece is a folded word.
type piece struct {
	inside, marked []byte
	letters        letters
}

func newPiece(folded string) piece {
	marked := appendMarked(nil, folded)
	return piece{inside: []byte(folded), marked: marked, letters: lettersOf(marked)}
}

// shortest is how many characters of a record or phone number are looked for
// inside it too, and more than which a word may be several of a name in one.
const shortest = 3

func parseQuery(text string, order DateOrder, today Date) query {
	words := queryWords(text)
	q := query{words: len(words)}
	for i, word := range words {
		t := term{from: i, to: i + 1, pieces: piecesOf(word), births: birthsOf(word, order, today), record: newNumber(compact(word))}
		if t.births == nil || isNumber(word) { // "4/3" is no number with 43 in it
			t.phones = phonesOf(word)
		}
		q.pieces = append(q.pieces, t.pieces...)
		q.terms = append(q.terms, t)
		if spelled, ok := respelled(word); ok {
			q.terms = append(q.terms, term{from: i, to: i + 1, pieces: piecesOf(spelled)})
		}
		for n := 2; n <= 3 && i+n <= len(words); n++ {
			span := words[i : i+n]
			if births := birthsOf(strings.Join(span, " "), order, today); births != nil && isDateSpan(span) {
				q.terms = append(q.terms, term{from: i, to: i + n, births: births})
			}
		}
		for n := 2; n <= maxGroups && i+n <= len(words); n++ {
			text := strings.Join(words[i:i+n], " ")
			if phones := phonesOf(text); phones != nil {
				q.terms = append(q.terms, term{from: i, to: i + n, phones: phones, record: newNumber(compact(text))})
			}
		}
	}
	return q
}

func piecesOf(word string) (pieces []piece) {
	for folded := range strings.FieldsSeq(Fold(word)) {
		if len(pieces) < maxPieces {
			pieces = append(pieces, newPiece(folded))
		}
	}
	return pieces
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

// phonesOf are the digits that a text means if it is a part of a phone number; nil if it is none.
func phonesOf(text string) (phones []number) {
	if !isPhoneText(text) {
		return nil
	}
	for _, digits := range phoneForms(text) {
		if len(digits) >= shortest {
			phones = append(phones, newNumber(digits))
		}
	}
	return phones
}

// isPhoneText says that a text has digits and the signs between those of phone
// numbers, and nothing else.
func isPhoneText(text string) bool { return strings.Trim(text, "0123456789+()-./ ") == "" }

// isDateSpan says that words may be a date together: not all are numbers, or there
// are three.
func isDateSpan(words []string) bool {
	numbers := 0
	for _, word := range words {
		if isNumber(strings.Trim(word, ".,")) {
			numbers++
		}
	}
	return numbers == 3 || numbers < len(words)
}
