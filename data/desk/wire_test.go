//go:build postgres

package desk

import (
	"context"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data/store/postgres/pgtest"
)

// A wire has the speed and the round trip of the network that the budgets speak of.
const (
	wireTrip  = 300 * time.Microsecond
	wireByte  = 8 * time.Nanosecond  // 1 Gbit/s
	wireAhead = 8 * time.Millisecond // so much arrives while the program is busy: 1 MB
)

// onWire is a place behind a network of 1 Gbit/s, of what comes from the server.
func onWire(t testing.TB) auth.Location {
	return pgtest.OwnTime(pgtest.Through(t, func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, address)
		return &wire{Conn: conn}, err
	}))
}

type wire struct {
	net.Conn
	asked atomic.Bool
	free  time.Time // when the last byte has arrived
}

// Write implements net.Conn.
func (w *wire) Write(p []byte) (int, error) {
	w.asked.Store(true)
	return w.Conn.Write(p)
}

// Read implements net.Conn.
func (w *wire) Read(p []byte) (int, error) {
	n, err := w.Conn.Read(p)
	now := time.Now()
	if ahead := now.Add(-wireAhead); w.free.Before(ahead) {
		w.free = ahead
	}
	if w.asked.Swap(false) {
		if w.free.Before(now) {
			w.free = now
		}
		w.free = w.free.Add(wireTrip)
	}
	w.free = w.free.Add(time.Duration(n) * wireByte)
	if wait := time.Until(w.free); wait > time.Millisecond { // as short as a sleep can be
		time.Sleep(wait)
	}
	return n, err
}
