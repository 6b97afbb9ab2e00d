package data_test

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"anteroom/data"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"Jones", "jones"},
		{"  Ann  LEE ", "ann lee"},
		{"O'Brien", "obrien"},
		{"O’Brien", "obrien"},
		{"O`Brien O´Brien Oʼbrien O＇Brien", "obrien obrien obrien obrien"},
		{"Anne-Marie d'Arc", "anne marie darc"},
		{"Smith,John.Jr", "smith john jr"},
		{"José Núñez", "jose nunez"},
		{"Jose\u0301", "jose"},
		{"Straße STRAẞE", "strasse strasse"},
		{"Søren Ægir Œuvre Łukasz Đorđe Þóra Iğdır", "soren aegir oeuvre lukasz dorde thora igdir"},
		{"İpek", "ipek"},
		{"Ångström", "angstrom"},
		{"Νίκος", "νικοσ"},
		{"Йосиф", "иосиф"},
		{"שָׁלוֹם", "שלום"},
		{"مُحَمَّد", "محمد"},
		{"कुमार", "कुमार"},
		{"ガス", "カ\u3099ス"},
		{"ｆｕｌｌ　ｗｉｄｔｈ", "full width"},
		{"\u200fAda\u200e Love\u00adlace", "ada lovelace"},
		{"٠٤٢ ۵ １２", "042 5 12"},
		{"a\x00b\tc\nd\x7f", "a b c d"},
		{"bad \xff\xfe bytes", "bad bytes"},
		{" - ; ", ""},
		{"é - ", "e"},
		{"αʹ", "α"}, // becomes ʹ on the way
		{"x_y", "x y"},
	} {
		if got := data.Fold(c.text); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestFoldTwiceIsFoldOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		once := data.Fold(text)
		if twice := data.Fold(once); twice != once {
			t.Fatalf("%q, folded again %q", once, twice)
		}
		if up := data.Fold(strings.ToUpper(text)); isASCII(text) && up != once {
			t.Fatalf("%q, upper case folded %q", once, up)
		}
		if strings.TrimSpace(once) != once || strings.Contains(once, "  ") || strings.ContainsFunc(once, unicode.IsControl) {
			t.Fatalf("%q has spaces or controls", once)
		}
	})
}

func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII })
}

func TestDigits(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "none": "", "+44 (0)20 7946-0123": "4402079460123", "٠١٢٣٤٥٦٧٨٩": "0123456789", "०१२": "012", "𝟘𝟙𝟗": "019",
	} {
		if got := data.Digits(text); got != want {
			t.Errorf("Digits(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestEveryDigitHasItsValue(t *testing.T) {
	for _, r := range [][2]rune{{'٠', '٩'}, {'۰', '۹'}, {'०', '९'}, {'๐', '๙'}, {'０', '９'}, {0x1D7CE, 0x1D7D7}, {0x1D7F6, 0x1D7FF}, {0x1E950, 0x1E959}} {
		if got := data.Digits(string(r[0]) + string(r[1])); got != "09" {
			t.Errorf("%c and %c are %q", r[0], r[1], got)
		}
	}
}
