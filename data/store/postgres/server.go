// Package postgres keeps a practice in a PostgreSQL database that several computers
// share: the same rows as in SQLite, sealed before they get here.
package postgres

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"anteroom/auth"
	"anteroom/data/store"
	"anteroom/data/store/migrations"
)

// DefaultPort is the port of a server that Anteroom runs itself.
const DefaultPort = 54320

// oldest is the version of PostgreSQL that is needed, as server_version_num has it.
const oldest = 150000

// Config says where the practice's server is, and who comes.
type Config struct {
	Host     string // a name, a number or, on the server itself, the folder of its socket
	Port     uint16 // 0: DefaultPort
	Database string
	User     string
	Password string
	// Key is the SHA-256 of the server's public key (SubjectPublicKeyInfo, RFC 5280 §4.1):
	// another one at that address is ErrOtherServer, and is told nothing. It is needed but
	// for a socket.
	Key []byte
	// Owner says that the schema is ours to make and to bring up to date: this computer
	// is the server.
	Owner bool
	// Dial makes the connections; nil: as the OS does.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)

	meet bool // any key will do: see Meet
}

// settings are those of each connection. The server ends what takes too long even where
// the computer that began it is gone.
var settings = map[string]string{
	"application_name":                    "Anteroom",
	"search_path":                         present,
	"lock_timeout":                        "5s", // for the turn
	"idle_in_transaction_session_timeout": "5s",
	"statement_timeout":                   "30s",
	"timezone":                            "UTC",
}

// Server is the location of one practice on a server. It implements auth.Location. Backups lie
// on this computer, as files of SQLite.
type Server struct {
	config *pgxpool.Config
	name   string
	owner  bool
	local  *store.Folder
}

var _ auth.Location = (*Server)(nil)

// At is the server of that configuration, which need not answer yet. local is the folder
// in which this computer keeps what is its own.
func At(c Config, local *store.Folder) (*Server, error) {
	if c.Port == 0 {
		c.Port = DefaultPort
	}
	// Only from here: the environment and a file of passwords could say otherwise, and the
	// file of a service that the environment names may not be there.
	if err := os.Unsetenv("PGSERVICE"); err != nil {
		return nil, fmt.Errorf("server %s: %w", c.Host, err)
	}
	config, err := pgxpool.ParseConfig("host=localhost port=1 sslmode=disable sslnegotiation=postgres passfile='' user=nobody database=none " +
		"channel_binding=disable require_auth=none,scram-sha-256 target_session_attrs=any connect_timeout=5 options='' " +
		"min_protocol_version=3.0 max_protocol_version=3.0 sslrootcert='' sslcert='' sslkey='' sslpassword='' sslcertmode=disable sslsni=0")
	if err != nil {
		return nil, fmt.Errorf("server %s: %w", c.Host, err)
	}
	cc := config.ConnConfig
	cc.Host, cc.Port, cc.Database, cc.User, cc.Password = c.Host, c.Port, c.Database, c.User, c.Password
	cc.Fallbacks, cc.RuntimeParams, cc.ValidateConnect = nil, settings, nil
	cc.ConnectTimeout = connectTime
	if c.Dial != nil {
		cc.DialFunc = c.Dial
	}
	cc.DefaultQueryExecMode = pgx.QueryExecModeCacheStatement
	if network, _ := pgconn.NetworkAddress(c.Host, c.Port); network != "unix" {
		if len(c.Key) != sha256.Size && !c.meet {
			return nil, fmt.Errorf("server %s: no key of it is known: %w", c.Host, auth.ErrOtherServer)
		}
		cc.TLSConfig = pinned(c.Key)
		if c.meet {
			cc.TLSConfig = anyKey()
		}
		cc.ChannelBinding, cc.RequireAuth = "require", "scram-sha-256"
	}
	config.MaxConns, config.MinIdleConns = 3, 1
	config.MaxConnIdleTime = 5 * time.Minute
	config.PingTimeout = lookTime
	// A dead connection is noticed by who uses it: a look beforehand would cost a way.
	config.ShouldPing = func(context.Context, pgxpool.ShouldPingParams) bool { return false }
	name := "postgres://" + net.JoinHostPort(c.Host, strconv.Itoa(int(c.Port))) + "/" + c.Database
	return &Server{config: config, name: name, owner: c.Owner, local: local}, nil
}

// pinned accepts the server that has this key, whatever its certificate says, and no
// other.
func pinned(key []byte) *tls.Config {
	return &tls.Config{
		MinVersion:         tls.VersionTLS13,
		InsecureSkipVerify: true, //nolint:gosec // the key itself is looked at, which is stricter than names
		VerifyConnection: func(state tls.ConnectionState) error {
			sum := sha256.Sum256(state.PeerCertificates[0].RawSubjectPublicKeyInfo)
			if subtle.ConstantTimeCompare(sum[:], key) != 1 {
				return fmt.Errorf("another key: %w", auth.ErrOtherServer)
			}
			return nil
		},
	}
}

// anyKey accepts a server with any key: the caller checks the key afterwards.
func anyKey() *tls.Config {
	return &tls.Config{
		MinVersion:         tls.VersionTLS13,
		InsecureSkipVerify: true, //nolint:gosec // the password proves the server (Meet)
	}
}

