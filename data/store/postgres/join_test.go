//go:build postgres

package postgres_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"net"
	"sync"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data/store/postgres"
	"anteroom/data/store/postgres/pgtest"
)

// TestJoin: a code lets one computer in, once, and until its time.
func TestJoin(t *testing.T) {
	p := made(t)
	code, link := invited(t, p, time.Hour)
	if err := p.Invite(t.Context(), code, valid(t), time.Now().Add(time.Hour)); !errors.Is(err, auth.ErrConflict) {
		t.Errorf("invited twice: %v", err)
	}
	first, _ := joined(t, p)
	if _, err := pgtest.By(t, link).Join(t.Context(), first); !errors.Is(err, auth.ErrConflict) {
		t.Errorf("a desk that is there: %v", err)
	}
	both := pgtest.By(t, link)
	var all sync.WaitGroup
	results := make(chan error, 8)
	for range cap(results) {
		all.Go(func() {
			computer := rand.Text()
			_, err := both.Join(t.Context(), computer)
			if err == nil {
				t.Cleanup(func() { pgtest.Admin(t, "DROP ROLE "+quoted(postgres.DeskRole(computer))) })
			}
			results <- err
		})
	}
	all.Wait()
	close(results)
	in := 0
	for err := range results {
		if err == nil {
			in++
		} else if !errors.Is(err, auth.ErrNotLinked) {
			t.Errorf("another one with the same code: %v", err)
		}
	}
	if in != 1 {
		t.Errorf("one code let %d computers in", in)
	}
	if _, err := both.Join(t.Context(), rand.Text()); !errors.Is(err, auth.ErrNotLinked) {
		t.Errorf("a code that was used: %v", err)
	}

	_, late := invited(t, p, -time.Second)
	if _, err := pgtest.By(t, late).Join(t.Context(), rand.Text()); !errors.Is(err, auth.ErrNotLinked) {
		t.Errorf("a code that has had its time: %v", err)
	}
	back, taken := invited(t, p, time.Hour)
	open := session(t, taken)
	if err := p.WithdrawInvite(t.Context(), back); err != nil {
		t.Fatal(err)
	}
	if _, err := pgtest.By(t, taken).Join(t.Context(), rand.Text()); !errors.Is(err, auth.ErrNotLinked) {
		t.Errorf("a code that was taken back: %v", err)
	}
	if _, err := open.Exec(t.Context(), "SELECT access.join_desk($1, $2)", "d_"+rand.Text(), valid(t)); err == nil {
		t.Error("a code that was taken back, signed in before")
	}
	// One whose time ends while it is signed in.
	short, last := invited(t, p, time.Hour)
	open = session(t, last)
	pgtest.In(t, database(p), "UPDATE access.invitation SET until = now() WHERE role = '"+postgres.LinkRole(short)+"'")
	if _, err := open.Exec(t.Context(), "SELECT access.join_desk($1, $2)", "d_"+rand.Text(), valid(t)); !refused(err) {
		t.Errorf("a code whose time ended, signed in before: %v", err)
	}
	// The next invitation removes what was used or has had its time.
	invited(t, p, time.Hour)
	if left := texts(t, p, "SELECT role FROM access.invitation"); len(left) != 1 {
		t.Errorf("%d codes are left", len(left))
	}
	if left := texts(t, p, "SELECT rolname::text FROM pg_roles WHERE rolname = '"+link.User+"'"); len(left) > 0 {
		t.Errorf("%s is left", left)
	}
}

// TestJoinAnswerLost: a computer that joined, and did not hear so, has joined.
func TestJoinAnswerLost(t *testing.T) {
	p := made(t)
	_, link := invited(t, p, time.Hour)
	c := pgtest.Config(t, database(p)) // without TLS, so that the wire can be read
	c.User, c.Owner = link.User, false
	c.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, address)
		return &answerLost{Conn: conn}, err
	}
	computer := rand.Text()
	password, err := pgtest.By(t, c).Join(t.Context(), computer)
	if err != nil {
		t.Fatal(err)
	}
	role := postgres.DeskRole(computer)
	t.Cleanup(func() { pgtest.Admin(t, "DROP ROLE "+quoted(role)) })
	s, err := pgtest.By(t, pgtest.Role(t, database(p), role, password)).Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
}

// answerLost is a connection that ends when the server has answered to a verifier.
type answerLost struct{ net.Conn }

func (c *answerLost) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	if err == nil && bytes.Contains(p, []byte("SCRAM-SHA-256$")) {
		_, err = c.Conn.Read(make([]byte, 1))
		c.Conn.Close()
	}
	return n, err
}
