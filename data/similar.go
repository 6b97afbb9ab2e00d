package data

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxSimilar is how many likely duplicates are shown.
const maxSimilar = 5

// likeness is how much a patient looks like the one who is typed; the less the more.
type likeness int

const (
	sameBoth   likeness = iota // name and date of birth
	sameRecord                 // record number
	nearBoth                   // date of birth, and the name but for a letter or a short form
	namedPhone                 // phone number, and a word of the name
	sharedBoth                 // date of birth, and a word of the name
	samePhone
	sameName // and a date of birth of one is not known
	unlike
)

// Same is the patient in the index who may be that one, by their Identity.
func (x *Index) Same(p Patient) (Summary, bool) {
	i, number, card := p.Identity(), Fold(p.RecordNumber), compact(p.HealthNumber)
	for s := range x.All() {
		mayBe := s.Born == p.Born || p.RecordNumber != "" && Fold(s.RecordNumber) == number || p.HealthNumber != "" && compact(s.HealthNumber) == card
		if s.ID != p.ID && mayBe && i.Compare(s.Identity()) != Unrelated { // most may not be, so quickly
			return s, true
		}
	}
	return Summary{}, false
}

// asked is a form as Similar compares it.
type asked struct {
	names  [][]string // the words of the name, in each spelling
	pieces [][]piece  // of each
	born   Date
	phones []string // digits
	record string
}

// Similar are the patients who may be the one that is typed into a form, the
// likeliest first, at most five, without the one that has the id not. The form's
// date is typed in an order, on the day today.
func (x *Index) Similar(form PatientForm, not string, order DateOrder, today Date) []Summary {
	a := newAsked(form, order, today)
	type like struct {
		likeness likeness
		Summary
		name string
	}
	likest := newBest(maxSimilar, func(a, b *like) int {
		return cmp.Or(cmp.Compare(a.likeness, b.likeness), cmp.Compare(min(a.State, Left), min(b.State, Left)),
			cmp.Compare(a.name, b.name), cmp.Compare(a.Born.number(), b.Born.number()), cmp.Compare(a.ID, b.ID))
	})
	numbers := a.numbers()
	x.mu.RLock()
	defer x.mu.RUnlock()
	for i, b := range x.blocks {
		var rows, named rowSet
		b.findPairs(numbers, &rows)
		for _, pieces := range a.pieces {
			b.words.find(longest(pieces).marked, &named)
		}
		born := uint32(a.born.number())
		for row := range b.born {
			if born > 0 && b.born[row] == born || named.has(row) && a.isNamed(b.line(row)) {
				rows.add(row)
			}
		}
		for row := range rows.all {
			s := x.at(place(i*blockSize + row))
			if l := a.likeness(s); l != unlike && s.ID != not {
				likest.offer(&like{l, s, Fold(s.Name)})
			}
		}
	}
	var found []Summary
	for _, l := range likest.sorted() {
		found = append(found, l.Summary)
	}
	return found
}

func newAsked(form PatientForm, order DateOrder, today Date) asked {
	a := asked{names: spelledNames(form[FieldName]), record: compact(form[FieldRecordNumber])}
	for _, words := range a.names {
		var pieces []piece
		for _, word := range words {
			pieces = append(pieces, newPiece(word))
		}
		a.pieces = append(a.pieces, pieces)
	}
	if born, err := ParseDate(strings.TrimSpace(form[FieldBorn]), order, today); err == nil {
		a.born = born
	}
	for f := FieldPhone; f < FieldPhone+Field(maxPhones); f++ {
		if digits := phoneDigits(form[f]); len(digits) >= phoneTail {
			a.phones = append(a.phones, digits)
		}
	}
	return a
}

// maxNameWords is how many words of a name are compared.
const maxNameWords = 12

func nameWords(name string) []string {
	words := strings.Fields(Fold(name))
	return words[:min(len(words), maxNameWords)]
}

// spelledNames are the words of names, each also with letters spelled out if it has
// such. What has no word has none.
func spelledNames(names ...string) (all [][]string) {
	for _, name := range names {
		spelled, _ := respelled(name)
		for _, text := range [...]string{name, spelled} {
			if words := nameWords(text); len(words) > 0 {
				all = append(all, words)
			}
		}
	}
	return all
}

