package store

import (
	"context"
	"database/sql"
	"fmt"

	"anteroom/auth"
)

// rows are the tables within one transaction.
type rows struct {
	ctx        context.Context
	tx         *sql.Tx
	statements map[string]*sql.Stmt
}

var _ auth.Tx = (*rows)(nil)

func (r *rows) exec(what, query string, args ...any) (sql.Result, error) {
	result, err := r.tx.ExecContext(r.ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, ofRows(err))
	}
	return result, nil
}

// prepared is a query prepared once for this transaction, which ends it too.
func (r *rows) prepared(query string) (*sql.Stmt, error) {
	if known, ok := r.statements[query]; ok {
		return known, nil
	}
	made, err := r.tx.PrepareContext(r.ctx, query)
	if err != nil {
		return nil, err
	}
	if r.statements == nil {
		r.statements = map[string]*sql.Stmt{}
	}
	r.statements[query] = made
	return made, nil
}

// Practice reads the one practice.
func (r *rows) Practice() (auth.PracticeRow, error) {
	var p auth.PracticeRow
	err := r.tx.QueryRowContext(r.ctx, "SELECT id, name FROM practice").Scan(&p.ID, &p.Name)
	if err != nil {
		return p, fmt.Errorf("read practice: %w", ofRows(err))
	}
	return p, nil
}

// PutPractice writes the one practice, or its name.
func (r *rows) PutPractice(p auth.PracticeRow) error {
	_, err := r.exec("write practice",
		"INSERT INTO practice (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = excluded.name", p.ID, p.Name)
	return err
}

// Register reads the sealed register.
func (r *rows) Register() (auth.SealedRow, error) {
	var row auth.SealedRow
	err := r.tx.QueryRowContext(r.ctx, "SELECT version, sealed FROM register WHERE id = 1").Scan(&row.Version, &row.Sealed)
	if err != nil {
		return row, fmt.Errorf("read register: %w", ofRows(err))
	}
	return row, nil
}

// PutRegister replaces the register that has the version read.
func (r *rows) PutRegister(row auth.SealedRow, read int64) error {
	query := "UPDATE register SET version = $1, sealed = $2 WHERE id = 1 AND version = $3"
	if read == 0 {
		query = "INSERT INTO register (id, version, sealed) SELECT 1, $1, $2 WHERE $3 = 0 AND NOT EXISTS (SELECT 1 FROM register)"
	}
	result, err := r.exec("write register", query, row.Version, row.Sealed, read)
	if err != nil {
		return err
	}
	n, err := result.RowsAffected()
	if err != nil {
		return fmt.Errorf("write register: %w", ofRows(err))
	}
	if n != 1 {
		return auth.ErrConflict
	}
	return nil
}

// Envelopes reads them all; a practice has a handful.
func (r *rows) Envelopes() ([]auth.Envelope, error) {
	found, err := r.tx.QueryContext(r.ctx, "SELECT kind, holder, sealed FROM envelope ORDER BY kind, holder")
	if err != nil {
		return nil, fmt.Errorf("read envelopes: %w", ofRows(err))
	}
	defer found.Close()
	var out []auth.Envelope
	for found.Next() {
		var e auth.Envelope
		if err := found.Scan(&e.Kind, &e.Holder, &e.Sealed); err != nil {
			return nil, fmt.Errorf("read envelopes: %w", ofRows(err))
		}
		out = append(out, e)
	}
	if err := found.Err(); err != nil {
		return nil, fmt.Errorf("read envelopes: %w", ofRows(err))
	}
	return out, nil
}

// PutEnvelope writes or replaces a holder's envelope.
func (r *rows) PutEnvelope(e auth.Envelope) error {
	_, err := r.exec("write envelope",
		"INSERT INTO envelope (kind, holder, sealed) VALUES ($1, $2, $3) ON CONFLICT (kind, holder) DO UPDATE SET sealed = excluded.sealed",
		e.Kind, e.Holder, e.Sealed)
	return err
}

// DeleteEnvelopes deletes all of them.
func (r *rows) DeleteEnvelopes() error {
	_, err := r.exec("delete envelopes", "DELETE FROM envelope")
	return err
}

// ActivityChain reads the link of one entry.
func (r *rows) ActivityChain(seq int64) ([]byte, error) {
	var chain []byte
	err := r.tx.QueryRowContext(r.ctx, "SELECT chain FROM activity WHERE seq = $1", seq).Scan(&chain)
	if err != nil {
		return nil, fmt.Errorf("read activity: %w", ofRows(err))
	}
	return chain, nil
}

// Activity reads at most limit entries after one, in their order.
func (r *rows) Activity(after int64, limit int) ([]auth.ActivityRow, error) {
	return r.activity("SELECT seq, sealed, chain FROM activity WHERE seq > $1 ORDER BY seq LIMIT $2", after, limit)
}

// ActivityBefore reads at most limit entries before one, the newest first.
func (r *rows) ActivityBefore(before int64, limit int) ([]auth.ActivityRow, error) {
	return r.activity("SELECT seq, sealed, chain FROM activity WHERE seq < $1 ORDER BY seq DESC LIMIT $2", before, limit)
}

func (r *rows) activity(query string, args ...any) ([]auth.ActivityRow, error) {
	found, err := r.tx.QueryContext(r.ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read activity: %w", ofRows(err))
	}
	defer found.Close()
	var out []auth.ActivityRow
	for found.Next() {
		var a auth.ActivityRow
		if err := found.Scan(&a.Seq, &a.Sealed, &a.Chain); err != nil {
			return nil, fmt.Errorf("read activity: %w", ofRows(err))
		}
		out = append(out, a)
	}
	if err := found.Err(); err != nil {
		return nil, fmt.Errorf("read activity: %w", ofRows(err))
	}
	return out, nil
}

// AppendActivity adds an entry; one of that number is a conflict.
func (r *rows) AppendActivity(a auth.ActivityRow) error {
	_, err := r.exec("write activity",
		"INSERT INTO activity (seq, sealed, chain) VALUES ($1, $2, $3)", a.Seq, a.Sealed, a.Chain)
	return err
}

// CutActivity removes all entries after one.
func (r *rows) CutActivity(after int64) error {
	_, err := r.exec("cut activity", "DELETE FROM activity WHERE seq > $1", after)
	return err
}
