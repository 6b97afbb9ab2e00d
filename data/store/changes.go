package store

import (
	"database/sql"
	"fmt"

	"anteroom/auth"
)

const (
	// keptChanges are how many are remembered. Who missed more reads everything anew.
	keptChanges = 10_000
	// changesRest is how often, in changes, older ones are forgotten.
	changesRest = 500
)

// LastChange is the number of the last change.
func (r *rows) LastChange() (last int64, err error) {
	if err := r.get("SELECT coalesce(max(seq), 0) FROM changes", nil, &last); err != nil {
		return 0, fmt.Errorf("read changes: %w", err)
	}
	return last, nil
}

// Changes reads those after one.
func (r *rows) Changes(after int64, limit int) (out []auth.ChangeRow, err error) {
	query := "SELECT seq, table_name, row_id FROM changes WHERE seq > $1 ORDER BY seq LIMIT $2"
	err = r.query(query, []any{after, limit}, func(found *sql.Rows) error {
		var c auth.ChangeRow
		err := found.Scan(&c.Seq, &c.Table, &c.ID)
		out = append(out, c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read changes: %w", err)
	}
	return out, nil
}

// NoteChange adds one. No other writer is in this transaction, so the numbers
// have no gap.
func (r *rows) NoteChange(t auth.RecordTable, id string) error {
	query := "INSERT INTO changes (seq, table_name, row_id) SELECT coalesce(max(seq), 0) + 1, $1, $2 FROM changes RETURNING seq"
	var last int64
	if err := r.get(query, []any{string(t), id}, &last); err != nil {
		return fmt.Errorf("note change: %w", ofRows(err))
	}
	if last%changesRest != 0 {
		return nil
	}
	if _, err := r.write("DELETE FROM changes WHERE seq <= $1", []any{last - keptChanges}); err != nil {
		return fmt.Errorf("forget changes: %w", ofRows(err))
	}
	return nil
}
