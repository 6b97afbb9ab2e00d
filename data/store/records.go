package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"anteroom/auth"
)

// Sealed records: tables of one shape, walked by id.

// table is the name of a table of records, for a query. Only those that auth
// lists are: a name is not a value that $1 could stand for.
func table(t auth.RecordTable) (string, error) {
	if !slices.Contains(auth.RecordTables, t) {
		return "", fmt.Errorf("%q is no table of records", t)
	}
	return string(t), nil
}

// Record reads one record.
func (r *rows) Record(t auth.RecordTable, id string) (auth.RecordRow, error) {
	row := auth.RecordRow{Table: t, ID: id}
	name, err := table(t)
	if err != nil {
		return row, err
	}
	query, err := r.prepared("SELECT version, sealed FROM " + name + " WHERE id = $1")
	if err == nil {
		err = query.QueryRowContext(r.ctx, id).Scan(&row.Version, &row.Sealed)
	}
	if err != nil {
		return row, fmt.Errorf("read record of %s: %w", name, translate(err))
	}
	return row, nil
}

// Records reads a page of records: those that come after an id, by id.
func (r *rows) Records(t auth.RecordTable, after string, limit int) ([]auth.RecordRow, error) {
	name, err := table(t)
	if err != nil {
		return nil, err
	}
	out, err := r.records(t, "SELECT id, version, sealed FROM "+name+" WHERE id > $1 ORDER BY id LIMIT $2", after, limit)
	if err != nil {
		return nil, fmt.Errorf("read records of %s: %w", name, translate(err))
	}
	return out, nil
}

func (r *rows) records(t auth.RecordTable, query, after string, limit int) (out []auth.RecordRow, err error) {
	q, err := r.prepared(query)
	if err != nil {
		return nil, err
	}
	found, err := q.QueryContext(r.ctx, after, limit)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	for found.Next() {
		row := auth.RecordRow{Table: t}
		if err := found.Scan(&row.ID, &row.Version, &row.Sealed); err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, found.Err()
}

// CountRecords counts them.
func (r *rows) CountRecords(t auth.RecordTable) (n int, err error) {
	name, err := table(t)
	if err != nil {
		return 0, err
	}
	if err := r.tx.QueryRowContext(r.ctx, "SELECT count(*) FROM "+name).Scan(&n); err != nil {
		return 0, fmt.Errorf("count records of %s: %w", name, translate(err))
	}
	return n, nil
}

// PutRecord writes a record that is new (read is 0) or has the version read.
func (r *rows) PutRecord(row auth.RecordRow, read int64) error {
	name, err := table(row.Table)
	if err != nil {
		return err
	}
	n, err := r.putRecord(name, row, read)
	if err != nil {
		return fmt.Errorf("write record of %s: %w", name, translate(err))
	}
	if n != 1 {
		return fmt.Errorf("write record of %s: %w", name, auth.ErrConflict)
	}
	return nil
}

func (r *rows) putRecord(name string, row auth.RecordRow, read int64) (written int64, err error) {
	query, args := "UPDATE "+name+" SET version = $1, sealed = $2 WHERE id = $3 AND version = $4", []any{row.Version, row.Sealed, row.ID, read}
	if read == 0 {
		query, args = "INSERT INTO "+name+" (version, sealed, id) VALUES ($1, $2, $3)", args[:3]
	}
	put, err := r.prepared(query)
	if err := errors.Join(err, r.ctx.Err()); err != nil {
		return 0, err
	}
	// Asked before, not within: one row takes less time than being ready to stop.
	result, err := put.ExecContext(context.WithoutCancel(r.ctx), args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}
