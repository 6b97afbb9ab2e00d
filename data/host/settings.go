package host

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"log/slog"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"time"
)

const (
	settingsFile    = "postgresql.conf"
	accessFile      = "pg_hba.conf"
	certificateFile = "server.crt"
	keyFile         = "server.key"
	logFolder       = "log"
)

// access is who may come: with TLS, with a password, into the one database. There is no
// line for replication, for other databases or for a socket.
const access = "# Anteroom made this file.\nhostssl " + Database + " all all scram-sha-256\n"

// settings are all that are not PostgreSQL's own. What it logs has no data and no
// verifier: no query, no parameter, no detail. A week's logs are kept, each day in a
// file of its own, and cutLogs bounds what somebody could fill them with.
// It listens on one kind of address, IPv4: with '*' it also starts where only IPv6 has the
// port free, and nobody reaches it.
const settings = `# Anteroom made this file.
port = %d
listen_addresses = '0.0.0.0'
unix_socket_directories = ''
max_connections = 200
authentication_timeout = 10s
tcp_keepalives_idle = 60
tcp_keepalives_interval = 10
password_encryption = 'scram-sha-256'
ssl = on
ssl_min_protocol_version = 'TLSv1.3'
ssl_cert_file = '` + certificateFile + `'
ssl_key_file = '` + keyFile + `'

# Nobody copies this server, and what was deleted should not stay in its journal for long.
wal_level = minimal
max_wal_senders = 0
max_wal_size = 256MB
jit = off

datestyle = 'ISO'
timezone = 'UTC'
lc_messages = 'C'
default_text_search_config = 'pg_catalog.simple'

logging_collector = on
log_directory = '` + logFolder + `'
log_filename = 'server-%%a.log'
log_file_mode = 0600
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
log_timezone = 'UTC'
log_line_prefix = '%%m %%p %%u %%r '
log_connections = off
log_disconnections = off
log_checkpoints = off
log_statement = none
log_min_duration_statement = -1
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
`

// system are settings that not every OS has.
var system = map[string]string{
	"linux":  "client_connection_check_interval = 2s\ntcp_user_timeout = 10s\n",
	"darwin": "client_connection_check_interval = 2s\n",
}

func writeSettings(dir string) error {
	port, err := freePort()
	if err != nil {
		return err
	}
	if err := write(filepath.Join(dir, settingsFile), fmt.Sprintf(settings, port)+system[runtime.GOOS]); err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(dir, logFolder), 0o700); err != nil {
		return err
	}
	return write(filepath.Join(dir, accessFile), access)
}

// firstPort is another one in tests only.
var firstPort uint16 = Port

// freePort is the usual port, or one of the next, or any that no program has.
func freePort() (uint16, error) {
	for port := firstPort; port < firstPort+10; port++ {
		if isFree(port) {
			return port, nil
		}
	}
	listener, err := net.Listen("tcp", ":0")
	if err != nil {
		return 0, err
	}
	defer listener.Close()
	return uint16(listener.Addr().(*net.TCPAddr).Port), nil //nolint:gosec // a port
}

func isFree(port uint16) bool {
	listener, err := net.Listen("tcp", ":"+strconv.Itoa(int(port)))
	if err != nil {
		return false
	}
	return listener.Close() == nil
}

// years is how long the certificate is good. Desks look at its key only; a new one would
// have to be told to each of them.
const years = 20

// makeKey makes the server's key and its certificate. ECDSA with P-256: passwords can't
// be bound to a certificate with Ed25519.
func makeKey(dir string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 126))
	if err != nil {
		return err
	}
	now := time.Now() //nolint:forbidigo // a certificate has dates; no desk looks at them
	template := x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{CommonName: "Anteroom"},
		NotBefore:    now.AddDate(0, 0, -1),
		NotAfter:     now.AddDate(years, 0, 0),
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	certificate, err := x509.CreateCertificate(rand.Reader, &template, &template, key.Public(), key)
	if err != nil {
		return err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	text := func(kind string, content []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content}))
	}
	if err := write(filepath.Join(dir, keyFile), text("PRIVATE KEY", private)); err != nil {
		return err
	}
	return write(filepath.Join(dir, certificateFile), text("CERTIFICATE", certificate))
}

// mostLog is what a day's log may have: enough to see how a server ended.
const mostLog = 10 << 20

// cutLogs empties logs that somebody filled, who tried passwords for days. The server goes
// on writing into them.
func (c *Cluster) cutLogs() error {
	if err := os.MkdirAll(c.in(logFolder), 0o700); err != nil {
		return err
	}
	logs, err := os.ReadDir(c.in(logFolder))
	if err != nil {
		return err
	}
	for _, log := range logs {
		if info, err := log.Info(); err != nil || info.Size() <= mostLog {
			continue
		}
		if err := os.Truncate(c.in(logFolder, log.Name()), 0); err != nil {
			slog.Warn("a log of the server is too long", "err", err)
		}
	}
	return nil
}
