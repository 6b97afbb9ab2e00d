package host

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// usual is where distributions have PostgreSQL: Debian, then those of postgresql.org for
// Red Hat and others.
var usual = []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/lib/postgresql*/bin"}

// unit lets systemd run the server for this account. SIGINT cuts the connections and ends
// it well; a server that ended otherwise is started again, always.
const unit = `[Unit]
Description=The practice's server of Anteroom
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart=%s -D %s
KillMode=mixed
KillSignal=SIGINT
Restart=on-failure
RestartSec=2

[Install]
WantedBy=default.target
`

// commandTime is what systemd may take to answer.
const commandTime = 20 * time.Second

func command(ctx context.Context, path string, args ...string) (string, error) {
	ctx, done := context.WithTimeout(ctx, commandTime)
	defer done()
	return run(ctx, hidden(), "", path, args...)
}

func systemctl(ctx context.Context, args ...string) (string, error) {
	return command(ctx, "systemctl", append([]string{"--user", "--no-pager"}, args...)...)
}

// service is the name of the unit: each folder has its own.
func (c *Cluster) service() string {
	sum := sha256.Sum256([]byte(c.dir))
	return fmt.Sprintf("anteroom-server-%x.service", sum[:6])
}

func (c *Cluster) unitFile() (string, error) {
	config, err := os.UserConfigDir()
	return filepath.Join(config, "systemd", "user", c.service()), err
}

// serve has systemd start the server, or starts it itself where there is no systemd.
func (c *Cluster) serve(ctx context.Context, p Programs) error {
	err := c.serveBySystemd(ctx, p)
	if err == nil {
		return nil
	}
	slog.Info("systemd does not run the server", "err", err)
	if err := c.forget(ctx); err != nil { // or two would start it
		return err
	}
	return c.start(ctx, p)
}

func (c *Cluster) serveBySystemd(ctx context.Context, p Programs) error {
	if _, err := systemctl(ctx, "show", "--property=Version"); err != nil {
		return err
	}
	path, err := c.unitFile()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := write(path, fmt.Sprintf(unit, quoted(p.path("postgres")), quoted(c.dir))); err != nil {
		return err
	}
	if _, err := systemctl(ctx, "daemon-reload"); err != nil {
		return err
	}
	// The account's services start with the computer, and not only when it signs in.
	// Lasting says whether they do.
	if _, err := command(ctx, "loginctl", "enable-linger", strconv.Itoa(os.Getuid()), "--no-ask-password"); err != nil {
		slog.Info("the server starts when this account signs in", "err", err)
	}
	_, err = systemctl(ctx, "enable", "--now", c.service())
	return err
}

// quoted is a word of a command in a unit (systemd.service(5), "Command lines").
func quoted(word string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, `%`, `%%`, `$`, `$$`).Replace(word) + `"`
}

// forget takes the server from systemd, which stops it if it runs it.
func (c *Cluster) forget(ctx context.Context) error {
	path, err := c.unitFile()
	if err != nil {
		return nil //nolint:nilerr // without a folder for units there is none
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	_, err = systemctl(ctx, "disable", "--now", c.service())
	if err != nil {
		slog.Info("systemd does not answer", "err", err) // without its file it starts nothing
	}
	if err := os.Remove(path); err != nil {
		return err
	}
	_, _ = systemctl(ctx, "daemon-reload")
	return nil
}

// Lasting says whether the server goes on without this program, and starts with the
// computer. If not, the error says how far it lasts: it then needs Start after the
// computer was restarted, or that this account signs in.
func (c *Cluster) Lasting(ctx context.Context) (bool, error) {
	if _, err := systemctl(ctx, "is-enabled", c.service()); err != nil {
		return false, fmt.Errorf("systemd does not run it: %w", err)
	}
	said, err := command(ctx, "loginctl", "show-user", "--property=Linger", "--value", strconv.Itoa(os.Getuid()))
	if err != nil {
		return false, fmt.Errorf("it is not known whether it starts before this account signs in: %w", err)
	}
	if strings.TrimSpace(said) != "yes" {
		return false, errors.New("it starts when this account signs in, and ends when it signs out: an administrator can change that with loginctl enable-linger")
	}
	return true, nil
}
