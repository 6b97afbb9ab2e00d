package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"

	"anteroom/auth"
	"anteroom/data/store/rows"
)

const (
	// answerTime is what one answer of the server may take: its own limit for a
	// statement, and some more.
	answerTime = 35 * time.Second
	// queueLength is how many queries wait at most to be sent with the next one.
	queueLength = 256
	// pageSize is how many rows are read at once.
	pageSize = 5000
)

// errSlow ends the context of what the server does not answer in time.
var errSlow = errors.New("no answer in time")

// tx runs queries in one transaction. It implements rows.Conn. What begins it and what
// writes waits, and is sent with the next that reads, or with the commit: each question to
// a server costs the way there and back.
type tx struct {
	ctx   context.Context
	store *Store
	conn  *pgxpool.Conn // nil: there is none any more
	entry *entry        // what begins it; nil: it has begun
	queue []queued
	ahead bool // it only reads, so that what comes later may be read before

	// answering is held until all that was asked is answered: two goroutines may ask while
	// one of them reads ahead.
	answering sync.Mutex
	// failed is the first error: the server has taken the transaction back, and says nothing
	// more of use.
	failed error
}

// queued is a query that waits.
type queued struct {
	query string
	args  []any
}

// within limits what one answer takes.
func within(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, limit, errSlow)
}

// ask sends all that waits and then a query ("": none), whose answer is the next. A
// connection that died since it was used last, for the server was started again, shows that
// when a transaction begins: then it begins on a fresh one, and nothing was lost.
func (t *tx) ask(ctx context.Context, query string, args ...any) (sent pgx.BatchResults, err error) {
	if t.failed != nil {
		return nil, t.failed
	}
	defer func() { t.failed = err }()
	entry, queue := t.entry, t.queue
	t.entry, t.queue = nil, nil
	for try := 1; ; try++ {
		b := &pgx.Batch{}
		if entry != nil {
			entry.ask(b)
		}
		for _, q := range queue {
			b.Queue(q.query, q.args...)
		}
		if query != "" {
			b.Queue(query, args...)
		}
		sent = t.conn.Conn().SendBatch(ctx, b)
		if err = answers(sent, entry, len(queue)); err == nil {
			return sent, nil
		}
		_ = sent.Close() // it says the same
		if entry == nil || entry.answered || try > 1 || !t.store.died(ctx, t.conn, err) {
			return nil, err
		}
		if err = t.reconnect(ctx); err != nil {
			return nil, err
		}
	}
}

// answers reads the answers to what waited.
func answers(sent pgx.BatchResults, entry *entry, queued int) error {
	if entry != nil {
		if err := entry.answer(sent); err != nil {
			return err
		}
	}
	for range queued {
		if _, err := sent.Exec(); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) reconnect(ctx context.Context) (err error) {
	release(t.conn) // first: others may wait for its place
	t.conn = nil
	t.conn, err = t.store.connect(ctx)
	return err
}

// Query implements rows.Conn.
func (t *tx) Query(query string, args ...any) (rows.Found, error) {
	t.answering.Lock()
	ctx, done := within(t.ctx, answerTime)
	sent, err := t.ask(ctx, query, args...)
	if err != nil {
		done()
		t.answering.Unlock()
		return nil, err
	}
	f := &found{tx: t, sent: sent, done: done}
	if f.Rows, err = sent.Query(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// found are rows that come with the answers to a batch.
type found struct {
	pgx.Rows
	tx   *tx
	sent pgx.BatchResults
	done context.CancelFunc
}

// Close implements rows.Found.
func (f *found) Close() error {
	if f.Rows != nil {
		f.Rows.Close()
	}
	err := f.sent.Close()
	f.done()
	f.tx.failed = cmp.Or(f.tx.failed, err)
	f.tx.answering.Unlock()
	return err
}

// Exec implements rows.Conn.
func (t *tx) Exec(query string, args ...any) (int64, error) {
	return t.send(t.ctx, answerTime, query, args...)
}

// send sends what waits and a query, and says how many rows that changed.
func (t *tx) send(ctx context.Context, limit time.Duration, query string, args ...any) (changed int64, err error) {
	t.answering.Lock()
	defer t.answering.Unlock()
	ctx, done := within(ctx, limit)
	defer done()
	sent, err := t.ask(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	if query != "" {
		tag, failed := sent.Exec()
		changed, err = tag.RowsAffected(), failed
	}
	err = cmp.Or(err, sent.Close())
	t.failed = cmp.Or(t.failed, err)
	return changed, err
}

// Write implements rows.Conn. The server itself sees that one row changed, as what
// follows is sent before its answer is known: 1 divided by how many there were.
func (t *tx) Write(want rows.Want, query string, args ...any) error {
	if want == rows.One {
		query = "WITH written AS (" + query + " RETURNING 1) SELECT 1 / count(*) FROM written"
	}
	t.queue = append(t.queue, queued{query, args})
	if len(t.queue) < queueLength {
		return nil
	}
	return t.flush()
}

// flush sends all that waits.
func (t *tx) flush() error {
	_, err := t.send(t.ctx, answerTime, "")
	return err
}

// Borrowed implements rows.Conn.
func (t *tx) Borrowed(into *[]byte) any { return (*pgtype.DriverBytes)(into) }

// Number implements rows.Conn.
func (t *tx) Number(into *int64) any { return into }

// Page implements rows.Conn: a connection gives the answers to one question at a time.
func (t *tx) Page() (int, bool) { return pageSize, t.ahead }

// Meaning implements rows.Conn.
func (t *tx) Meaning(err error) error { return translate(t.ctx, err) }

// commit sends what waits, and the commit with it. Once the server has said that it did
// that, nothing else matters.
func (t *tx) commit(ctx context.Context) error {
	ctx, done := within(ctx, commitTime)
	defer done()
	sent, err := t.ask(ctx, "commit")
	if err != nil {
		return err
	}
	tag, err := sent.Exec()
	if closed := sent.Close(); err == nil && tag.String() != "COMMIT" {
		err = cmp.Or(closed, fmt.Errorf("the commit was answered %q: %w", tag, auth.ErrServer))
	}
	return err
}

// end takes back what was not committed, and gives the connection back. One on which that
// does not work is closed, and the server takes it back.
func (t *tx) end() {
	if t.conn == nil {
		return
	}
	defer release(t.conn)
	conn := t.conn.Conn()
	if conn.IsClosed() || conn.PgConn().TxStatus() == idle {
		return
	}
	ctx, done := within(context.WithoutCancel(t.ctx), lookTime)
	defer done()
	if _, err := conn.Exec(ctx, "rollback"); err != nil {
		_ = conn.Close(ctx) // it goes on without us
	}
}

// idle says that a connection is in no transaction (ReadyForQuery, the protocol's §55.7).
const idle = 'I'