// phoneTail is how many digits at the end of two phone numbers must be the same.
const phoneTail = 7

// phoneDigits are those of the international form, if the number has one.
func phoneDigits(text string) string {
	if forms := phoneForms(text); len(forms) > 0 {
		return forms[0]
	}
	return ""
}

// numbers are pairBits that a patient has who shares a phone or record number.
func (a *asked) numbers() (all []uint64) {
	for _, digits := range a.phones {
		all = append(all, pairBits([]byte(digits[len(digits)-phoneTail:]+string(rune(endNumber)))))
	}
	if a.record != "" {
		all = append(all, pairBits([]byte(string(rune(beginRecord))+a.record+string(rune(endNumber)))))
	}
	return all
}

// isNamed says that a patient's words have each of the form's, in one of the spellings.
func (a *asked) isNamed(l line) bool {
	return slices.ContainsFunc(a.pieces, func(pieces []piece) bool {
		return !slices.ContainsFunc(pieces, func(p piece) bool { return p.judge(&l) != matchWhole })
	})
}

func (a *asked) likeness(s Summary) likeness {
	names := spelledNames(s.Name, s.AlsoKnownAs)
	anyName := func(are func(a, b []string) bool) bool {
		return slices.ContainsFunc(a.names, func(typed []string) bool {
			return slices.ContainsFunc(names, func(stored []string) bool { return are(typed, stored) })
		})
	}
	same, near, shared := anyName(sameWords), anyName(nearWords), anyName(shareWord)
	born := !a.born.IsZero() && a.born == s.Born
	record := a.record != "" && a.record == compact(s.RecordNumber)
	phone := slices.ContainsFunc(a.phones, func(p string) bool {
		return isSamePhone(p, phoneDigits(s.Phone)) || isSamePhone(p, phoneDigits(s.OtherPhone))
	})
	switch {
	case born && same:
		return sameBoth
	case record:
		return sameRecord
	case born && near:
		return nearBoth
	case phone && shared:
		return namedPhone
	case born && shared:
		return sharedBoth
	case phone:
		return samePhone
	case same && (a.born.IsZero() || s.Born.IsZero()):
		return sameName
	}
	return unlike
}

// isSamePhone says that one number ends as the other, which may lack its country
// or area.
func isSamePhone(a, b string) bool {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) >= phoneTail && strings.HasSuffix(b, a)
}

func shareWord(a, b []string) bool {
	return slices.ContainsFunc(a, func(w string) bool { return slices.Contains(b, w) })
}

// sameWords says that two names have the same words, in any order.
func sameWords(a, b []string) bool {
	return len(a) > 0 && len(a) == len(b) && pairs(a, b, func(a, b string) bool { return a == b })
}

// nearWords says that each word of the shorter name is nearly one of the other's.
// One word of several is too little.
func nearWords(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) > 0 && (len(a) > 1 || len(b) == 1) && pairs(a, b, isNearWord)
}

// pairs says that each of a has one of b for itself that fits: augmenting paths,
// as words may fit several.
func pairs(a, b []string, fits func(a, b string) bool) bool {
	taken := make([]int, len(b)) // by which of a, from 1
	var pair func(i int, tried []bool) bool
	pair = func(i int, tried []bool) bool {
		for j := range b {
			if tried[j] || !fits(a[i], b[j]) {
				continue
			}
			tried[j] = true
			if taken[j] == 0 || pair(taken[j]-1, tried) {
				taken[j] = i + 1
				return true
			}
		}
		return false
	}
	for i := range a {
		if !pair(i, make([]bool, len(b))) {
			return false
		}
	}
	return true
}

// isNearWord says that two words are the same but for one typing slip in five
// letters or more, or that one is short for the other: its first three letters or more.
func isNearWord(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if strings.HasPrefix(b, a) && utf8.RuneCountInString(a) >= 3 || a == b {
		return true
	}
	return isOneSlip([]rune(a), []rune(b))
}

// isOneSlip says that a letter too much, too few or wrong, or two that changed
// places, is all that differs in two words, the longer of which has five letters
// or more.
func isOneSlip(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b) < 5 || len(b) > len(a)+1 {
		return false
	}
	for len(a) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(b) <= 1 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}
