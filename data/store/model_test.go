package store

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"anteroom/auth"
	"anteroom/auth/authtest/model"
)

// sequences is how many the model of sign-in is tried with on SQLite: a few with
// the race detector among all other tests, 200 in `make model`.
var sequences = flag.Int("sequences", 10, "how many sequences the model is tried with")

// TestModel holds a practice on the disk to the model of sign-in.
func TestModel(t *testing.T) {
	model.Test(t, *sequences, func(t *testing.T) (auth.Place, func() func(*rapid.T) auth.Place) {
		dir := t.TempDir()
		original, template := filepath.Join(dir, "original"), filepath.Join(dir, "template")
		place, err := At(original)
		if err != nil {
			t.Fatal(err)
		}
		return place, func() func(*rapid.T) auth.Place {
			if err := os.Rename(original, template); err != nil { // a copy beside the original would be refused
				t.Fatal(err)
			}
			copies := 0
			return func(rt *rapid.T) auth.Place {
				copies++
				return copyOf(rt, template, filepath.Join(dir, strconv.Itoa(copies)))
			}
		}
	})
}

// copyOf is a copy of a practice's folder, for one sequence.
func copyOf(rt *rapid.T, template, folder string) auth.Place {
	if err := os.CopyFS(folder, os.DirFS(template)); err != nil {
		rt.Fatal(err)
	}
	place, err := At(folder)
	if err != nil {
		rt.Fatal(err)
	}
	rt.Cleanup(func() { os.RemoveAll(folder) })
	return place
}
