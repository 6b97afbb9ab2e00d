package data

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"strings"
	"time"
	"unicode/utf8"
)

// The index keeps of a patient one line of bytes to search in:
//
//	words of the name  endName  words of also-known-as  endKnownAs  record number  then each phone number: endField digits  endField
//
// The words are folded and stand without spaces: each begins with a byte that
// no word has inside, so that "Jo" is found at the beginning of a word only, and
// quickly, and "jo" inside one only.
const (
	endName    = 1
	endKnownAs = 2
	endField   = 3

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
func endsWord(c byte) bool { return beginsWord(c) || c == endName || c == endKnownAs }

// compact is the folded text without spaces, as record numbers are compared.
func compact(text string) string { return strings.ReplaceAll(Fold(text), " ", "") }

// appendLine appends the line of a patient.
func appendLine(b []byte, s Summary) []byte {
	b = append(appendMarkedWords(b, s.Name), endName)
	b = append(appendMarkedWords(b, s.AlsoKnownAs), endKnownAs)
	b = append(b, compact(s.RecordNumber)...)
	for _, phone := range [...]string{s.Phone, s.OtherPhone} {
		for _, digits := range phoneForms(phone) {
			b = append(append(b, endField), digits...)
		}
	}
	return append(b, endField)
}

// line is a patient's line taken apart.
type line struct {
	name    []byte // for the order of lists
	words   []byte // of name and also-known-as, up to and with endKnownAs
	numbers []byte // the record number and the phones
}

func cutLine(b []byte) line {
	end := bytes.IndexByte(b, endKnownAs) + 1
	words := b[:end]
	return line{name: words[:bytes.IndexByte(words, endName)], words: words, numbers: b[end:]}
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
func (s *Summary) texts() [7]*string {
	return [...]*string{&s.ID, &s.Name, &s.AlsoKnownAs, &s.Phone, &s.OtherPhone, &s.RecordNumber, &s.Alert}
}

func readRecord(b []byte) Summary {
	var s Summary
	var lengths [7]int
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
