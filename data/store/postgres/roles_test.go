//go:build postgres

package postgres_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"anteroom/auth"
	"anteroom/auth/scram"
	"anteroom/data/store/postgres"
	"anteroom/data/store/postgres/pgtest"
)

// invited is who has a linking code of a practice.
func invited(t *testing.T, p *postgres.Server, until time.Duration) (code string, link postgres.Config) {
	t.Helper()
	code, password := rand.Text(), rand.Text()
	verifier, err := scram.Verifier(password)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Invite(t.Context(), code, verifier, time.Now().Add(until)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.WithdrawInvite(context.Background(), code); err != nil {
			t.Error(err)
		}
	})
	return code, pgtest.Role(t, database(p), postgres.LinkRole(code), password)
}

// joined is a new desk of a practice.
func joined(t *testing.T, p *postgres.Server) (computer string, desk postgres.Config) {
	t.Helper()
	_, link := invited(t, p, time.Hour)
	return joinedBy(t, p, link)
}

func quoted(name string) string { return pgx.Identifier{name}.Sanitize() }

// session is a connection past our program, as one has who took its password.
func session(t *testing.T, c postgres.Config) *pgx.Conn {
	t.Helper()
	config, err := pgx.ParseConfig(fmt.Sprintf("host=%s port=%d dbname=%s user=%s password=%s sslmode=require passfile=''", c.Host, c.Port, c.Database, c.User, c.Password))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.ConnectConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// refused says that the server refused a role something, and not for another reason.
func refused(err error) bool {
	var said *pgconn.PgError
	return errors.As(err, &said) && said.Code == "42501"
}

func valid(t *testing.T) string {
	t.Helper()
	v, err := scram.Verifier(rand.Text())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// texts are the answers to a question, as the superuser gets them.
func texts(t *testing.T, p *postgres.Server, query string) []string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), "dbname="+database(p))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	found, err := conn.Query(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	all, err := pgx.CollectRows(found, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestOnlyDesks: a link makes desks and nothing else, and a desk shuts desks and nothing
// else, whatever they say.
func TestOnlyDesks(t *testing.T) {
	p := made(t)
	_, desk := joined(t, p)
	_, link := invited(t, p, time.Hour)
	byDesk, byLink := session(t, desk), session(t, link)
	id := rand.Text()
	for _, name := range []string{"postgres", "keeper", "desk", "link", link.User, "d_", "d_short", "x" + id, " d_" + id, "d_" + id + "\n", "d_" + strings.ToLower(id),
		"d_" + id + `"; ALTER ROLE keeper SUPERUSER; --`, "d_" + id + "' SUPERUSER '", "d_" + id + " SUPERUSER", "d_" + strings.Repeat("A", 61), "pg_read_all_data"} {
		if _, err := byLink.Exec(t.Context(), "SELECT access.join_desk($1, $2)", name, valid(t)); !refused(err) {
			t.Errorf("join %q: %v", name, err)
		}
		if _, err := byDesk.Exec(t.Context(), "SELECT access.part_desk($1)", name); !refused(err) {
			t.Errorf("part %q: %v", name, err)
		}
		if err := p.Invite(t.Context(), name, valid(t), time.Now().Add(time.Hour)); name != id && !errors.Is(err, auth.ErrNotLinked) {
			t.Errorf("invite %q: %v", name, err)
		}
	}
	for _, verifier := range []string{"", "secret", "md5" + strings.Repeat("0", 32), valid(t) + "\n", valid(t) + "' SUPERUSER '", strings.Replace(valid(t), "4096", "1", 1)} {
		if _, err := byLink.Exec(t.Context(), "SELECT access.join_desk($1, $2)", "d_"+id, verifier); !refused(err) {
			t.Errorf("join with %q: %v", verifier, err)
		}
	}
	if _, err := byLink.Exec(t.Context(), "SELECT access.join_desk($1, NULL)", "d_"+id); err != nil {
		t.Errorf("join with nothing: %v", err)
	}
	if err := p.RevokeRole(t.Context(), id); err != nil {
		t.Errorf("part a computer that has no role: %v", err)
	}
	if got := texts(t, p, "SELECT rolname::text FROM pg_roles WHERE rolname LIKE '%"+id+"%'"); len(got) > 0 {
		t.Errorf("made: %v", got)
	}
	if got := texts(t, p, "SELECT rolname::text FROM pg_roles WHERE rolsuper AND rolname <> 'postgres'"); len(got) > 0 {
		t.Errorf("superusers: %v", got)
	}
}

// TestParted: a desk that was shut is out at once, and does not come back.
func TestParted(t *testing.T) {
	p := made(t)
	admin, adminsDesk := joined(t, p)
	computer, desk := joined(t, p)
	s, err := pgtest.By(t, desk).Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := put(s, "a"); err != nil {
		t.Fatal(err)
	}
	// One that comes back as fast as it can, while it is shut.
	stop := make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				if other, err := pgtest.By(t, desk).Open(t.Context()); err == nil {
					other.Close()
				}
			}
		}
	})
	// And one that holds its own role's row, for which shutting it must not wait.
	held := session(t, desk)
	if _, err := held.Exec(t.Context(), "BEGIN; ALTER ROLE "+quoted(desk.User)+" PASSWORD 'x'"); err != nil {
		t.Fatal(err)
	}
	by := pgtest.By(t, adminsDesk)
	for i := range 2 { // two admins
		all.Go(func() {
			if err := by.RevokeRole(t.Context(), computer); err != nil {
				t.Errorf("admin %d: %v", i, err)
			}
			if left := texts(t, p, "SELECT pid::text FROM pg_stat_activity WHERE usename = '"+desk.User+"'"); len(left) > 0 {
				t.Errorf("connections are left: %v", left)
			}
		})
	}
	time.AfterFunc(time.Second, func() { close(stop) })
	all.Wait()
	if err := put(s, "b"); !errors.Is(err, auth.ErrNotLinked) {
		t.Errorf("writing: %v", err)
	}
	if _, err := s.DataVersion(t.Context()); !errors.Is(err, auth.ErrNotLinked) {
		t.Errorf("a look: %v", err)
	}
	if _, err := pgtest.By(t, desk).Open(t.Context()); !errors.Is(err, auth.ErrNotLinked) {
		t.Errorf("opening: %v", err)
	}
	_, link := invited(t, p, time.Hour)
	if _, err := pgtest.By(t, link).Join(t.Context(), computer); !errors.Is(err, auth.ErrConflict) {
		t.Errorf("joining again: %v", err)
	}
	if err := p.RevokeRole(t.Context(), computer); err != nil {
		t.Errorf("once more: %v", err)
	}
	// A desk may leave by itself.
	if err := by.RevokeRole(t.Context(), admin); err != nil {
		t.Errorf("by itself: %v", err)
	}
	if _, err := by.Open(t.Context()); !errors.Is(err, auth.ErrNotLinked) {
		t.Errorf("that left: %v", err)
	}
}

