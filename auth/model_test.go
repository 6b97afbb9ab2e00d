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
// among all other tests, and ten thousand in `make model`. What fails prints how
// to see it again: -rapid.seed, or the file that it wrote.
var sequences = flag.String("sequences", "100", "how many sequences the model is tried with")

func TestModel(t *testing.T) {
	set(t, "rapid.checks", *sequences)
	memory, keyrings := &authtest.Memory{}, [2]*authtest.Keyring{authtest.NewKeyring(), authtest.NewKeyring()}
	if err := signin.Prepare(context.Background(), memory, [2]auth.Keyring{keyrings[0], keyrings[1]}); err != nil {
		t.Fatal(err)
	}
	rows := memory.Rows()
	rapid.Check(t, func(rt *rapid.T) {
		signin.Run(rt, func() (auth.Place, [2]auth.Keyring) {
			fresh := &authtest.Memory{}
			fresh.Put(rows)
			return fresh, [2]auth.Keyring{keyrings[0].Copy(), keyrings[1].Copy()}
		})
	})
}

// set sets a flag for one test.
func set(t *testing.T, name, value string) {
	t.Helper()
	before := flag.Lookup(name).Value.String()
	if err := flag.Set(name, value); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { flag.Set(name, before) })
}
