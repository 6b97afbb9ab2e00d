package postgres

import (
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"anteroom/auth"
	"anteroom/data/store/rows"
)

// How a transaction begins: with the turn or a look, which say which database this is,
// and with the register, which nearly every transaction reads.
const (
	beginReading = "begin isolation level repeatable read read only"
	beginWriting = "begin isolation level read committed"
	// queueUp waits for those who write and came before. The row alone would do, but who
	// waits for a row is let in in no order, and each of them looks again after each turn.
	// It is a table's lock, which is for who may write there: anybody may take an advisory one.
	// This table hardly ever changes, so no autovacuum takes the same lock of it.
	queueUp = "LOCK TABLE practice IN SHARE UPDATE EXCLUSIVE MODE"
	// takeTurn holds the row against everybody, and names the transaction for who has to
	// ask about it afterwards.
	takeTurn   = "UPDATE pulse SET n = n + 1 WHERE id = 1 RETURNING era, needs, clock_timestamp(), pg_current_xact_id()::text"
	whichOne   = "SELECT era, needs, clock_timestamp() FROM pulse WHERE id = 1"
	look       = "SELECT era, needs, clock_timestamp(), n FROM pulse WHERE id = 1"
	leaveToken = "WITH old AS (DELETE FROM turns WHERE taken < now() - interval '30 days') INSERT INTO turns (token) VALUES ($1)"
	// readRegister leaves out a register that is known.
	readRegister = "SELECT version, CASE WHEN version = $1 AND sha256(sealed) = $2 THEN NULL ELSE sealed END FROM register WHERE id = 1"
)

// entry begins a transaction.
type entry struct {
	store    *Store
	writes   bool
	asked    time.Time
	answered bool            // the transaction has begun
	known    auth.SealedRow  // the register that was read last
	register *auth.SealedRow // as it is at the beginning; nil: there is none
	turn     turn            // of a transaction that writes
}

// ask asks what begins it.
func (e *entry) ask(b *pgx.Batch) {
	e.store.mu.Lock()
	e.known = e.store.kept
	e.store.mu.Unlock()
	begin, first := beginReading, whichOne
	if e.writes {
		begin, first = beginWriting, takeTurn
	}
	sum := sha256.Sum256(e.known.Sealed)
	b.Queue(begin)
	if e.writes {
		b.Queue(queueUp)
	}
	b.Queue(first)
	if e.writes {
		e.turn.token = rand.Text()
		b.Queue(leaveToken, e.turn.token)
	}
	b.Queue(readRegister, e.known.Version, sum[:])
	e.asked = monotonic()
}

// answer reads what was answered, and refuses another database.
func (e *entry) answer(sent pgx.BatchResults) error {
	if _, err := sent.Exec(); err != nil {
		return err
	}
	if e.writes {
		if _, err := sent.Exec(); err != nil {
			return err
		}
	}
	var era string
	var needs int64
	var at time.Time
	into := []any{&era, &needs, &at}
	if e.writes {
		into = append(into, &e.turn.id)
	}
	if err := sent.QueryRow().Scan(into...); errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("no pulse: %w", auth.ErrDamaged)
	} else if err != nil {
		return err
	}
	e.answered = true
	if !e.writes { // who waited for the turn does not know when it came
		e.store.clock.set(e.asked, at)
	}
	if err := e.store.isOurs(era, needs); err != nil {
		return err
	}
	if e.writes {
		if _, err := sent.Exec(); err != nil {
			return err
		}
	}
	row := auth.SealedRow{}
	switch err := sent.QueryRow().Scan(&row.Version, &row.Sealed); {
	case errors.Is(err, pgx.ErrNoRows):
		return nil
	case err != nil:
		return err
	}
	if row.Sealed == nil {
		row = e.known
	}
	e.store.mu.Lock()
	e.store.kept = row
	e.store.mu.Unlock()
	e.register = &row
	return nil
}

// entered are the rows of a transaction, of which the register comes with its beginning.
type entered struct {
	*rows.Rows
	tx       *tx
	entry    *entry
	replaced bool // the transaction wrote another register
}

// Register implements auth.Reader.
func (r *entered) Register() (auth.SealedRow, error) {
	if r.tx.entry != nil {
		if err := r.tx.flush(); err != nil {
			return auth.SealedRow{}, r.tx.Meaning(err)
		}
	}
	if r.replaced || r.entry.register == nil {
		return r.Rows.Register()
	}
	return *r.entry.register, nil
}

// PutRegister implements auth.Tx.
func (r *entered) PutRegister(row auth.SealedRow, read int64) error {
	r.replaced = true
	return r.Rows.PutRegister(row, read)
}

// TakeTime has the server wait for as long as something else takes within this transaction.
func (r *entered) TakeTime() error {
	_, err := r.tx.Exec("SET LOCAL idle_in_transaction_session_timeout = 0")
	return r.tx.Meaning(err)
}
