package auth

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"anteroom/auth/vault"
)

// TestOldGuesses: what an earlier release stored of failed passwords, with each
// user and in a list of strangers, goes on counting.
func TestOldGuesses(t *testing.T) {
	key, now := vault.NewKey(), time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	hash := hex.EncodeToString(key.Subkey("strangers").MAC([]byte("nobody")))
	plain, err := json.Marshal(map[string]any{
		"format": 1, "practice": "p", "version": 3, "strangersKey": key.Bytes(),
		"users": []any{map[string]any{
			"id": "1", "username": "BJones", "password": map[string]any{"failures": failures{Count: 9, Lifted: 2, Last: now}},
		}},
		"strangers": []any{map[string]any{"hash": hash, "failures": failures{Count: 6, Last: now}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	lies := vault.NewKey()
	r, err := openRegister(lies, "p", SealedRow{Version: 3, Sealed: lies.Subkey("register").Seal(plain, registerAAD("p", 3))})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // as read, and as written and read again
		for name, want := range map[string]time.Duration{"bjones": 2 * time.Minute, "Nobody ": time.Minute, "other": 0} {
			if got := r.guessesOf(name).Failures.left(now, maxPasswordWait); got != want {
				t.Errorf("%q waits %v, want %v", name, got, want)
			}
		}
		row, err := r.seal(lies)
		if err != nil {
			t.Fatal(err)
		}
		if r, err = openRegister(lies, "p", row); err != nil {
			t.Fatal(err)
		}
	}
	written, err := json.Marshal(r)
	if !strings.Contains(string(written), `"format":2`) {
		t.Errorf("an older program would open %s", written)
	}
	if err != nil || strings.Contains(string(written), "strangers\":[") || strings.Contains(string(written), hash) {
		t.Errorf("%s, %v", written, err)
	}
}

// TestNewerRegister: what a newer program stored is named so, also where a field is
// of another type there.
func TestNewerRegister(t *testing.T) {
	lies := vault.NewKey()
	for _, plain := range []string{`{"format":3}`, `{"format":3,"users":7}`, `{"users":7,"format":3}`} {
		row := SealedRow{Version: 3, Sealed: lies.Subkey("register").Seal([]byte(plain), registerAAD("p", 3))}
		if _, err := openRegister(lies, "p", row); !errors.Is(err, ErrNewerDatabase) {
			t.Errorf("%s: got %v", plain, err)
		}
	}
}

// TestSlots: names spread over the slots, as people type them, and a slot does not
// tell the name.
func TestSlots(t *testing.T) {
	r := &register{UnknownNamesKey: vault.NewKey().Bytes()}
	if r.slotOf("Anna") != r.slotOf(" aNNA") || (&register{UnknownNamesKey: vault.NewKey().Bytes()}).slotOf("anna") == r.slotOf("anna") {
		t.Error("a slot is not that of the name under the practice's key")
	}
	seen := map[uint32]bool{}
	for i := range 1000 {
		seen[r.slotOf(strings.Repeat("x", i+1))] = true
	}
	if len(seen) < 990 { // 999.5 are to be expected
		t.Errorf("a thousand names fall into %d slots", len(seen))
	}
}

// TestGuessesFade: a name begins again a day after its last failure, whether it
// waited or not, and a computer after the names that were tried there.
func TestGuessesFade(t *testing.T) {
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	c := &change{now: now, register: &register{UnknownNamesKey: vault.NewKey().Bytes(), Computers: []*computer{{ID: "here"}}}}
	for i := range freeNames + 1 {
		if left, _ := c.chargeName(strings.Repeat("x", i+1), "here", true); left > 0 {
			t.Fatalf("name %d waits %v", i+1, left)
		}
	}
	if left, _ := c.chargeName("x", "here", true); left != firstWait {
		t.Fatalf("the computer waits %v", left)
	}
	if left, _ := c.chargeName("x", "here", false); left != 0 {
		t.Fatalf("who is signed in waits %v", left)
	}
	if left, _ := c.chargeName("other", "unlinked", true); left != 0 {
		t.Fatalf("another computer waits %v", left)
	}
	c.now = now.Add(guessesKept)
	if c.tidyGuesses(c.now); len(c.Guesses) != 0 {
		t.Errorf("%+v", c.Guesses)
	}
}
