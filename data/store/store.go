package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"strings"
	"sync"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"anteroom/auth"
)

// pragmas go into the DSN, for by Exec they would reach one connection only.
// FULL with WAL: a confirmed change survives a power cut. secure_delete: what
// was replaced is not left in free pages.
const pragmas = "_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=secure_delete(1)"

const (
	// immediate: a transaction that will write waits for its turn at its
	// beginning, or SQLite would refuse it half-way.
	writing = "_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&" + pragmas
	reading = "mode=ro&" + pragmas
)

// Store is an open database: one connection that writes, some that read.
type Store struct {
	write *sql.DB
	read  *sql.DB

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
	write, err := sql.Open("sqlite", dsn(path, writing))
	if err != nil {
		return nil, fmt.Errorf("open database: %w", translate(err))
	}
	write.SetMaxOpenConns(1)
	read, err := sql.Open("sqlite", dsn(path, reading))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open database: %w", translate(err)), write.Close())
	}
	return &Store{write: write, read: read}, nil
}

// Close ends every use of the database.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	if s.watch != nil {
		err = s.watch.Close()
		s.watch = nil
	}
	// The writer last: its close writes the WAL into the database.
	return translate(errors.Join(err, s.read.Close(), s.write.Close()))
}

//go:embed migrations/*.sql
var migrations embed.FS

func (s *Store) migrations() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, s.write, files)
}

// migrate brings the schema up to date, each step in a transaction of its own.
func (s *Store) migrate(ctx context.Context) error {
	p, err := s.migrations()
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", translate(err))
	}
	return nil
}

// refuseNewer refuses a schema that this program does not know, unchanged.
func (s *Store) refuseNewer(ctx context.Context) error {
	p, err := s.migrations()
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	sources := p.ListSources()
	known := sources[len(sources)-1].Version
	var found int64
	// By the reading handle, so that nothing is written on the way.
	row := s.read.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version WHERE is_applied")
	if err := row.Scan(&found); err != nil {
		return fmt.Errorf("read schema version: %w", damaged(translate(err)))
	}
	if found > known {
		return fmt.Errorf("schema %d, known up to %d: %w", found, known, auth.ErrNewerDatabase)
	}
	return nil
}

// View runs fn on one consistent state.
func (s *Store) View(ctx context.Context, fn func(auth.Reader) error) error {
	tx, err := s.read.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("read: %w", translate(err))
	}
	defer tx.Rollback() // nothing to keep; an error of it says nothing new
	return fn(&rows{ctx, tx})
}

// Update runs fn in one transaction and commits it when fn returns nil.
func (s *Store) Update(ctx context.Context, fn func(auth.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("write: %w", translate(err))
	}
	defer tx.Rollback() // does nothing after the commit
	if err := fn(&rows{ctx, tx}); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", translate(err))
	}
	return nil
}

// DataVersion changes whenever anybody changed the database.
func (s *Store) DataVersion(ctx context.Context) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
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
