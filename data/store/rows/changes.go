package rows

import (
	"fmt"
	"math/rand/v2"

	"anteroom/auth"
)

const (
	// keptChanges is how many are kept. A window that missed more reads everything again.
	keptChanges = 10_000
	// changesRest is how often, in changes and on average, older ones are forgotten.
	changesRest = 500
)

// LastChange is the number of the last change.
func (r *Rows) LastChange() (last int64, err error) {
	if err := r.get("SELECT coalesce(max(seq), 0) FROM changes", nil, &last); err != nil {
		return 0, fmt.Errorf("read changes: %w", err)
	}
	return last, nil
}

// Changes reads those after one.
func (r *Rows) Changes(after int64, limit int) (out []auth.ChangeRow, err error) {
	query := "SELECT seq, table_name, row_id FROM changes WHERE seq > $1 ORDER BY seq LIMIT $2"
	err = r.query(query, []any{after, limit}, func(found Found) error {
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

// NoteChange adds one, and now and then forgets the oldest. No other writer is in
// this transaction, so the numbers have no gap.
func (r *Rows) NoteChange(t auth.RecordTable, id string) error {
	if err := clean(id); err != nil {
		return err
	}
	query := "INSERT INTO changes (seq, table_name, row_id) SELECT coalesce(max(seq), 0) + 1, $1, $2 FROM changes"
	if err := r.write("note change", One, query, string(t), id); err != nil {
		return err
	}
	if rand.IntN(changesRest) != 0 {
		return nil
	}
	return r.write("forget changes", Any, "DELETE FROM changes WHERE seq <= (SELECT max(seq) FROM changes) - $1", keptChanges)
}
