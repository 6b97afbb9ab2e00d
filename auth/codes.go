package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"strings"

	"golang.org/x/text/width"
)

// Codes that a person is given: recovery codes to keep, a one-time code to hear
// on the phone, a hand-over code to be handed. Of each the register keeps a
// salted hash. Of 80 random bits that hides the code; of eight digits it hides
// nothing from who can open the register, but they see the authenticators too.

// hashedCode is what is kept of a code.
type hashedCode struct {
	Salt []byte `json:"salt"`
	Sum  []byte `json:"sum"`
}

const (
	saltSize = 16
	// sumSize of SHA-256 is kept: of 80 bits nothing more can be known.
	sumSize = 16
)

func newCodeSalt() []byte {
	salt := make([]byte, saltSize)
	rand.Read(salt)
	return salt
}

// codeSum is the salted hash of a code for a user, who is in it so that it proves
// nothing for another.
func codeSum(salt []byte, userID, code string) []byte {
	h := sha256.New()
	h.Write(salt)
	h.Write([]byte(userID))
	h.Write([]byte{0})
	h.Write([]byte(code))
	return h.Sum(nil)[:sumSize]
}

func hashCode(userID, code string) hashedCode {
	salt := newCodeSalt()
	return hashedCode{salt, codeSum(salt, userID, code)}
}

func (h hashedCode) is(userID, code string) bool {
	return subtle.ConstantTimeCompare(h.Sum, codeSum(h.Salt, userID, code)) == 1
}

const (
	// groupSize is how many characters of a code stand together.
	groupSize = 4
	// letters has none that looks like a digit (Crockford base32).
	letters = "0123456789abcdefghjkmnpqrstvwxyz"
	digits  = "0123456789"

	lettersLength = 16 // of a recovery code: 80 bits
	digitsLength  = 8  // of a one-time or hand-over code
)

// newLetters is 80 random bits, in four groups: a recovery code, or a one-time
// password.
func newLetters() string { return group(randomText(letters, lettersLength), "-") }

// newDigits is eight random digits, in two groups.
func newDigits() string { return group(randomText(digits, digitsLength), " ") }

// randomText draws each character from an alphabet, all with the same chance.
func randomText(alphabet string, length int) string {
	text := make([]byte, 0, length)
	most := 256 - 256%len(alphabet)
	for raw := make([]byte, length); len(text) < length; {
		rand.Read(raw)
		for _, b := range raw {
			if int(b) < most && len(text) < length {
				text = append(text, alphabet[int(b)%len(alphabet)])
			}
		}
	}
	return string(text)
}

func group(text, between string) string {
	var groups []string
	for text != "" {
		n := min(groupSize, len(text))
		groups, text = append(groups, text[:n]), text[n:]
	}
	return strings.Join(groups, between)
}

// parseLetters takes a recovery code as people type it: any case, "o" for 0, "i"
// and "l" for 1, with or without what stands between the groups.
func parseLetters(text string) (code string, ok bool) {
	code = strings.NewReplacer("o", "0", "i", "1", "l", "1").Replace(strings.ToLower(together(text)))
	return code, isOf(code, letters, lettersLength)
}

// parseDigits takes a one-time or hand-over code as people type it.
func parseDigits(text string) (code string, ok bool) {
	code = together(text)
	return code, isOf(code, digits, digitsLength)
}

// together is a code without what people put between its groups, and plain
// letters and digits for full-width ones.
func together(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -\u00a0\u2010\u2011\u2012\u2013\u2014\t\r\n", r) {
			return -1
		}
		return r
	}, width.Narrow.String(text))
}

func isOf(code, alphabet string, length int) bool {
	return len(code) == length && strings.Trim(code, alphabet) == ""
}
