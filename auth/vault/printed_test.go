package vault

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// samples are kits of which every possible slip is tried: all the same symbol,
// all different ones, and one as it may be printed.
var samples = []KitSecret{
	{},
	{s: [kitSymbols]byte(bytes.Repeat([]byte{31}, kitSymbols))},
	{s: [kitSymbols]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27}},
	{s: [kitSymbols]byte{23, 6, 1, 30, 17, 17, 4, 0, 9, 28, 13, 2, 21, 8, 31, 12, 5, 19, 26, 3, 15, 1, 0, 29, 10, 24, 7, 18}},
}

// refuses demands that a changed kit is a slip in that group, whether it is
// typed in groups or in one piece.
func refuses(t *testing.T, groups []string, number int) {
	t.Helper()
	for _, between := range []string{" ", ""} {
		text := strings.Join(groups, between)
		if _, err := ParseKit(text); !errors.Is(err, TypoError{Group: number}) {
			t.Fatalf("%q: %v, want a slip in group %d", text, err, number)
		}
	}
}

// TestEveryWrongSymbol: whatever stands in place of one symbol, it is found
// and its group named.
func TestEveryWrongSymbol(t *testing.T) {
	for _, kit := range samples {
		for g, group := range kit.Groups() {
			for at := range groupSize {
				for _, other := range alphabet + "U*?é" {
					if other == rune(group[at]) {
						continue
					}
					groups := kit.Groups()
					groups[g] = group[:at] + string(other) + group[at+1:]
					refuses(t, groups, g+1)
				}
			}
		}
	}
}

// TestEverySwap: two symbols of one group in each other's place are found,
// neighbours or not, and so are two whole groups.
func TestEverySwap(t *testing.T) {
	for _, kit := range samples {
		for g, group := range kit.Groups() {
			for i := range groupSize {
				for j := range i {
					if group[i] == group[j] {
						continue
					}
					swapped := []byte(group)
					swapped[i], swapped[j] = swapped[j], swapped[i]
					groups := kit.Groups()
					groups[g] = string(swapped)
					refuses(t, groups, g+1)
				}
			}
			for h := range g {
				groups := kit.Groups()
				groups[g], groups[h] = groups[h], groups[g]
				refuses(t, groups, h+1)
			}
		}
	}
}

// TestEveryNumber: a group checks at its own number and at no other.
func TestEveryNumber(t *testing.T) {
	for _, kit := range samples {
		for four := range slices.Chunk(kit.s[:], groupData) {
			for number := 1; number <= 31; number++ {
				group := append(slices.Clone(four), checkSymbol(four, number))
				for at := 1; at <= 31; at++ {
					if checks(group, at) != (at == number) {
						t.Fatalf("group %v, made for number %d, at number %d", group, number, at)
					}
				}
			}
		}
	}
}

// TestLength: what is missing or too much is placed in its group if the text
// says which, and otherwise where something stops being right.
func TestLength(t *testing.T) {
	groups := samples[3].Groups()
	spaced, plain := strings.Join(groups, " "), strings.Join(groups, "")
	without := func(g int) string { return strings.Join(slices.Delete(slices.Clone(groups), g, g+1), " ") }
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"nothing":                        {"", LengthError{Got: 0, Want: 40}},
		"only separators":                {" -\n\u2014 ", LengthError{Got: 0, Want: 40}},
		"last symbol missing":            {spaced[:len(spaced)-1], TypoError{Group: 8}},
		"last symbol missing, unspaced":  {plain[:39], LengthError{Got: 39, Want: 40}},
		"one symbol too many":            {spaced + "0", TypoError{Group: 8}},
		"one too many, unspaced":         {plain + "0", LengthError{Got: 41, Want: 40}},
		"one more group":                 {spaced + " 00000", LengthError{Got: 45, Want: 40}},
		"last group missing":             {without(7), LengthError{Got: 35, Want: 40}},
		"third group missing":            {without(2), TypoError{Group: 3}},
		"third symbol missing":           {spaced[:2] + spaced[3:], TypoError{Group: 1}},
		"third symbol missing, unspaced": {plain[:2] + plain[3:], TypoError{Group: 1}},
		"symbol moved to the next group": {spaced[:4] + " " + spaced[4:5] + spaced[6:], TypoError{Group: 1}},
		"the kit twice":                  {spaced + "\n" + spaced, LengthError{Got: 80, Want: 40}},
		"one symbol":                     {"0", LengthError{Got: 1, Want: 40}},
		"no symbol":                      {"*", LengthError{Got: 1, Want: 40}},
		"not UTF-8":                      {"\xff" + plain[1:], TypoError{Group: 1}},
	} {
		_, err := ParseKit(c.text)
		if !errors.Is(err, c.want) || !errors.Is(err, ErrPrinted) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// TestSeparators: every space and every dash of Unicode separates.
func TestSeparators(t *testing.T) {
	kit := samples[3]
	for _, table := range []*unicode.RangeTable{unicode.White_Space, unicode.Dash, unicode.Pd, unicode.Cf} {
		var runes []rune
		for _, r := range table.R16 {
			for c := rune(r.Lo); c <= rune(r.Hi); c += rune(r.Stride) {
				runes = append(runes, c)
			}
		}
		for _, r := range runes {
			if got, err := ParseKit(strings.Join(kit.Groups(), string(r))); err != nil || got != kit {
				t.Errorf("%U between groups: %v", r, err)
			}
		}
	}
}

// TestErrors holds what the errors say.
func TestErrors(t *testing.T) {
	for err, want := range map[error]string{
		TypoError{Group: 4}:           "group 4 has a slip",
		LengthError{Got: 3, Want: 40}: "3 symbols instead of 40",
		ErrChecksum:                   "not a printed key as it was typed: its groups do not belong together",
	} {
		if err.Error() != want || !errors.Is(err, ErrPrinted) {
			t.Errorf("%q, want %q", err, want)
		}
	}
}

// hand writes groups as somebody might.
type hand struct{ rt *rapid.T }

var (
	between = []string{" ", "\t", "\n", "\r\n", "-", "\u00a0", "\u2003", "\u2009", "\u202f", "\u3000", "\u2010", "\u2011", "\u2013", "\u2014", "\u2212", "\uff0d", "\ufe63"}
	unseen  = []string{"", "", "", "", "\u200b", "\u200e", "\u00ad", "\ufeff"}
)

// symbol is one symbol in any of its forms.
func (h hand) symbol(s byte) string {
	forms := string(s) + strings.ToLower(string(s))
	switch s {
	case '0':
		forms += "Oo"
	case '1':
		forms += "IiLl"
	}
	r := rapid.SampledFrom([]rune(forms)).Draw(h.rt, "form")
	if rapid.Bool().Draw(h.rt, "full width") {
		r += '\uff21' - 'A'
	}
	return string(r) + rapid.SampledFrom(unseen).Draw(h.rt, "unseen")
}

// gap is at least that many separators.
func (h hand) gap(least int) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(between), least, 3).Draw(h.rt, "gap"), "")
}

