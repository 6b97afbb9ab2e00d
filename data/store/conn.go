package store

import (
	"context"
	"database/sql"
	"errors"

	"anteroom/auth"
	"anteroom/data/store/rows"
)

// dbConn runs queries in one transaction. It implements rows.Conn.
type dbConn struct {
	ctx      context.Context
	tx       *sql.Tx
	queries  *statements
	prepared map[string]*sql.Stmt // of this transaction, which ends them too
	conflict bool                 // a Write changed other rows than it wanted
}

// statement is a query as this transaction runs it.
func (c *dbConn) statement(query string) (made *sql.Stmt, err error) {
	if known, ok := c.prepared[query]; ok {
		return known, nil
	}
	if once := c.queries.get(query); once != nil {
		made = c.tx.StmtContext(c.ctx, once)
	} else if made, err = c.tx.PrepareContext(c.ctx, query); err != nil {
		return nil, err
	}
	if c.prepared == nil {
		c.prepared = map[string]*sql.Stmt{}
	}
	c.prepared[query] = made
	return made, nil
}

// Query implements rows.Conn.
func (c *dbConn) Query(query string, args ...any) (rows.Found, error) {
	q, err := c.statement(query)
	if err != nil {
		return nil, err
	}
	found, err := q.QueryContext(c.ctx, args...)
	if err != nil {
		return nil, err // not found: a nil *sql.Rows is no nil rows.Found
	}
	return found, nil
}

// Exec implements rows.Conn. Whether to stop is asked before, not within: a few rows
// take less time than being ready to stop.
func (c *dbConn) Exec(query string, args ...any) (int64, error) {
	q, err := c.statement(query)
	if err := errors.Join(err, c.ctx.Err()); err != nil {
		return 0, err
	}
	result, err := q.ExecContext(context.WithoutCancel(c.ctx), args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// Write implements rows.Conn: at once, for the file is near.
func (c *dbConn) Write(want rows.Want, query string, args ...any) error {
	changed, err := c.Exec(query, args...)
	if err == nil {
		err = want.Check(changed)
	}
	c.conflict = c.conflict || errors.Is(err, auth.ErrConflict)
	return err
}

// Borrowed implements rows.Conn.
func (c *dbConn) Borrowed(into *[]byte) any { return (*sql.RawBytes)(into) }

// Number implements rows.Conn.
func (c *dbConn) Number(into *int64) any { return (*number)(into) }

// number is a whole number of a record. SQLite puts other values there too, if
// somebody asks it: then it is -1, so that this record alone does not open.
type number int64

// Scan implements sql.Scanner.
func (n *number) Scan(value any) error {
	whole, ok := value.(int64)
	if !ok {
		whole = -1
	}
	*n = number(whole)
	return nil
}

// Page implements rows.Conn: another query may run beside one.
func (c *dbConn) Page() (int, bool) { return 0, false }

// Meaning implements rows.Conn.
func (c *dbConn) Meaning(err error) error { return ofRows(err) }
