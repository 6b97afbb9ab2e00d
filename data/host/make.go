package host

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"anteroom/data/disk"
)

// step is where tests kill who makes a cluster.
type step int

const (
	stepFolder step = iota
	stepCluster
	stepKey
	stepSettings
	stepRoles
	stepPlace
)

// superuser can't sign in: only who owns the files can be it, in single-user mode.
const superuser = "postgres"

var verifierForm = regexp.MustCompile(`^SCRAM-SHA-256\$4096:[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$`)

// roles makes who owns the database, with a SCRAM verifier of the password, and the
// database. A line is a query; the last one tells whether it was done, as a query that
// fails ends nothing.
const roles = `CREATE ROLE ` + Owner + ` LOGIN CREATEROLE NOSUPERUSER PASSWORD '%s'
CREATE DATABASE ` + Database + ` OWNER ` + Owner + ` TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'
ALTER ROLE ` + superuser + ` NOLOGIN PASSWORD NULL
SELECT 'made ' || count(*) FROM pg_roles r, pg_database d WHERE r.rolname = '` + Owner + `' AND r.rolcanlogin AND r.rolcreaterole AND NOT r.rolsuper AND d.datname = '` + Database + `' AND d.datdba = r.oid AND NOT EXISTS (SELECT FROM pg_roles s WHERE s.rolsuper AND s.rolcanlogin)
`

// Make makes the cluster, whole or not at all: what was not finished lies beside it, and is
// removed by the next Make. verifier is the SCRAM verifier of the owner's password, which
// the server never hears. Errors are sharing.ErrNotInstalled and sharing.ErrHost, which
// wraps fs.ErrExist where the cluster is there already.
func (c *Cluster) Make(ctx context.Context, verifier string) error {
	switch {
	case !verifierForm.MatchString(verifier): // anything else would be taken for a password
		return failed("make the server", errors.New("no verifier of a password"))
	case os.Geteuid() == 0:
		return failed("make the server", errors.New("PostgreSQL refuses to run as root: start Anteroom with another account"))
	}
	if _, err := os.Lstat(c.dir); err == nil {
		return failed("make the server", fmt.Errorf("%s: %w", c.dir, fs.ErrExist))
	}
	c.refused.Store(false) // somebody wants it now
	p, err := Installed(ctx)
	if err != nil {
		return err
	}
	parent, unfinished := filepath.Dir(c.dir), filepath.Base(c.dir)+".new-"
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return failed("make the server", err)
	}
	_ = disk.RemoveOld(parent, unfinished, func(*os.Root, fs.FileInfo) bool { return true }) // what can't be removed is in nobody's way
	fresh, err := os.MkdirTemp(parent, unfinished)
	if err != nil {
		return failed("make the server", err)
	}
	err = c.fill(ctx, p, fresh, verifier)
	if err == nil {
		err = os.Rename(fresh, c.dir)
	}
	if err != nil {
		return failed("make the server", errors.Join(err, disk.RemoveAll(fresh)))
	}
	if err := disk.SyncFolder(parent); err != nil {
		return failed("make the server", err)
	}
	return nil
}

// fill makes all that a cluster has, in a folder that is still empty.
func (c *Cluster) fill(ctx context.Context, p Programs, dir, verifier string) error {
	for _, s := range []struct {
		step step
		do   func() error
	}{
		{stepFolder, func() error { return letServiceUse(ctx, dir) }},
		{stepCluster, func() error { return initialise(ctx, p, dir) }},
		{stepKey, func() error { return makeKey(dir) }},
		{stepSettings, func() error { return writeSettings(dir) }},
		{stepRoles, func() error { return makeRoles(ctx, p, dir, verifier) }},
		{stepPlace, func() error { return flush(ctx, p, dir) }},
	} {
		if err := s.do(); err != nil {
			return err
		}
		if c.trap != nil {
			if err := c.trap(s.step); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

func initialise(ctx context.Context, p Programs, dir string) error {
	_, err := p.run(ctx, "", "initdb", "--pgdata="+dir, "--username="+superuser, "--auth=reject", "--encoding=UTF8", "--locale=C",
		"--text-search-config=simple", "--data-checksums", "--no-instructions", "--no-sync")
	return err
}

// flush sees to it that all of a cluster is there after a power cut. Until then nothing
// waits for the disk.
func flush(ctx context.Context, p Programs, dir string) error {
	_, err := p.run(ctx, "", "initdb", "--sync-only", "--pgdata="+dir)
	return err
}

// makeRoles runs queries in single-user mode, which needs no server and no password.
func makeRoles(ctx context.Context, p Programs, dir, verifier string) error {
	said, err := p.run(ctx, fmt.Sprintf(roles, verifier), "postgres", "--single", "-D", dir, "-c", "fsync=off", superuser)
	if err != nil {
		return err
	}
	if !strings.Contains(said, `"made 1"`) {
		return fmt.Errorf("the owner's role: %s", lastOf(said))
	}
	return nil
}

// SetOwner gives the owner of the database another password, by its verifier, for who has
// lost the one that was: who has the cluster's files may. The server is stopped meanwhile,
// and is to be started afterwards. Errors are those of Make.
func (c *Cluster) SetOwner(ctx context.Context, verifier string) error {
	if !verifierForm.MatchString(verifier) {
		return failed("set the owner's password", errors.New("no verifier of a password"))
	}
	p, err := c.programs(ctx)
	if err != nil {
		return err
	}
	if err := c.Stop(ctx); err != nil {
		return err
	}
	query := "ALTER ROLE " + Owner + " PASSWORD '" + verifier + "'\nSELECT 'set ' || count(*) FROM pg_authid WHERE rolname = '" + Owner + "' AND rolpassword = '" + verifier + "'\n"
	said, err := p.run(ctx, query, "postgres", "--single", "-D", c.dir, superuser)
	if err == nil && !strings.Contains(said, `"set 1"`) {
		err = errors.New("it is not set") // what was said has the verifier
	}
	if err != nil {
		return failed("set the owner's password", err)
	}
	return nil
}

// write writes a file that only this account can read.
func write(path, content string) error { return os.WriteFile(path, []byte(content), 0o600) }
