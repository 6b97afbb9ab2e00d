//go:build postgres

// Package pgtest gives tests places on the PostgreSQL that .ci/with-postgres runs.
package pgtest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"anteroom/data/store"
	"anteroom/data/store/postgres"
)

// New is a place with a database of its own, in which nothing is yet.
func New(t testing.TB) *postgres.Server {
	t.Helper()
	return At(t, create(t, "template0"))
}

// Through is New whose connections a test makes.
func Through(t testing.TB, dial func(ctx context.Context, network, address string) (net.Conn, error)) *postgres.Server {
	t.Helper()
	c := Config(t, path.Base(New(t).Name()))
	c.Dial = dial
	return By(t, c)
}

// create makes a database that is gone when t ends, and gives its name.
func create(t TB, template string) string {
	t.Helper()
	name := "test_" + strings.ToLower(rand.Text())
	keeper(t)
	Admin(t, "CREATE DATABASE "+name+" OWNER keeper TEMPLATE "+template+" LOCALE 'C'")
	t.Cleanup(func() { Admin(t, "DROP DATABASE "+name+" WITH (FORCE)") })
	return name
}

// At is the place of a database that is there.
func At(t testing.TB, database string) *postgres.Server {
	t.Helper()
	return By(t, Config(t, database))
}

// By is the place of a configuration.
func By(t testing.TB, c postgres.Config) *postgres.Server {
	t.Helper()
	local, err := store.At(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	p, err := postgres.At(c, local)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// keeper makes the role that owns the databases, unless it is there.
func keeper(t TB) {
	t.Helper()
	Admin(t, `DO $$ BEGIN CREATE ROLE keeper LOGIN CREATEROLE;
		EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`)
}

// Open is At in a process that runs no test.
func Open(database string) (*postgres.Server, error) {
	c, err := config(database)
	if err != nil {
		return nil, err
	}
	local, err := store.At(filepath.Join(c.Host, "of "+database)) // goes with the server
	if err != nil {
		return nil, err
	}
	return postgres.At(c, local)
}

// TB is what also a rapid.T can do.
type TB interface {
	Helper()
	Context() context.Context
	Cleanup(func())
	Fatal(...any)
}

// Copy is the place of a copy of a database that nobody has open, until t ends.
func Copy(t TB, database string) *postgres.Server {
	t.Helper()
	p, err := Open(create(t, database))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Config reaches a database over the socket, as its owner.
func Config(t testing.TB, database string) postgres.Config {
	t.Helper()
	c, err := config(database)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func config(database string) (postgres.Config, error) {
	host := os.Getenv("PGHOST")
	if host == "" {
		return postgres.Config{}, errors.New("no PostgreSQL: run .ci/with-postgres go test …")
	}
	port, err := strconv.ParseUint(os.Getenv("PGPORT"), 10, 16)
	return postgres.Config{Host: host, Port: uint16(port), Database: database, User: "keeper", Owner: true}, err
}

// Remote is Config over the network, with TLS, for a new user with a password.
func Remote(t testing.TB, database string) postgres.Config {
	t.Helper()
	c := Config(t, database)
	user, password := "user_"+strings.ToLower(rand.Text()), rand.Text()
	Admin(t, "CREATE ROLE "+user+" LOGIN SUPERUSER PASSWORD '"+password+"'")
	t.Cleanup(func() { Admin(t, "DROP ROLE "+user) })
	c.Host, c.User, c.Password, c.Key = "127.0.0.1", user, password, Key(t)
	return c
}

// Role is Config over the network, with TLS, for a role that is no owner.
func Role(t testing.TB, database, name, password string) postgres.Config {
	t.Helper()
	c := Config(t, database)
	c.Host, c.User, c.Password, c.Key, c.Owner = "127.0.0.1", name, password, Key(t), false
	return c
}

// Key is the sum of the server's public key.
func Key(t testing.TB) []byte {
	t.Helper()
	text, err := os.ReadFile(os.Getenv("ANTEROOM_PGCERT"))
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(text)
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(certificate.RawSubjectPublicKeyInfo)
	return sum[:]
}

// Crash kills all of the server, as a power cut does, and starts it again.
func Crash(t testing.TB) {
	t.Helper()
	signal(processes(t)[:1], syscall.SIGSTOP) // so that it begets no more
	all := processes(t)
	signal(all, syscall.SIGKILL)
	late, done := context.WithTimeout(t.Context(), time.Minute)
	defer done()
	for slices.ContainsFunc(all, lives) {
		if runtime.Gosched(); late.Err() != nil {
			t.Fatal("the server does not die")
		}
	}
	// It may be among the processes for a while, as nobody's child, and must not be taken for
	// one that lives.
	host := os.Getenv("PGHOST")
	for _, lock := range []string{filepath.Join(host, "data", "postmaster.pid"), filepath.Join(host, ".s.PGSQL."+os.Getenv("PGPORT")+".lock")} {
		if err := os.Remove(lock); err != nil {
			t.Fatal(err)
		}
	}
	ctl := strings.Fields(os.Getenv("ANTEROOM_PGCTL"))
	restart := exec.Command(ctl[0], append(ctl[1:], "restart", "--mode=immediate")...)
	restart.Dir = "/"
	if said, err := restart.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
}

// Stop stops all of the server where it is, as a computer that sleeps does, until goOn
// is called.
func Stop(t testing.TB) (goOn func()) {
	t.Helper()
	all := processes(t)
	signal(all, syscall.SIGSTOP)
	goOn = sync.OnceFunc(func() { signal(all, syscall.SIGCONT) })
	t.Cleanup(goOn)
	return goOn
}

// processes are all of the server's, of which the first has begun the others.
func processes(t testing.TB) (all []int) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(os.Getenv("PGHOST"), "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	children, err := os.ReadFile(fmt.Sprintf("/proc/%s/task/%s/children", first, first))
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range append([]string{first}, strings.Fields(string(children))...) {
		pid, err := strconv.Atoi(field)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, pid)
	}
	return all
}

// lives says whether a process does, or is only not buried yet.
func lives(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, state, _ := strings.Cut(string(stat), ") ")
	return err == nil && !strings.HasPrefix(state, "Z") && !strings.HasPrefix(state, "X")
}

func signal(all []int, s syscall.Signal) {
	for _, pid := range all {
		_ = syscall.Kill(pid, s) // one may have ended
	}
}

// Admin runs a query in the server's own database.
func Admin(t TB, query string) {
	t.Helper()
	In(t, os.Getenv("PGDATABASE"), query)
}

// In runs a query in a database, as the superuser.
func In(t TB, database, query string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	conn, err := pgx.Connect(ctx, "dbname="+database) // the rest is in the environment
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, query); err != nil {
		t.Fatal(err)
	}
}
