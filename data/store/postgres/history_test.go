//go:build postgres

package postgres_test

import (
	"errors"
	"fmt"
	"testing"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data/store/postgres"
	"anteroom/data/store/postgres/pgtest"
)

// at is this desk with another database, and nobody's window open there.
func at(deps auth.Deps, p *postgres.Server) auth.Deps {
	deps.Location = p
	return deps
}

// works signs in at a desk some times, and changes the register with that.
func (c *clinic) works(deps auth.Deps, times int) {
	c.Helper()
	p, err := auth.Open(c.Context(), deps)
	c.must(err)
	defer p.Close()
	for range times {
		state, err := p.NewAttempt().Password(c.Context(), annasUsername, annasPassword)
		c.must(err)
		c.must(state.Session.SignOut(c.Context()))
	}
}

// linked is another desk, with a keyring of its own.
func (c *clinic) linked() auth.Deps {
	c.Helper()
	other := c.deps
	other.Keyring = authtest.NewKeyring()
	c.must(c.anna.StepUp(c.Context(), annasPassword, ""))
	c.must(authtest.Link(c.Context(), c.anna, other))
	return other
}

// opens says what a desk makes of a database.
func (c *clinic) opens(deps auth.Deps) error {
	c.Helper()
	p, err := auth.Open(c.Context(), deps)
	if err == nil {
		c.must(p.Close())
	}
	return err
}

// become puts a database in the place of another, as who restores a dump of a server does,
// and gives both their names again when the test ends.
func become(t *testing.T, in, out string) {
	t.Helper()
	aside := out + "_aside"
	rename := func(from, to string) {
		t.Helper()
		pgtest.Admin(t, "ALTER DATABASE "+from+" ALLOW_CONNECTIONS false")
		pgtest.Admin(t, "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '"+from+"'")
		pgtest.Admin(t, "ALTER DATABASE "+from+" RENAME TO "+to)
		pgtest.Admin(t, "ALTER DATABASE "+to+" ALLOW_CONNECTIONS true")
	}
	rename(out, aside)
	rename(in, out)
	t.Cleanup(func() {
		rename(out, in)
		rename(aside, out)
	})
}

// TestYesterdaysDump: a server that has the practice as it was yesterday is refused by
// each desk that saw more, at its start and in the middle of its work.
func TestYesterdaysDump(t *testing.T) {
	c := newClinic(t)
	desks := []auth.Deps{c.deps, c.linked(), c.linked()}
	late := c.linked() // saw nothing since
	c.must(c.p.Close())
	yesterday := pgtest.Copy(t, database(c.server))
	for _, desk := range desks {
		c.works(desk, 1)
	}
	for i, desk := range desks {
		if err := c.opens(at(desk, yesterday)); !errors.Is(err, auth.ErrRolledBack) {
			t.Errorf("desk %d: %v", i, err)
		}
	}
	if err := c.opens(at(late, yesterday)); err != nil {
		t.Errorf("who saw nothing since: %v", err)
	}

	p, session, d := c.signIn(pgtest.Config(t, database(c.server)))
	c.must(session.Check(t.Context()))
	become(t, database(yesterday), database(c.server))
	for name, act := range map[string]func() error{
		"a check":   func() error { return session.Check(t.Context()) },
		"a booking": func() error { _, err := d.Book(t.Context(), c.visit(0), false); return err },
		"a sign-in": func() error {
			_, err := p.NewAttempt().Password(t.Context(), annasUsername, annasPassword)
			return err
		},
	} {
		if err := act(); !errors.Is(err, auth.ErrRolledBack) {
			t.Errorf("%s, in the middle of work: %v", name, err)
		}
	}
	if err := c.opens(c.deps); !errors.Is(err, auth.ErrRolledBack) {
		t.Errorf("at the next start: %v", err)
	}
}

// TestTwoHistories: a practice that goes on in two databases is two: a desk of the one
// refuses the other, whichever is the longer.
func TestTwoHistories(t *testing.T) {
	c := newClinic(t)
	here, there := c.deps, c.linked()
	c.must(c.p.Close())
	fork := pgtest.Copy(t, database(c.server))
	c.works(here, 2)
	c.works(at(there, fork), 4) // the longer
	if err := c.opens(at(here, fork)); !errors.Is(err, auth.ErrOtherHistory) {
		t.Errorf("the longer one: %v", err)
	}
	if err := c.opens(there); !errors.Is(err, auth.ErrRolledBack) {
		t.Errorf("the shorter one: %v", err)
	}
	c.works(here, 6)
	if err := c.opens(there); !errors.Is(err, auth.ErrOtherHistory) {
		t.Errorf("it is the longer one now: %v", err)
	}

	// In the middle of work.
	deps := at(there, fork)
	p, err := auth.Open(t.Context(), deps)
	c.must(err)
	defer p.Close()
	state, err := p.NewAttempt().Password(t.Context(), annasUsername, annasPassword)
	c.must(err)
	become(t, database(c.server), database(fork))
	err = state.Session.Check(t.Context())
	for i := 0; err == nil && i < 2; i++ {
		err = state.Session.ChangeName(t.Context(), fmt.Sprint("Anna ", i))
	}
	if !errors.Is(err, auth.ErrOtherHistory) && !errors.Is(err, auth.ErrSessionEnded) {
		t.Errorf("in the middle of work: %v", err)
	}
	_, err = p.NewAttempt().Password(t.Context(), annasUsername, annasPassword)
	if !errors.Is(err, auth.ErrOtherHistory) {
		t.Errorf("a sign-in afterwards: %v", err)
	}
}
