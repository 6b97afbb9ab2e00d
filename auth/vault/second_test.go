package vault_test

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"anteroom/auth/vault"
)

// second does what the package does, written once more from the formats and
// the RFCs and with nothing of the package but the names of its data: what one
// of them makes, the other must read.
type second struct{}

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// multiply is the product in GF(32), modulo x⁵+x²+1.
func multiply(x, y int) int {
	product := 0
	for bit := range 5 {
		if y>>bit&1 == 1 {
			product ^= x << bit
		}
	}
	for bit := 9; bit >= 5; bit-- {
		if product>>bit&1 == 1 {
			product ^= 0b100101 << (bit - 5)
		}
	}
	return product
}

// syndrome is 0 for a right group: the check symbol weighs 1, the others
// 2, 2², 2³ and 2⁴, the group's number 2⁵.
func syndrome(group []int, number int) int {
	sum, weight := group[4], 1
	for _, s := range append(group[:4:4], number) {
		weight = multiply(weight, 2)
		sum ^= multiply(weight, s)
	}
	return sum
}

func (second) groups(data []byte) []string {
	var groups []string
	for n := range len(data) / 4 {
		group := []int{int(data[4*n]), int(data[4*n+1]), int(data[4*n+2]), int(data[4*n+3]), 0}
		for syndrome(group, n+1) != 0 {
			group[4]++
		}
		text := ""
		for _, s := range group {
			text += crockford[s : s+1]
		}
		groups = append(groups, text)
	}
	return groups
}

func kitChecksum(symbols []byte) []byte {
	h := sha256.New()
	h.Write([]byte("anteroom kit"))
	h.Write([]byte{0})
	h.Write(symbols)
	first := binary.BigEndian.Uint32(h.Sum(nil))
	return []byte{byte(first >> 27), byte(first >> 22 & 31), byte(first >> 17 & 31), byte(first >> 12 & 31)}
}

func (s second) kitGroups(symbols []byte) []string {
	return s.groups(append(symbols[:28:28], kitChecksum(symbols)...))
}

func (s second) linkGroups(symbols []byte) []string { return s.groups(symbols) }

// typed brings a text to the symbols' values, one list for each stretch
// without a separator; -1 is no symbol.
func typed(text string) [][]int {
	const (
		separators = " \t\n\v\f\r\u0085\u00a0\u2002\u2003\u2009\u2028\u2029\u202f\u3000-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
		invisible  = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
	)
	plain := strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(invisible, r):
			return -1
		case strings.ContainsRune(separators, r):
			return ' '
		case r > 0xff00 && r < 0xff5f:
			return r - 0xff00 + ' '
		}
		return r
	}, text)
	plain = strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(plain))
	var stretches [][]int
	for _, stretch := range strings.Fields(plain) {
		var values []int
		for _, r := range stretch {
			values = append(values, strings.IndexRune(crockford, r))
		}
		stretches = append(stretches, values)
	}
	return stretches
}

// read gives the symbols without their checks, or what is wrong in the words
// of the vectors' file.
func (second) read(text string, want int) (data []byte, wrong string) {
	groups := typed(text)
	var all []int
	for _, g := range groups {
		all = append(all, g...)
	}
	if len(groups) != want {
		groups = nil
		for rest := all; len(rest) >= 5 && len(groups) < want; rest = rest[5:] {
			groups = append(groups, rest[:5])
		}
	}
	for i, g := range groups {
		right := len(g) == 5
		for _, s := range g {
			right = right && s >= 0
		}
		if !right || syndrome(g, i+1) != 0 {
			return nil, fmt.Sprintf("slip %d", i+1)
		}
		data = append(data, byte(g[0]), byte(g[1]), byte(g[2]), byte(g[3]))
	}
	if len(all) != 5*want {
		return nil, fmt.Sprintf("length %d %d", len(all), 5*want)
	}
	return data, ""
}

func (s second) readKit(text string) ([]byte, string) {
	data, wrong := s.read(text, 8)
	if wrong == "" && string(data[28:]) != string(kitChecksum(data[:28])) {
		wrong = "checksum"
	}
	if wrong != "" {
		return nil, wrong
	}
	return data[:28], ""
}

func (s second) readLink(text string) ([]byte, string) { return s.read(text, 4) }

// extract and expand are RFC 5869 §2.2 and §2.3.
func extract(salt, secret []byte) []byte {
	m := hmac.New(sha256.New, salt)
	m.Write(secret)
	return m.Sum(nil)
}

func expand(prk []byte, info string, length int) []byte {
	var out, block []byte
	for i := byte(1); len(out) < length; i++ {
		m := hmac.New(sha256.New, prk)
		m.Write(block)
		m.Write([]byte(info))
		m.Write([]byte{i})
		block = m.Sum(nil)
		out = append(out, block...)
	}
	return out[:length]
}

func (second) subkey(secret []byte, purpose string) []byte {
	return expand(extract(nil, secret), "anteroom v1 "+purpose, 32)
}

