package vault_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"

	"anteroom/auth/vault"
)

// vectorsFile is for whoever writes this once more: what goes in and what must
// come out. go test -update writes it again.
const vectorsFile = "testdata/vectors.json"

type (
	hexBytes []byte

	vectors struct {
		About       []string        `json:"about"`
		Kit         []printedVector `json:"kit"`
		LinkingCode []printedVector `json:"linking code"`
		Holder      []holderVector  `json:"holder"`
		Place       []placeVector   `json:"place"`
		Sealed      []sealedVector  `json:"sealed"`
		Wrapped     []wrappedVector `json:"wrapped"`
		Subkey      []subkeyVector  `json:"subkey"`
		Stretch     []stretchVector `json:"stretch"`
	}
	printedVector struct {
		Symbols hexBytes  `json:"symbols"`
		Groups  []string  `json:"groups"`
		Typed   []string  `json:"typed"`
		Refused []refusal `json:"refused"`
	}
	refusal struct {
		Typed string `json:"typed"`
		Error string `json:"error"`
	}
	holderVector struct {
		Use      string   `json:"use"`
		Symbols  hexBytes `json:"symbols"`
		Practice string   `json:"practice"`
		Private  hexBytes `json:"private"`
		Public   hexBytes `json:"public"`
	}
	aad struct {
		Practice string   `json:"practice"`
		Table    string   `json:"table"`
		Row      string   `json:"row"`
		Version  int64    `json:"version"`
		Clear    []string `json:"clear"`
	}
	placeVector struct {
		Place aad      `json:"place"`
		Bytes hexBytes `json:"bytes"`
	}
	sealedVector struct {
		Key    hexBytes `json:"key"`
		Place  aad      `json:"place"`
		Sealed hexBytes `json:"sealed"`
		Plain  hexBytes `json:"plain"`
	}
	wrappedVector struct {
		Private hexBytes `json:"private"`
		Place   aad      `json:"place"`
		Sealed  hexBytes `json:"sealed"`
		Key     hexBytes `json:"key"`
	}
	subkeyVector struct {
		Kind    string   `json:"kind"`
		Of      hexBytes `json:"of"`
		Purpose string   `json:"purpose"`
		Subkey  hexBytes `json:"subkey"`
	}
	stretchVector struct {
		Password string     `json:"password"`
		Salt     hexBytes   `json:"salt"`
		Cost     vault.Cost `json:"cost"`
		Verifier hexBytes   `json:"verifier"`
		Key      hexBytes   `json:"key"`
	}
)

func (h hexBytes) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(h)), nil }

func (h *hexBytes) UnmarshalText(text []byte) (err error) {
	*h, err = hex.DecodeString(string(text))
	return err
}

// implementation is what the package and the second implementation both do.
// What is wrong with a typed text is said as in the file: "slip 3",
// "length 39 40", "checksum".
type implementation interface {
	kitGroups(symbols []byte) []string
	linkGroups(symbols []byte) []string
	readKit(text string) (symbols []byte, wrong string)
	readLink(text string) (symbols []byte, wrong string)
	holder(use string, symbols []byte, practice string) (private, public []byte)
	place(vault.AAD) []byte
	seal(key, plain []byte, at vault.AAD) []byte
	open(key, sealed []byte, at vault.AAD) ([]byte, bool)
	wrap(key, public []byte, at vault.AAD) []byte
	unwrap(private, sealed []byte, at vault.AAD) ([]byte, bool)
	subkey(key []byte, purpose string) []byte
	privateSubkey(private []byte, purpose string) []byte
	stretch(password string, salt []byte, cost vault.Cost) (verifier, key []byte)
}

var implementations = []implementation{first{}, second{}}

// first is the package.
type first struct{}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func wrong(err error) string {
	var slip vault.TypoError
	var length vault.LengthError
	switch {
	case err == nil:
		return ""
	case !errors.Is(err, vault.ErrPrinted):
		return "another error: " + err.Error()
	case errors.As(err, &slip):
		return fmt.Sprintf("slip %d", slip.Group)
	case errors.As(err, &length):
		return fmt.Sprintf("length %d %d", length.Got, length.Want)
	case errors.Is(err, vault.ErrChecksum):
		return "checksum"
	}
	return err.Error()
}

