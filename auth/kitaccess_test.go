package auth_test

import (
	"errors"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/authtest/limits"
)

// TestKitAdmittedLater: where the server did not hear which kit there is, or has another
// one or none, it is told when somebody is signed in at the computer that owns it.
func TestKitAdmittedLater(t *testing.T) {
	o := newOwner(t)
	_, first := o.roles.has()
	o.roles.lost = true
	if _, err := authtest.MakeKit(t.Context(), o.anna); !errors.Is(err, auth.ErrServer) {
		t.Fatalf("an unheard kit: %v", err)
	}
	auth.AdmitKit(o.anna, t.Context())
	if _, now := o.roles.has(); now != first {
		t.Fatalf("%+v, and the server was not told", now)
	}
	o.roles.lost = false

	desk, err := auth.Open(t.Context(), o.desk("DESK"))
	o.must(err)
	auth.AdmitKit(o.signedIn(desk), t.Context())
	if _, now := o.roles.has(); now != first {
		t.Error("a desk admitted it")
	}
	auth.AdmitKit(o.anna, t.Context())
	_, second := o.roles.has()
	if second == first || second == (auth.KitAccess{}) {
		t.Fatalf("admitted: %+v", second)
	}
	for _, other := range []auth.KitAccess{{}, first} {
		o.roles.kit = other
		auth.AdmitKit(o.anna, t.Context())
		if _, now := o.roles.has(); now != second {
			t.Errorf("%+v stays", other)
		}
	}
	o.must(o.anna.SignOut(t.Context()))
	o.roles.kit = first
	if auth.AdmitKit(o.anna, t.Context()); o.roles.kit != first {
		t.Error("nobody is signed in")
	}
}

// TestSignInAdmitsTheKit: who signs in at the server's own computer does not wait for it.
func TestSignInAdmitsTheKit(t *testing.T) {
	o := newOwner(t)
	_, want := o.roles.has()
	o.roles.kit = auth.KitAccess{}
	o.signedIn(o.practice)
	for late := time.Now().Add(limits.Wait(t)); ; {
		if _, now := o.roles.has(); now == want {
			return
		}
		if time.Now().After(late) {
			t.Fatal("it was not admitted")
		}
	}
}
