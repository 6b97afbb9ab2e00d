package vault

import (
	"crypto/ecdh"
	"crypto/hpke"
	"errors"
	"fmt"
)

// A recipient can open a key: a computer, a user, the recovery kit or a linking code. Each
// has an HPKE key pair (RFC 9180): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, in
// base mode, single-shot (§6.1). To seal a key to a recipient takes the public half only;
// to open it takes the private half.

// ErrKeyPair says that bytes are not half of a recipient's key pair.
var ErrKeyPair = errors.New("not a holder's key")

// Private is the secret half of a recipient.
type Private struct{ key hpke.PrivateKey }

// Public is the public half. It is no secret.
type Public []byte

// kem is the suite's key encapsulation (RFC 9180 §7.1, 0x0020).
func kem() hpke.KEM { return hpke.DHKEM(ecdh.X25519()) }

// GenerateKeyPair makes a key pair.
func GenerateKeyPair() Private {
	key, err := kem().GenerateKey()
	if err != nil {
		panic(fmt.Sprintf("vault: make holder: %v", err)) // unreachable: randomness never fails
	}
	return Private{key}
}

// ParsePrivate reads what Private.Bytes wrote; ErrKeyPair if it did not.
func ParsePrivate(b []byte) (Private, error) {
	key, err := kem().NewPrivateKey(b)
	if err != nil {
		return Private{}, ErrKeyPair
	}
	return Private{key}, nil
}

// Bytes is the private half, 32 bytes as RFC 9180 §7.1.2 writes them: whatever
// bits X25519 does not look at are set as RFC 7748 §5 sets them.
func (p Private) Bytes() []byte {
	b, err := p.key.Bytes()
	if err != nil {
		panic(fmt.Sprintf("vault: write holder: %v", err)) // unreachable: X25519 keys serialise
	}
	return b
}

// IsZero says that the private half was never made.
func (p Private) IsZero() bool { return p.key == nil }

// Subkey derives a symmetric key for one purpose from Bytes, as Key.Subkey does.
func (p Private) Subkey(purpose string) Key {
	b := p.Bytes()
	defer clear(b)
	return derive(b, "", purpose)
}

// Public is the half that others seal to.
func (p Private) Public() Public { return p.key.PublicKey().Bytes() }

func (Private) String() string   { return "[private key]" }
func (Private) GoString() string { return "[private key]" }

// SealKey seals a key to a recipient, bound to at. ErrKeyPair says that to is not a public
// half.
func SealKey(k Key, to Public, at AAD) ([]byte, error) {
	pub, err := kem().NewPublicKey(to)
	if err != nil {
		return nil, ErrKeyPair
	}
	sealed, err := hpke.Seal(pub, hpke.HKDFSHA256(), hpke.AES256GCM(), at.bytes(), k.b[:])
	if err != nil {
		return nil, fmt.Errorf("seal key: %w", err)
	}
	return sealed, nil
}

// OpenKey opens what SealKey sealed to this recipient with the same AAD; anything else is
// ErrOpen.
func (p Private) OpenKey(sealed []byte, at AAD) (Key, error) {
	b, err := hpke.Open(p.key, hpke.HKDFSHA256(), hpke.AES256GCM(), at.bytes(), sealed)
	if err != nil || len(b) != KeySize {
		return Key{}, ErrOpen
	}
	return Key{b: [KeySize]byte(b)}, nil
}
