//go:build postgres

package postgres_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"net"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data/store"
	"anteroom/data/store/postgres"
	"anteroom/data/store/postgres/pgtest"
)

// TestPinned: over the network the server must have the key that is known; then the
// password is proven to it, bound to this very connection.
func TestPinned(t *testing.T) {
	p := made(t)
	c := pgtest.Remote(t, database(p))
	s, err := pgtest.By(t, c).Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := put(s, "a"); err != nil || !has(t, s, "a") {
		t.Errorf("over TLS: %v", err)
	}
	s.Close()

	other := c
	other.Key = make([]byte, len(c.Key))
	if _, err := pgtest.By(t, other).Open(t.Context()); !errors.Is(err, auth.ErrOtherServer) {
		t.Errorf("another key: %v", err)
	}
	other = c
	other.Password = "not it"
	if _, err := pgtest.By(t, other).Open(t.Context()); !errors.Is(err, auth.ErrNotLinked) {
		t.Errorf("another password: %v", err)
	}
	local, err := store.At(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	other = c
	other.Key = nil
	if _, err := postgres.At(other, local); !errors.Is(err, auth.ErrOtherServer) {
		t.Errorf("no key: %v", err)
	}
}

// TestNothingIsSaid: whoever answers without the key hears nothing but the greeting of
// TLS; whoever has no TLS not even that.
func TestNothingIsSaid(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	config := &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{certificate}, PrivateKey: key}}}
	for name, answer := range map[string]func(net.Conn) []byte{
		"another key": func(conn net.Conn) []byte {
			conn.Write([]byte("S"))
			heard, _ := io.ReadAll(tls.Server(conn, config))
			return heard
		},
		"no TLS": func(conn net.Conn) []byte {
			conn.Write([]byte("N"))
			heard, _ := io.ReadAll(conn)
			return heard
		},
	} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		heard := make(chan []byte, 1)
		go func() {
			conn, err := listener.Accept()
			if err != nil {
				heard <- nil
				return
			}
			defer conn.Close()
			io.ReadFull(conn, make([]byte, 8)) // "let us have TLS"
			heard <- answer(conn)
		}()
		c := postgres.Config{
			Host: "127.0.0.1", Port: uint16(listener.Addr().(*net.TCPAddr).Port), Database: "practice", User: "desk",
			Password: "secret", Key: make([]byte, 32),
		}
		if _, err := pgtest.By(t, c).Exists(t.Context()); !errors.Is(err, auth.ErrOtherServer) {
			t.Errorf("%s: %v", name, err)
		}
		listener.Close()
		if got := <-heard; len(got) > 0 {
			t.Errorf("%s heard %q", name, got)
		}
	}
}
