// Package host runs a PostgreSQL of Anteroom's own on this computer, for one practice. It
// makes the cluster with its key and its settings, and lets the OS keep it running. What
// lies in the database is another package's.
package host

import (
	"bufio"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"anteroom/data/sharing"
)

const (
	// Database is the name of the one database that others reach.
	Database = "anteroom"
	// Owner is the role that owns it and may make roles.
	Owner = "keeper"
	// Port is the usual one of a server: another is taken if a program has that when the
	// cluster is made.
	Port = 54320
)

// Cluster is the PostgreSQL of one practice. Its folder has all of it: data, settings, key
// and log.
type Cluster struct {
	dir     string
	refused atomic.Bool      // an administrator's rights, for which an OS may have asked
	trap    func(step) error // nil but in tests
}

// At is the cluster of that folder, in which nothing need be yet. Nothing is touched.
func At(dir string) *Cluster {
	if whole, err := filepath.Abs(dir); err == nil {
		dir = whole
	}
	return &Cluster{dir: dir}
}

// Exists says whether the cluster was made. It is there whole or not at all.
func (c *Cluster) Exists() bool {
	_, err := os.Stat(c.in("PG_VERSION"))
	return err == nil
}

// Port is where the server of a cluster that exists is reached; 0: it can't be told.
func (c *Cluster) Port() uint16 {
	file, err := os.Open(c.in(settingsFile))
	if err != nil {
		return 0
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if text, found := strings.CutPrefix(lines.Text(), "port = "); found {
			port, _ := strconv.ParseUint(text, 10, 16)
			return uint16(port)
		}
	}
	return 0
}

// Key is the SHA-256 of the server's public key (SubjectPublicKeyInfo, RFC 5280 §4.1), by
// which desks know it.
func (c *Cluster) Key() ([]byte, error) {
	text, err := os.ReadFile(c.in(certificateFile))
	if err != nil {
		return nil, failed("read the server's certificate", err)
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, failed("read the server's certificate", errors.New("it is none"))
	}
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, failed("read the server's certificate", err)
	}
	sum := sha256.Sum256(certificate.RawSubjectPublicKeyInfo)
	return sum[:], nil
}

// Limits of waits: a server that recovers after a power cut takes a while.
const (
	startTime = 3 * time.Minute
	pause     = 100 * time.Millisecond
)

// Start starts the server, unless it runs, and returns when it accepts connections. It
// sees to it that the server goes on without this program, and starts with the computer
// where that is possible: Lasting tells. Where the OS asks for an administrator's rights and
// they are refused, they are not asked for again until this program ends. Errors are sharing.ErrNotInstalled (also where
// only another version of PostgreSQL is left than the one that made the cluster) and
// sharing.ErrHost.
func (c *Cluster) Start(ctx context.Context) error {
	if !c.Exists() {
		return failed("start the server", fs.ErrNotExist)
	}
	if err := c.cutLogs(); err != nil {
		return failed("start the server", err)
	}
	if c.Running(ctx) {
		return nil
	}
	p, err := c.programs(ctx)
	if err != nil {
		return err
	}
	ctx, done := context.WithTimeout(ctx, startTime)
	defer done()
	if err := c.serve(ctx, p); err != nil {
		return failed("start the server", errors.Join(err, c.portTaken()))
	}
	for !c.Running(ctx) {
		select {
		case <-ctx.Done():
			return failed("start the server", errors.Join(context.Cause(ctx), c.portTaken()))
		case <-time.After(pause):
		}
	}
	return nil
}

// portTaken says that another program has the server's port, if so.
func (c *Cluster) portTaken() error {
	if _, err := c.greet(context.Background()); err == nil || isFree(c.Port()) { // it may be its own, and not ready
		return nil
	}
	return fmt.Errorf("another program has port %d", c.Port())
}

// Stop stops the server, whose connections are cut, and returns when it has ended. One that
// does not run is stopped already.
func (c *Cluster) Stop(ctx context.Context) error {
	if !c.Exists() {
		return nil
	}
	p, err := c.programs(ctx)
	if err != nil {
		return err
	}
	if err := c.halt(ctx, p); err != nil {
		return failed("stop the server", err)
	}
	return nil
}

// SetAside stops the server for good: the OS does not start it any more, and its folder
// gets another name, which is returned. It can be called again after an error.
func (c *Cluster) SetAside(ctx context.Context) (string, error) {
	p, err := c.programs(ctx)
	if errors.Is(err, sharing.ErrNotInstalled) && !c.Running(ctx) {
		err = nil // what could run it is gone
	}
	if err != nil {
		return "", err
	}
	if err := c.end(ctx, p); err != nil {
		return "", failed("end the server", err)
	}
	now := time.Now() //nolint:forbidigo // a name for people; nothing depends on it
	for tries := 1; ; tries++ {
		aside := c.dir + "-aside-" + now.UTC().Format("20060102-150405")
		if tries > 1 {
			aside += "-" + strconv.Itoa(tries)
		}
		if _, err := os.Lstat(aside); err == nil {
			continue
		}
		if err := os.Rename(c.dir, aside); err != nil {
			return "", failed("set the server aside", err)
		}
		return aside, nil
	}
}

func (c *Cluster) in(names ...string) string {
	return filepath.Join(append([]string{c.dir}, names...)...)
}

// failed is sharing.ErrHost, with what was to be done.
func failed(what string, err error) error {
	return fmt.Errorf("%s: %w: %w", what, sharing.ErrHost, err)
}
