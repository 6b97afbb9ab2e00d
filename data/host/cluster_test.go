//go:build postgres && unix

package host

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"anteroom/auth"
	"anteroom/auth/authtest/limits"
	"anteroom/data/sharing"
	"anteroom/data/store"
	"anteroom/data/store/postgres"
)

// Tests with a real PostgreSQL: go test -exec .ci/not-root -tags ci,postgres ./data/host

// TestMain is also a program that makes a cluster and is killed at a step of it.
func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == "make" {
		c := At(os.Args[2])
		c.trap = func(s step) error {
			if strconv.Itoa(int(s)) == os.Args[3] {
				return syscall.Kill(os.Getpid(), syscall.SIGKILL)
			}
			return nil
		}
		panic(c.Make(context.Background(), verifier("killed")))
	}
	dir, err := os.MkdirTemp("", "host")
	if err != nil {
		panic(err)
	}
	template = filepath.Join(dir, "template")
	firstPort = 21000 // no other test's connection gets it by chance
	status := m.Run()
	os.RemoveAll(dir)
	os.Exit(status)
}

// template is a cluster that Make made, of which tests that begin later have a copy, and the
// owner's password.
var template string

// made is a cluster that is stopped when t ends.
func made(t *testing.T) *Cluster {
	t.Helper()
	if !At(template).Exists() {
		must(t, At(template).Make(t.Context(), verifier(password)))
	}
	c := At(filepath.Join(t.TempDir(), "server"))
	if said, err := exec.Command("cp", "-a", template, c.dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	stopAfter(t, c)
	return c
}

func stopAfter(t *testing.T, c *Cluster) {
	t.Helper()
	t.Cleanup(func() { must(t, c.Stop(context.Background())) })
}

// owner is the server, as the program uses it.
func owner(t *testing.T, c *Cluster) *postgres.Server {
	t.Helper()
	key, err := c.Key()
	must(t, err)
	local, err := store.At(t.TempDir())
	must(t, err)
	s, err := postgres.At(postgres.Config{
		Host: "127.0.0.1", Port: c.Port(), Database: Database, User: Owner, Password: password, Key: key, Owner: true,
	}, local)
	must(t, err)
	return s
}

// connect tries what somebody could try.
func connect(t *testing.T, c *Cluster, settings string) error {
	t.Helper()
	conn, err := pgconn.Connect(t.Context(), fmt.Sprintf("host=127.0.0.1 port=%d connect_timeout=5 %s", c.Port(), settings))
	if err == nil {
		conn.Close(t.Context())
	}
	return err
}

// TestServer: what Make makes is all that a practice needs, for its owner and for desks,
// and only over TLS.
func TestServer(t *testing.T) {
	if postgres.DefaultPort != Port {
		t.Error("desks take another port for the usual one")
	}
	c := made(t)
	if c.Running(t.Context()) || !c.Exists() {
		t.Fatal("made, and not yet started")
	}
	must(t, c.Start(t.Context()), c.Start(t.Context()))
	s := owner(t, c)
	opened, err := s.Create(t.Context(), func(auth.Store) error { return nil })
	must(t, err)
	must(t, opened.Close())
	// A desk joins, and is one.
	code, computer, linking := rand.Text(), rand.Text(), rand.Text()
	must(t, s.Invite(t.Context(), code, verifier(linking), time.Now().Add(time.Hour)))
	key, err := c.Key()
	must(t, err)
	local, err := store.At(t.TempDir())
	must(t, err)
	link, err := postgres.At(postgres.Config{Host: "127.0.0.1", Port: c.Port(), Database: Database, User: postgres.LinkRole(code), Password: linking, Key: key}, local)
	must(t, err)
	own, err := link.Join(t.Context(), computer)
	must(t, err)
	desk, err := postgres.At(postgres.Config{Host: "127.0.0.1", Port: c.Port(), Database: Database, User: postgres.DeskRole(computer), Password: own, Key: key}, local)
	must(t, err)
	working, err := desk.Open(t.Context())
	must(t, err)
	must(t, working.Close(), s.RevokeRole(t.Context(), computer))

	bound := "sslmode=require channel_binding=require user=" + Owner + " password=" + password + " dbname="
	must(t, connect(t, c, bound+Database))
	for what, settings := range map[string]string{
		"the superuser":             "sslmode=require dbname=" + Database + " user=" + superuser,
		"the superuser, guessing":   "sslmode=require dbname=" + Database + " user=" + superuser + " password=" + password,
		"another database":          bound + "postgres",
		"a template":                bound + "template1",
		"without TLS":               "sslmode=disable user=" + Owner + " password=" + password + " dbname=" + Database,
		"TLS 1.2":                   bound + Database + " ssl_max_protocol_version=TLSv1.2",
		"a wrong password":          "sslmode=require user=" + Owner + " password=wrong dbname=" + Database,
		"a copy of all (walsender)": bound + Database + " replication=true",
	} {
		if connect(t, c, settings) == nil {
			t.Errorf("%s was let in", what)
		}
	}
	for name, want := range map[string]string{"data_checksums": "on", "server_encoding": "UTF8", "max_connections": "200"} {
		if got := ask1(t, c, bound+Database, "SELECT current_setting('"+name+"')"); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := ask1(t, c, bound+Database, "SELECT datcollate || ' ' || datctype FROM pg_database WHERE datname = current_database()"); got != "C C" {
		t.Errorf("it sorts by %q", got)
	}
	p, err := c.programs(t.Context())
	must(t, err)
	for name, want := range map[string]string{ // which only a superuser may ask the server itself
		"ssl": "on", "ssl_min_protocol_version": "TLSv1.3", "password_encryption": "scram-sha-256", "unix_socket_directories": "",
		"log_parameter_max_length": "0", "log_parameter_max_length_on_error": "0", "log_min_error_statement": "panic", "log_statement": "none",
		"log_connections": "off", "client_connection_check_interval": "2000", "tcp_user_timeout": "10000", "fsync": "on", "full_page_writes": "on",
		"synchronous_commit": "on", "logging_collector": "on", "log_truncate_on_rotation": "on",
	} {
		if got, err := p.run(t.Context(), "", "postgres", "-C", name, "-D", c.dir); strings.TrimSpace(got) != want {
			t.Errorf("%s is %q, want %q, %v", name, got, want, err)
		}
	}
}

// ask1 asks for one value.
func ask1(t *testing.T, c *Cluster, settings, query string) string {
	t.Helper()
	conn, err := pgconn.Connect(t.Context(), fmt.Sprintf("host=127.0.0.1 port=%d %s", c.Port(), settings))
	must(t, err)
	defer conn.Close(t.Context())
	results, err := conn.Exec(t.Context(), query).ReadAll()
	must(t, err)
	return string(results[len(results)-1].Rows[0][0])
}

// TestPrivateAndSilent: nobody else reads what the cluster has, no process shows a secret
// while it is made, and its log says nothing that is secret, also of what fails.
func TestPrivateAndSilent(t *testing.T) {
	ctx, done := context.WithCancel(t.Context())
	defer done()
	shown := watch(ctx, "--single", "initdb", "SCRAM-SHA")
	c := At(filepath.Join(t.TempDir(), "server"))
	must(t, c.Make(ctx, verifier(password)))
	stopAfter(t, c)
	done()
	if seen := <-shown; !seen["--single"] || !seen["initdb"] || seen["SCRAM-SHA"] {
		t.Errorf("seen while it was made: %v", seen)
	}
	must(t, c.Start(t.Context()))
	const secret = "2c4a8d1e"
	conn, err := pgconn.Connect(t.Context(), fmt.Sprintf("host=127.0.0.1 port=%d sslmode=require user=%s password=%s dbname=%s", c.Port(), Owner, password, Database))
	must(t, err)
	for _, query := range []string{
		"SELECT '" + secret + "' FROM nowhere",
		"CREATE ROLE x PASSWORD '" + verifier("other") + "'; CREATE ROLE x PASSWORD '" + secret + "'",
		"CREATE TABLE x (y text UNIQUE); INSERT INTO x VALUES ('" + secret + "'), ('" + secret + "')",
		"DO $$ BEGIN RAISE division_by_zero USING DETAIL = '" + secret + "'; END $$",
	} {
		if _, err := conn.Exec(t.Context(), query).ReadAll(); err == nil {
			t.Error("it should fail")
		}
	}
	if err := conn.ExecParams(t.Context(), "SELECT 1 / length($1)::int - length($1)", [][]byte{[]byte(secret)}, nil, nil, nil).Read().Err; err != nil {
		t.Error(err)
	}
	if err := conn.ExecParams(t.Context(), "SELECT 1 / (length($1) - 8)", [][]byte{[]byte(secret)}, nil, nil, nil).Read().Err; err == nil {
		t.Error("it should fail")
	}
	must(t, conn.Close(t.Context()))
	_ = connect(t, c, "sslmode=require user="+Owner+" password="+secret+" dbname="+Database)
	must(t, c.Stop(t.Context())) // the log is whole
	private, err := os.ReadFile(c.in(keyFile))
	must(t, err)
	var logged []byte
	must(t, filepath.WalkDir(c.dir, func(path string, d fs.DirEntry, err error) error {
		must(t, err)
		info, err := d.Info()
		must(t, err)
		if info.Mode().Perm()&0o077 != 0 || d.IsDir() && info.Mode().Perm() != 0o700 {
			t.Errorf("%s has %v", path, info.Mode())
		}
		if filepath.Dir(path) == c.in(logFolder) {
			text, err := os.ReadFile(path)
			must(t, err)
			logged = append(logged, text...)
		}
		return nil
	}))
	if !bytes.Contains(logged, []byte("division by zero")) || !bytes.Contains(logged, []byte("password authentication failed")) {
		t.Errorf("the log does not say what failed:\n%s", logged)
	}
	for _, word := range []string{secret, password, "SCRAM-SHA", strings.Split(string(private), "\n")[1]} {
		if bytes.Contains(logged, []byte(word)) {
			t.Errorf("the log has %q:\n%s", word, logged)
		}
	}
}

// watch looks for words on command lines and in environments, until ctx is done.
func watch(ctx context.Context, words ...string) <-chan map[string]bool {
	seen := make(chan map[string]bool)
	go func() {
		found := map[string]bool{}
		for ctx.Err() == nil {
			files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
			for _, file := range files {
				line, _ := os.ReadFile(file)                                           // it may have ended
				around, _ := os.ReadFile(filepath.Join(filepath.Dir(file), "environ")) // or be another's
				for _, word := range words {
					found[word] = found[word] || bytes.Contains(line, []byte(word)) || bytes.Contains(around, []byte(word))
				}
			}
		}
		seen <- found
	}()
	return seen
}

// TestKilledServer: it starts again after it was killed, with all that was committed.
func TestKilledServer(t *testing.T) {
	c := made(t)
	must(t, c.Start(t.Context()))
	bound := "sslmode=require channel_binding=require dbname=" + Database + " user=" + Owner + " password=" + password
	ask1(t, c, bound, "CREATE TABLE kept AS SELECT 7 AS n; SELECT n FROM kept")
	for range 3 {
		must(t, syscall.Kill(c.pid(t), syscall.SIGKILL))
		end := time.Now().Add(limits.Wait(t))
		for c.Running(t.Context()) {
			if time.Now().After(end) {
				t.Fatal("it runs, and was killed")
			}
		}
		must(t, c.Start(t.Context()))
		if got := ask1(t, c, bound, "SELECT n FROM kept"); got != "7" {
			t.Errorf("there is %q", got)
		}
	}
	must(t, c.Stop(t.Context()), c.Stop(t.Context()))
	if c.Running(t.Context()) {
		t.Error("it runs, and was stopped")
	}
}

func (c *Cluster) pid(t *testing.T) int {
	t.Helper()
	text, err := os.ReadFile(c.in("postmaster.pid"))
	must(t, err)
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(first)
	must(t, err)
	return pid
}

// TestPassingConnection: another program's connection to elsewhere may have the port as its
// own. The server does not start without it, and does as soon as it is free.
func TestPassingConnection(t *testing.T) {
	c := made(t)
	elsewhere, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer elsewhere.Close()
	passing, port := passingFrom(t, elsewhere.Addr().(*net.TCPAddr))
	defer passing.Close()
	must(t, write(c.in(settingsFile), fmt.Sprintf(settings, port)))
	started := make(chan error, 1)
	go func() { started <- c.Start(context.Background()) }()
	for end := time.Now().Add(limits.Wait(t)); ; {
		if said, _ := filepath.Glob(c.in(logFolder, "server-*.log")); len(said) > 0 {
			if text, err := os.ReadFile(said[0]); err == nil && bytes.Contains(text, []byte("could not create any TCP/IP sockets")) {
				break
			}
		}
		if time.Now().After(end) {
			t.Fatal("it starts without its port")
		}
	}
	must(t, passing.Close(), <-started)
	if !c.Running(t.Context()) {
		t.Error("it does not run")
	}
}

// passingFrom is a connection to an address, and the port it has as its own. Other tests' ports
// won't do: the OS keeps one for a minute after a server closed a connection first.
func passingFrom(t *testing.T, to *net.TCPAddr) (*net.TCPConn, int) {
	t.Helper()
	var failed error
	for port := int(firstPort) + 100; port < int(firstPort)+200; port++ {
		conn, err := net.DialTCP("tcp", &net.TCPAddr{IP: to.IP, Port: port}, to)
		if err == nil {
			must(t, conn.SetLinger(0)) // or the OS keeps this one too
			return conn, port
		}
		failed = err
	}
	t.Fatal(failed)
	return nil, 0
}

// TestOther: a cluster takes no other for itself, though it answers where its own would.
func TestOther(t *testing.T) {
	c := made(t)
	other := At(t.TempDir())
	must(t, makeKey(other.dir), write(other.in(settingsFile), fmt.Sprintf(settings, c.Port())), c.Start(t.Context()))
	if !c.Running(t.Context()) || other.Port() != c.Port() || other.Running(t.Context()) {
		t.Error("the other was taken for it")
	}
}

// TestSetOwner: who has the files gives the owner another password; the one that was is good
// no more.
func TestSetOwner(t *testing.T) {
	c := made(t)
	must(t, c.Start(t.Context()))
	for name, settings := range map[string]string{password: "sslmode=require", "another": "sslmode=require"} {
		err := connect(t, c, settings+" dbname="+Database+" user="+Owner+" password="+name)
		if name == password && err != nil || name != password && err == nil {
			t.Fatalf("before, with %s: %v", name, err)
		}
	}
	if err := c.SetOwner(t.Context(), "no verifier"); !errors.Is(err, sharing.ErrHost) {
		t.Errorf("no verifier: %v", err)
	}
	must(t, c.SetOwner(t.Context(), verifier("another")), c.Start(t.Context()))
	if err := connect(t, c, "sslmode=require dbname="+Database+" user="+Owner+" password=another"); err != nil {
		t.Errorf("the new password: %v", err)
	}
	if err := connect(t, c, "sslmode=require dbname="+Database+" user="+Owner+" password="+password); err == nil {
		t.Error("the old password is good")
	}
}

// TestSetAside: nothing runs any more, all is there under another name, and a new cluster
// can take the place.
func TestSetAside(t *testing.T) {
	c := made(t)
	must(t, c.Start(t.Context()))
	// A log that somebody filled is emptied, also while the server runs; others stay.
	full, small := c.in(logFolder, "server-Xxx.log"), c.in(logFolder, "server-Yyy.log")
	must(t, write(full, strings.Repeat(" ", mostLog+1)), write(small, "said"), c.Start(t.Context()))
	for path, want := range map[string]string{full: "", small: "said"} {
		if text, err := os.ReadFile(path); string(text) != want {
			t.Errorf("%s has %d bytes, %v", path, len(text), err)
		}
	}
	key, err := c.Key()
	must(t, err)
	aside, err := c.SetAside(t.Context())
	must(t, err)
	if c.Exists() || c.Running(t.Context()) || !At(aside).Exists() {
		t.Error("it is not aside")
	}
	kept, err := At(aside).Key()
	must(t, err)
	if !bytes.Equal(key, kept) {
		t.Error("another one is aside")
	}
	must(t, c.Make(t.Context(), verifier("new")), c.Start(t.Context()))
	if renewed, err := c.Key(); err != nil || bytes.Equal(key, renewed) {
		t.Errorf("the new one has the old key, %v", err)
	}
	second, err := c.SetAside(t.Context())
	must(t, err)
	if second == aside || !At(aside).Exists() || !At(second).Exists() {
		t.Error("one replaced the other")
	}
}
