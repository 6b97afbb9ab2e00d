package vault

import (
	"crypto/rand"
	"errors"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// ErrCost says that stored password parameters are outside of what any version of this
// program writes.
var ErrCost = errors.New("password parameters out of bounds")

// Cost is what one password check costs (argon2id, RFC 9106 §3.1).
type Cost struct {
	Memory uint32 `json:"memory"` // in KiB
	Passes uint32 `json:"passes"`
	Lanes  uint8  `json:"lanes"`
}

// DefaultCost is the cost of every password of a real practice: RFC 9106 §4's
// second recommendation, for machines with little memory to spare.
var DefaultCost = Cost{Memory: 64 * 1024, Passes: 3, Lanes: 4}

// maxCost is the limit of a stored cost: a check has to end on a reception PC.
var maxCost = Cost{Memory: 1024 * 1024, Passes: 16, Lanes: 16}

// saltSize is in bytes (RFC 9106 §3.1 recommends 16).
const saltSize = 16

// NewSalt makes a random salt for one password.
func NewSalt() []byte {
	s := make([]byte, saltSize)
	rand.Read(s)
	return s
}

// Stretched is the output of argon2id for a password: 32 bytes that verify it, and a key
// that opens what it protects. The verifier does not reveal the key.
type Stretched struct {
	Verifier [32]byte
	Key      Key
}

// Stretch computes argon2id, 64 bytes out. It takes Cost.Memory and tens to
// hundreds of milliseconds. The password is first brought to Unicode NFC (as
// the OpaqueString profile does, RFC 8265 §4.2), so that it does not matter
// which keyboard composed an accent.
func Stretch(password string, salt []byte, c Cost) (Stretched, error) {
	if c.Memory < 8 || c.Passes < 1 || c.Lanes < 1 ||
		c.Memory > maxCost.Memory || c.Passes > maxCost.Passes || c.Lanes > maxCost.Lanes {
		return Stretched{}, ErrCost
	}
	out := argon2.IDKey([]byte(norm.NFC.String(password)), salt, c.Passes, c.Memory, c.Lanes, 64)
	s := Stretched{Verifier: [32]byte(out[:32]), Key: Key{b: [KeySize]byte(out[32:])}}
	clear(out)
	return s, nil
}
