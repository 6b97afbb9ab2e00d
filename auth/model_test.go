package auth_test

import (
	"context"
	"flag"
	"testing"

	"pgregory.net/rapid"

	"anteroom/auth"
	"anteroom/auth/authtest"
	signin "anteroom/auth/authtest/model"
)

// sequences is how many a test of the model tries: a few with the race detector
// among all other tests, and ten thousand in `make model`.
var sequences = flag.Int("sequences", 100, "how many sequences the model is tried with")

// TestModel holds a practice in memory to the model of sign-in, beginning with
// two-factor off, and with everyone enrolled and somebody's codes guessed at.
//
// What fails prints how to see it again: the file that it wrote (-rapid.failfile)
// or its seed, as in
//
//	go test -tags ci,migrated_fynedo ./auth -run TestModel/guessed -sequences 10000 -rapid.seed=N
func TestModel(t *testing.T) {
	for name, tc := range map[string]struct {
		prepare func(context.Context, auth.Place, [2]auth.Keyring) (signin.Beginning, error)
		share   int // of ten
	}{
		"new":     {signin.Prepare, 6},
		"guessed": {signin.PrepareGuessed, 4},
	} {
		t.Run(name, func(t *testing.T) {
			signin.Sequences(t, *sequences*tc.share/10)
			memory, keyrings := &authtest.Memory{}, [2]*authtest.Keyring{authtest.NewKeyring(), authtest.NewKeyring()}
			from, err := tc.prepare(t.Context(), memory, [2]auth.Keyring{keyrings[0], keyrings[1]})
			if err != nil {
				t.Fatal(err)
			}
			rows := memory.Rows()
			rapid.Check(t, func(rt *rapid.T) {
				signin.Run(rt, from, func() (auth.Place, [2]auth.Keyring) {
					fresh := &authtest.Memory{}
					fresh.Put(rows)
					return fresh, [2]auth.Keyring{keyrings[0].Copy(), keyrings[1].Copy()}
				})
			})
		})
	}
}
