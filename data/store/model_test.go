package store

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/authtest/model"
)

// sequences is how many the model of sign-in is tried with on SQLite: a few with
// the race detector among all other tests, 200 in `make model`.
var sequences = flag.Int("sequences", 10, "how many sequences the model is tried with")

func TestModel(t *testing.T) {
	for name, tc := range map[string]struct {
		prepare func(context.Context, auth.Place, [2]auth.Keyring) (model.Beginning, error)
		share   int // of ten
	}{
		"new":     {model.Prepare, 6},
		"guessed": {model.PrepareGuessed, 4},
	} {
		t.Run(name, func(t *testing.T) {
			model.Sequences(t, *sequences*tc.share/10)
			testModel(t, tc.prepare)
		})
	}
}

func testModel(t *testing.T, prepare func(context.Context, auth.Place, [2]auth.Keyring) (model.Beginning, error)) {
	dir := t.TempDir()
	original, template := filepath.Join(dir, "original"), filepath.Join(dir, "template")
	place, err := At(original)
	if err != nil {
		t.Fatal(err)
	}
	keyrings := [2]*authtest.Keyring{authtest.NewKeyring(), authtest.NewKeyring()}
	from, err := prepare(t.Context(), place, [2]auth.Keyring{keyrings[0], keyrings[1]})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(original, template); err != nil { // a copy beside the original would be refused
		t.Fatal(err)
	}
	copies := 0
	rapid.Check(t, func(rt *rapid.T) {
		model.Run(rt, from, func() (auth.Place, [2]auth.Keyring) {
			copies++
			folder := filepath.Join(dir, strconv.Itoa(copies))
			if err := os.CopyFS(folder, os.DirFS(template)); err != nil {
				rt.Fatal(err)
			}
			place, err := At(folder)
			if err != nil {
				rt.Fatal(err)
			}
			rt.Cleanup(func() { os.RemoveAll(folder) })
			return place, [2]auth.Keyring{keyrings[0].Copy(), keyrings[1].Copy()}
		})
	})
}
