package vault

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestKit(t *testing.T) {
	kit := NewKitSecret()
	groups := kit.Groups()
	if len(groups) != 8 || len(strings.Join(groups, "")) != 40 || kit == NewKitSecret() {
		t.Fatalf("%q", groups)
	}
	if got, err := ParseKit(strings.Join(groups, " ")); err != nil || got != kit {
		t.Fatal(err)
	}
	kit.Wipe()
	if !kit.IsZero() || NewKitSecret().IsZero() {
		t.Fatal("a wiped kit is still there, or a new one is not")
	}
}

// TestRandomSymbols: each symbol of a new secret takes each of its 32 values.
func TestRandomSymbols(t *testing.T) {
	var kits [kitSymbols]uint32
	var links [linkSymbols]uint32
	for range 2000 {
		for i, s := range NewKitSecret().s {
			kits[i] |= 1 << s
		}
		for i, s := range NewLinkSecret().s {
			links[i] |= 1 << s
		}
	}
	for i, seen := range append(kits[:], links[:]...) {
		if seen != 1<<32-1 {
			t.Errorf("symbol %d: %032b", i, seen)
		}
	}
}

// TestChecksum: groups that each check and do not belong together are refused,
// and nobody says which of them it is.
func TestChecksum(t *testing.T) {
	for _, kit := range samples {
		for i := range kitSymbols {
			other := kit
			other.s[i] ^= 1
			groups := kit.Groups()
			groups[i/groupData] = other.Groups()[i/groupData]
			if _, err := ParseKit(strings.Join(groups, " ")); !errors.Is(err, ErrChecksum) || !errors.Is(err, ErrPrinted) {
				t.Errorf("symbol %d: %v", i, err)
			}
		}
		sum := kit.sum()
		sum[3] ^= 16
		text := strings.Join(spell(withChecks(append(kit.s[:], sum...))), " ")
		if _, err := ParseKit(text); !errors.Is(err, ErrChecksum) {
			t.Errorf("another checksum: %v", err)
		}
	}
}

func TestLastGroupIs(t *testing.T) {
	kit := samples[3]
	groups := kit.Groups()
	last := groups[7]
	for text, want := range map[string]bool{
		last:                                    true,
		" " + strings.ToLower(last) + "\n":      true,
		last[:2] + "-" + last[2:]:               true,
		"":                                      false,
		last[:4]:                                false,
		last + last:                             false,
		groups[6]:                               false,
		last[1:2] + last[:1] + last[2:]:         false,
		strings.Replace(last, last[:1], "*", 1): false,
		strings.Join(groups, " "):               false,
	} {
		if kit.LastGroupIs(text) != want {
			t.Errorf("%q: %v, want %v", text, !want, want)
		}
	}
}

// TestDerivedKeyPair: what is printed gives the same key pair again, and
// another one for another practice, another secret or another use.
func TestDerivedKeyPair(t *testing.T) {
	kit, link := samples[3], LinkSecret{s: [linkSymbols]byte(samples[3].s[:linkSymbols])}
	typed, err := ParseKit(strings.ToLower(strings.Join(kit.Groups(), "\u2011")))
	if err != nil {
		t.Fatal(err)
	}
	k := NewKey()
	sealed, err := SealKey(k, kit.DeriveKeyPair("p").Public(), aad)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := typed.DeriveKeyPair("p").OpenKey(sealed, aad); err != nil || got != k {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, private := range []Private{
		kit.DeriveKeyPair("p"), kit.DeriveKeyPair("q"), kit.DeriveKeyPair(""), samples[2].DeriveKeyPair("p"),
		link.DeriveKeyPair("p"), link.DeriveKeyPair("q"), NewLinkSecret().DeriveKeyPair("p"),
		deriveKeyPair(link.s[:], "p", "kit"),
	} {
		seen[string(private.Bytes())] = true
	}
	if len(seen) != 8 {
		t.Fatalf("%d different key pairs of 8", len(seen))
	}
}

func TestParseKey(t *testing.T) {
	k := NewKey()
	b := k.Bytes()
	if got, err := ParseKey(b); err != nil || got != k {
		t.Fatal(err)
	}
	clear(b)
	if k.IsZero() {
		t.Fatal("the bytes of a key are the key")
	}
	for _, n := range []int{0, 16, 31, 33} {
		if _, err := ParseKey(make([]byte, n)); !errors.Is(err, ErrKey) {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}

func TestPrivateSubkey(t *testing.T) {
	if !(Private{}).IsZero() || GenerateKeyPair().IsZero() {
		t.Fatal("a private half never made is there, or a new one is not")
	}
	private := GenerateKeyPair()
	before := private.Bytes()
	if private.Subkey("a") == private.Subkey("b") || private.Subkey("a") == GenerateKeyPair().Subkey("a") ||
		private.Subkey("a") != private.Subkey("a") { //nolint:staticcheck // derived twice on purpose
		t.Fatal("subkeys must differ by holder and purpose and by nothing else")
	}
	if !bytes.Equal(private.Bytes(), before) {
		t.Fatal("a subkey changed its holder")
	}
}

// TestNothingPrinted: secrets that reach a log or a message show nothing.
func TestNothingPrinted(t *testing.T) {
	kit, link := samples[3], NewLinkSecret()
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		for secret, want := range map[any]string{
			kit: "[recovery kit]", link: "[linking code]",
		} {
			if got := fmt.Sprintf(format, secret); got != want {
				t.Errorf("%s: %s", format, got)
			}
		}
	}
	var b strings.Builder
	slog.New(slog.NewJSONHandler(&b, nil)).Info("x", "kit", kit, "link", link)
	if !strings.Contains(b.String(), `"kit":"[recovery kit]","link":"[linking code]"`) {
		t.Error(b.String())
	}
}