func (second) stretch(password string, salt []byte, c vault.Cost) (verifier, key []byte) {
	out := argon2.IDKey([]byte(norm.NFC.String(password)), salt, c.Passes, c.Memory, c.Lanes, 64)
	return out[:32], out[32:]
}

func (second) place(p vault.AAD) []byte {
	var version [8]byte
	binary.BigEndian.PutUint64(version[:], uint64(p.Version))
	var out []byte
	for _, field := range append([]string{p.Practice, p.Table, p.Row, string(version[:])}, p.Clear...) {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(field)))
		out = append(append(out, length[:]...), field...)
	}
	return out
}

func gcm(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return aead
}

func (s second) seal(key, plain []byte, at vault.AAD) []byte {
	nonce := make([]byte, 12)
	rand.Read(nonce)
	return gcm(key).Seal(nonce, nonce, plain, s.place(at))
}

func (s second) open(key, sealed []byte, at vault.AAD) ([]byte, bool) {
	if len(sealed) < 12+16 {
		return nil, false
	}
	plain, err := gcm(key).Open(nil, sealed[:12], sealed[12:], s.place(at))
	return plain, err == nil
}

// The rest is RFC 9180: X25519 (0x0020), HKDF-SHA256 (0x0001), AES-256-GCM
// (0x0002), base mode.
const (
	kemSuite  = "KEM\x00\x20"
	hpkeSuite = "HPKE\x00\x20\x00\x01\x00\x02"
)

// labeledExtract and labeledExpand are §4.
func labeledExtract(suite string, salt []byte, label string, secret []byte) []byte {
	return extract(salt, append([]byte("HPKE-v1"+suite+label), secret...))
}

func labeledExpand(suite string, prk []byte, label, info string, length int) []byte {
	return expand(prk, string([]byte{0, byte(length)})+"HPKE-v1"+suite+label+info, length)
}

// recipient ends with DeriveKeyPair, §7.1.3.
func (second) holder(use string, symbols []byte, practice string) (private, public []byte) {
	ikm := expand(extract([]byte(practice), symbols), "anteroom v1 "+use, 32)
	prk := labeledExtract(kemSuite, nil, "dkp_prk", ikm)
	private = clamp(labeledExpand(kemSuite, prk, "sk", "", 32))
	return private, publicHalf(private)
}

// clamp is how §7.1.2 writes a private half (RFC 7748 §5).
func clamp(private []byte) []byte {
	out := append([]byte{}, private...)
	out[0] &= 0b11111000
	out[31] = out[31]&0b01111111 | 0b01000000
	return out
}

func (s second) privateSubkey(private []byte, purpose string) []byte {
	return s.subkey(clamp(private), purpose)
}

func privateHalf(b []byte) *ecdh.PrivateKey {
	key, err := ecdh.X25519().NewPrivateKey(b)
	if err != nil {
		panic(err)
	}
	return key
}

func publicHalf(private []byte) []byte { return privateHalf(private).PublicKey().Bytes() }

// context is what both sides of §4.1 (Encap, Decap) and §5.1 (KeySchedule)
// come to: the AEAD and its first nonce.
func context(own *ecdh.PrivateKey, other, encapsulated, public, info []byte) (cipher.AEAD, []byte, error) {
	key, err := ecdh.X25519().NewPublicKey(other)
	if err != nil {
		return nil, nil, err
	}
	dh, err := own.ECDH(key)
	if err != nil {
		return nil, nil, err
	}
	prk := labeledExtract(kemSuite, nil, "eae_prk", dh)
	shared := labeledExpand(kemSuite, prk, "shared_secret", string(encapsulated)+string(public), 32)

	schedule := "\x00" + string(labeledExtract(hpkeSuite, nil, "psk_id_hash", nil)) +
		string(labeledExtract(hpkeSuite, nil, "info_hash", info))
	secret := labeledExtract(hpkeSuite, shared, "secret", nil)
	return gcm(labeledExpand(hpkeSuite, secret, "key", schedule, 32)),
		labeledExpand(hpkeSuite, secret, "base_nonce", schedule, 12), nil
}

func (s second) wrap(key, public []byte, at vault.AAD) []byte {
	once, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		panic(err)
	}
	encapsulated := once.PublicKey().Bytes()
	aead, nonce, err := context(once, public, encapsulated, public, s.place(at))
	if err != nil {
		panic(err)
	}
	return aead.Seal(encapsulated, nonce, key, nil)
}

func (s second) unwrap(private, sealed []byte, at vault.AAD) ([]byte, bool) {
	if len(sealed) < 32 {
		return nil, false
	}
	aead, nonce, err := context(privateHalf(private), sealed[:32], sealed[:32], publicHalf(private), s.place(at))
	if err != nil {
		return nil, false
	}
	key, err := aead.Open(nil, nonce, sealed[32:], nil)
	return key, err == nil && len(key) == 32
}
