//go:build postgres

package postgres_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"anteroom/auth"
	"anteroom/data/store/postgres/pgtest"
)

// TestLongTurn: while one desk has the turn for long, as when it seals everything anew, all
// others that want it are told that it is busy, and not that the server does not answer.
func TestLongTurn(t *testing.T) {
	t.Parallel()
	p := made(t)
	holder, err := pgx.Connect(t.Context(), "dbname="+database(p))
	if err != nil {
		t.Fatal(err)
	}
	defer holder.Close(context.Background())
	turn, err := holder.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := turn.Exec(t.Context(), "UPDATE practice.pulse SET n = n + 1"); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 4 {
		s, err := pgtest.At(t, database(p)).Open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		all.Go(func() {
			if err := put(s, "a"); !errors.Is(err, auth.ErrBusy) || errors.Is(err, auth.ErrServer) {
				t.Errorf("desk %d: %v", i, err)
			}
		})
	}
	all.Wait()
	if err := turn.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
}
