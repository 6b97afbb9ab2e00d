package conform

import (
	"flag"
	"testing"

	"pgregory.net/rapid"

	"anteroom/auth"
	"anteroom/auth/authtest/model"
)

// sequences is how many the model of sign-in is tried with on an engine: a few among all
// other tests, more in `make model`.
var sequences = flag.Int("sequences", 10, "how many sequences the model is tried with")

// Model holds a practice to the model of sign-in.
func Model(t *testing.T, e Engine) {
	n := *sequences
	if testing.Short() {
		n = max(1, n/3)
	}
	model.Test(t, n, func(t *testing.T) (auth.Location, func() func(*rapid.T) auth.Location) {
		first := e.New(t)
		return first, func() func(*rapid.T) auth.Location {
			return func(rt *rapid.T) auth.Location { return e.Copy(rt, first) }
		}
	})
}
