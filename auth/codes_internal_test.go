package auth

import (
	"bytes"
	"crypto/sha256"
	"testing"
)

// TestCodeSum: as docs/security.md says.
func TestCodeSum(t *testing.T) {
	salt := []byte("0123456789abcdef")
	want := sha256.Sum256([]byte("0123456789abcdefBEN\x00zzzz0000"))
	if got := codeSum(salt, "BEN", "zzzz0000"); !bytes.Equal(got, want[:16]) {
		t.Fatalf("%x, want %x", got, want[:16])
	}
	given := hashCode("BEN", "12345678")
	if !given.is("BEN", "12345678") || given.is("ANNA", "12345678") || given.is("BEN", "12345679") {
		t.Fatal("it proves what it must not, or not what it must")
	}
}

// TestRandomText uses each character of an alphabet about as often as the others.
func TestRandomText(t *testing.T) {
	for _, alphabet := range []string{digits, letters} {
		const n = 20_000
		seen := map[rune]int{}
		for _, r := range randomText(alphabet, n) {
			seen[r]++
		}
		want := n / len(alphabet)
		for _, r := range alphabet {
			if seen[r] < want*8/10 || seen[r] > want*12/10 { // of digits: nine times the deviation
				t.Errorf("%q: %d times, want some %d", r, seen[r], want)
			}
		}
	}
}
