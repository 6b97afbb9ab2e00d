//go:build postgres

package desk

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/demo"
	"anteroom/data/store/postgres/pgtest"
)

// All tests of this package on a server: .ci/with-postgres go test -tags ci,postgres ./data/desk
func init() {
	onServer := func(t testing.TB) auth.Location { return pgtest.OwnTime(pgtest.New(t)) }
	inMemory, onDisk = onServer, onServer
}

// TestRoundTrips: what a booking, a status and a patient cost of ways to the server.
func TestRoundTrips(t *testing.T) {
	var counter pgtest.Counter
	c := newClinic(t, pgtest.OwnTime(pgtest.Through(t, counter.Dial)))
	patients := slices.Collect(demo.Patients(100, 1))
	c.must(c.anna.Fill(c.ctx, twoPractitioners(), patients, manyDays(2*perDay, patients)))
	c.sync()
	next := 0
	for what, act := range map[string]struct {
		most int64
		do   func() error
	}{
		"a booking": {6, func() (err error) {
			next++
			_, err = c.anna.Book(c.ctx, inTheEvening(next, patients), false)
			return err
		}},
		"a new patient": {6, func() error {
			next++
			_, err := c.anna.SavePatient(c.ctx, data.Patient{Name: fmt.Sprint("Round ", next)})
			return err
		}},
		"a change of the register, with the mark": {3, func() error {
			next++
			return c.session.ChangeName(c.ctx, fmt.Sprint("Anna ", next))
		}},
		"nothing new": {1, func() error { return c.anna.Sync(c.ctx) }},
	} {
		fewest := int64(math.MaxInt64)
		for range 8 { // at first each connection prepares the queries
			counter.Trips.Store(0)
			c.must(act.do())
			fewest = min(fewest, counter.Trips.Load())
		}
		if fewest > act.most {
			t.Errorf("%s took %d round trips, %d are allowed", what, fewest, act.most)
		}
	}
}
