package store

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"anteroom/auth"
	"anteroom/auth/authtest"
	signin "anteroom/auth/authtest/model"
)

// sequences is how many TestModel tries: a few with the race detector among all
// other tests, and two hundred in `make model`.
var sequences = flag.Int("sequences", 10, "how many sequences the model is tried with")

// TestModel holds a practice on the disk to the model of sign-in, as the test of
// that name in auth does with one in memory. What fails prints how to see it again.
func TestModel(t *testing.T) {
	dir := t.TempDir()
	place, err := At(dir)
	if err != nil {
		t.Fatal(err)
	}
	keyrings := [2]*authtest.Keyring{authtest.NewKeyring(), authtest.NewKeyring()}
	from, err := signin.Prepare(t.Context(), place, [2]auth.Keyring{keyrings[0], keyrings[1]})
	if err != nil {
		t.Fatal(err)
	}
	database, err := os.ReadFile(place.path()) // whole: the last to close it has taken the WAL in
	if err != nil {
		t.Fatal(err)
	}
	signin.Sequences(t, *sequences)
	rapid.Check(t, func(rt *rapid.T) {
		signin.Run(rt, from, func() (auth.Place, [2]auth.Keyring) {
			beside, err := filepath.Glob(place.path() + "*")
			if err != nil {
				rt.Fatal(err)
			}
			for _, path := range beside {
				if err := os.Remove(path); err != nil {
					rt.Fatal(err)
				}
			}
			if err := os.WriteFile(place.path(), database, 0o600); err != nil {
				rt.Fatal(err)
			}
			return place, [2]auth.Keyring{keyrings[0].Copy(), keyrings[1].Copy()}
		})
	})
}
