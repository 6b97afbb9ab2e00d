package vault_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/cryptotest"
	"unicode/utf16"

	"anteroom/auth/vault"
)

var update = flag.Bool("update", false, "write testdata/vectors.json anew")

// material is the same bytes for the same name each time.
func material(name string, n int) []byte {
	var out []byte
	for i := 0; len(out) < n; i++ {
		sum := sha256.Sum256(fmt.Appendf(nil, "anteroom vector %s %d", name, i))
		out = append(out, sum[:]...)
	}
	return out[:n]
}

func symbols(name string, n int) []byte {
	out := material(name, n)
	for i := range out {
		out[i] &= 31
	}
	return out
}

// writeVectors writes what the second implementation makes; the package is
// held to it like everybody else.
func writeVectors(t *testing.T) {
	cryptotest.SetGlobalRandom(t, 1) // nonces and one-time keys, so that the file is the same each time
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(makeVectors()); err != nil {
		t.Fatal(err)
	}
	// Plain ASCII, so that nothing on the way composes an accent or drops a
	// mark that nobody sees.
	var ascii strings.Builder
	for _, r := range b.String() {
		if r < 0x80 {
			ascii.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&ascii, `\u%04x`, unit)
		}
	}
	if err := os.WriteFile(vectorsFile, []byte(ascii.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func makeVectors() vectors {
	var s second
	v := vectors{About: []string{
		"Test vectors of Anteroom's keys and printed secrets. Bytes are in hex; symbols are a byte each, 0 to 31.",
		"kit, linking code: each of typed reads as the symbols. refused: 'slip n' names the group, 'length got want' counts symbols, 'checksum' can't be placed.",
		"holder: the key pair of a printed secret. wrapped: encapsulated key, ciphertext, tag. sealed: nonce, ciphertext, tag.",
		"subkey: a private half is clamped (RFC 7748, section 5) before it is derived from or written.",
	}}
	zero, high := make([]byte, 28), bytes.Repeat([]byte{31}, 28)
	for _, secret := range [][]byte{zero, high, symbols("kit a", 28), symbols("kit b", 28)} {
		other := s.kitGroups(symbols("another kit", 28))
		v.Kit = append(v.Kit, printedVectorOf(secret, s.kitGroups(secret), other))
		v.Holder = append(v.Holder, holderVectorOf("kit", secret, "3f6c2a90"), holderVectorOf("kit", secret, ""))
	}
	for _, secret := range [][]byte{zero[:16], high[:16], symbols("code a", 16), symbols("code b", 16)} {
		v.LinkingCode = append(v.LinkingCode, printedVectorOf(secret, s.linkGroups(secret), nil))
		v.Holder = append(v.Holder, holderVectorOf("linking code", secret, "3f6c2a90"))
	}
	places := []aad{
		{Clear: []string{}},
		{Practice: "3f6c2a90", Table: "register", Row: "1", Version: 7, Clear: []string{}},
		{Practice: "3f6c2a90", Table: "envelope", Row: "b81d", Clear: []string{"computer"}},
		{Practice: "3f6c2a90", Table: "rendez-vous \u00e9", Row: "x", Version: 1 << 40, Clear: []string{"", "a", "bc"}},
	}
	for i, at := range places {
		key, private := material(fmt.Sprint("key ", i), 32), material(fmt.Sprint("private ", i), 32)
		plain := material("plain", 40*i)
		v.Place = append(v.Place, placeVector{at, s.place(vault.AAD(at))})
		v.Sealed = append(v.Sealed, sealedVector{key, at, s.seal(key, plain, vault.AAD(at)), plain})
		v.Wrapped = append(v.Wrapped, wrappedVector{private, at, s.wrap(key, publicHalf(private), vault.AAD(at)), key})
	}
	for _, purpose := range []string{"", "register", "strangers' salt"} {
		of := material("subkey of", 32)
		v.Subkey = append(v.Subkey, subkeyVector{"key", of, purpose, s.subkey(of, purpose)},
			subkeyVector{"private half", of, purpose, s.privateSubkey(of, purpose)})
	}
	for _, password := range []string{"violet tractor 91 sleeps", "e\u0301te\u0301 \u00e9t\u00e9", "\u65e5\u672c \U0001f5dd"} {
		salt, cost := material("salt "+password, 16), vault.Cost{Memory: 64, Passes: 2, Lanes: 2}
		verifier, key := s.stretch(password, salt, cost)
		v.Stretch = append(v.Stretch, stretchVector{password, salt, cost, verifier, key})
	}
	return v
}

func holderVectorOf(use string, secret []byte, practice string) holderVector {
	private, public := second{}.holder(use, secret, practice)
	return holderVector{use, secret, practice, private, public}
}

// printedVectorOf types the groups in many ways, right and wrong. A group of
// another kit among them is what only the checksum finds.
func printedVectorOf(secret []byte, groups, other []string) printedVector {
	n := len(groups)
	spaced, plain := strings.Join(groups, " "), strings.Join(groups, "")
	with := func(g int, group string) string {
		changed := slices.Clone(groups)
		changed[g-1] = group
		return strings.Join(changed, " ")
	}
	wrong := func(c byte) string { return crockford[(strings.IndexByte(crockford, c)+11)%32:][:1] }
	two, three := groups[1], groups[2]
	turned := slices.Clone(groups)
	turned[1], turned[3] = turned[3], turned[1]
	length := func(got int) string { return fmt.Sprintf("length %d %d", got, 5*n) }

	v := printedVector{Symbols: secret, Groups: groups, Typed: waysToType(groups), Refused: []refusal{
		{with(1, wrong(groups[0][0])+groups[0][1:]), "slip 1"},
		{with(3, three[:2]+wrong(three[2])+three[3:]), "slip 3"},
		{strings.ReplaceAll(with(3, three[:2]+wrong(three[2])+three[3:]), " ", ""), "slip 3"},
		{with(2, two[:4]+wrong(two[4])), "slip 2"},
		{with(2, swapDifferent(two)), "slip 2"},
		{strings.Join(turned, " "), "slip 2"},
		{with(4, "U"+groups[3][1:]), "slip 4"},
		{with(4, groups[3][:4]+"*"), "slip 4"},
		{with(3, three[1:]), "slip 3"},
		{with(3, three+"0"), "slip 3"},
		{spaced[:4] + " " + spaced[4:5] + spaced[6:], "slip 1"},
		{strings.Join(groups[1:], ""), "slip 1"},
		{plain[:len(plain)-1], length(5*n - 1)},
		{plain + "0", length(5*n + 1)},
		{strings.Join(groups[:n-1], " "), length(5*n - 5)},
		{spaced + " 00000", length(5*n + 5)},
		{"", length(0)},
		{" \u2014\n", length(0)},
	}}
	if other != nil {
		v.Refused = append(v.Refused, refusal{with(1, other[0]), "checksum"}, refusal{with(n, other[n-1]), "checksum"})
	}
	return v
}

// swapDifferent swaps the first symbol with the first other one.
func swapDifferent(group string) string {
	b := []byte(group)
	i := slices.IndexFunc(b, func(c byte) bool { return c != b[0] })
	b[0], b[i] = b[i], b[0]
	return string(b)
}

// waysToType are ways that must all be read.
func waysToType(groups []string) []string {
	join := func(between string) string { return strings.Join(groups, between) }
	wide := func(r rune) rune { return r + 0xfee0 }
	fours := ""
	for i, c := range join("") {
		if i > 0 && i%4 == 0 {
			fours += " "
		}
		fours += string(c)
	}
	return []string{
		join(" "), join(""), join("\n"), join("\r\n"), join("\t"), "\n  " + join("  ") + "\n",
		strings.ToLower(join("-")), join(" - "), strings.ToLower(join("")),
		join("\u2010"), join("\u2011"), join("\u2013"), join(" \u2014 "), join("\u2212"),
		join("\u00a0"), join("\u202f"), "\ufeff" + join("\u200b"), join("\u00ad-"),
		strings.NewReplacer("0", "O", "1", "I").Replace(join(" ")),
		strings.NewReplacer("0", "o", "1", "l").Replace(strings.ToLower(join(" "))),
		strings.NewReplacer("0", "o", "1", "L").Replace(join("")),
		strings.NewReplacer("1", "i").Replace(join("")),
		strings.Join([]string{strings.Map(wide, groups[0]), strings.Map(wide, strings.ToLower(join("")[5:]))}, "\u3000"),
		strings.Map(wide, join("-")),
		fours,
	}
}
