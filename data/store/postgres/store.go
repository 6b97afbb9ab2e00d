package postgres

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"anteroom/auth"
	"anteroom/data/store/migrations"
	"anteroom/data/store/rows"
)

// How long a computer waits for its server (the server's own limits are in server.go).
const (
	connectTime = 5 * time.Second
	lookTime    = 2 * time.Second
	turnTime    = 7 * time.Second // the server's 5 s for the turn, and the way
	commitTime  = 10 * time.Second
	askTime     = 5 * time.Second // to learn what became of a commit
)

// Store is an open database on a server.
type Store struct {
	pool  *pgxpool.Pool
	place *Server
	era   string // of the database that was opened
	clock clock

	ending sync.WaitGroup // transactions that only read, and end while nobody waits

	mu     sync.Mutex
	kept   auth.SealedRow // the register that was read last
	unsure string         // a transaction whose end is not known, and after which nothing may be written
}

var _ auth.Store = (*Store)(nil)

// Close ends every use of the database.
func (s *Store) Close() error {
	s.ending.Wait()
	s.pool.Close()
	return nil
}

// enter is a transaction that begins with its first query.
func (s *Store) enter(ctx context.Context, writes bool) (*tx, *entered, error) {
	conn, err := s.connect(ctx)
	if err != nil {
		return nil, nil, err
	}
	e := &entry{store: s, writes: writes}
	t := &tx{ctx: ctx, store: s, conn: conn, entry: e}
	return t, &entered{Rows: rows.Of(t), tx: t, entry: e}, nil
}

// View runs fn on one consistent state. Nobody waits for its end, which is only said to
// the server.
func (s *Store) View(ctx context.Context, fn func(auth.Reader) error) error {
	t, r, err := s.enter(ctx, false)
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	defer s.ending.Go(func() {
		t.rollback()
		t.conn.Release()
	})
	return fn(r)
}

// Update runs fn in one transaction that no other writer is in, and commits it when
// fn returns nil.
func (s *Store) Update(ctx context.Context, fn func(auth.Tx) error) error {
	if err := s.settle(ctx); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	t, r, err := s.enter(ctx, true)
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	defer func() {
		t.rollback() // does nothing after the commit
		t.conn.Release()
	}()
	if _, err := t.send(ctx, turnTime, ""); err != nil {
		return fmt.Errorf("write: %w", translate(ctx, err))
	}
	if err := fn(r); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	// From here on nothing calls it off any more.
	ctx = context.WithoutCancel(ctx)
	switch err := t.commit(ctx); {
	case err == nil:
		return nil
	case unanswered(err):
		return s.outcome(ctx, r.entry.id)
	default:
		return fmt.Errorf("commit: %w", translate(ctx, err))
	}
}

// died says that a connection was dead when it was used, and that there may be a better
// one: the others, which are as old, are given up.
func (s *Store) died(ctx context.Context, conn *pgxpool.Conn, err error) bool {
	if !conn.Conn().IsClosed() || ctx.Err() != nil || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	s.pool.Reset()
	return true
}

// row reads the one row of a query that is a transaction of its own.
func (s *Store) row(ctx context.Context, query string, into ...any) error {
	for try := 1; ; try++ {
		conn, err := s.connect(ctx)
		if err != nil {
			return err
		}
		err = conn.QueryRow(ctx, query).Scan(into...)
		again := err != nil && try == 1 && s.died(ctx, conn, err)
		conn.Release()
		if !again {
			return translate(ctx, err)
		}
	}
}

func (s *Store) connect(ctx context.Context) (*pgxpool.Conn, error) {
	limited, done := within(ctx, connectTime)
	defer done()
	conn, err := s.pool.Acquire(limited)
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", s.place.Name(), translate(limited, err))
	}
	return conn, nil
}

// isOurs refuses a database that took the place of the one that was opened, and one
// that a newer program brought up to date.
func (s *Store) isOurs(era string, needs int64) error {
	switch {
	case era != s.era:
		return fmt.Errorf("%s: %w", s.place.Name(), auth.ErrReplaced)
	case needs > migrations.Newest:
		return fmt.Errorf("the schema needs %d, known up to %d: %w", needs, migrations.Newest, auth.ErrNewerDatabase)
	}
	return nil
}

// DataVersion changes whenever anybody changed the database. It is one question.
func (s *Store) DataVersion(ctx context.Context) (n int64, err error) {
	ctx, done := within(ctx, lookTime)
	defer done()
	var era string
	var needs int64
	var at time.Time
	asked := monotonic()
	if err = s.row(ctx, look, &era, &needs, &at, &n); err == nil {
		s.clock.set(asked, at)
		err = s.isOurs(era, needs)
	}
	if err != nil {
		return 0, fmt.Errorf("data version: %w", err)
	}
	return n, nil
}

// outcome says what became of a transaction whose commit was not answered: nil, where
// it was saved.
func (s *Store) outcome(ctx context.Context, id string) error {
	s.mu.Lock()
	s.unsure = id
	s.mu.Unlock()
	saved, err := s.ask(context.WithoutCancel(ctx), askTime, id)
	switch {
	case err != nil:
		return s.unknown(id)
	case saved:
		return nil
	}
	return fmt.Errorf("commit: %w", auth.ErrServer)
}

func (s *Store) unknown(id string) error {
	return &auth.UnknownError{Ask: func(ctx context.Context) (bool, error) { return s.ask(ctx, askTime, id) }}
}

// settle learns what became of the transaction that nobody knows of, if there is one.
func (s *Store) settle(ctx context.Context) error {
	s.mu.Lock()
	id := s.unsure
	s.mu.Unlock()
	if id == "" {
		return nil
	}
	_, err := s.ask(ctx, lookTime, id)
	return err
}

// ask asks the server until it says how a transaction ended, or for some time.
func (s *Store) ask(ctx context.Context, limit time.Duration, id string) (saved bool, err error) {
	ctx, done := within(ctx, limit)
	defer done()
	const again = 50 * time.Millisecond
	for {
		status, err := s.status(ctx, id)
		if err == nil && status != "in progress" {
			s.mu.Lock()
			if s.unsure == id {
				s.unsure = ""
			}
			s.mu.Unlock()
			return status == "committed", nil
		}
		if err != nil && !errors.Is(err, auth.ErrServer) {
			return false, err
		}
		select {
		case <-ctx.Done():
			return false, s.unknown(id)
		case <-time.After(again):
		}
	}
}

// status is what the server says of a transaction. It is asked on a connection of its
// own, for the others may be as dead as that which did not answer. What it remembers no
// more was long ago, and nobody can tell.
func (s *Store) status(ctx context.Context, id string) (status string, err error) {
	config := s.pool.Config().ConnConfig
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return "", translate(ctx, err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var said *string
	if err := conn.QueryRow(ctx, "SELECT pg_xact_status($1::text::xid8)", id).Scan(&said); err != nil {
		return "", translate(ctx, err)
	}
	if said == nil {
		return "", fmt.Errorf("transaction %s: %w", id, auth.ErrUnknown)
	}
	return *said, nil
}
