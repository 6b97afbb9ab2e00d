// Package vault makes the practice's keys, wraps them for a computer, a
// password or the recovery kit, and seals and opens with them.
package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"sync"
)

// ErrOpen says that something sealed does not open: another key, other associated data, or
// a changed byte. It can't be told which of these.
var ErrOpen = errors.New("sealed data does not open")

// ErrKey says that bytes are not a key.
var ErrKey = errors.New("not a key")

// KeySize is the length of a key in bytes (256 bits).
const KeySize = 32

// Key is a secret key of 256 bits. It prints as "[key]" wherever it is printed.
type Key struct{ b [KeySize]byte }

// NewKey makes a random key.
func NewKey() Key {
	var k Key
	rand.Read(k.b[:]) // never fails: crypto/rand ends the program instead
	return k
}

// ParseKey reads what Key.Bytes wrote; ErrKey if it did not.
func ParseKey(b []byte) (Key, error) {
	if len(b) != KeySize {
		return Key{}, ErrKey
	}
	return Key{b: [KeySize]byte(b)}, nil
}

// Bytes is a copy of the key, for keys that lie inside something sealed.
func (k Key) Bytes() []byte { return k.b[:] }

// IsZero says that the key was never made, or was wiped.
func (k Key) IsZero() bool { return k == Key{} }

// Wipe overwrites this copy of the key.
func (k *Key) Wipe() { clear(k.b[:]) }

func (Key) String() string       { return "[key]" }
func (Key) GoString() string     { return "[key]" }
func (Key) LogValue() slog.Value { return slog.StringValue("[key]") }

// Subkey derives the key for one purpose (HKDF-SHA256, RFC 5869), so that
// what is sealed for one never opens as another.
func (k Key) Subkey(purpose string) Key { return derive(k.b[:], "", purpose) }

// derive is HKDF-SHA256, 32 bytes out.
func derive(secret []byte, salt, purpose string) Key {
	out, err := hkdf.Key(sha256.New, secret, []byte(salt), "anteroom v1 "+purpose, KeySize)
	if err != nil {
		panic(fmt.Sprintf("vault: derive: %v", err)) // unreachable: 32 bytes are within HKDF's limit
	}
	return Key{b: [KeySize]byte(out)}
}

// MAC is HMAC-SHA256 (RFC 2104) over the fields, each told apart by its length.
func (k Key) MAC(fields ...[]byte) []byte {
	m := hmac.New(sha256.New, k.b[:])
	for _, f := range fields {
		m.Write(appendField(nil, f))
	}
	return m.Sum(nil)
}

// AAD is the additional authenticated data of a sealing (RFC 5116 §2.1): the row to which
// the sealed data belongs. It is not stored with it. So sealed data that somebody moves to
// another row does not open there.
type AAD struct {
	Practice string
	Table    string
	Row      string
	Version  int64
	Clear    []string // the row's clear columns, in the schema's order
}

func (p AAD) bytes() []byte { return p.appendTo(make([]byte, 0, 128)) }

func (p AAD) appendTo(out []byte) []byte {
	out = appendField(appendField(appendField(out, p.Practice), p.Table), p.Row)
	out = binary.BigEndian.AppendUint64(out, 8) // the length of the version
	out = binary.BigEndian.AppendUint64(out, uint64(p.Version))
	for _, c := range p.Clear {
		out = appendField(out, c)
	}
	return out
}

// aadBuffers saves an allocation for each record that is opened.
var aadBuffers = sync.Pool{New: func() any { return new([]byte) }}

// appendField puts a field's length (8 bytes, big endian) before the field, so
// that no two lists of fields make the same bytes.
func appendField[T string | []byte](out []byte, field T) []byte {
	return append(binary.BigEndian.AppendUint64(out, uint64(len(field))), field...)
}

// Seal encrypts and authenticates plain: AES-256-GCM (NIST SP 800-38D) with a random
// nonce, which is put before the ciphertext.
func (k Key) Seal(plain []byte, at AAD) []byte { return k.Sealer().Seal(plain, at) }

// Open decrypts what Seal made with the same AAD; anything else is ErrOpen.
func (k Key) Open(sealed []byte, at AAD) ([]byte, error) { return k.Sealer().Open(sealed, at) }

// Sealer seals and opens many records with one key, which it prepares once. Several
// goroutines may use it.
type Sealer struct{ aead cipher.AEAD }

// Sealer prepares the key.
func (k Key) Sealer() Sealer {
	block, err := aes.NewCipher(k.b[:])
	if err != nil {
		panic(fmt.Sprintf("vault: %v", err)) // unreachable: the key has 32 bytes
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(fmt.Sprintf("vault: %v", err)) // unreachable: the block is AES
	}
	return Sealer{aead}
}

// Seal is Key.Seal.
func (s Sealer) Seal(plain []byte, at AAD) []byte {
	return s.aead.Seal(nil, nil, plain, at.bytes())
}

// Open is Key.Open.
func (s Sealer) Open(sealed []byte, at AAD) ([]byte, error) { return s.AppendOpened(nil, sealed, at) }

// AppendOpened is Open, and appends to a slice of the caller.
func (s Sealer) AppendOpened(to, sealed []byte, at AAD) ([]byte, error) {
	buffer := aadBuffers.Get().(*[]byte)
	defer aadBuffers.Put(buffer)
	*buffer = at.appendTo((*buffer)[:0])
	plain, err := s.aead.Open(to, nil, sealed, *buffer)
	if err != nil {
		return nil, ErrOpen
	}
	return plain, nil
}
