package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"anteroom/auth"
	"anteroom/data/disk"
	"anteroom/data/store/migrations"
	"anteroom/data/store/rows"
)

// pragmas go into the DSN, for by Exec they would reach one connection only.
// FULL with WAL: a confirmed change survives a power cut. secure_delete: what
// was replaced is not left in free pages. trusted_schema and cell_size_check are
// what SQLite advises for files that others may have written
// (https://sqlite.org/security.html, "Untrusted SQLite Database Files").
const (
	careful = "_pragma=trusted_schema(0)&_pragma=cell_size_check(1)"
	pragmas = careful + "&_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=secure_delete(1)"
)

const (
	// immediate: a transaction that will write waits for its turn at its
	// beginning, or SQLite would refuse it half-way.
	writing = "_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&" + pragmas
	reading = "mode=ro&" + pragmas
	// immutable: nothing is locked, and nothing written beside the file.
	untouched = "immutable=1&" + reading
)

// Store is an open database: one connection that writes, some that read.
type Store struct {
	write *sql.DB // nil: for reading only
	read  *sql.DB

	writes, reads statements // of these

	path    string
	file    os.FileInfo // what lay there when it was opened; nil: nobody replaces it
	backups string      // where backups go unless told otherwise; "": nowhere
	scratch string      // a folder of its own, removed at the end; "": none
	trap    trap

	mu    sync.Mutex
	watch *sql.Conn // PRAGMA data_version means something on one connection only
}

var _ auth.Store = (*Store)(nil)

// dsn is SQLite's URI of a path with any characters in it.
func dsn(path, options string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/…
	}
	return "file://" + (&url.URL{Path: path}).EscapedPath() + "?" + options
}

func openDatabase(path string) (*Store, error) {
	s, err := openToRead(path, reading)
	if err != nil {
		return nil, err
	}
	if s.write, err = sql.Open("sqlite", dsn(path, writing)); err != nil {
		return nil, errors.Join(fmt.Errorf("open database: %w", translate(err)), s.Close())
	}
	s.write.SetMaxOpenConns(1)
	return s, nil
}

func openToRead(path, options string) (*Store, error) {
	read, err := sql.Open("sqlite", dsn(path, options))
	if err != nil {
		return nil, fmt.Errorf("open database: %w", translate(err))
	}
	return &Store{read: read, path: path}, nil
}

// Close ends every use of the database.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	if s.watch != nil {
		errs = append(errs, s.watch.Close())
		s.watch = nil
	}
	errs = append(errs, s.read.Close())
	if s.write != nil { // the last: its close writes the WAL into the database
		errs = append(errs, s.write.Close())
	}
	inUse.Delete(s)
	if s.scratch != "" {
		errs = append(errs, disk.RemoveAll(s.scratch))
	}
	return translate(errors.Join(errs...))
}

func (s *Store) steps() (*goose.Provider, error) {
	return goose.NewProvider(goose.DialectSQLite3, s.write, migrations.SQLite)
}

// migrate brings the schema up to date, each step in a transaction of its own,
// and sees that it is.
func (s *Store) migrate(ctx context.Context) error {
	p, err := s.steps()
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", ofRows(err))
	}
	_, err = s.schema(ctx)
	return err
}

// begin starts a transaction on the file that was opened. It looks before, for
// a missing file would be made again, and after, for the connection may be a new
// one, and from then on nobody replaces the file under a writer.
func (s *Store) begin(ctx context.Context, db *sql.DB, queries *statements) (*sql.Tx, error) {
	if err := s.checkSameFile(); err != nil {
		return nil, err
	}
	queries.prepare(ctx, db)
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, translate(err)
	}
	if err := s.checkSameFile(); err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	return tx, nil
}

// View runs fn on one consistent state.
func (s *Store) View(ctx context.Context, fn func(auth.Reader) error) error {
	tx, err := s.begin(ctx, s.read, &s.reads)
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	defer tx.Rollback() // nothing to keep; an error of it says nothing new
	return fn(rows.Of(&dbConn{ctx: ctx, tx: tx, queries: &s.reads}))
}

// Update runs fn in one transaction and commits it when fn returns nil.
func (s *Store) Update(ctx context.Context, fn func(auth.Tx) error) error {
	if s.write == nil {
		return fmt.Errorf("write to %s: %w", s.path, auth.ErrReadOnly)
	}
	tx, err := s.begin(ctx, s.write, &s.writes)
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	defer tx.Rollback() // does nothing after the commit
	c := &dbConn{ctx: ctx, tx: tx, queries: &s.writes}
	if err := fn(rows.Of(c)); err != nil {
		return err
	}
	if c.conflict {
		return fmt.Errorf("write: %w", auth.ErrConflict)
	}
	switch err := tx.Commit(); {
	case errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil: // database/sql took it back first
		return fmt.Errorf("commit: %w", ctx.Err())
	case err != nil:
		return fmt.Errorf("commit: %w", translate(err))
	}
	return nil
}

// DataVersion changes whenever anybody changed the database.
func (s *Store) DataVersion(ctx context.Context) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.checkSameFile(); err != nil {
		return 0, fmt.Errorf("data version: %w", err)
	}
	if s.watch == nil {
		conn, err := s.read.Conn(ctx)
		if err != nil {
			return 0, fmt.Errorf("data version: %w", translate(err))
		}
		s.watch = conn
	}
	var version int64
	if err := s.watch.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version); err != nil {
		return 0, fmt.Errorf("data version: %w", translate(err))
	}
	return version, nil
}
