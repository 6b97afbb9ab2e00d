//go:build keyring_real && !linux

// A test on the real keyring of Windows or macOS, in the OS account that runs it. It
// leaves nothing there.

package keyring

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestRealRoundTrip(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	name := "test/" + rand.Text() // no item of a practice has such a name
	k := New()
	if _, err := k.Get(ctx, name); !errors.Is(err, ErrNotFound) {
		t.Fatalf("Get before Set: %v, want ErrNotFound", err)
	}
	if err := k.Delete(ctx, name); !errors.Is(err, ErrNotFound) {
		t.Errorf("Delete before Set: %v, want ErrNotFound", err)
	}
	for _, want := range []string{"plain", "Æsculap 🩺 “quoted”\n\ttab", strings.Repeat("k", 2000), ""} {
		if err := k.Set(ctx, name, want); err != nil {
			t.Fatalf("Set: %v", err)
		}
		if got, err := New().Get(ctx, name); err != nil || got != want {
			t.Errorf("Get = %q, %v, want %q", got, err, want)
		}
	}
	if err := k.Delete(ctx, name); err != nil {
		t.Fatalf("Delete: %v", err)
	}
	if _, err := k.Get(ctx, name); !errors.Is(err, ErrNotFound) {
		t.Errorf("Get after Delete: %v, want ErrNotFound", err)
	}
}
