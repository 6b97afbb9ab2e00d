package model

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"anteroom/auth"
	"anteroom/auth/authtest"
)

// Locations gives the place where a practice is prepared. Once that is done, freeze
// is called, and what it returns gives a fresh copy of the place each time.
type Locations func(t *testing.T) (first auth.Location, freeze func() (again func(*rapid.T) auth.Location))

// beginnings are the practices with which sequences begin.
var beginnings = map[string]struct {
	prepare func(context.Context, auth.Location, [computers + 1]auth.Keyring) (beginning, error)
	share   int // of ten sequences
}{
	"new":     {prepare, 6},
	"guessed": {prepareGuessed, 4},
}

// Test holds practices to the model through so many random sequences, beginning
// with two-factor off, and with everyone enrolled and somebody's codes guessed at.
//
// What fails prints how to see it again: the file that it wrote (-rapid.failfile)
// or its seed, as in
//
//	go test -tags ci,migrated_fynedo,no_emoji ./auth -run TestModel/guessed -sequences 10000 -rapid.seed=N
func Test(t *testing.T, sequences int, locations Locations) {
	for name, b := range beginnings {
		t.Run(name, func(t *testing.T) {
			trySequences(t, sequences*b.share/10)
			location, freeze := locations(t)
			first := [computers + 1]auth.Keyring{authtest.NewKeyring(), authtest.NewKeyring(), authtest.NewKeyring()}
			from, err := b.prepare(t.Context(), location, first)
			if err != nil {
				t.Fatal(err)
			}
			again := freeze()
			rapid.Check(t, func(rt *rapid.T) {
				keyrings := first
				for i := range keyrings {
					keyrings[i] = first[i].(*authtest.Keyring).Copy()
				}
				run(rt, from, again(rt), keyrings)
			})
		})
	}
}
