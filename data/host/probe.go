package host

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"net"
	"strconv"
	"time"
)

// The beginnings of a connection
// (https://www.postgresql.org/docs/15/protocol-message-formats.html).
const (
	wantTLS   = 80877103
	version3  = 196608
	answering = 3 * time.Second
)

// notNow is what a server says that starts or stops (cannot_connect_now).
var notNow = []byte("C57P03\x00")

// Running says whether the cluster's server accepts connections: it has the cluster's
// key, and goes on to ask for a password. Whatever else has the port does not count.
func (c *Cluster) Running(ctx context.Context) bool {
	answer, err := c.greet(ctx)
	return err == nil && !bytes.Contains(answer, notNow)
}

// greet begins a connection to the server, and returns what it says.
func (c *Cluster) greet(ctx context.Context) ([]byte, error) {
	key, err := c.Key()
	if err != nil {
		return nil, err
	}
	ctx, done := context.WithTimeout(ctx, answering)
	defer done()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(int(c.Port()))))
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	if end, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(end); err != nil {
			return nil, err
		}
	}
	if _, err := conn.Write(opening(wantTLS, "")); err != nil {
		return nil, err
	}
	will := make([]byte, 1)
	if _, err := conn.Read(will); err != nil {
		return nil, err
	}
	if will[0] != 'S' {
		return nil, errors.New("it has no TLS")
	}
	secured := tls.Client(conn, &tls.Config{
		MinVersion:         tls.VersionTLS13,
		InsecureSkipVerify: true, //nolint:gosec // the key itself is looked at, which is stricter than names
		VerifyConnection: func(state tls.ConnectionState) error {
			sum := sha256.Sum256(state.PeerCertificates[0].RawSubjectPublicKeyInfo)
			if subtle.ConstantTimeCompare(sum[:], key) != 1 {
				return errors.New("another key")
			}
			return nil
		},
	})
	defer secured.Close()
	if _, err := secured.Write(opening(version3, "user\x00"+Owner+"\x00database\x00"+Database+"\x00\x00")); err != nil {
		return nil, err
	}
	answer := make([]byte, 1024)
	n, err := secured.Read(answer)
	return answer[:n], err
}

// opening is a first message: its length, which counts itself, a number and what follows.
func opening(number uint32, rest string) []byte {
	message := binary.BigEndian.AppendUint32(nil, uint32(8+len(rest))) //nolint:gosec // short
	return append(binary.BigEndian.AppendUint32(message, number), rest...)
}
