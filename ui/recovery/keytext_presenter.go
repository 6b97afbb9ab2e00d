package recovery

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A printed key is typed in groups. While that goes on its letters become
// capitals, as on paper, and a group that is full is followed by a space.

// groupLength is how many characters a group of a printed key has.
const groupLength = 5

// tidyKey is how a text is shown that was another one before, and where the
// cursor is then. Both places are in characters. Who sets spaces of their own
// keeps them: a character that is missing then moves nothing behind it.
func tidyKey(before, text string, cursor int) (tidied string, at int) {
	groups := keyGroups(text)
	added := length(text) - length(before)
	switch own, atEnd := !isRegular(before), cursor == length(text); {
	case own && added == 1 && atEnd:
		groups = splitLast(groups)
	case own && added <= 1:
	case added > 1 && len(groups) > 1 && (own || before == ""): // pasted
	default:
		groups = regroup(groups)
	}
	tidied = strings.Join(groups, " ")
	if added > 0 && cursor == length(text) && endsGroup(text) {
		tidied += " "
		return tidied, length(tidied)
	}
	typed := strings.Join(keyGroups(string([]rune(text)[:cursor])), "")
	return tidied, placeOf(tidied, length(typed))
}

func length(text string) int { return utf8.RuneCountInString(text) }

// keyGroups are the groups of a text, in capitals.
func keyGroups(text string) []string {
	return strings.FieldsFunc(strings.ToUpper(text), separates)
}

func separates(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Dash, r) }

// endsGroup says that a text has a group and a separator behind it.
func endsGroup(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return len(keyGroups(text)) > 0 && separates(last)
}

// isRegular says that all groups are full but the one that is being typed.
func isRegular(text string) bool {
	groups := keyGroups(text)
	for i, g := range groups {
		isOpen := i == len(groups)-1 && !endsGroup(text)
		if length(g) > groupLength || length(g) < groupLength && !isOpen {
			return false
		}
	}
	return true
}

// regroup makes full groups of what there is.
func regroup(groups []string) []string {
	var full []string
	all := []rune(strings.Join(groups, ""))
	for len(all) > groupLength {
		full, all = append(full, string(all[:groupLength])), all[groupLength:]
	}
	if len(all) > 0 {
		full = append(full, string(all))
	}
	return full
}

// splitLast begins a new group where the last one has become too long.
func splitLast(groups []string) []string {
	if len(groups) == 0 {
		return nil
	}
	last := len(groups) - 1
	return append(groups[:last:last], regroup(groups[last:])...)
}

// placeOf is where in a text so many characters of its groups are before it.
func placeOf(text string, count int) int {
	at := 0
	for _, r := range text {
		if count == 0 {
			break
		}
		if r != ' ' {
			count--
		}
		at++
	}
	return at
}

// groupPlace is where a group begins in a text, counted from 1. Groups are
// those that were typed if that are so many as there should be; if not, each
// five characters are one.
func groupPlace(text string, group, groups int) int {
	typed := keyGroups(text)
	if len(typed) != groups {
		return skipSpaces(text, placeOf(text, (group-1)*groupLength))
	}
	return skipSpaces(text, placeOf(text, length(strings.Join(typed[:group-1], ""))))
}

func skipSpaces(text string, at int) int {
	runes := []rune(text)
	for at < len(runes) && separates(runes[at]) {
		at++
	}
	return at
}
