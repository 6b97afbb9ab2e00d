// Package totp judges Auth Codes: time-based one-time passwords (RFC 6238)
// with SHA-1, six digits and steps of 30 seconds, what every authenticator
// app supports.
package totp

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"golang.org/x/text/width"
)

const (
	// Period is the time step X (RFC 6238 §4.1, default 30 s).
	Period = 30 * time.Second
	// Digits is the length of an Auth Code.
	Digits = 6

	// secretSize is the shared secret's length in bytes: RFC 4226 §4 R6
	// recommends 160 bits.
	secretSize = 20
	// skew is how many steps before and after now are accepted
	// (RFC 6238 §5.2 recommends at most one for transmission delay).
	skew = 1
	// expiredSteps is how far back a code is still recognised as expired
	// rather than wrong. Only the past: saying that a code fits the future
	// would hand a guesser a code to wait for.
	expiredSteps = 20
)

// ErrFormat says that a text is not six digits, so nothing was judged.
var ErrFormat = errors.New("an auth code has six digits")

// Step counts periods of 30 s since 1970 (the T of RFC 6238 §4.2).
type Step int64

// StepAt is the step that t lies in.
func StepAt(t time.Time) Step { return Step(t.Unix() / int64(Period/time.Second)) }

// Start is the moment the step begins.
func (s Step) Start() time.Time { return time.Unix(int64(s)*int64(Period/time.Second), 0).UTC() }

// Length is how long so many steps are.
func (s Step) Length() time.Duration { return time.Duration(s) * Period }

// Secret is the key that a phone and the practice share.
type Secret []byte

// NewSecret makes a random secret of 160 bits.
func NewSecret() Secret {
	s := make(Secret, secretSize)
	rand.Read(s) // never fails: crypto/rand ends the program instead
	return s
}

// String is the secret as authenticator apps take it: base32 without padding.
func (s Secret) String() string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(s)
}

// Verdict is what became of a code.
type Verdict int

const (
	// Wrong codes fit no step nearby.
	Wrong Verdict = iota
	// Right codes fit a step around now that was not used yet.
	Right
	// Used codes fit a step around now, but that step or a later one was used.
	Used
	// Expired codes fit a step of the last ten minutes, too old to count.
	Expired
)

// Judge says what code is worth at the time now, when every step up to last
// is used up, and which step it fits. It always compares with every step it
// knows of, so that its duration tells nothing (RFC 6238 §5.2).
func Judge(secret Secret, code string, now time.Time, last Step) (Verdict, Step) {
	verdict, fits := Wrong, Step(0)
	current := StepAt(now)
	for step := current - expiredSteps; step <= current+skew; step++ {
		if step < 0 || !same(code, Code(secret, step)) {
			continue
		}
		v := Right
		switch {
		case step < current-skew:
			v = Expired
		case step <= last:
			v = Used
		}
		// Two steps can share a code: one that counts wins, and of those the
		// latest, or the same code would be right once more.
		if verdict != Right || v == Right {
			verdict, fits = v, step
		}
	}
	return verdict, fits
}

// Offset finds two codes that follow each other, the second of a step within
// limit of now: as many steps away as it returns, the nearest to now first. The
// chance that two guesses fit somewhere within 30 minutes is 121 in 10^12.
func Offset(secret Secret, first, second string, now time.Time, limit time.Duration) (steps Step, ok bool) {
	current := StepAt(now)
	for away := Step(0); away <= Step(limit/Period); away++ {
		for _, steps := range []Step{away, -away} {
			at := current + steps
			if at > 0 && same(Code(secret, at-1), first) && same(Code(secret, at), second) {
				return steps, true
			}
		}
	}
	return 0, false
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// Code is the Auth Code of a step.
func Code(secret Secret, step Step) string {
	code, err := hotp.GenerateCodeCustom(secret.String(), uint64(step), hotp.ValidateOpts{
		Digits:    otp.DigitsSix,
		Algorithm: otp.AlgorithmSHA1,
	})
	if err != nil {
		panic(fmt.Sprintf("totp: %v", err)) // unreachable: the secret is base32 by construction
	}
	return code
}

// Parse takes a code as people type and paste it: spaces and dashes drop out,
// full-width digits become plain ones. Anything but six digits is ErrFormat.
func Parse(text string) (string, error) {
	var b strings.Builder
	for _, r := range width.Narrow.String(text) {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == ' ' || r == '-' || r == '\u00a0' || r == '\u2013' || r == '\t' || r == '\n' || r == '\r':
		default:
			return "", ErrFormat
		}
	}
	if b.Len() != Digits {
		return "", ErrFormat
	}
	return b.String(), nil
}
