package auth_test

import (
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

// TestModel holds a practice in memory to the model of sign-in.
func TestModel(t *testing.T) {
	signin.Test(t, *sequences, func(*testing.T) (auth.Location, func() func(*rapid.T) auth.Location) {
		first := &authtest.Memory{}
		return first, func() func(*rapid.T) auth.Location {
			rows := first.Rows()
			return func(*rapid.T) auth.Location {
				fresh := &authtest.Memory{}
				fresh.Put(rows)
				return fresh
			}
		}
	})
}
