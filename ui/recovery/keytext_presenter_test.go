package recovery

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestTidyKey(t *testing.T) {
	for _, c := range []struct {
		what, before, text string // | is the cursor
		want               string
	}{
		{"capitals", "", "a|", "A|"},
		{"a new group", "ABCDE", "ABCDEf|", "ABCDE F|"},
		{"a space at its place", "ABCDE", "ABCDE |", "ABCDE |"},
		{"the same typed as a dash", "ABCDE", "ABCDE-|", "ABCDE |"},
		{"and once more", "ABCDE ", "ABCDE  |", "ABCDE |"},
		{"the next group after it", "ABCDE ", "ABCDE f|", "ABCDE F|"},
		{"a space before all", "", " |", "|"},
		{"a space of one's own, too early", "ABCDE FGHJ", "ABCDE FGHJ |", "ABCDE FGHJ |"},
		{"stays", "ABCDE FGHJ ", "ABCDE FGHJ k|", "ABCDE FGHJ K|"},
		{"and full groups still end", "ABCDE FGHJ KLMNO", "ABCDE FGHJ KLMNOp|", "ABCDE FGHJ KLMNO P|"},
		{"a correction in them moves nothing", "ABCDE FGHJ KLMNO", "ABCDE FGHJ Kx|LMNO", "ABCDE FGHJ KX|LMNO"},
		{"a missing character is put in", "ABCDE FGHKL MN", "ABCDE FGHj|KL MN", "ABCDE FGHJ|K LMN"},
		{"one too many is taken out", "ABCDE FGGHJ KLM", "ABCDE FG|HJ KLM", "ABCDE FG|HJK LM"},
		{"back over a space", "ABCDE F", "ABCDE |", "ABCDE|"},
		{"pasted as it stands on the page", "", "abcde fghjk\nlmnpq|", "ABCDE FGHJK LMNPQ|"},
		{"pasted with dashes", "", "ABCDE-FGHJK–LM|", "ABCDE FGHJK LM|"},
		{"pasted with a character missing", "", "ABCDE FGHJ LMNPQ|", "ABCDE FGHJ LMNPQ|"},
		{"pasted without spaces", "", "abcdefghjkl|", "ABCDE FGHJK L|"},
		{"pasted behind what is typed", "ABCDE FG", "ABCDE FGhjklmn|", "ABCDE FGHJK LMN|"},
		{"typed over all of it", "ABCDE FGHJK LM", "x|", "X|"},
	} {
		text, cursor := atCursor(c.text)
		want, place := atCursor(c.want)
		tidied, at := tidyKey(c.before, text, cursor)
		if tidied != want || at != place {
			t.Errorf("%s: %q, cursor at %d, want %q and %d", c.what, tidied, at, want, place)
		}
	}
}

// atCursor takes the cursor out of a text.
func atCursor(text string) (without string, at int) {
	before, after, _ := strings.Cut(text, "|")
	return before + after, length(before)
}

// Whatever is typed, nothing of it is lost or moves from one side of the cursor
// to the other, and what is tidy stays as it is.
func TestTidyKeyLosesNothing(t *testing.T) {
	symbols := func(text string) string { return strings.Join(keyGroups(text), "") }
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("aB07öß -–\n")))
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		cursor := rapid.IntRange(0, length(after)).Draw(t, "cursor")
		tidied, at := tidyKey(before, after, cursor)
		if symbols(tidied) != symbols(after) {
			t.Fatalf("%q became %q", after, tidied)
		}
		left := symbols(string([]rune(after)[:cursor]))
		if got := symbols(string([]rune(tidied)[:at])); got != left {
			t.Fatalf("left of the cursor is %q, was %q", got, left)
		}
		if again, _ := tidyKey(tidied, tidied, at); strings.TrimSpace(again) != strings.TrimSpace(tidied) {
			t.Fatalf("%q became %q by itself", tidied, again)
		}
	})
}

// A key that is typed without a space stands there as on the page.
func TestTidyKeyAsTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.StringMatching(`[0-9A-HJKMNP-TV-Z]{40}`).Draw(t, "key")
		shown, at := "", 0
		for _, r := range strings.ToLower(key) {
			shown, _ = tidyKey(shown, shown+string(r), at+1)
			at = length(shown)
		}
		groups := strings.Split(shown, " ")
		if len(groups) != 8 || strings.Join(groups, "") != key {
			t.Fatalf("%q", shown)
		}
	})
}

func TestGroupPlace(t *testing.T) {
	for _, c := range []struct {
		text          string
		group, groups int
		want          int
	}{
		{"ABCDE FGHJK LMNPQ", 1, 8, 0},
		{"ABCDE FGHJK LMNPQ", 3, 8, 12},
		{"ABCD FGHJK LMNPQ RSTVW", 2, 4, 5}, // as many groups as there should be
		{"ABCD FGHJK LMNPQ", 2, 4, 6},       // not as many: each five characters are one
		{"ABCDE", 4, 8, 5},
		{"", 1, 8, 0},
	} {
		want(t, fmt.Sprintf("group %d of %q", c.group, c.text), groupPlace(c.text, c.group, c.groups), c.want)
	}
}
