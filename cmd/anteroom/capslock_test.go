package main

import "testing"

// TestCapsLockIsKnown after each key of a sequence, as the systems tell them.
func TestCapsLockIsKnown(t *testing.T) {
	type key struct{ its, pressed, on, want bool }
	other := func(on, want bool) key { return key{false, true, on, want} }
	for name, c := range map[string]struct {
		late bool
		keys []key
	}{
		"X11 and Wayland": {true, []key{
			other(false, false),
			{true, true, false, false}, {true, false, true, true}, other(true, true), // on
			{true, true, true, false}, {true, false, true, false}, other(false, false), // off
		}},
		"its key is Escape":   {true, []key{{true, true, false, false}, {true, false, false, false}, other(false, false)}},
		"turned on elsewhere": {true, []key{other(false, false), other(true, true), other(false, false)}},
		"Windows and macOS": {false, []key{
			{true, true, true, true}, {true, false, true, true}, other(true, true), {true, true, false, false}, {true, false, false, false},
		}},
	} {
		caps := &capsLock{late: c.late}
		for i, k := range c.keys {
			if got := caps.isOn(k.its, k.pressed, k.on); got != k.want {
				t.Errorf("%s: after key %d: %v", name, i, got)
			}
		}
	}
}
