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
	queries    *statements
	statements map[string]*sql.Stmt // of this transaction, which ends them too
}

var _ auth.Tx = (*rows)(nil)

// exec runs a query that changes few rows.
func (r *rows) exec(what, query string, args ...any) (written int64, err error) {
	written, err = r.write(query, args)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", what, ofRows(err))
	}
	return written, nil
}

// prepared is a query as this transaction runs it.
func (r *rows) prepared(query string) (made *sql.Stmt, err error) {
	if known, ok := r.statements[query]; ok {
		return known, nil
	}
	if once := r.queries.get(query); once != nil {
		made = r.tx.StmtContext(r.ctx, once)
	} else if made, err = r.tx.PrepareContext(r.ctx, query); err != nil {
		return nil, err
	}
	if r.statements == nil {
		r.statements = map[string]*sql.Stmt{}
	}
	r.statements[query] = made
	return made, nil
}

// get reads the one row of a query.
func (r *rows) get(query string, args []any, into ...any) error {
	q, err := r.prepared(query)
	if err != nil {
		return ofRows(err)
	}
	return ofRows(q.QueryRowContext(r.ctx, args...).Scan(into...))
}

// Practice reads the one practice.
func (r *rows) Practice() (auth.PracticeRow, error) {
	var p auth.PracticeRow
	if err := r.get("SELECT id, name FROM practice", nil, &p.ID, &p.Name); err != nil {
		return p, fmt.Errorf("read practice: %w", err)
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
	if err := r.get("SELECT version, sealed FROM register WHERE id = 1", nil, &row.Version, &row.Sealed); err != nil {
		return row, fmt.Errorf("read register: %w", err)
	}
	return row, nil
}

// PutRegister replaces the register that has the version read.
func (r *rows) PutRegister(row auth.SealedRow, read int64) error {
	query := "UPDATE register SET version = $1, sealed = $2 WHERE id = 1 AND version = $3"
	if read == 0 {
		query = "INSERT INTO register (id, version, sealed) SELECT 1, $1, $2 WHERE $3 = 0 AND NOT EXISTS (SELECT 1 FROM register)"
	}
	n, err := r.exec("write register", query, row.Version, row.Sealed, read)
	if err != nil {
		return err
	}
	if n != 1 {
		return auth.ErrConflict
	}
	return nil
}

// Envelopes reads them all; a practice has a handful.
func (r *rows) Envelopes() ([]auth.Envelope, error) {
	var out []auth.Envelope
	err := r.query("SELECT kind, holder, sealed FROM envelope ORDER BY kind, holder", nil, func(found *sql.Rows) error {
		var e auth.Envelope
		err := found.Scan(&e.Kind, &e.Holder, &e.Sealed)
		out = append(out, e)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read envelopes: %w", err)
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
	if err := r.get("SELECT chain FROM activity WHERE seq = $1", []any{seq}, &chain); err != nil {
		return nil, fmt.Errorf("read activity: %w", err)
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
	var out []auth.ActivityRow
	err := r.query(query, args, func(found *sql.Rows) error {
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
