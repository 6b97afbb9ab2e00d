//go:build postgres

package postgres_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"anteroom/auth"
	"anteroom/auth/authtest/limits"
	"anteroom/data/store/postgres/pgtest"
)

// TestLongTurn: while one desk has the turn for long, as when it seals everything again, all
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

// TestCodeStopsNoWriting: who has a linking code can't queue up among those who write, nor
// hold them up by a lock that anybody may take.
func TestCodeStopsNoWriting(t *testing.T) {
	_, p, s := wired(t)
	_, link := invited(t, p, time.Hour)
	held := session(t, link)
	if _, err := held.Exec(t.Context(), "BEGIN; LOCK TABLE practice.practice IN ACCESS SHARE MODE"); !refused(err) {
		t.Errorf("it takes the writers' lock: %v", err)
	}
	if _, err := held.Exec(t.Context(), "ROLLBACK; SELECT pg_advisory_lock(n) FROM generate_series(1097757797, 1097757800) n"); err != nil {
		t.Fatal(err)
	}
	if err := put(s, "a"); err != nil {
		t.Error(err)
	}
}

// TestSetAsideMeanwhile: who writes once the practice was set aside, or waits to, is told that it
// was, on a connection that knows all queries too.
func TestSetAsideMeanwhile(t *testing.T) {
	p := made(t)
	s, err := p.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := put(s, "a"); err != nil {
		t.Fatal(err)
	}
	holder, err := pgx.Connect(t.Context(), "dbname="+database(p))
	if err != nil {
		t.Fatal(err)
	}
	defer holder.Close(context.Background())
	if _, err := holder.Exec(t.Context(), "BEGIN; LOCK TABLE practice.practice IN SHARE UPDATE EXCLUSIVE MODE; ALTER SCHEMA practice RENAME TO aside_1"); err != nil {
		t.Fatal(err)
	}
	waiting := make(chan error, 1)
	go func() { waiting <- put(s, "b") }()
	for late := time.Now().Add(limits.Wait(t)); len(texts(t, p, "SELECT 'waits' FROM pg_locks WHERE NOT granted")) == 0; {
		if time.Now().After(late) {
			t.Fatal("nobody waits")
		}
	}
	if _, err := holder.Exec(t.Context(), "COMMIT"); err != nil {
		t.Fatal(err)
	}
	if err := <-waiting; !errors.Is(err, auth.ErrReplaced) {
		t.Errorf("who waited: %v", err)
	}
	if err := put(s, "c"); !errors.Is(err, auth.ErrReplaced) {
		t.Errorf("who came afterwards: %v", err)
	}
}

// TestOldTurns: whatever writes removes the tokens of a month ago, and no others; among as
// many as a practice leaves in a month it finds them without looking at all.
func TestOldTurns(t *testing.T) {
	_, p, s := wired(t)
	pgtest.In(t, database(p), `INSERT INTO practice.turns SELECT 'new ' || i, now() - interval '29 days' FROM generate_series(1, 150000) i;
		INSERT INTO practice.turns SELECT 'old ' || i, now() - interval '31 days' FROM generate_series(1, 100) i;
		ANALYZE practice.turns`)
	plan := texts(t, p, "EXPLAIN DELETE FROM practice.turns WHERE taken < now() - interval '30 days'")
	if !strings.Contains(strings.Join(plan, " "), "turns_taken") {
		t.Errorf("each writer looks at all: %q", plan)
	}
	if err := put(s, "a"); err != nil {
		t.Fatal(err)
	}
	left := texts(t, p, "SELECT left(token, 3) || ' ' || count(*) FROM practice.turns WHERE token ~ '^(new|old) ' GROUP BY left(token, 3)")
	if !slices.Equal(left, []string{"new 150000"}) {
		t.Errorf("left are %q", left)
	}
}
