//go:build postgres

package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"net"
	"strconv"
	"sync"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest/limits"
	"anteroom/data/store"
	"anteroom/data/store/postgres"
	"anteroom/data/store/postgres/pgtest"
)

func draft(id string) auth.RecordRow {
	return auth.RecordRow{Table: auth.TableDraft, ID: id, Version: 1, Sealed: []byte("of " + id)}
}

func put(s auth.Store, id string) error {
	return s.Update(context.Background(), func(tx auth.Tx) error {
		return errors.Join(tx.PutRecord(draft(id), 0), tx.NoteChange(auth.TableDraft, id))
	})
}

// reads is the least that a look does.
func reads(r auth.Reader) error {
	_, err := r.Register()
	return err
}

func has(t *testing.T, s auth.Store, id string) bool {
	t.Helper()
	there := false
	err := s.View(t.Context(), func(r auth.Reader) error {
		_, err := r.Record(auth.TableDraft, id)
		if there = err == nil; errors.Is(err, auth.ErrNotFound) {
			return nil
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return there
}

// TestCutAtCommit: the answer to a commit is lost two hundred times, and each time it is
// known afterwards whether it was saved.
func TestCutAtCommit(t *testing.T) {
	w, _, s := wired(t)
	for i := range limits.Rounds(200) {
		id := fmt.Sprint("d", i)
		how := []cut{beforeCommit, afterCommit}[rand.IntN(2)]
		w.through(how)
		err := put(s, id)
		switch {
		case how == afterCommit && err != nil:
			t.Errorf("%s was saved, and said to be: %v", id, err)
		case how == beforeCommit && !errors.Is(err, auth.ErrServer):
			t.Errorf("%s was not saved, and said to be: %v", id, err)
		}
		if there := has(t, s, id); there != (err == nil) {
			t.Errorf("%s: there %v, said %v", id, there, err)
		}
	}
}

// TestUnknown: while it can't be told whether something was saved nothing else is
// written, and then it is told.
func TestUnknown(t *testing.T) {
	w, _, s := wired(t)
	w.through(andDown)
	err := put(s, "a")
	var unknown *auth.UnknownError
	if !errors.As(err, &unknown) || !errors.Is(err, auth.ErrUnknown) {
		t.Fatalf("got %v", err)
	}
	if err := put(s, "b"); !errors.Is(err, auth.ErrServer) || errors.Is(err, auth.ErrUnknown) {
		t.Errorf("another one meanwhile: %v", err)
	}
	w.down(false)
	saved, err := unknown.Ask(t.Context())
	if err != nil || saved != has(t, s, "a") {
		t.Errorf("said to be saved: %v, %v", saved, err)
	}
	if has(t, s, "b") {
		t.Error("the other one was written")
	}
	if err := put(s, "b"); err != nil {
		t.Error(err)
	}
}

// TestBack: once the server answers again the first try works, whatever became of the
// connections meanwhile.
func TestBack(t *testing.T) {
	w, _, s := wired(t)
	w.down(true)
	for name, act := range map[string]func() error{
		"a look":  func() error { _, err := s.DataVersion(t.Context()); return err },
		"reading": func() error { return s.View(t.Context(), reads) },
		"writing": func() error { return put(s, "no") },
	} {
		if err := act(); !errors.Is(err, auth.ErrServer) {
			t.Errorf("%s, the network down: %v", name, err)
		}
	}
	w.down(false)
	if err := put(s, "a"); err != nil || !has(t, s, "a") || has(t, s, "no") {
		t.Errorf("back again: %v", err)
	}
	pgtest.Crash(t)
	if _, err := s.DataVersion(t.Context()); err != nil {
		t.Errorf("the server was started anew: %v", err)
	}
	if err := put(s, "b"); err != nil {
		t.Errorf("the server was started anew: %v", err)
	}
}

// TestHung: a server that stops answering is noticed, and who asked goes on.
func TestHung(t *testing.T) {
	_, _, s := wired(t)
	goOn := pgtest.Stop(t)
	start := time.Now()
	if _, err := s.DataVersion(t.Context()); !errors.Is(err, auth.ErrServer) {
		t.Errorf("a look: %v", err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer stop()
	if err := s.View(ctx, reads); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("called off: %v", err)
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("took %v", took)
	}
	goOn()
	if err := put(s, "a"); err != nil {
		t.Errorf("it answers again: %v", err)
	}
}

// TestSleepsInItsTurn: a desk that falls asleep while it has the turn loses it, and the
// others go on.
func TestSleepsInItsTurn(t *testing.T) {
	_, p, s := wired(t)
	other, err := pgtest.At(t, database(p)).Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	asleep, awake := make(chan struct{}), make(chan struct{})
	slept := make(chan error, 1)
	go func() {
		slept <- s.Update(context.Background(), func(tx auth.Tx) error {
			if err := tx.PutRecord(draft("sleeper"), 0); err != nil {
				return err
			}
			close(asleep)
			<-awake
			return nil
		})
	}()
	<-asleep
	var got error
	for try := 0; try < 2; try++ { // its turn may end just after our patience
		if got = put(other, "next"); !errors.Is(got, auth.ErrBusy) {
			break
		}
	}
	if got != nil {
		t.Errorf("the next one: %v", got)
	}
	close(awake)
	if err := <-slept; err == nil || has(t, other, "sleeper") {
		t.Errorf("the sleeper: %v", err)
	}
	if err := put(s, "sleeper"); err != nil {
		t.Errorf("the sleeper, once more: %v", err)
	}
}

// TestTooMany: a server that takes no more says so.
func TestTooMany(t *testing.T) {
	p := made(t)
	pgtest.Admin(t, "CREATE ROLE one LOGIN CONNECTION LIMIT 1 IN ROLE "+texts(t, p, "SELECT access.group_of('desk')")[0])
	defer pgtest.Admin(t, "DROP ROLE one")
	c := pgtest.Config(t, database(p))
	c.User, c.Owner = "one", false
	first, err1 := pgtest.By(t, c).Exists(t.Context())
	if !first || err1 != nil {
		t.Fatalf("%v, %v", first, err1)
	}
	pgtest.Admin(t, "ALTER ROLE one CONNECTION LIMIT 0")
	if _, err := pgtest.By(t, c).Exists(t.Context()); !errors.Is(err, auth.ErrManyDesks) {
		t.Errorf("got %v", err)
	}
}

// TestRefused: a role that was shut out is told so.
func TestRefused(t *testing.T) {
	p := made(t)
	c := pgtest.Remote(t, database(p))
	s, err := pgtest.By(t, c).Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	pgtest.Admin(t, "ALTER ROLE "+c.User+" NOLOGIN")
	pgtest.Admin(t, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '"+c.User+"'")
	if err := put(s, "a"); !errors.Is(err, auth.ErrNotLinked) {
		t.Errorf("got %v", err)
	}
}

// TestNewerSchema: a program that does not know the schema any more is refused by its
// next transaction, and not only at its next start.
func TestNewerSchema(t *testing.T) {
	_, p, s := wired(t)
	pgtest.In(t, database(p), "UPDATE practice.pulse SET needs = 99")
	_, err1 := s.DataVersion(t.Context())
	err2 := s.View(t.Context(), reads)
	err3 := put(s, "a")
	_, err4 := p.Open(t.Context())
	for i, err := range []error{err1, err2, err3, err4} {
		if !errors.Is(err, auth.ErrNewerDatabase) {
			t.Errorf("act %d: %v", i, err)
		}
	}
}

// TestRoundTrips: what a booking, a change of the register and a look cost (DESKS: 6, 3
// and 1).
func TestRoundTrips(t *testing.T) {
	w, _, s := wired(t)
	count := func(what string, most int64, act func() error) {
		t.Helper()
		fewest := int64(math.MaxInt64)
		for range 8 { // at first each connection prepares the queries
			w.Trips.Store(0)
			if err := act(); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			fewest = min(fewest, w.Trips.Load())
		}
		if fewest > most {
			t.Errorf("%s took %d round trips, %d are allowed", what, fewest, most)
		}
	}
	count("a look", 1, func() error { _, err := s.DataVersion(t.Context()); return err })
	count("a small look", 1, func() error {
		return s.View(t.Context(), func(r auth.Reader) error {
			if _, err := r.ActivityChain(99); !errors.Is(err, auth.ErrNotFound) {
				return err
			}
			return nil
		})
	})
	count("a change of the register", 2, func() error {
		return s.Update(t.Context(), func(tx auth.Tx) error {
			row, err := tx.Register()
			if err != nil {
				return err
			}
			row.Version++
			return errors.Join(tx.PutRegister(row, row.Version-1),
				tx.AppendActivity(auth.ActivityRow{Seq: row.Version, Sealed: []byte("x"), Chain: []byte("x")}))
		})
	})
}

// TestOlderServer: a program that needs a newer schema than there is says whose turn it is;
// the server's own computer brings it up to date.
func TestOlderServer(t *testing.T) {
	p := made(t)
	pgtest.In(t, database(p), "UPDATE practice.pulse SET schema = schema - 1")
	c := pgtest.Config(t, database(p))
	c.Owner = false
	desk := pgtest.By(t, c)
	if _, err := desk.Open(t.Context()); !errors.Is(err, auth.ErrOlderServer) {
		t.Errorf("a desk: %v", err)
	}
	for i, location := range []auth.Location{p, desk} {
		s, err := location.Open(t.Context())
		if err != nil {
			t.Fatalf("place %d: %v", i, err)
		}
		s.Close()
	}
}

// TestNoRule: a server that lets nobody in the way that this computer comes is no server of
// the practice's; nobody was unlinked.
func TestNoRule(t *testing.T) {
	p := made(t)
	c := pgtest.Config(t, database(p))
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(int(c.Port)))
	c.Dial = func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", address) // without TLS, for which there is no rule
	}
	if _, err := pgtest.By(t, c).Open(t.Context()); !errors.Is(err, auth.ErrOtherServer) || errors.Is(err, auth.ErrNotLinked) {
		t.Errorf("got %v", err)
	}
}

// TestEnvironment: what the environment says of another server changes nothing.
func TestEnvironment(t *testing.T) {
	p := made(t)
	c := pgtest.Config(t, database(p))
	local, err := store.At(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"PGSERVICE": "none", "PGHOST": "nowhere", "PGPORT": "none", "PGUSER": "nobody", "PGPASSWORD": "x",
		"PGDATABASE": "none", "PGPASSFILE": "/nowhere", "PGSSLMODE": "verify-full", "PGSSLROOTCERT": "/nowhere", "PGSSLCERT": "/nowhere",
		"PGSSLKEY": "/nowhere", "PGSSLCERTMODE": "none", "PGSSLNEGOTIATION": "direct", "PGTARGETSESSIONATTRS": "standby", "PGOPTIONS": "-c x=y",
		"PGCHANNELBINDING": "require", "PGREQUIREAUTH": "md5", "PGCONNECT_TIMEOUT": "none", "PGMINPROTOCOLVERSION": "9", "PGSSLSNI": "none",
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(name, value)
			place, err := postgres.At(c, local)
			if err != nil {
				t.Fatal(err)
			}
			there, err := place.Exists(t.Context())
			if err != nil || !there {
				t.Errorf("%v, %v", there, err)
			}
		})
	}
}

// TestAllInUse: that this computer uses all of its connections is no fault of the server,
// which answers.
func TestAllInUse(t *testing.T) {
	t.Parallel()
	s, err := made(t).Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const most = 3
	inside, out := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	for range most {
		all.Go(func() {
			err := s.View(t.Context(), func(r auth.Reader) error {
				err := reads(r)
				inside <- struct{}{}
				<-out
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	for range most {
		<-inside
	}
	if err := s.View(t.Context(), reads); !errors.Is(err, auth.ErrBusy) {
		t.Errorf("one more: %v", err)
	}
	close(out)
	all.Wait()
	if err := put(s, "a"); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
