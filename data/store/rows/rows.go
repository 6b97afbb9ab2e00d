// Package rows reads and writes the rows of a practice's database: one set of
// queries, whatever the engine.
package rows

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"anteroom/auth"
)

// Conn runs queries within one transaction of an engine. Errors are the engine's,
// and Meaning makes auth's of them.
type Conn interface {
	// Query begins to read what a query finds. Until Found is closed nothing else
	// may be asked.
	Query(query string, args ...any) (Found, error)
	// Exec runs a query and says how many rows it changed.
	Exec(query string, args ...any) (changed int64, err error)
	// Write runs a query that changes as many rows as want says, or else is a
	// conflict, which ends the transaction: auth.ErrConflict, at once or, the latest,
	// from the commit. An engine that is far away may send it with what comes next.
	Write(want Want, query string, args ...any) error
	// Borrowed makes a target of Scan: bytes that are good until the next row.
	Borrowed(into *[]byte) any
	// Number makes a target of Scan: a whole number.
	Number(into *int64) any
	// Page is how many rows a table is read by, as others may not be asked for
	// meanwhile; 0: they may. ahead: one goroutine may read the next page while another
	// one works on, and asks, and waits for it.
	Page() (size int, ahead bool)
	// Meaning is what an error of the engine means to auth.
	Meaning(err error) error
}

// Want is how many rows a query must change.
type Want int

// What a Write may want.
const (
	One Want = iota
	Any
)

// Check is auth.ErrConflict where a query did not change what it must.
func (w Want) Check(changed int64) error {
	if w == One && changed != 1 {
		return auth.ErrConflict
	}
	return nil
}

// Found are the rows that a query finds.
type Found interface {
	Next() bool
	Scan(into ...any) error
	Err() error
	Close() error
}

// Rows are the tables within one transaction.
type Rows struct {
	conn Conn
}

var _ auth.Tx = (*Rows)(nil)

// Of are the rows that a transaction reads and writes.
func Of(c Conn) *Rows { return &Rows{c} }

// get reads the one row of a query.
func (r *Rows) get(query string, args []any, into ...any) error {
	found := false
	err := r.query(query, args, func(row Found) error {
		found = true
		return row.Scan(into...)
	})
	if err == nil && !found {
		err = auth.ErrNotFound
	}
	return err
}

// query gives fn each row that is found, as it comes.
func (r *Rows) query(query string, args []any, fn func(Found) error) error {
	found, err := r.conn.Query(query, args...)
	if err != nil {
		return r.conn.Meaning(err)
	}
	for found.Next() {
		if err := fn(found); err != nil {
			_ = found.Close() // it was read only
			return r.conn.Meaning(err)
		}
	}
	err = found.Err()
	if closed := found.Close(); err == nil {
		err = closed
	}
	return r.conn.Meaning(err)
}

func (r *Rows) write(what string, want Want, query string, args ...any) error {
	if err := r.conn.Write(want, query, args...); err != nil {
		return fmt.Errorf("%s: %w", what, r.conn.Meaning(err))
	}
	return nil
}

// clean refuses texts that not every engine keeps.
func clean(texts ...string) error {
	for _, text := range texts {
		if strings.ContainsRune(text, 0) || !utf8.ValidString(text) {
			return fmt.Errorf("text %q: %w", text, ErrText)
		}
	}
	return nil
}

// ErrText says that a text can't be kept as it is.
var ErrText = errors.New("no UTF-8, or U+0000")

// Practice reads the one practice.
func (r *Rows) Practice() (auth.PracticeRow, error) {
	var p auth.PracticeRow
	if err := r.get("SELECT id, name FROM practice", nil, &p.ID, &p.Name); err != nil {
		return p, fmt.Errorf("read practice: %w", err)
	}
	return p, nil
}

// PutPractice writes the one practice, or its name.
func (r *Rows) PutPractice(p auth.PracticeRow) error {
	if err := clean(p.ID, p.Name); err != nil {
		return err
	}
	return r.write("write practice", One,
		"INSERT INTO practice (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = excluded.name", p.ID, p.Name)
}

