package vault

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"testing"

	"golang.org/x/crypto/argon2"
)

var aad = AAD{Practice: "p", Table: "register", Row: "1", Version: 7, Clear: []string{"a", "b"}}

func TestSeal(t *testing.T) {
	k := NewKey()
	plain := []byte("who may come in")
	sealed := k.Seal(plain, aad)
	if bytes.Contains(sealed, plain) || bytes.Equal(sealed, k.Seal(plain, aad)) {
		t.Fatal("sealed data shows something")
	}
	if got, err := k.Open(sealed, aad); err != nil || !bytes.Equal(got, plain) {
		t.Fatalf("%q, %v", got, err)
	}
	for i := range sealed {
		for bit := range 8 {
			changed := bytes.Clone(sealed)
			changed[i] ^= 1 << bit
			if _, err := k.Open(changed, aad); !errors.Is(err, ErrOpen) {
				t.Fatalf("byte %d, bit %d: %v", i, bit, err)
			}
		}
	}
	for i := range sealed {
		if _, err := k.Open(sealed[:i], aad); !errors.Is(err, ErrOpen) {
			t.Fatalf("cut at %d: %v", i, err)
		}
	}
	if _, err := NewKey().Open(sealed, aad); !errors.Is(err, ErrOpen) {
		t.Fatalf("another key: %v", err)
	}
}

// TestAAD: what is sealed for one place opens in no other, however the
// fields are cut.
func TestAAD(t *testing.T) {
	k := NewKey()
	sealed := k.Seal([]byte("x"), aad)
	for _, other := range []AAD{
		{},
		{Practice: "q", Table: "register", Row: "1", Version: 7, Clear: []string{"a", "b"}},
		{Practice: "p", Table: "activity", Row: "1", Version: 7, Clear: []string{"a", "b"}},
		{Practice: "p", Table: "register", Row: "2", Version: 7, Clear: []string{"a", "b"}},
		{Practice: "p", Table: "register", Row: "1", Version: 6, Clear: []string{"a", "b"}},
		{Practice: "p", Table: "register", Row: "1", Version: 7, Clear: []string{"ab"}},
		{Practice: "p", Table: "register", Row: "1", Version: 7, Clear: []string{"a", "b", ""}},
		{Practice: "pr", Table: "egister", Row: "1", Version: 7, Clear: []string{"a", "b"}},
	} {
		if _, err := k.Open(sealed, other); !errors.Is(err, ErrOpen) {
			t.Errorf("opened at %+v", other)
		}
	}
}

// TestPlaceBytes spells the associated data out: another program must be able
// to make it.
func TestPlaceBytes(t *testing.T) {
	got := hex.EncodeToString(AAD{Practice: "p", Table: "t", Row: "1", Version: 2, Clear: []string{"cd"}}.bytes())
	want := "0000000000000001" + "70" + "0000000000000001" + "74" + "0000000000000001" + "31" +
		"0000000000000008" + "0000000000000002" + "0000000000000002" + "6364"
	if got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
}

func TestSubkeysDiffer(t *testing.T) {
	k := NewKey()
	if k.Subkey("a") == k.Subkey("b") || k.Subkey("a") == k || k.Subkey("a") != k.Subkey("a") { //nolint:staticcheck // derived twice on purpose
		t.Fatal("subkeys must differ by purpose and by nothing else")
	}
	if bytes.Equal(k.MAC([]byte("ab"), []byte("c")), k.MAC([]byte("a"), []byte("bc"))) {
		t.Fatal("the fields of a MAC run together")
	}
}

func TestKeyPair(t *testing.T) {
	k, private := NewKey(), GenerateKeyPair()
	sealed, err := SealKey(k, private.Public(), aad)
	if err != nil {
		t.Fatal(err)
	}
	back, err := ParsePrivate(private.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := back.OpenKey(sealed, aad); err != nil || got != k {
		t.Fatalf("%v", err)
	}
	if _, err := GenerateKeyPair().OpenKey(sealed, aad); !errors.Is(err, ErrOpen) {
		t.Fatalf("another holder: %v", err)
	}
	elsewhere := aad
	elsewhere.Row = "2"
	if _, err := back.OpenKey(sealed, elsewhere); !errors.Is(err, ErrOpen) {
		t.Fatalf("another place: %v", err)
	}
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		if _, err := back.OpenKey(changed, aad); !errors.Is(err, ErrOpen) {
			t.Fatalf("byte %d: %v", i, err)
		}
	}
	if _, err := SealKey(k, Public("short"), aad); !errors.Is(err, ErrKeyPair) {
		t.Fatalf("no public half: %v", err)
	}
	if _, err := ParsePrivate([]byte("short")); !errors.Is(err, ErrKeyPair) {
		t.Fatalf("no private half: %v", err)
	}
}

// TestNothingPrints: keys that reach a log or a message show nothing.
func TestNothingPrints(t *testing.T) {
	k, private := NewKey(), GenerateKeyPair()
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		if got := fmt.Sprintf(format, k); got != "[key]" {
			t.Errorf("%s: %s", format, got)
		}
		if got := fmt.Sprintf(format, private); got != "[private key]" {
			t.Errorf("%s: %s", format, got)
		}
	}
	k.Wipe()
	if !k.IsZero() {
		t.Error("a wiped key is still there")
	}
}

// TestShipped holds what every password of a real practice costs.
func TestShipped(t *testing.T) {
	if DefaultCost != (Cost{Memory: 64 * 1024, Passes: 3, Lanes: 4}) {
		t.Fatalf("%+v", DefaultCost)
	}
}

func TestStretch(t *testing.T) {
	cheap := Cost{Memory: 8, Passes: 1, Lanes: 1}
	salt := NewSalt()
	got, err := Stretch("e\u0301t\u00e9", salt, cheap)
	if err != nil {
		t.Fatal(err)
	}
	want := argon2.IDKey([]byte("\u00e9t\u00e9"), salt, 1, 8, 1, 64)
	if !bytes.Equal(got.Verifier[:], want[:32]) || !bytes.Equal(got.Key.b[:], want[32:]) {
		t.Fatal("not argon2id of the NFC form")
	}
	for _, bad := range []Cost{{}, {Memory: 1 << 30, Passes: 1, Lanes: 1}, {Memory: 64, Passes: 1000, Lanes: 1}} {
		if _, err := Stretch("x", salt, bad); !errors.Is(err, ErrCost) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}
