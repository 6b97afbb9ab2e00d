package host

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
)

// usual is where Homebrew, Postgres.app and EDB's installer have PostgreSQL.
var usual = []string{
	"/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin",
	"/Applications/Postgres.app/Contents/Versions/*/bin", "/Library/PostgreSQL/*/bin",
}

// agent lets launchd run the server while this account is signed in, and start it again
// where it ended otherwise than well.
const agent = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>Label</key><string>%s</string>
<key>ProgramArguments</key><array><string>%s</string><string>-D</string><string>%s</string></array>
<key>EnvironmentVariables</key><dict><key>LC_ALL</key><string>C</string></dict>
<key>RunAtLoad</key><true/>
<key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>
</dict></plist>
`

func (c *Cluster) service() string {
	sum := sha256.Sum256([]byte(c.dir))
	return fmt.Sprintf("anteroom-server-%x", sum[:6])
}

// domain is where agents of this account run.
func domain() string { return "gui/" + strconv.Itoa(os.Getuid()) }

func (c *Cluster) agentFile() (string, error) {
	home, err := os.UserHomeDir()
	return filepath.Join(home, "Library", "LaunchAgents", c.service()+".plist"), err
}

func launchctl(ctx context.Context, args ...string) error {
	_, err := run(ctx, hidden(), "", "/bin/launchctl", args...)
	return err
}

// serve has launchd start the server, or starts it itself where launchd refuses.
func (c *Cluster) serve(ctx context.Context, p Programs) error {
	path, err := c.agentFile()
	if err != nil {
		return c.start(ctx, p)
	}
	_ = launchctl(ctx, "bootout", domain()+"/"+c.service()) // an older one, which may have other paths
	text := fmt.Sprintf(agent, c.service(), escaped(p.path("postgres")), escaped(c.dir))
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), write(path, text)); err != nil {
		return err
	}
	if err := launchctl(ctx, "bootstrap", domain(), path); err != nil {
		slog.Info("launchd does not run the server", "err", err)
		if err := c.forget(ctx); err != nil {
			return err
		}
		return c.start(ctx, p)
	}
	return nil
}

func escaped(text string) string {
	var out bytes.Buffer
	_ = xml.EscapeText(&out, []byte(text)) // a buffer takes all
	return out.String()
}

func (c *Cluster) forget(ctx context.Context) error {
	path, err := c.agentFile()
	if err != nil {
		return nil //nolint:nilerr // without a folder for agents there is none
	}
	_ = launchctl(ctx, "bootout", domain()+"/"+c.service()) // which fails where it runs none
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Lasting says whether the server goes on without this program, and starts with the
// computer. If not, the error says how far it lasts. Here it needs that this account
// signs in.
func (c *Cluster) Lasting(ctx context.Context) (bool, error) {
	if err := launchctl(ctx, "print", domain()+"/"+c.service()); err != nil {
		return false, fmt.Errorf("launchd does not run it: %w", err)
	}
	return false, errors.New("it starts when this account signs in")
}