func (first) kitGroups(symbols []byte) []string  { return vault.KitOf(symbols).Groups() }
func (first) linkGroups(symbols []byte) []string { return vault.LinkOf(symbols).Groups() }

func (first) readKit(text string) ([]byte, string) {
	s, err := vault.ParseKit(text)
	if err != nil {
		return nil, wrong(err)
	}
	return vault.KitSymbols(s), ""
}

func (first) readLink(text string) ([]byte, string) {
	s, err := vault.ParseLink(text)
	if err != nil {
		return nil, wrong(err)
	}
	return vault.LinkSymbols(s), ""
}

func (first) holder(use string, symbols []byte, practice string) (private, public []byte) {
	var p vault.Private
	switch use {
	case "kit":
		p = vault.KitOf(symbols).DeriveKeyPair(practice)
	case "linking code":
		p = vault.LinkOf(symbols).DeriveKeyPair(practice)
	}
	return p.Bytes(), p.Public()
}

func (first) place(p vault.AAD) []byte { return vault.AADBytes(p) }

func (first) seal(key, plain []byte, at vault.AAD) []byte {
	return must(vault.ParseKey(key)).Seal(plain, at)
}

func (first) open(key, sealed []byte, at vault.AAD) ([]byte, bool) {
	plain, err := must(vault.ParseKey(key)).Open(sealed, at)
	return plain, !errors.Is(err, vault.ErrOpen)
}

func (first) wrap(key, public []byte, at vault.AAD) []byte {
	return must(vault.SealKey(must(vault.ParseKey(key)), public, at))
}

func (first) unwrap(private, sealed []byte, at vault.AAD) ([]byte, bool) {
	k, err := must(vault.ParsePrivate(private)).OpenKey(sealed, at)
	return k.Bytes(), !errors.Is(err, vault.ErrOpen)
}

func (first) subkey(key []byte, purpose string) []byte {
	return must(vault.ParseKey(key)).Subkey(purpose).Bytes()
}

func (first) privateSubkey(private []byte, purpose string) []byte {
	return must(vault.ParsePrivate(private)).Subkey(purpose).Bytes()
}

func (first) stretch(password string, salt []byte, cost vault.Cost) (verifier, key []byte) {
	s := must(vault.Stretch(password, salt, cost))
	return s.Verifier[:], s.Key.Bytes()
}

