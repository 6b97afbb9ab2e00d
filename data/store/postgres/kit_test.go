//go:build postgres

package postgres_test

import (
	"crypto/rand"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"anteroom/auth"
	"anteroom/auth/authtest/limits"
	"anteroom/auth/scram"
	"anteroom/data/store/postgres"
	"anteroom/data/store/postgres/pgtest"
)

// admitted is the kit that a practice has from now on.
func admitted(t *testing.T, p *postgres.Server) (access auth.KitAccess, kit postgres.Config) {
	t.Helper()
	name, password := rand.Text(), rand.Text()
	verifier, err := scram.Verifier(password)
	if err != nil {
		t.Fatal(err)
	}
	access = auth.KitAccess{Name: name, Verifier: verifier}
	for range 2 { // the same one again changes nothing
		if err := p.AdmitKit(t.Context(), access); err != nil {
			t.Fatal(err)
		}
	}
	return access, pgtest.Role(t, database(p), postgres.KitRole(name), password)
}

// joinedBy is a new desk that somebody with a code or a kit made.
func joinedBy(t *testing.T, p *postgres.Server, by postgres.Config) (computer string, desk postgres.Config) {
	t.Helper()
	computer = rand.Text()
	password, err := pgtest.By(t, by).Join(t.Context(), computer)
	if err != nil {
		t.Fatal(err)
	}
	role := postgres.DeskRole(computer)
	t.Cleanup(func() { pgtest.Admin(t, "DROP ROLE "+quoted(role)) })
	return computer, pgtest.Role(t, database(p), role, password)
}

// TestKit: the role of the recovery kit lets computers join, as many as there are, and
// does nothing else. It is gone when another kit is admitted.
func TestKit(t *testing.T) {
	p := made(t)
	_, kit := admitted(t, p)
	expect(t, p, kit.User, []string{"access.join_desk EXECUTE", "access USAGE", "CONNECT", group(t, p, "kit")})
	byKit := session(t, kit)
	for _, query := range []string{"SELECT * FROM practice.register", "SELECT access.admit_kit('k_" + rand.Text() + "', '')", "SELECT access.part_desk('d_" + rand.Text() + "')", "SELECT * FROM access.invitation"} {
		if _, err := byKit.Exec(t.Context(), query); !refused(err) {
			t.Errorf("%s: %v", query, err)
		}
	}
	var computers []string
	var desks []postgres.Config
	for range 2 {
		computer, desk := joinedBy(t, p, kit)
		computers = append(computers, computer)
		desks = append(desks, desk)
	}
	first := pgtest.By(t, desks[0])
	if _, err := first.Exists(t.Context()); err != nil {
		t.Fatal(err)
	}

	_, other := admitted(t, p)
	found, err := pgtest.By(t, desks[1]).Roles(t.Context())
	if slices.Sort(found); err != nil || !slices.Equal(found, slices.Sorted(slices.Values(computers))) {
		t.Errorf("desks %q, %v", found, err)
	}
	if _, err := pgtest.By(t, kit).Join(t.Context(), rand.Text()); !errors.Is(err, auth.ErrNotLinked) {
		t.Errorf("a kit that was replaced: %v", err)
	}
	if err := p.AdmitKit(t.Context(), auth.KitAccess{}); err != nil {
		t.Fatal(err)
	}
	if _, err := pgtest.By(t, other).Join(t.Context(), rand.Text()); !errors.Is(err, auth.ErrNotLinked) {
		t.Errorf("a kit that is none any more: %v", err)
	}
	if err := pgtest.By(t, desks[1]).AdmitKit(t.Context(), auth.KitAccess{}); err == nil {
		t.Error("a desk admits a kit")
	}
}

