//go:build postgres

// Tests on a real server: .ci/with-postgres go test -tags ci,postgres ./data/store/postgres
package postgres_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"anteroom/auth"
	"anteroom/data/store/conform"
	"anteroom/data/store/postgres/pgtest"
)

var engine = conform.Engine{
	New:   func(t testing.TB) auth.Location { return pgtest.OwnTime(pgtest.New(t)) },
	Again: func(t testing.TB, p auth.Location) auth.Location { return pgtest.OwnTime(pgtest.At(t, database(p))) },
	Spec:  database,
	Open: func(database string) (auth.Location, error) {
		p, err := pgtest.Open(database)
		return pgtest.OwnTime(p), err
	},
	Copy: func(t *rapid.T, p auth.Location) auth.Location { return pgtest.OwnTime(pgtest.Copy(t, database(p))) },
}

func TestMain(m *testing.M) { conform.Main(m, engine, nil) }

// TestConform: what auth asks of every engine.
func TestConform(t *testing.T) { conform.Suite(t, engine) }

// TestProcesses: several processes at one practice.
func TestProcesses(t *testing.T) { conform.Processes(t, engine) }

// TestModel holds a practice on the server to the model of sign-in.
func TestModel(t *testing.T) { conform.Model(t, engine) }

// database is the name of a place's database.
func database(p auth.Location) string { return p.Name()[strings.LastIndex(p.Name(), "/")+1:] }

func fill(s auth.Store) error {
	return s.Update(context.Background(), func(tx auth.Tx) error {
		return errors.Join(tx.PutPractice(auth.PracticeRow{ID: "ABCD2345EFGH6789", Name: "Clinic"}),
			tx.PutRegister(auth.SealedRow{Version: 1, Sealed: []byte("one")}, 0))
	})
}

// TestServersClock: the time is the server's, to within what its slowest answer took.
func TestServersClock(t *testing.T) {
	p := made(t)
	began := time.Now()
	s, err := p.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	clock, slowest := s.(auth.Clock), time.Since(began)
	for range 3 {
		before := time.Now()
		if _, err := s.DataVersion(t.Context()); err != nil {
			t.Fatal(err)
		}
		// The server is this computer: its clock is ours, as far as the way is known.
		off := time.Until(clock.Now()).Abs()
		if slowest = max(slowest, time.Since(before)); off > slowest {
			t.Errorf("off by %v, and asking took %v", off, slowest)
		}
	}
}
