//go:build postgres

package postgres_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anteroom/data/store/postgres"
	"anteroom/data/store/postgres/pgtest"
)

// proxy is a network between a desk and the server, which a test makes slow and bad, and
// listens to.
type proxy struct {
	listener net.Listener
	to       func() (net.Conn, error) // the server
	delay    time.Duration            // each way
	bad      atomic.Bool              // it loses packets
	lost     atomic.Int64             // so many

	mu    sync.Mutex
	heard bytes.Buffer
	hole  chan struct{} // open: nothing gets through until it is closed
}

// newProxy is a network to the server, which TLS goes through, or the socket of the
// server behind it, without TLS.
func newProxy(t *testing.T, server postgres.Config, delay time.Duration) *proxy {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{listener: listener, delay: delay}
	host, port := server.Host, strconv.Itoa(int(server.Port))
	p.to = func() (net.Conn, error) {
		if host[0] == '/' {
			return net.Dial("unix", host+"/.s.PGSQL."+port)
		}
		return net.Dial("tcp", net.JoinHostPort(host, port))
	}
	go p.serve()
	t.Cleanup(func() {
		listener.Close()
		p.black(false)
	})
	return p
}

// way is the server's configuration through the network.
func (p *proxy) way(server postgres.Config) postgres.Config {
	address := p.listener.Addr().(*net.TCPAddr)
	if server.Host[0] == '/' {
		server.Dial = func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "tcp", address.String())
		}
	} else {
		server.Port = uint16(address.Port)
	}
	return server
}

func (p *proxy) serve() {
	for {
		desk, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := p.to()
		if err != nil {
			desk.Close()
			continue
		}
		go p.carry(desk, server)
		go p.carry(server, desk)
	}
}

// black lets nothing through any more, and nobody hears that; what was on its way then
// is lost.
func (p *proxy) black(is bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if is {
		p.hole = make(chan struct{})
	} else if p.hole != nil {
		close(p.hole)
		p.hole = nil
	}
}

// swallowed waits while nothing gets through, and says whether that was so.
func (p *proxy) swallowed() bool {
	p.mu.Lock()
	hole := p.hole
	p.mu.Unlock()
	if hole == nil {
		return false
	}
	<-hole
	return true
}

// resend is when TCP sends a packet again that was lost.
const resend = 200 * time.Millisecond

// loss says what a bad network does to a packet: every tenth comes late, for it was lost
// and sent again, or ends the connection.
func (p *proxy) loss() (late time.Duration, reset bool) {
	if !p.bad.Load() || rand.IntN(10) > 0 {
		return 0, false
	}
	p.lost.Add(1)
	return resend, rand.IntN(4) == 0
}

// carry carries the packets of one direction.
func (p *proxy) carry(from, to net.Conn) {
	type packet struct {
		due   time.Time
		bytes []byte
	}
	packets := make(chan packet, 64)
	go func() {
		defer close(packets)
		for {
			b := make([]byte, 1<<14)
			n, err := from.Read(b)
			p.mu.Lock()
			p.heard.Write(b[:n])
			p.mu.Unlock()
			if n > 0 {
				packets <- packet{time.Now().Add(p.delay), b[:n]}
			}
			if err != nil {
				return
			}
		}
	}()
	defer func() {
		from.Close()
		to.Close()
		for range packets { // the reader ends
		}
	}()
	for packet := range packets {
		late, reset := p.loss()
		if reset || p.swallowed() {
			return
		}
		if wait := time.Until(packet.due) + late; wait > 0 {
			<-time.After(wait)
		}
		if _, err := to.Write(packet.bytes); err != nil {
			return
		}
	}
}

// said is all that went through it so far.
func (p *proxy) said() []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return bytes.Clone(p.heard.Bytes())
}

// remote is a desk's way to a database over the network.
func remote(t *testing.T, database string) postgres.Config {
	t.Helper()
	c := pgtest.Remote(t, database)
	c.Owner = false
	return c
}