// readVectors reads the file, and nothing but what is known here.
func readVectors(t *testing.T) vectors {
	t.Helper()
	f, err := os.Open(vectorsFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var v vectors
	d := json.NewDecoder(f)
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// TestVectors holds both implementations to the file, and each to what the
// other seals.
func TestVectors(t *testing.T) {
	if *update {
		writeVectors(t)
	}
	v := readVectors(t)
	for name, length := range map[string]int{
		"kit": len(v.Kit), "linking code": len(v.LinkingCode), "holder": len(v.Holder), "place": len(v.Place),
		"sealed": len(v.Sealed), "wrapped": len(v.Wrapped), "subkey": len(v.Subkey), "stretch": len(v.Stretch),
	} {
		if length == 0 {
			t.Errorf("no vectors: %s", name)
		}
	}
	for _, one := range implementations {
		t.Run(fmt.Sprintf("%T", one), func(t *testing.T) {
			for _, c := range v.Kit {
				c.check(t, one.kitGroups, one.readKit)
			}
			for _, c := range v.LinkingCode {
				c.check(t, one.linkGroups, one.readLink)
			}
			for _, c := range v.Holder {
				private, public := one.holder(c.Use, c.Symbols, c.Practice)
				same(t, c.Use+", private half", private, c.Private)
				same(t, c.Use+", public half", public, c.Public)
			}
			for _, c := range v.Place {
				same(t, fmt.Sprintf("place %+v", c.Place), one.place(vault.AAD(c.Place)), c.Bytes)
			}
			for _, c := range v.Subkey {
				derive := map[string]func([]byte, string) []byte{"key": one.subkey, "private half": one.privateSubkey}[c.Kind]
				same(t, c.Kind+", subkey "+c.Purpose, derive(c.Of, c.Purpose), c.Subkey)
			}
			for _, c := range v.Stretch {
				verifier, key := one.stretch(c.Password, c.Salt, c.Cost)
				same(t, "verifier", verifier, c.Verifier)
				same(t, "key of a password", key, c.Key)
			}
			for _, c := range v.Sealed {
				c.check(t, one)
			}
			for _, c := range v.Wrapped {
				c.check(t, one)
			}
		})
	}
}

func same(t *testing.T, what string, got, want []byte) {
	t.Helper()
	if !bytes.Equal(got, want) {
		t.Errorf("%s: %x, want %x", what, got, want)
	}
}

func (c printedVector) check(t *testing.T, write func([]byte) []string, read func(string) ([]byte, string)) {
	t.Helper()
	if got := write(c.Symbols); !slices.Equal(got, c.Groups) {
		t.Errorf("%x: %q, want %q", []byte(c.Symbols), got, c.Groups)
	}
	if len(c.Typed) == 0 || len(c.Refused) == 0 {
		t.Errorf("%q is typed in no way", c.Groups)
	}
	for _, text := range c.Typed {
		if got, wrong := read(text); wrong != "" || !bytes.Equal(got, c.Symbols) {
			t.Errorf("%q: %x, %s, want %x", text, got, wrong, []byte(c.Symbols))
		}
	}
	for _, r := range c.Refused {
		if _, wrong := read(r.Typed); r.Error == "" || wrong != r.Error {
			t.Errorf("%q: %q, want %q", r.Typed, wrong, r.Error)
		}
	}
}

// elsewhere is each place that differs from this one in one thing.
func (p aad) elsewhere() []vault.AAD {
	var others []vault.AAD
	for _, change := range []func(*vault.AAD){
		func(p *vault.AAD) { p.Practice += "x" },
		func(p *vault.AAD) { p.Table += "x" },
		func(p *vault.AAD) { p.Row += "x" },
		func(p *vault.AAD) { p.Version++ },
		func(p *vault.AAD) { p.Clear = append(slices.Clone(p.Clear), "") },
	} {
		other := vault.AAD(p)
		change(&other)
		others = append(others, other)
	}
	return others
}

func (c sealedVector) check(t *testing.T, one implementation) {
	t.Helper()
	at := vault.AAD(c.Place)
	opens := func(by implementation, sealed []byte) {
		t.Helper()
		got, ok := by.open(c.Key, sealed, at)
		if !ok || !bytes.Equal(got, c.Plain) {
			t.Errorf("%T opens %x: %x, %v, want %x", by, sealed, got, ok, []byte(c.Plain))
		}
	}
	opens(one, c.Sealed)
	for _, other := range implementations {
		opens(other, one.seal(c.Key, c.Plain, at))
	}
	for _, other := range c.Place.elsewhere() {
		if _, ok := one.open(c.Key, c.Sealed, other); ok {
			t.Errorf("%x opened at %+v", []byte(c.Sealed), other)
		}
	}
}

func (c wrappedVector) check(t *testing.T, one implementation) {
	t.Helper()
	at := vault.AAD(c.Place)
	opens := func(by implementation, sealed []byte) {
		t.Helper()
		got, ok := by.unwrap(c.Private, sealed, at)
		if !ok || !bytes.Equal(got, c.Key) {
			t.Errorf("%T opens %x: %x, %v, want %x", by, sealed, got, ok, []byte(c.Key))
		}
	}
	public := must(vault.ParsePrivate(c.Private)).Public()
	same(t, "public half", public, publicHalf(c.Private))
	opens(one, c.Sealed)
	for _, other := range implementations {
		opens(other, one.wrap(c.Key, public, at))
	}
	for _, other := range c.Place.elsewhere() {
		if _, ok := one.unwrap(c.Private, c.Sealed, other); ok {
			t.Errorf("%x opened at %+v", []byte(c.Sealed), other)
		}
	}
}
