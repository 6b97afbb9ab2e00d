package keyring

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	gokeyring "github.com/zalando/go-keyring"
)

func TestRoundTrip(t *testing.T) {
	k, ctx := newFake().keyring(), t.Context()
	if _, err := k.Get(ctx, "a"); !errors.Is(err, ErrNotFound) {
		t.Errorf("Get before Set: %v, want ErrNotFound", err)
	}
	for _, want := range []string{"first", "second", ""} {
		if err := k.Set(ctx, "a", want); err != nil {
			t.Fatalf("Set: %v", err)
		}
		if got, err := k.Get(ctx, "a"); err != nil || got != want {
			t.Errorf("Get = %q, %v, want %q", got, err, want)
		}
	}
	if err := k.Delete(ctx, "a"); err != nil {
		t.Fatalf("Delete: %v", err)
	}
	if err := k.Delete(ctx, "a"); !errors.Is(err, ErrNotFound) {
		t.Errorf("Delete again: %v, want ErrNotFound", err)
	}
}

func TestSizeLimit(t *testing.T) {
	f := newFake()
	k := f.keyring()
	if err := k.Set(t.Context(), "a", strings.Repeat("x", 2561)); !errors.Is(err, ErrTooBig) {
		t.Errorf("Set of 2,561 bytes: %v, want ErrTooBig", err)
	}
	if calls := f.began(); len(calls) != 0 {
		t.Errorf("calls for a refused value: %q", calls)
	}
	if err := k.Set(t.Context(), "a", strings.Repeat("x", 2560)); err != nil {
		t.Errorf("Set of 2,560 bytes: %v", err)
	}
}

func TestErrors(t *testing.T) {
	other := errors.New("the disk is on fire")
	tests := []struct {
		name   string
		answer error
		want   error
	}{
		{"not found", gokeyring.ErrNotFound, ErrNotFound},
		{"too big", gokeyring.ErrSetDataTooBig, ErrTooBig},
		{"unsupported platform", gokeyring.ErrUnsupportedPlatform, ErrNoService},
		{"not base64", base64.CorruptInputError(4), ErrDamaged},
		{"not hex", hex.InvalidByteError('S'), ErrDamaged},
		{"half hex", hex.ErrLength, ErrDamaged},
		{"of our own", fmt.Errorf("ask: %w", ErrDismissed), ErrDismissed},
		{"any other", other, other},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := newFake()
			f.err = test.answer
			k, ctx := f.keyring(), t.Context()
			_, err := k.Get(ctx, "item 7")
			checkError(t, err, test.want, `keyring: read "item 7": `)
			checkError(t, k.Set(ctx, "item 7", "Secret"), test.want, `keyring: write "item 7": `)
			checkError(t, k.Delete(ctx, "item 7"), test.want, `keyring: delete "item 7": `)
		})
	}
}

func checkError(t *testing.T, err, want error, prefix string) {
	t.Helper()
	text := fmt.Sprint(err)
	if !errors.Is(err, want) || !strings.HasPrefix(text, prefix) {
		t.Errorf("error %v, want %q and then %v", err, prefix, want)
	}
	if strings.Contains(text, "'S'") || strings.Contains(text, "Secret") {
		t.Errorf("error shows the value: %v", err)
	}
}

func TestNotReadyTouchesNothing(t *testing.T) {
	f := newFake()
	k := f.keyring()
	for _, want := range []error{ErrLocked, ErrDismissed, ErrNoService} {
		k.ready = func(context.Context) error { return want }
		if _, err := k.Get(t.Context(), "a"); !errors.Is(err, want) {
			t.Errorf("Get: %v, want %v", err, want)
		}
		if err := k.Set(t.Context(), "a", "1"); !errors.Is(err, want) {
			t.Errorf("Set: %v, want %v", err, want)
		}
	}
	if diff := cmp.Diff([]string(nil), f.began()); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

// A service that says yes and does nothing, as one whose prompt was dismissed.
func TestSuccessIsChecked(t *testing.T) {
	f := newFake()
	k, ctx := f.keyring(), t.Context()
	f.deaf = true
	if err := k.Set(ctx, "a", "1"); !errors.Is(err, errNotDone) || errors.Is(err, ErrNotFound) {
		t.Errorf("Set that was not kept: %v, want %v only", err, errNotDone)
	}
	f.kept["a"] = "0"
	if err := k.Set(ctx, "a", "1"); !errors.Is(err, errNotDone) {
		t.Errorf("Set that changed nothing: %v, want %v", err, errNotDone)
	}
	if err := k.Delete(ctx, "a"); !errors.Is(err, errNotDone) {
		t.Errorf("Delete that removed nothing: %v, want %v", err, errNotDone)
	}
}
