package authtest

import (
	"cmp"
	"fmt"
	"slices"

	"anteroom/auth"
)

// find is where a record is, or belongs.
func (t *tx) find(table auth.RecordTable, id string) (int, bool) {
	return slices.BinarySearchFunc(t.rows.Records, auth.RecordRow{Table: table, ID: id}, func(a, b auth.RecordRow) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.ID, b.ID))
	})
}

func isTable(table auth.RecordTable) error {
	if !slices.Contains(auth.RecordTables, table) {
		return fmt.Errorf("%q is no table of records", table)
	}
	return nil
}

func (t *tx) Record(table auth.RecordTable, id string) (auth.RecordRow, error) {
	if err := isTable(table); err != nil {
		return auth.RecordRow{}, err
	}
	i, ok := t.find(table, id)
	if !ok {
		return auth.RecordRow{}, auth.ErrNotFound
	}
	return t.rows.Records[i], nil
}

func (t *tx) Records(table auth.RecordTable, after string, limit int) ([]auth.RecordRow, error) {
	if err := isTable(table); err != nil {
		return nil, err
	}
	var out []auth.RecordRow
	for _, row := range t.rows.Records {
		if row.Table == table && row.ID > after && len(out) < limit {
			out = append(out, row)
		}
	}
	return out, nil
}

func (t *tx) EachRecord(table auth.RecordTable, fn func(auth.RecordRow) error) error {
	if err := isTable(table); err != nil {
		return err
	}
	for _, row := range t.rows.Records {
		if row.Table != table {
			continue
		}
		if err := fn(row); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) CountRecords(table auth.RecordTable) (int, error) {
	if err := isTable(table); err != nil {
		return 0, err
	}
	n := 0
	for _, row := range t.rows.Records {
		if row.Table == table {
			n++
		}
	}
	return n, nil
}

func (t *tx) PutRecord(row auth.RecordRow, read int64) error {
	if err := cmp.Or(isTable(row.Table), clean(row.ID, row.Batch, row.Clear.Status)); err != nil {
		return err
	}
	i, ok := t.find(row.Table, row.ID)
	switch {
	case ok != (read != 0), ok && t.rows.Records[i].Version != read:
		return t.conflicts()
	case ok:
		t.rows.Records[i] = row
	default:
		t.rows.Records = slices.Insert(t.rows.Records, i, row)
	}
	return nil
}

// Each row of a table that keep lets pass.
func (t *tx) where(table auth.RecordTable, keep func(auth.RecordRow) bool) (out []auth.RecordRow) {
	for _, row := range t.rows.Records {
		if row.Table == table && keep(row) {
			out = append(out, row)
		}
	}
	return out
}

func (t *tx) RecordsBetween(from, to, endsAfter int64) ([]auth.RecordRow, error) {
	out := t.where(auth.TableAppointment, func(r auth.RecordRow) bool {
		return from <= r.Clear.Starts && r.Clear.Starts < to && r.Clear.Ends > endsAfter
	})
	slices.SortFunc(out, func(a, b auth.RecordRow) int {
		return cmp.Or(cmp.Compare(a.Clear.Starts, b.Clear.Starts), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

func (t *tx) BatchRecords(batch, after string, limit int) ([]auth.RecordRow, error) {
	out := t.where(auth.TablePatient, func(r auth.RecordRow) bool { return batch != "" && r.Batch == batch && r.ID > after })
	return out[:min(limit, len(out))], nil
}

func (t *tx) DeleteRecord(table auth.RecordTable, id string) error {
	if i, ok := t.find(table, id); ok {
		t.rows.Records = slices.Delete(t.rows.Records, i, i+1)
	}
	return nil
}

func (t *tx) DeleteBatch(batch string, limit int) (n int, err error) {
	t.rows.Records = slices.DeleteFunc(t.rows.Records, func(r auth.RecordRow) bool {
		gone := r.Table == auth.TablePatient && batch != "" && r.Batch == batch && n < limit
		if gone {
			n++
		}
		return gone
	})
	return n, nil
}

func (t *tx) Changes(after int64, limit int) (out []auth.ChangeRow, err error) {
	for _, c := range t.rows.Changes {
		if c.Seq > after && len(out) < limit {
			out = append(out, c)
		}
	}
	return out, nil
}

func (t *tx) LastChange() (int64, error) {
	if n := len(t.rows.Changes); n > 0 {
		return t.rows.Changes[n-1].Seq, nil
	}
	return 0, nil
}

// keptChanges are few here, so that tests see what comes after their end.
const keptChanges = 100

func (t *tx) NoteChange(table auth.RecordTable, id string) error {
	if err := clean(id); err != nil {
		return err
	}
	last, _ := t.LastChange()
	t.rows.Changes = append(t.rows.Changes, auth.ChangeRow{Seq: last + 1, Table: table, ID: id})
	if over := len(t.rows.Changes) - keptChanges; over > 0 {
		t.rows.Changes = t.rows.Changes[over:]
	}
	return nil
}
