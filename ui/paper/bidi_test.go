package paper

import (
	"testing"

	"golang.org/x/text/unicode/bidi"
	"pgregory.net/rapid"
)

// TestLevels: numbers stand in their place among letters from right to left.
func TestLevels(t *testing.T) {
	for text, want := range map[string]string{
		"abc":      "000",
		"אבג":      "111",
		"א 12":     "1122",
		"a א 12":   "001122",
		"א 12 a":   "112212",
		"a א 12 b": "00112200",
		"ع 12":     "1122",
		"a (א) b":  "0001000",
		"א (a) ב":  "1112111",
		"א 1-2, 3": "11222112",
	} {
		got := ""
		for _, level := range bidiLevels([]rune(text)) {
			got += string(rune('0' + level))
		}
		if got != want {
			t.Errorf("%q: %s, not %s", text, got, want)
		}
	}
}

// TestDirections are those that golang.org/x/text tells, which knows no more than those, and finds no
// pairs of brackets.
func TestDirections(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("abאבعح12١٢+-/,.:%$ !́")), 1, 24, -1).Draw(t, "text")
		var p bidi.Paragraph
		if _, err := p.SetString(text); err != nil {
			t.Fatal(err)
		}
		order, err := p.Order()
		if err != nil {
			t.Fatal(err)
		}
		var want []bool
		for i := range order.NumRuns() {
			run := order.Run(i)
			from, to := run.Pos()
			for range to + 1 - from {
				want = append(want, run.Direction() == bidi.RightToLeft)
			}
		}
		for i, level := range bidiLevels([]rune(text)) {
			if isRight := level%2 == 1; isRight != want[i] {
				t.Fatalf("%q: rune %d has level %d, and from right to left: %v", text, i, level, want[i])
			}
		}
	})
}