// write writes groups with gaps between them.
func (h hand) write(groups []string, least int) string {
	var b strings.Builder
	for _, group := range groups {
		b.WriteString(h.gap(least))
		for _, s := range []byte(group) {
			b.WriteString(h.symbol(s))
		}
	}
	return b.String() + h.gap(0)
}

// scatter writes groups with gaps anywhere, and says where the first piece
// that is no group stands if there happen to be as many pieces as groups.
func (h hand) scatter(groups []string) (string, int) {
	var b strings.Builder
	lengths := []int{0}
	for i, s := range []byte(strings.Join(groups, "")) {
		gap := ""
		if rapid.IntRange(0, 4).Draw(h.rt, "cut") == 0 {
			gap = h.gap(1)
		}
		if gap != "" && i > 0 {
			lengths = append(lengths, 0)
		}
		lengths[len(lengths)-1]++
		b.WriteString(gap + h.symbol(s))
	}
	wrong := slices.IndexFunc(lengths, func(n int) bool { return n != groupSize })
	if len(lengths) != len(groups) {
		wrong = -1
	}
	return b.String(), wrong
}

func drawSymbols(rt *rapid.T, n int) []byte {
	return rapid.SliceOfN(rapid.ByteRange(0, 31), n, n).Draw(rt, "symbols")
}

// TestAnyWriting: any secret comes back from any way of writing it.
func TestAnyWriting(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		kit := KitSecret{s: [kitSymbols]byte(drawSymbols(rt, kitSymbols))}
		link := LinkSecret{s: [linkSymbols]byte(drawSymbols(rt, linkSymbols))}
		h := hand{rt}
		for _, text := range []string{h.write(kit.Groups(), 0), h.write(kit.Groups(), 1)} {
			if got, err := ParseKit(text); err != nil || got != kit {
				rt.Fatalf("kit %q: %v", text, err)
			}
		}
		text := h.write(link.Groups(), 0)
		if got, err := ParseLink(text); err != nil || got != link {
			rt.Fatalf("linking code %q: %v", text, err)
		}
		text = h.write(kit.Groups()[kitGroups-1:], 0)
		if !kit.LastGroupIs(text) {
			rt.Fatalf("last group %q", text)
		}
		text, wrong := h.scatter(kit.Groups())
		got, err := ParseKit(text)
		if wrong < 0 && (err != nil || got != kit) || wrong >= 0 && !errors.Is(err, TypoError{Group: wrong + 1}) {
			rt.Fatalf("scattered %q, first wrong piece %d: %v", text, wrong, err)
		}
	})
}

// TestAnySlip: a wrong, missing or added symbol is placed in its group,
// however the groups are written.
func TestAnySlip(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		link := LinkSecret{s: [linkSymbols]byte(drawSymbols(rt, linkSymbols))}
		groups := link.Groups()
		g := rapid.IntRange(0, len(groups)-1).Draw(rt, "group")
		at := rapid.IntRange(0, groupSize-1).Draw(rt, "position")
		old := groups[g]
		other := string(rapid.SampledFrom([]byte(alphabet+"U")).Filter(func(b byte) bool { return b != old[at] }).Draw(rt, "other"))
		groups[g] = old[:at] + rapid.SampledFrom([]string{other, "", other + old[at:at+1]}).Draw(rt, "slip") + old[at+1:]
		text := hand{rt}.write(groups, 1)
		if _, err := ParseLink(text); !errors.Is(err, TypoError{Group: g + 1}) {
			rt.Fatalf("%q for %q: %v", text, link.Groups(), err)
		}
	})
}

// TestAnyText: no text does harm, and what is not read says so.
func TestAnyText(t *testing.T) {
	runes := rapid.SampledFrom([]rune(alphabet + "UuOoIl -\n\u2011\u200b\u0301\uff10\u00bd*\x00\U0001f600\ufffd"))
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOfN(runes, 0, 60, -1)).Draw(rt, "text")
		if _, err := ParseKit(text); !errors.Is(err, ErrPrinted) {
			rt.Fatalf("kit %q: %v", text, err)
		}
		if link, err := ParseLink(text); err != nil && !errors.Is(err, ErrPrinted) ||
			err == nil && !slices.Equal(spell(slices.Concat(split(text)...)), link.Groups()) {
			rt.Fatalf("linking code %q: %v", text, err)
		}
		if samples[3].LastGroupIs(text) {
			rt.Fatalf("last group %q", text)
		}
	})
}
