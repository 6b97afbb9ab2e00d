//go:build unix

package host

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// retryTime is how long a server is tried that does not start: what a killed one has left
// needs some seconds to go, and a connection of another program may have its port.
const retryTime = 15 * time.Second

// start starts the server by itself, with nothing that starts it again.
func (c *Cluster) start(ctx context.Context, p Programs) error {
	const said = "start.log" // until the server has its own log
	retry, done := context.WithTimeout(ctx, retryTime)
	defer done()
	for {
		path := c.in(logFolder, said)
		if err := write(path, ""); err != nil {
			return err
		}
		_, err := p.run(ctx, "", "pg_ctl", "start", "--pgdata="+c.dir, "--log="+path, "--wait", "--timeout=170", "--silent")
		if err == nil {
			return nil
		}
		select {
		case <-retry.Done():
			text, _ := os.ReadFile(path)
			return errors.Join(err, errors.New(lastOf(string(text))))
		case <-time.After(pause):
		}
	}
}

// halt stops the server, whoever started it: it ends well, so nothing starts it again.
func (c *Cluster) halt(ctx context.Context, p Programs) error {
	if _, err := p.run(ctx, "", "pg_ctl", "status", "--pgdata="+c.dir); err != nil {
		const notRunning = 3
		var exit *exec.ExitError
		if errors.As(err, &exit) && exit.ExitCode() == notRunning {
			return nil
		}
		return err
	}
	_, err := p.run(ctx, "", "pg_ctl", "stop", "--pgdata="+c.dir, "--mode=fast", "--wait", "--timeout=60", "--silent")
	return err
}

// end stops the server for good. Without programs it does not run.
func (c *Cluster) end(ctx context.Context, p Programs) error {
	if p == (Programs{}) {
		return c.forget(ctx)
	}
	return errors.Join(c.forget(ctx), c.halt(ctx, p))
}

// Administer is for Windows: nothing here needs an administrator's rights.
func Administer([]string) (code int, asked bool) { return 0, false }

// mayElevate is for Windows, too.
func mayElevate() error { return nil }

// isSafe is for Windows: no program runs with other rights than this one has.
func isSafe(string) bool { return true }

// hidden is nothing: programs have no windows here.
func hidden() *syscall.SysProcAttr { return nil }

// letServiceUse is for Windows: the server runs with this account.
func letServiceUse(context.Context, string) error { return nil }

// unprivileged is nothing: Make refuses root.
func unprivileged() (*syscall.SysProcAttr, error) { return nil, nil }

// Room is how many bytes are free where a folder is or will lie.
func Room(dir string) (int64, error) {
	var stat syscall.Statfs_t
	err := syscall.Statfs(dir, &stat)
	for parent := filepath.Dir(dir); errors.Is(err, syscall.ENOENT) && parent != dir; parent = filepath.Dir(dir) {
		dir = parent
		err = syscall.Statfs(dir, &stat)
	}
	if err != nil {
		return 0, &os.PathError{Op: "room", Path: dir, Err: err}
	}
	return int64(stat.Bavail) * int64(stat.Bsize), nil //nolint:gosec,unconvert // of other types on other systems
}
