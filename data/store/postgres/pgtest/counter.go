//go:build postgres

package pgtest

import (
	"bytes"
	"context"
	"net"
	"sync/atomic"
)

// Counter counts the round trips to a server: questions, whatever they are made of, that
// were answered, but for the end of a look, for which nobody waits. Its Dial is for a Config.
type Counter struct{ Trips atomic.Int64 }

// Dial makes a connection that is counted.
func (c *Counter) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := new(net.Dialer).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &counted{Conn: conn, counter: c}, nil
}

type counted struct {
	net.Conn
	counter *Counter
	asked   atomic.Bool
}

// Write implements net.Conn.
func (c *counted) Write(p []byte) (int, error) {
	if !bytes.Contains(p, []byte("rollback")) {
		c.asked.Store(true)
	}
	return c.Conn.Write(p)
}

// Read implements net.Conn.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if c.asked.Swap(false) {
		c.counter.Trips.Add(1)
	}
	return n, err
}
