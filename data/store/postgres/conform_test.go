//go:build postgres

// Tests on a real server: .ci/with-postgres go test -tags ci,postgres ./data/store/postgres
package postgres_test

import (
	"strings"
	"testing"

	"anteroom/auth"
	"anteroom/data/store/conform"
	"anteroom/data/store/postgres/pgtest"
)

// TestConform: what auth asks of every engine.
func TestConform(t *testing.T) {
	conform.Suite(t, conform.Engine{
		New: func(t testing.TB) auth.Place { return pgtest.New(t) },
		Again: func(t testing.TB, p auth.Place) auth.Place {
			return pgtest.At(t, p.Name()[strings.LastIndex(p.Name(), "/")+1:])
		},
	})
}
