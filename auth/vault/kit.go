package vault

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"log/slog"
)

const (
	kitGroups  = 8
	linkGroups = 4
	// kitSum is the length of the kit's checksum in symbols (20 bits).
	kitSum = 4
	// kitSymbols carry the kit's secret, 140 bits.
	kitSymbols = kitGroups*groupData - kitSum
	// linkSymbols carry a linking code, 80 bits: it lives for minutes.
	linkSymbols = linkGroups * groupData
)

// ErrChecksum says that each group of a kit is right by itself, but they don't belong
// together: it can't be told in which group the mistake is.
var ErrChecksum = fmt.Errorf("%w: its groups do not belong together", ErrPrinted)

// KitSecret is what a recovery kit has printed on it: 140 random bits, from
// which the kit's key pair is derived. It prints as "[recovery kit]".
type KitSecret struct{ s [kitSymbols]byte }

// NewKitSecret makes a random secret.
func NewKitSecret() KitSecret {
	var s KitSecret
	fill(s.s[:])
	return s
}

// ParseKit reads a kit's eight groups as people type them: case, what stands
// between groups, and O, I and L for 0 and 1 don't matter. Its errors are
// TypoError, LengthError and ErrChecksum; all are ErrPrinted.
func ParseKit(text string) (KitSecret, error) {
	data, err := readGroups(text, kitGroups)
	if err != nil {
		return KitSecret{}, err
	}
	s := KitSecret{s: [kitSymbols]byte(data)}
	if !bytes.Equal(data[kitSymbols:], s.sum()) {
		return KitSecret{}, ErrChecksum
	}
	return s, nil
}

// Groups is the secret as it is printed: eight groups of five symbols.
func (s KitSecret) Groups() []string { return spell(s.symbols()) }

// LastGroupIs says that text is the last group, read as tolerantly as ParseKit does. It
// shows that the page was printed.
func (s KitSecret) LastGroupIs(text string) bool {
	last := s.symbols()[(kitGroups-1)*groupSize:]
	return subtle.ConstantTimeCompare(bytes.Join(split(text), nil), last) == 1
}

// DeriveKeyPair is the kit's key pair for one practice.
func (s KitSecret) DeriveKeyPair(practice string) Private {
	return deriveKeyPair(s.s[:], practice, "kit")
}

// Access is the name and the password with which a computer signs in to the practice's
// server when somebody has the kit.
func (s KitSecret) Access() (name, password string) { return access(s.s[:], "kit") }

// IsZero says that the secret was never made, or was wiped.
func (s KitSecret) IsZero() bool { return s == KitSecret{} }

// Wipe overwrites this copy of the secret.
func (s *KitSecret) Wipe() { clear(s.s[:]) }

func (KitSecret) String() string       { return "[recovery kit]" }
func (KitSecret) GoString() string     { return "[recovery kit]" }
func (KitSecret) LogValue() slog.Value { return slog.StringValue("[recovery kit]") }

func (s KitSecret) symbols() []byte { return withChecks(append(s.s[:], s.sum()...)) }

// sum is the checksum: the first 20 bits of SHA-256 of "anteroom kit", 0 and
// the secret's symbols, a byte each.
func (s KitSecret) sum() []byte {
	h := sha256.Sum256(append([]byte("anteroom kit\x00"), s.s[:]...))
	bits := uint32(h[0])<<16 | uint32(h[1])<<8 | uint32(h[2])
	sum := make([]byte, kitSum)
	for i := range sum {
		sum[i] = byte(bits >> (19 - 5*i) & 31)
	}
	return sum
}

// LinkSecret is a linking code: 80 random bits that one computer shows and
// another is told. It prints as "[linking code]".
type LinkSecret struct{ s [linkSymbols]byte }

// NewLinkSecret makes a random linking code.
func NewLinkSecret() LinkSecret {
	var s LinkSecret
	fill(s.s[:])
	return s
}

// ParseLink reads a linking code's four groups as tolerantly as ParseKit does. Its errors
// are TypoError and LengthError.
func ParseLink(text string) (LinkSecret, error) {
	data, err := readGroups(text, linkGroups)
	if err != nil {
		return LinkSecret{}, err
	}
	return LinkSecret{s: [linkSymbols]byte(data)}, nil
}

// Groups is the code as it is shown: four groups of five symbols.
func (s LinkSecret) Groups() []string { return spell(withChecks(s.s[:])) }

// DeriveKeyPair is the code's key pair for one practice.
func (s LinkSecret) DeriveKeyPair(practice string) Private {
	return deriveKeyPair(s.s[:], practice, "linking code")
}

// Access is the name and the password with which a computer signs in to the practice's
// server when somebody has the code.
func (s LinkSecret) Access() (name, password string) { return access(s.s[:], "linking code") }

func (LinkSecret) String() string       { return "[linking code]" }
func (LinkSecret) GoString() string     { return "[linking code]" }
func (LinkSecret) LogValue() slog.Value { return slog.StringValue("[linking code]") }

// access derives a name of 26 and a password of 52 of the characters A-Z and 2-7
// (HKDF-SHA256, RFC 5869). Neither reveals the secret or the other one.
func access(symbols []byte, purpose string) (name, password string) {
	text := func(of string) string {
		key := derive(symbols, "", purpose+" on a server, "+of)
		defer key.Wipe()
		return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(key.b[:])
	}
	return text("name")[:26], text("password")
}

// fill makes random symbols.
func fill(symbols []byte) {
	rand.Read(symbols) // never fails: crypto/rand ends the program instead
	for i := range symbols {
		symbols[i] &= 31
	}
}

// deriveKeyPair makes the key pair of a printed secret: HKDF-SHA256 of its
// symbols, a byte each, with the practice's id as salt, then DeriveKeyPair of
// RFC 9180 §7.1.3. It need not be slow: nobody can guess 80 random bits.
func deriveKeyPair(symbols []byte, practice, purpose string) Private {
	ikm := derive(symbols, practice, purpose)
	defer ikm.Wipe()
	key, err := kem().DeriveKeyPair(ikm.b[:])
	if err != nil {
		panic(fmt.Sprintf("vault: derive holder: %v", err)) // unreachable: any 32 bytes make an X25519 key
	}
	return Private{key}
}
