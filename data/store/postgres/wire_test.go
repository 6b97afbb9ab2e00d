//go:build postgres

package postgres_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net"
	"sync"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data/store/postgres"
	"anteroom/data/store/postgres/pgtest"
)

// A wire is the way to the server, which tests cut and count.
type wire struct {
	pgtest.Counter

	mu    sync.Mutex
	cut   cut
	conns []*wireConn
	shut  bool // nobody gets through any more
}

// cut is where a connection ends.
type cut int

const (
	nowhere      cut = iota
	beforeCommit     // what has the commit in it does not get there
	afterCommit      // it does, and the answer does not come back
	andDown          // nor does anything get through afterwards
)

func (w *wire) dial(ctx context.Context, network, address string) (net.Conn, error) {
	w.mu.Lock()
	shut := w.shut
	w.mu.Unlock()
	if shut {
		return nil, errors.New("the network is down")
	}
	conn, err := w.Dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	c := &wireConn{Conn: conn, wire: w}
	w.mu.Lock()
	w.conns = append(w.conns, c)
	w.mu.Unlock()
	return c, nil
}

// through says how the next commit is cut.
func (w *wire) through(c cut) {
	w.mu.Lock()
	w.cut = c
	w.mu.Unlock()
}

// down cuts everything, and lets nobody through until it is up again.
func (w *wire) down(is bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.shut = is
	for _, c := range w.conns {
		c.Close()
	}
	w.conns = nil
}

type wireConn struct {
	net.Conn
	wire *wire
}

// preparedCommit is what pgx calls the query "commit", which it prepares: so it is asked
// to run where the name is sent, and not the text.
var preparedCommit = func() []byte {
	sum := sha256.Sum256([]byte("commit"))
	return []byte("stmtcache_" + hex.EncodeToString(sum[:24]))
}()

func (c *wireConn) Write(p []byte) (int, error) {
	c.wire.mu.Lock()
	how := c.wire.cut
	if how != nowhere && bytes.Contains(p, preparedCommit) && !bytes.Contains(p, []byte("commit")) {
		c.wire.cut = nowhere
	} else {
		how = nowhere
	}
	c.wire.mu.Unlock()
	switch how {
	case beforeCommit:
		c.Conn.Close()
		return 0, errors.New("cut before the commit")
	case afterCommit, andDown:
		n, err := c.Conn.Write(p)
		c.Conn.SetReadDeadline(time.Now().Add(50 * time.Millisecond)) // until the server has it
		for err == nil {
			_, err = c.Conn.Read(make([]byte, 1<<16))
		}
		if how == andDown {
			c.wire.down(true)
		}
		c.Conn.Close()
		return n, nil
	}
	return c.Conn.Write(p)
}

// made is a place with a practice.
func made(t *testing.T) *postgres.Server {
	t.Helper()
	p := pgtest.New(t)
	s, err := p.Create(t.Context(), fill)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	return p
}

// wired is a place whose wire a test holds, with an open practice.
func wired(t *testing.T) (*wire, *postgres.Server, auth.Store) {
	t.Helper()
	w := &wire{}
	p := made(t)
	c := pgtest.Config(t, database(p))
	c.Dial = w.dial
	far := pgtest.By(t, c)
	s, err := far.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return w, far, s
}
