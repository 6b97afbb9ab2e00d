package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

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
	pageSize = 2000
)

// errSlow ends the context of what the server does not answer in time.
var errSlow = errors.New("no answer in time")

// tx runs queries in one transaction. It implements rows.Conn. What writes waits and
// is sent with the next that reads, or with the commit: each question to a server costs
// the way there and back.
type tx struct {
	ctx   context.Context
	conn  *pgx.Conn
	begin string // what still begins the transaction; "": it has begun
	queue []queued
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

// batch takes all that waits.
func (t *tx) batch() (b *pgx.Batch, waited int) {
	b = &pgx.Batch{}
	if t.begin != "" {
		b.Queue(t.begin)
		t.begin = ""
	}
	for _, q := range t.queue {
		b.Queue(q.query, q.args...)
	}
	t.queue = t.queue[:0]
	return b, b.Len()
}

// Query implements rows.Conn.
func (t *tx) Query(query string, args ...any) (rows.Found, error) {
	ctx, done := within(t.ctx, answerTime)
	b, waited := t.batch()
	b.Queue(query, args...)
	f := &found{sent: t.conn.SendBatch(ctx, b), done: done}
	for range waited {
		if _, err := f.sent.Exec(); err != nil {
			return nil, errors.Join(err, f.Close())
		}
	}
	var err error
	if f.Rows, err = f.sent.Query(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// found are rows that come with the answers to a batch.
type found struct {
	pgx.Rows
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
	return err
}

// Exec implements rows.Conn.
func (t *tx) Exec(query string, args ...any) (int64, error) {
	b, waited := t.batch()
	b.Queue(query, args...)
	return t.send(t.ctx, answerTime, b, waited)
}

// send sends a batch, and says how many rows its query of that number changed.
func (t *tx) send(ctx context.Context, limit time.Duration, b *pgx.Batch, asked int) (changed int64, err error) {
	ctx, done := within(ctx, limit)
	defer done()
	sent := t.conn.SendBatch(ctx, b)
	for i := range b.Len() {
		tag, err := sent.Exec()
		if err != nil {
			return 0, errors.Join(err, sent.Close())
		}
		if i == asked {
			changed = tag.RowsAffected()
		}
	}
	return changed, sent.Close()
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
	b, waited := t.batch()
	_, err := t.send(t.ctx, answerTime, b, waited)
	return err
}

// Borrowed implements rows.Conn.
func (t *tx) Borrowed(into *[]byte) any { return (*pgtype.DriverBytes)(into) }

// Number implements rows.Conn.
func (t *tx) Number(into *int64) any { return into }

// Page implements rows.Conn: a connection gives the answers to one question at a time.
func (t *tx) Page() int { return pageSize }

// Meaning implements rows.Conn.
func (t *tx) Meaning(err error) error { return translate(t.ctx, err) }

// commit sends what waits, and the commit with it.
func (t *tx) commit(ctx context.Context) error {
	b, _ := t.batch()
	b.Queue("commit")
	_, err := t.send(ctx, commitTime, b, -1)
	return err
}

// rollback ends a transaction of which nothing stays. A connection on which that does
// not work is closed, and the server takes back what it did.
func (t *tx) rollback() {
	if t.begin != "" {
		return
	}
	ctx, done := within(context.WithoutCancel(t.ctx), lookTime)
	defer done()
	if _, err := t.conn.Exec(ctx, "rollback"); err != nil {
		_ = t.conn.Close(ctx) // it goes on without us
	}
}

// reading are the rows of a transaction whose register may be known.
type reading struct {
	*rows.Rows
	tx       *tx
	register *auth.SealedRow // as it was at the beginning; nil: ask
}

// Register implements auth.Reader.
func (r *reading) Register() (auth.SealedRow, error) {
	if r.register != nil {
		return *r.register, nil
	}
	return r.Rows.Register()
}

// PutRegister implements auth.Tx.
func (r *reading) PutRegister(row auth.SealedRow, read int64) error {
	r.register = nil
	return r.Rows.PutRegister(row, read)
}