// Meet asks a server for its key, for who can't know it yet. That the server is the
// practice's is proven by its knowing the verifier of the password, over this very
// connection (SCRAM, RFC 5802 §6, with channel binding, RFC 5929 §4); one that does not is
// auth.ErrNotLinked or auth.ErrOtherServer, and gets what it could guess the password by: one
// that people chose should be long.
func Meet(ctx context.Context, c Config, local *store.Folder) (key []byte, err error) {
	c.Key, c.meet = nil, true
	s, err := At(c, local)
	if err != nil {
		return nil, err
	}
	conn, err := s.single(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	secured, ok := conn.PgConn().Conn().(*tls.Conn)
	if !ok {
		return nil, fmt.Errorf("%s: no TLS: %w", s.name, auth.ErrOtherServer)
	}
	sum := sha256.Sum256(secured.ConnectionState().PeerCertificates[0].RawSubjectPublicKeyInfo)
	return sum[:], nil
}

// Name is the server's address and database.
func (s *Server) Name() string { return s.name }

// Backups implements auth.Location: they are files on this computer.
func (s *Server) Backups(folder string) ([]auth.BackupFile, error) { return s.local.Backups(folder) }

// BackupFolder implements auth.Location.
func (s *Server) BackupFolder() string { return s.local.BackupFolder() }

// OpenBackup implements auth.Location.
func (s *Server) OpenBackup(ctx context.Context, path string) (auth.Store, error) {
	return s.local.OpenBackup(ctx, path)
}

// single makes one connection, for what is no part of the daily work.
func (s *Server) single(ctx context.Context) (*pgx.Conn, error) {
	ctx, done := within(ctx, connectTime)
	defer done()
	conn, err := pgx.ConnectConfig(ctx, s.config.ConnConfig)
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", s.name, translate(ctx, err))
	}
	if err := checkVersion(ctx, conn); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", s.name, err), conn.Close(ctx))
	}
	return conn, nil
}

// checkVersion refuses a server that is older than what we need, or is another product.
func checkVersion(ctx context.Context, conn *pgx.Conn) error {
	var text string
	if err := conn.QueryRow(ctx, "SELECT current_setting('server_version_num', true)").Scan(&text); err != nil {
		return translate(ctx, err)
	}
	if version, err := strconv.Atoi(text); err != nil || version < oldest {
		return fmt.Errorf("version %q of PostgreSQL, %d is needed: %w", text, oldest, auth.ErrOtherServer)
	}
	return nil
}

// Exists says whether there is a practice. A server that does not answer is an error,
// and never no practice.
func (s *Server) Exists(ctx context.Context) (bool, error) {
	conn, err := s.single(ctx)
	if err != nil {
		return false, err
	}
	defer conn.Close(ctx)
	return hasPractice(ctx, conn, present)
}

func hasPractice(ctx context.Context, conn *pgx.Conn, schema string) (there bool, err error) {
	ctx, done := within(ctx, connectTime)
	defer done()
	if err := conn.QueryRow(ctx, "SELECT to_regclass($1 || '.pulse') IS NOT NULL", schema).Scan(&there); err != nil {
		return false, fmt.Errorf("look for a practice: %w", translate(ctx, err))
	}
	return there, nil
}

// HasTwin implements auth.Location: a database on a server has none that its name tells,
// and one of another name is another server's.
func (s *Server) HasTwin(context.Context, string) (bool, error) { return false, nil }

// Open opens the practice that is there. Where this computer is the server, it brings
// the schema up to date.
func (s *Server) Open(ctx context.Context) (auth.Store, error) {
	conn, err := s.single(ctx)
	if err != nil {
		return nil, err
	}
	there, err := hasPractice(ctx, conn, present)
	if err == nil && !there {
		err = fmt.Errorf("%s has no practice: %w", s.name, auth.ErrDatabaseMissing)
	}
	if err := errors.Join(err, conn.Close(ctx)); err != nil {
		return nil, err
	}
	if s.owner {
		if err := s.migrate(ctx, present); err != nil {
			return nil, err
		}
	}
	opened, err := s.open(ctx, present)
	if err != nil {
		return nil, err // not opened: a nil *Store is no nil auth.Store
	}
	return opened, nil
}

// open opens a schema.
func (s *Server) open(ctx context.Context, schema string) (*Store, error) {
	opened, err := s.of(ctx, schema, "")
	if err != nil {
		return nil, err
	}
	if err := opened.learnEra(ctx); err != nil {
		opened.pool.Close()
		return nil, fmt.Errorf("open %s: %w", s.name, err)
	}
	return opened, nil
}

// of is a schema of which the era is known. It asks nothing.
func (s *Server) of(ctx context.Context, schema, era string) (*Store, error) {
	config := s.config.Copy()
	config.ConnConfig.RuntimeParams = withPath(schema)
	pool, err := pgxpool.NewWithConfig(context.WithoutCancel(ctx), config)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", s.name, err)
	}
	return &Store{pool: pool, server: s, era: era, clock: newClock()}, nil
}

// learnEra remembers which database was opened.
func (s *Store) learnEra(ctx context.Context) error {
	ctx, done := within(ctx, connectTime)
	defer done()
	var needs, schema int64
	var at time.Time
	asked, err := s.row(ctx, "SELECT era, needs, clock_timestamp(), schema FROM pulse WHERE id = 1", &s.era, &needs, &at, &schema)
	switch {
	case err != nil:
		return err
	case schema < migrations.Newest:
		return fmt.Errorf("schema %d, %d is needed: %w", schema, migrations.Newest, auth.ErrOlderServer)
	}
	s.clock.set(asked, at)
	return s.isOurs(s.era, needs)
}

// withPath are the settings, with another schema.
func withPath(schema string) map[string]string {
	all := map[string]string{}
	for name, value := range settings {
		all[name] = value
	}
	all["search_path"] = schema
	return all
}
