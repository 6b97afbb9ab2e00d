package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

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
	pool   *pgxpool.Pool
	server *Server
	era    string // of the database that was opened
	clock  clock

	mu     sync.Mutex
	kept   auth.SealedRow // the register that was read last
	unsure []turn         // whose end is not known, and after which nothing may be written
}

var _ auth.Shared = (*Store)(nil)

// Close ends every use of the database.
func (s *Store) Close() error {
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
	t := &tx{ctx: ctx, store: s, conn: conn, entry: e, ahead: !writes}
	return t, &entered{Rows: rows.Of(t), tx: t, entry: e}, nil
}

// View runs fn on one consistent state. Nobody waits for its end, which is only said to
// the server.
func (s *Store) View(ctx context.Context, fn func(auth.Reader) error) error {
	t, r, err := s.enter(ctx, false)
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	defer func() { go t.end() }()
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
	defer t.end() // does not take back what was committed
	if _, err := t.send(ctx, turnTime, ""); err != nil {
		// The server's limit is for each step of its queue, of which one may have two.
		if errors.Is(err, context.DeadlineExceeded) && s.answers(ctx) {
			return fmt.Errorf("write: the turn was not got: %w", auth.ErrBusy)
		}
		return fmt.Errorf("write: %w", translate(ctx, err))
	}
	if err := fn(r); err != nil {
		return err
	}
	if err := cmp.Or(t.failed, ctx.Err()); err != nil { // whatever fn made of it
		return fmt.Errorf("write: %w", translate(ctx, err))
	}
	// From here on nothing cancels it any more.
	ctx = context.WithoutCancel(ctx)
	switch err := t.commit(ctx); {
	case err == nil:
		return nil
	case unanswered(err):
		return s.outcome(ctx, r.entry.turn)
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

// release gives a connection back. One that is closed would keep its place until the
// network says so.
func release(conn *pgxpool.Conn) {
	if conn.Conn().IsClosed() {
		conn.Hijack()
		return
	}
	conn.Release()
}

// row reads the one row of a query that is a transaction of its own, and says when it was
// asked.
func (s *Store) row(ctx context.Context, query string, into ...any) (asked time.Time, err error) {
	for try := 1; ; try++ {
		conn, err := s.connect(ctx)
		if err != nil {
			return asked, err
		}
		asked = monotonic()
		err = conn.QueryRow(ctx, query).Scan(into...)
		again := err != nil && try == 1 && s.died(ctx, conn, err)
		release(conn)
		if !again {
			return asked, translate(ctx, err)
		}
	}
}

// connect gives a connection that nobody else uses. That this computer itself uses all that
// it may have is auth.ErrBusy, as long as the server answers.
func (s *Store) connect(ctx context.Context) (*pgxpool.Conn, error) {
	limited, done := within(ctx, connectTime)
	defer done()
	conn, err := s.pool.Acquire(limited)
	if err != nil && s.pool.Stat().AcquiredConns() == s.pool.Config().MaxConns && s.answers(ctx) {
		return nil, fmt.Errorf("connect to %s: all connections are in use: %w", s.server.Name(), auth.ErrBusy)
	}
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", s.server.Name(), translate(limited, err))
	}
	return conn, nil
}

// answers says whether the server does to somebody new.
func (s *Store) answers(ctx context.Context) bool {
	ctx, done := within(ctx, lookTime)
	defer done()
	conn, err := s.server.single(ctx)
	if err != nil {
		return false
	}
	_ = conn.Close(ctx) // whether it says goodbye is nothing
	return true
}

// isOurs refuses a database that took the place of the one that was opened, and one
// that a newer program brought up to date.
func (s *Store) isOurs(era string, needs int64) error {
	switch {
	case era != s.era:
		return fmt.Errorf("%s: %w", s.server.Name(), auth.ErrReplaced)
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
	var asked time.Time
	if asked, err = s.row(ctx, look, &era, &needs, &at, &n); err == nil {
		s.clock.set(asked, at)
		err = s.isOurs(era, needs)
	}
	if err != nil {
		return 0, fmt.Errorf("data version: %w", err)
	}
	return n, nil
}
