package words

import (
	"path/filepath"

	"anteroom/auth"
)

// FileName is the name of a file as a screen shows it: who made it may have put
// into it what can't be seen, or turns the words beside it around.
func FileName(path string) string { return auth.CleanText(filepath.Base(path)) }