// TestKitPutRight: admitting the kit that there is makes its role what it was, where a
// copy of the database came without it, and where who has the kit changed the password.
func TestKitPutRight(t *testing.T) {
	p := made(t)
	access, kit := admitted(t, p)
	for name, harm := range map[string]func(){
		"no role": func() { pgtest.Admin(t, "DROP ROLE "+quoted(kit.User)) },
		"another password": func() {
			if _, err := session(t, kit).Exec(t.Context(), "ALTER ROLE "+quoted(kit.User)+" PASSWORD 'x'"); err != nil {
				t.Fatal(err)
			}
		},
	} {
		harm()
		if _, err := pgtest.By(t, kit).Join(t.Context(), rand.Text()); !errors.Is(err, auth.ErrNotLinked) {
			t.Errorf("%s: %v", name, err)
		}
		if err := p.AdmitKit(t.Context(), access); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		joinedBy(t, p, kit)
	}
	var all sync.WaitGroup
	for range 8 { // several windows
		all.Go(func() {
			if err := p.AdmitKit(t.Context(), access); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	joinedBy(t, p, kit)
}

// begun is who makes a desk in a transaction, and does not end that.
func begun(t *testing.T, c postgres.Config) *pgx.Conn {
	t.Helper()
	held := session(t, c)
	if _, err := held.Exec(t.Context(), "SET idle_in_transaction_session_timeout = 0; BEGIN"); err != nil {
		t.Fatal(err)
	}
	if _, err := held.Exec(t.Context(), "SELECT access.join_desk($1, $2)", "d_"+rand.Text(), valid(t)); err != nil {
		t.Fatal(err)
	}
	return held
}

// unlessBusy does what may be refused as busy at first.
func unlessBusy(t *testing.T, what string, do func() error) {
	t.Helper()
	for late := time.Now().Add(limits.Wait(t)); ; {
		err := do()
		if err == nil {
			return
		}
		if !errors.Is(err, auth.ErrBusy) || time.Now().After(late) {
			t.Fatalf("%s: %v", what, err)
		}
	}
}

// TestReplacedInTheMiddle: neither a kit nor a code stays alive by a transaction in which
// it makes a desk, and which it does not end.
func TestReplacedInTheMiddle(t *testing.T) {
	p := made(t)
	_, kit := admitted(t, p)
	code, link := invited(t, p, time.Hour)
	short, over := invited(t, p, 2*time.Second)
	for _, who := range []struct { // one after the other: they wait for each other from PostgreSQL 16 on
		name string
		by   postgres.Config
		end  func()
	}{
		{"a code that is over", over, func() {
			for late := time.Now().Add(limits.Wait(t)); ; { // the next code that is made when it is over ends it
				unlessBusy(t, "the next code", func() error { return p.Invite(t.Context(), rand.Text(), valid(t), time.Now()) })
				if len(texts(t, p, "SELECT role FROM access.invitation WHERE role = '"+postgres.LinkRole(short)+"'")) == 0 {
					return
				}
				if time.Now().After(late) {
					t.Fatal("a code that is over is still there")
				}
			}
		}},
		{"the kit", kit, func() { admitted(t, p) }},
		{"a code", link, func() {
			if err := p.WithdrawInvite(t.Context(), code); err != nil {
				t.Error(err)
			}
		}},
	} {
		held := begun(t, who.by)
		who.end()
		if _, err := held.Exec(t.Context(), "COMMIT"); err == nil {
			t.Errorf("%s made a desk all the same", who.name)
		}
	}
	if desks, err := p.Roles(t.Context()); err != nil || len(desks) > 0 {
		t.Errorf("desks %q, %v", desks, err)
	}
}

// TestHeldOpen: who makes or shuts a desk, and does not end the transaction, holds nobody up
// for longer than seconds. (Before PostgreSQL 16 nobody is held up at all.)
func TestHeldOpen(t *testing.T) {
	p := made(t)
	_, kit := admitted(t, p)
	_, stolen := joinedBy(t, p, kit)
	_, link := invited(t, p, time.Hour)
	for name, hold := range map[string]func() *pgx.Conn{
		"the kit": func() *pgx.Conn { return begun(t, kit) },
		"a code":  func() *pgx.Conn { return begun(t, link) },
		"a desk": func() *pgx.Conn {
			other, _ := joinedBy(t, p, kit)
			held := session(t, stolen)
			if _, err := held.Exec(t.Context(), "SET idle_in_transaction_session_timeout = 0; BEGIN"); err != nil {
				t.Fatal(err)
			}
			if _, err := held.Exec(t.Context(), "SELECT access.part_desk($1)", postgres.DeskRole(other)); err != nil {
				t.Fatal(err)
			}
			return held
		},
	} {
		free, _ := joinedBy(t, p, kit)
		_, byCode := invited(t, p, time.Hour)
		for what, do := range map[string]func() error{
			"makes a code": func() error {
				return p.Invite(t.Context(), rand.Text(), valid(t), time.Now())
			},
			"joins by a code": func() error {
				computer := rand.Text()
				_, err := pgtest.By(t, byCode).Join(t.Context(), computer)
				if err == nil {
					t.Cleanup(func() { pgtest.Admin(t, "DROP ROLE "+quoted(postgres.DeskRole(computer))) })
				}
				return err
			},
			"unlinks a computer": func() error { return p.RevokeRole(t.Context(), free) },
		} {
			held := hold()
			unlessBusy(t, name+" is held open, and another "+what, do)
			held.Close(t.Context())
		}
	}
}

// TestShutAll: nobody gets in any more by what let them in before, and what
// could not be done can be done again.
func TestShutAll(t *testing.T) {
	p := made(t)
	_, kit := admitted(t, p)
	_, link := invited(t, p, time.Hour)
	_, desk := joined(t, p)
	open := session(t, link)
	busy := session(t, pgtest.Config(t, database(p))) // holds the desk's role
	if _, err := busy.Exec(t.Context(), "BEGIN; ALTER ROLE "+quoted(desk.User)+" CONNECTION LIMIT 20"); err != nil {
		t.Fatal(err)
	}
	if err := p.ShutAll(t.Context()); !errors.Is(err, auth.ErrBusy) {
		t.Errorf("while a desk can't be shut: %v", err)
	}
	_, other := joinedBy(t, p, kit)
	if err := busy.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := p.ShutAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := open.Exec(t.Context(), "SELECT access.join_desk($1, $2)", "d_"+rand.Text(), valid(t)); err == nil {
		t.Error("a code that was signed in makes a desk")
	}
	for _, c := range []postgres.Config{link, kit} {
		if _, err := pgtest.By(t, c).Join(t.Context(), rand.Text()); !errors.Is(err, auth.ErrNotLinked) {
			t.Errorf("%s: %v", c.User, err)
		}
	}
	for _, c := range []postgres.Config{desk, other} {
		if _, err := pgtest.By(t, c).Exists(t.Context()); !errors.Is(err, auth.ErrNotLinked) {
			t.Errorf("%s: %v", c.User, err)
		}
	}
	if left := texts(t, p, "SELECT role FROM access.invitation"); len(left) > 0 {
		t.Errorf("%q are left", left)
	}
}
