package exchange

import (
	"strings"

	"anteroom/data"
)

// fold makes texts alike that people take for the same, with or without spaces
// and signs between their words: titles of columns, names, record numbers.
func fold(text string) string { return strings.ReplaceAll(data.Fold(text), " ", "") }
