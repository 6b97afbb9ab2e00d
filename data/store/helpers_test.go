package store

import (
	"database/sql"
	"testing"
)

// conn reads single values from one connection.
type conn struct {
	t *testing.T
	c *sql.Conn
}

func (c conn) scan(query string) string {
	c.t.Helper()
	var value string
	if err := c.c.QueryRowContext(c.t.Context(), query).Scan(&value); err != nil {
		c.t.Fatalf("%s: %v", query, err)
	}
	return value
}
