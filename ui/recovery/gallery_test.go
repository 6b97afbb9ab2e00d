package recovery

import (
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/data/sharing"
	"anteroom/ui/screen/screentest"
)

// sample shows a screen in one of its states.
type sample = func(*testing.T, *desk)

// TestGallery renders every screen, also with the longest names.
func TestGallery(t *testing.T) {
	samples := blockedSamples()
	maps.Copy(samples, kitSamples())
	maps.Copy(samples, rescueSamples())
	maps.Copy(samples, connectSamples())
	screentest.Gallery(t, samples)
}

func blockedSamples() map[string]sample {
	long := strings.Repeat("Dr. Ärztehaus ", 15)[:200]
	blocked := func(err error, where sharing.Where) sample {
		return func(_ *testing.T, d *desk) { showBlocked(d, err, where) }
	}
	here := sharing.Where{}
	return map[string]sample{
		"rolled-back": func(_ *testing.T, d *desk) {
			showBlocked(d, &auth.RolledBackError{Found: time.Now().Add(-time.Hour), Seen: time.Now()}, here)
		},
		"not-linked":       blocked(&auth.NotLinkedError{Practice: "Brook Street Practice"}, here),
		"not-linked-long":  blocked(&auth.NotLinkedError{Practice: long}, here),
		"damaged":          blocked(auth.ErrDamaged, here),
		"missing":          blocked(auth.ErrDatabaseMissing, here),
		"no-service":       blocked(keyring.ErrNoService, here),
		"no-collection":    blocked(errors.Join(auth.ErrNoDatabase, keyring.ErrNoCollection), here),
		"newer":            blocked(auth.ErrNewerDatabase, here),
		"not-private":      blocked(auth.ErrNotPrivate, here),
		"network-share":    blocked(auth.ErrRemote, here),
		"server-away":      blocked(auth.ErrServer, atFront),
		"server-away-long": blocked(auth.ErrServer, sharing.Where{Kind: sharing.Desk, Address: strings.Repeat("W", auth.MaxName), Server: long}),
		"server-other":     blocked(auth.ErrOtherServer, atFront),
		"server-unlinked":  blocked(auth.ErrNotLinked, atFront),
		"server-forget": func(_ *testing.T, d *desk) {
			showBlocked(d, auth.ErrNotLinked, atFront)
			AskToForget(ForgetParams{Scope: d.Scope, Window: d.Window})
		},
		"server-address": func(_ *testing.T, d *desk) {
			showBlocked(d, auth.ErrOtherServer, atFront)
			AskAddress(AddressParams{Scope: d.Scope, Window: d.Window, Address: atFront.Address})
		},
	}
}

func showBlocked(d *desk, err error, where sharing.Where) {
	d.Show(NewBlocked(BlockedParams{
		Window: d.Window, Err: err, DataDir: "/home/reception/.local/share/anteroom", Where: where,
		OnAddress: func() {}, OnRetry: func() {}, OnKit: func() {}, OnLinkingCode: func() {}, OnRestore: func() {}, OnForget: func() {},
	}))
}
