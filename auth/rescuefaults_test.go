package auth_test

import (
	"slices"
	"testing"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
)

// TestKitLinksAnewForGood: a kit that links a computer again makes the next
// start work, whatever the account has left of its earlier link.
func TestKitLinksAnewForGood(t *testing.T) {
	for name, lose := range map[string]func(w *world){
		"damaged item": func(w *world) {
			binding, _ := w.items()
			w.garble(binding)
		},
		"damaged item, says the OS": func(w *world) {
			binding, _ := w.items()
			w.keyring.Fail = func(op, name string) error {
				if op == "get" && name == binding {
					return keyring.ErrDamaged
				}
				return nil
			}
		},
		"this computer's envelope removed": func(w *world) {
			rows := w.memory.Rows()
			rows.Envelopes = slices.DeleteFunc(rows.Envelopes, func(e auth.Envelope) bool { return e.Kind == auth.RecipientComputer })
			w.memory.Put(rows)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			lose(w)
			w.staysShut(name)
			w.practice = w.rescued(false)
			w.signInAnna(nil)
			w.practice = w.reopened() // got: still damaged, or ErrAnchor
			w.signInAnna(nil)
			if len(w.computers()) != 1 {
				t.Errorf("the earlier link of this account is still listed: %+v", w.computers())
			}
		})
	}
}

// TestKitAndReadOnlyKeyring: a keyring that can be read and not written keeps
// nobody with the kit out.
func TestKitAndReadOnlyKeyring(t *testing.T) {
	for name, lose := range map[string]func(w *world){
		"no item": func(w *world) { w.keyring = authtest.NewKeyring() },
		"no mark": func(w *world) {
			_, anchor := w.items()
			w.must(w.keyring.Delete(w.ctx, anchor))
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			lose(w)
			w.keyring.Fail = func(op, _ string) error {
				if op != "get" {
					return keyring.ErrNoService
				}
				return nil
			}
			p, err := w.rescue().Open(w.ctx, false)
			w.must(err)
			if !p.ForThisRun() {
				t.Error("linked without a keyring")
			}
		})
	}
}

// TestAnchorDamagedSaysOS: an anchor that the OS can't decode is a damaged anchor,
// which the kit replaces.
func TestAnchorDamagedSaysOS(t *testing.T) {
	w := newWorld(t)
	_, anchor := w.items()
	bad := true
	w.keyring.Fail = func(op, name string) error {
		if name == anchor && op == "set" {
			bad = false // it is written again
		}
		if name == anchor && bad {
			return keyring.ErrDamaged
		}
		return nil
	}
	_, err := auth.Open(w.ctx, w.deps())
	w.refused(err, auth.ErrAnchor)
	w.practice = w.rescued(false)
	if w.practice.ForThisRun() {
		t.Error("for this run only")
	}
	w.reopened()
}

// TestKitAndDataFromBeforeTheLink: data from before this account was linked is
// older data, too, for it saw newer.
func TestKitAndDataFromBeforeTheLink(t *testing.T) {
	w := newWorld(t)
	old := w.memory.Rows()
	other := w.linkedByKit()
	other.signInAnna(nil)
	w.memory.Put(old)
	w.refused(other.staysShut("from before it was linked"), auth.ErrNotLinked)
	w.refused(other.rescue().Report().History, auth.ErrRolledBack)

	// The same where the binding is damaged or lost and the anchor is not.
	w = newWorld(t)
	old = w.memory.Rows()
	w.signInAnna(nil)
	w.memory.Put(old)
	binding, _ := w.items()
	w.must(w.keyring.Delete(w.ctx, binding))
	w.refused(w.rescue().Report().History, auth.ErrRolledBack)
}

// TestOlderDataVoidsCodes: codes given before older data was accepted are
// void.
func TestOlderDataVoidsCodes(t *testing.T) {
	w := newWorld(t)
	code := w.linkingCode()
	old := w.memory.Rows()
	_, err := auth.LinkWithCode(w.ctx, w.desk().deps(), code) // used
	w.must(err)
	w.signInAnna(nil)
	w.memory.Put(old)
	w.practice = w.rescued(true)
	_, err = auth.LinkWithCode(w.ctx, w.desk().deps(), code)
	w.refused(err, auth.ErrLinkCode)
	w.reopened()
}

// TestOlderDataAndFailingKeyring: where the keyring fails just then, the kit
// opens older data for this run, and for good at the next start.
func TestOlderDataAndFailingKeyring(t *testing.T) {
	for n := 1; n <= 3; n++ {
		w := newWorld(t)
		old := w.memory.Rows()
		w.signInAnna(nil)
		w.memory.Put(old)
		w.keyring.Fail = failingSet(n)
		p, err := w.rescue().Open(w.ctx, true)
		w.must(err)
		w.keyring.Fail = nil
		if p.ForThisRun() != (n == 1) {
			t.Errorf("set %d: for this run %v", n, p.ForThisRun())
		}
		if n < 3 {
			w.refused(w.staysShut("not marked"), auth.ErrOtherHistory)
			w.practice = w.rescued(true)
		}
		w.practice = w.reopened()
		w.signInAnna(nil)
	}
}