// TestSurvivor: even a connection that outlived its role may do nothing.
func TestSurvivor(t *testing.T) {
	p := made(t)
	computer, desk := joined(t, p)
	if err := pgtest.By(t, desk).RevokeRole(t.Context(), rand.Text()); err != nil {
		t.Fatal(err)
	}
	held := session(t, desk)
	if _, err := held.Exec(t.Context(), "SELECT access.part_desk($1)", "d_"+computer); err != nil { // which leaves who asks
		t.Fatal(err)
	}
	for _, query := range []string{"SELECT * FROM practice.patient", "UPDATE practice.pulse SET n = n + 1", "SELECT access.part_desk('d_" + rand.Text() + "')"} {
		if _, err := held.Exec(t.Context(), query); !refused(err) {
			t.Errorf("%s: %v", query, err)
		}
	}
}

// TestReplaceKeepsRights: desks that work while a backup is put in place are told so,
// open what took it, and never see what was set aside, nor what is not in place yet.
func TestReplaceKeepsRights(t *testing.T) {
	p := made(t)
	whole, err := p.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	backup, err := whole.Backup(t.Context(), auth.BackupOrder{Folder: t.TempDir(), Practice: "ABCD2345EFGH6789", Now: time.Now()})
	whole.Close()
	if err != nil {
		t.Fatal(err)
	}
	_, desk := joined(t, p)
	var all sync.WaitGroup
	for n := range 8 {
		s, err := pgtest.By(t, desk).Open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			defer s.Close()
			for i := 0; ; i++ {
				err := put(s, fmt.Sprint(n, " ", i))
				if errors.Is(err, auth.ErrReplaced) {
					return
				}
				if err != nil {
					t.Errorf("desk %d: %v", n, err)
					return
				}
			}
		})
	}
	stranger := session(t, desk)
	now, aside, err := p.Replace(t.Context(), backup.Path, func(auth.Store) error {
		next := texts(t, p, "SELECT nspname::text FROM pg_namespace WHERE nspname LIKE 'next%'")
		if _, err := stranger.Exec(t.Context(), "DELETE FROM "+next[0]+".patient"); !refused(err) {
			t.Errorf("into what is not finished: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	now.Close()
	all.Wait()
	for _, query := range []string{"SELECT * FROM " + aside + ".patient", "DELETE FROM " + aside + ".patient"} {
		if _, err := stranger.Exec(t.Context(), query); !refused(err) {
			t.Errorf("%s: %v", query, err)
		}
	}
	s, err := pgtest.By(t, desk).Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := put(s, "z"); err != nil || !has(t, s, "z") {
		t.Errorf("afterwards: %v", err)
	}
	onlyListed(t, p, desk)
}

// TestNotInTheLog: no password gets into the server's log, and no verifier, even where
// every query is logged, as long as parameters are not.
func TestNotInTheLog(t *testing.T) {
	p := made(t)
	for _, setting := range []string{"log_statement = 'all'", "log_min_duration_statement = 0", "log_parameter_max_length = 0", "log_parameter_max_length_on_error = 0"} {
		pgtest.Admin(t, "ALTER SYSTEM SET "+setting)
		name, _, _ := strings.Cut(setting, " ")
		t.Cleanup(func() { pgtest.Admin(t, "ALTER SYSTEM RESET "+name) })
	}
	pgtest.Admin(t, "SELECT pg_reload_conf()")
	t.Cleanup(func() { pgtest.Admin(t, "SELECT pg_reload_conf()") })
	for deadline := time.Now().Add(time.Minute); !slices.Equal(texts(t, p, "SHOW log_statement"), []string{"all"}); {
		if time.Now().After(deadline) {
			t.Fatal("not logged")
		}
	}
	before := len(logged(t))
	code, link := invited(t, p, time.Hour)
	computer, desk := joined(t, p)
	if err := p.Invite(t.Context(), code, valid(t), time.Now()); !errors.Is(err, auth.ErrConflict) {
		t.Error(err)
	}
	if _, err := pgtest.By(t, link).Join(t.Context(), computer); !errors.Is(err, auth.ErrConflict) {
		t.Error(err)
	}
	if err := p.RevokeRole(t.Context(), computer); err != nil {
		t.Error(err)
	}
	text := logged(t)[before:]
	if !strings.Contains(text, "access.join_desk($1") || !strings.Contains(text, "there is such a role") {
		t.Error("it was not logged")
	}
	for what, secret := range map[string]string{"verifier": "SCRAM-SHA-256$", "desk's password": desk.Password, "code's password": link.Password} {
		if strings.Contains(text, secret) {
			t.Errorf("the %s is in the log", what)
		}
	}
}

// logged is the server's log.
func logged(t *testing.T) string {
	t.Helper()
	log, err := os.ReadFile(filepath.Join(os.Getenv("PGHOST"), "log"))
	if err != nil {
		t.Fatal(err)
	}
	return string(log)
}
