// Package pgtest gives tests places on the PostgreSQL that .ci/with-postgres runs.
package pgtest

import (
	"context"
	"crypto/rand"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"anteroom/data/store"
	"anteroom/data/store/postgres"
)

// New is a place with a database of its own, in which nothing is yet.
func New(t testing.TB) *postgres.Server {
	t.Helper()
	name := "test_" + strings.ToLower(rand.Text())
	Admin(t, "CREATE DATABASE "+name+" TEMPLATE template0 LOCALE 'C'")
	t.Cleanup(func() { Admin(t, "DROP DATABASE "+name+" WITH (FORCE)") })
	return At(t, name)
}

// At is the place of a database that is there.
func At(t testing.TB, database string) *postgres.Server {
	t.Helper()
	local, err := store.At(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	p, err := postgres.At(Config(t, database), local)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Config reaches a database over the socket, as its owner.
func Config(t testing.TB, database string) postgres.Config {
	t.Helper()
	host := os.Getenv("PGHOST")
	if host == "" {
		t.Fatal("no PostgreSQL: run .ci/with-postgres go test …")
	}
	return postgres.Config{Host: host, Port: 5432, Database: database, User: os.Getenv("PGUSER"), Owner: true}
}

// Admin runs a query in the server's own database.
func Admin(t testing.TB, query string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	conn, err := pgx.Connect(ctx, "") // as the environment says
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, query); err != nil {
		t.Fatal(err)
	}
}
