package data

import (
	"cmp"
	"encoding/binary"
	"strings"
	"time"
	"unicode/utf8"
)

// The index keeps of a patient two lines of bytes to search in:
//
//	words of the name  endName  words of also-known-as  then endName and those of each with letters spelled out, if it has such  endWords
//	beginRecord  record number  endNumber  then the digits of each phone number  endNumber
//
// The words are folded and stand without spaces: each begins with a byte that
// no word has inside, so that "Jo" is found at the beginning of a word only, and
// quickly, and "jo" inside one only.
const (
	endName     = 1
	endWords    = 2
	beginRecord = 3
	endNumber   = 4

	beforeDigit = 0x1F // begins a word that begins with a digit
	beforeOther = '_'  // … or with a letter that is not of ASCII
)

// appendMarked appends a folded word with its beginning marked.
func appendMarked(b []byte, word string) []byte {
	switch c := word[0]; {
	case 'a' <= c && c <= 'z':
		b = append(b, c-'a'+'A')
		return append(b, word[1:]...)
	case c < utf8.RuneSelf:
		b = append(b, beforeDigit)
	default:
		b = append(b, beforeOther)
	}
	return append(b, word...)
}

func appendMarkedWords(b []byte, text string) []byte {
	for word := range strings.FieldsSeq(Fold(text)) {
		b = appendMarked(b, word)
	}
	return b
}

// compareMarked is the order of names so marked: that of their folded text.
func compareMarked(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] == b[i] {
			continue
		}
		if first := beginsWord(a[i]); first != beginsWord(b[i]) { // a space comes before anything else
			if first {
				return -1
			}
			return 1
		}
		return cmp.Compare(a[i], b[i])
	}
	return cmp.Compare(len(a), len(b))
}

func beginsWord(c byte) bool {
	return 'A' <= c && c <= 'Z' || c == beforeOther || c == beforeDigit
}

// endsWord says that a byte after a word's letters is not one of its letters.
func endsWord(c byte) bool { return beginsWord(c) || c == endName || c == endWords }

// compact is the folded text without spaces, as record numbers are compared.
func compact(text string) string { return strings.ReplaceAll(Fold(text), " ", "") }

func appendWords(b []byte, s Summary) []byte {
	b = append(appendMarkedWords(b, s.Name), endName)
	b = appendMarkedWords(b, s.AlsoKnownAs)
	for _, name := range [...]string{s.Name, s.AlsoKnownAs} {
		if spelled, ok := respelled(name); ok {
			b = appendMarkedWords(append(b, endName), spelled)
		}
	}
	return append(b, endWords)
}

func appendNumbers(b []byte, s Summary) []byte {
	b = append(append(append(b, beginRecord), compact(s.RecordNumber)...), endNumber)
	for _, phone := range [...]string{s.Phone, s.OtherPhone} {
		for _, digits := range phoneForms(phone) {
			b = append(append(b, digits...), endNumber)
		}
	}
	return b
}

// letters say roughly which letters words have, one bit for each of a to z, one for
// all digits, the rest for what else there is: a quick way to say no.
type letters struct{ first, any uint32 }

func letterBit(c byte) uint32 {
	switch {
	case 'a' <= c && c <= 'z':
		return 1 << (c - 'a')
	case c < utf8.RuneSelf:
		return 1 << 26
	}
	return 1 << (27 + c%5)
}

// lettersOf are those of marked words.
func lettersOf(words []byte) (l letters) {
	for i, c := range words {
		switch {
		case 'A' <= c && c <= 'Z':
			l.first |= letterBit(c - 'A' + 'a')
		case c == beforeDigit || c == beforeOther:
			l.first |= letterBit(words[i+1])
		case c > endWords:
			l.any |= letterBit(c)
		}
	}
	l.any |= l.first
	return l
}

// have says that words with the letters l may have others with the letters of.
func (l letters) have(of letters) bool { return l.first&of.first == of.first && l.any&of.any == of.any }

// pairBits say roughly which bytes follow each other in numbers. Ten digits are so
// common that looking at these bits first is much quicker than looking for bytes.
func pairBits(numbers []byte) (all uint64) {
	for i := 1; i < len(numbers); i++ {
		all |= 1 << ((uint(numbers[i-1])*10 + uint(numbers[i])) % 64)
	}
	return all
}

// shortCodes are the country calling codes of two digits (ITU-T E.164). Those of
// one digit, 1 and 7, have no 0 before national numbers; all others have three.
const shortCodes = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98"

// phoneForms are the digits of a phone number in the ways people write it: as it
// stands, and if that is "+44 20 …" or "0044 20 …", as 4420… and 020….
func phoneForms(text string) []string {
	if text == "" {
		return nil
	}
	digits := Digits(text)
	if digits == "" {
		return nil
	}
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "+") {
		digits = Digits(strings.Replace(text, "(0)", "", 1))
	} else if strings.HasPrefix(digits, "00") {
		digits = Digits(strings.Replace(text, "(0)", "", 1))[2:]
	} else {
		return []string{digits}
	}
	if digits == "" || digits[0] == '1' || digits[0] == '7' {
		return []string{digits}
	}
	code := 3
	if len(digits) >= 2 && strings.Contains(shortCodes, digits[:2]) {
		code = 2
	}
	if len(digits) <= code || digits[code] == '0' {
		return []string{digits}
	}
	return []string{digits, "0" + digits[code:]}
}

// appendRecord appends all of a summary, to be read by readRecord.
func appendRecord(b []byte, s Summary) []byte {
	for _, text := range s.texts() {
		b = binary.AppendUvarint(b, uint64(len(*text)))
	}
	for _, n := range [...]int{s.Born.Year, int(s.Born.Month), s.Born.Day, int(s.State)} {
		b = binary.AppendVarint(b, int64(n))
	}
	if s.Damaged {
		b = append(b, 1)
	} else {
		b = append(b, 0)
	}
	for _, text := range s.texts() {
		b = append(b, *text...)
	}
	return b
}

// texts are the summary's texts, the id first.
func (s *Summary) texts() [9]*string {
	return [...]*string{&s.ID, &s.Name, &s.AlsoKnownAs, &s.Phone, &s.OtherPhone, &s.RecordNumber, &s.HealthNumber, &s.Alert, &s.Sex}
}

func readRecord(b []byte) Summary {
	var s Summary
	var lengths [9]int
	for i := range lengths {
		n, size := binary.Uvarint(b)
		lengths[i], b = int(n), b[size:]
	}
	var numbers [4]int
	for i := range numbers {
		n, size := binary.Varint(b)
		numbers[i], b = int(n), b[size:]
	}
	s.Born = Date{numbers[0], time.Month(numbers[1]), numbers[2]}
	s.State, s.Damaged = PatientState(numbers[3]), b[0] == 1
	rest := string(b[1:])
	for i, text := range s.texts() {
		*text, rest = rest[:lengths[i]], rest[lengths[i]:]
	}
	return s
}
