package store

import (
	"testing"

	"anteroom/auth"
	"anteroom/data/store/conform"
)

// TestConform: what auth asks of every engine.
func TestConform(t *testing.T) {
	conform.Suite(t, conform.Engine{
		New: func(t testing.TB) auth.Place {
			f, err := At(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			return f
		},
		Again: func(t testing.TB, p auth.Place) auth.Place {
			f, err := At(p.Name())
			if err != nil {
				t.Fatal(err)
			}
			return f
		},
	})
}
