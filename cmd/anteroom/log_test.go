package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLogFile: what several programs say stands one after the other, and the file does not grow
// without end.
func TestLogFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	for _, c := range []struct{ text, want string }{
		{"first\n", "first\n"},
		{"second\n", "first\nsecond\n"},
		{strings.Repeat("x", maxLog), "first\nsecond\n" + strings.Repeat("x", maxLog)},
		{"third\n", "third\n"},
	} {
		file, err := logFile(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.WriteString(c.text); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(filepath.Join(dir, "anteroom.log")); string(got) != c.want {
			t.Errorf("there are %d bytes, want %d, %v", len(got), len(c.want), err)
		}
	}
}