// Register reads the sealed register.
func (r *Rows) Register() (auth.SealedRow, error) {
	var row auth.SealedRow
	if err := r.get("SELECT version, sealed FROM register WHERE id = 1", nil, &row.Version, &row.Sealed); err != nil {
		return row, fmt.Errorf("read register: %w", err)
	}
	return row, nil
}

// PutRegister replaces the register that has the version read.
func (r *Rows) PutRegister(row auth.SealedRow, read int64) error {
	query := "UPDATE register SET version = $1, sealed = $2 WHERE id = 1 AND version = $3"
	if read == 0 {
		query = "INSERT INTO register (id, version, sealed) SELECT 1, $1, $2 WHERE $3 = 0 AND NOT EXISTS (SELECT 1 FROM register)"
	}
	return r.write("write register", One, query, row.Version, row.Sealed, read)
}

// Envelopes reads them all; a practice has a handful.
func (r *Rows) Envelopes() ([]auth.Envelope, error) {
	var out []auth.Envelope
	err := r.query("SELECT kind, holder, sealed FROM envelope ORDER BY kind, holder", nil, func(found Found) error {
		var e auth.Envelope
		err := found.Scan(&e.Kind, &e.Recipient, &e.Sealed)
		out = append(out, e)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read envelopes: %w", err)
	}
	return out, nil
}

// PutEnvelope writes or replaces a holder's envelope.
func (r *Rows) PutEnvelope(e auth.Envelope) error {
	if err := clean(string(e.Kind), e.Recipient); err != nil {
		return err
	}
	return r.write("write envelope", One,
		"INSERT INTO envelope (kind, holder, sealed) VALUES ($1, $2, $3) ON CONFLICT (kind, holder) DO UPDATE SET sealed = excluded.sealed",
		string(e.Kind), e.Recipient, e.Sealed)
}

// DeleteEnvelopes deletes all of them.
func (r *Rows) DeleteEnvelopes() error {
	return r.write("delete envelopes", Any, "DELETE FROM envelope")
}

// ActivityChain reads the link of one entry.
func (r *Rows) ActivityChain(seq int64) ([]byte, error) {
	var chain []byte
	if err := r.get("SELECT chain FROM activity WHERE seq = $1", []any{seq}, &chain); err != nil {
		return nil, fmt.Errorf("read activity: %w", err)
	}
	return chain, nil
}

// Activity reads at most limit entries after one, in their order.
func (r *Rows) Activity(after int64, limit int) ([]auth.ActivityRow, error) {
	return r.activity("SELECT seq, sealed, chain FROM activity WHERE seq > $1 ORDER BY seq LIMIT $2", after, limit)
}

// ActivityBefore reads at most limit entries before one, the newest first.
func (r *Rows) ActivityBefore(before int64, limit int) ([]auth.ActivityRow, error) {
	return r.activity("SELECT seq, sealed, chain FROM activity WHERE seq < $1 ORDER BY seq DESC LIMIT $2", before, limit)
}

func (r *Rows) activity(query string, args ...any) ([]auth.ActivityRow, error) {
	var out []auth.ActivityRow
	err := r.query(query, args, func(found Found) error {
		var a auth.ActivityRow
		err := found.Scan(&a.Seq, &a.Sealed, &a.Chain)
		out = append(out, a)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read activity: %w", err)
	}
	return out, nil
}

// AppendActivity adds an entry; one of that number is a conflict.
func (r *Rows) AppendActivity(a auth.ActivityRow) error {
	return r.write("write activity", One,
		"INSERT INTO activity (seq, sealed, chain) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", a.Seq, a.Sealed, a.Chain)
}

// TruncateActivity removes all entries after one.
func (r *Rows) TruncateActivity(after int64) error {
	return r.write("cut activity", Any, "DELETE FROM activity WHERE seq > $1", after)
}
