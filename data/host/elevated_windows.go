package host

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"

	"anteroom/data/sharing"
	"anteroom/data/shell"
)

// administer is the first argument with which this program starts itself again with an
// administrator's rights; a task and the cluster's folder follow.
const administer = "--administer-server"

// mayElevate says whether this program may have an administrator's rights: not if who has
// none can change it, or put a library beside it (sharing.ErrOneAccount).
func mayElevate() error {
	own, err := os.Executable()
	if err != nil {
		return err
	}
	if !isSafe(filepath.Dir(own)) {
		return sharing.ErrOneAccount
	}
	return nil
}

// elevated has a task done with an administrator's rights, and waits for its end. Windows
// asks; who says no is not asked again until this program is started again, or makes a
// server.
func (c *Cluster) elevated(ctx context.Context, todo task) error {
	if c.refused.Load() {
		return errors.New("an administrator's rights were refused: start Anteroom anew, or see to the service " + c.service())
	}
	if err := mayElevate(); err != nil {
		return err
	}
	own, err := os.Executable()
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() {
		code, err := shell.RunElevated(own, windows.ComposeCommandLine([]string{administer, string(todo), c.dir}))
		if err == nil && code != 0 {
			err = c.failedAt(todo, code)
		}
		ended <- err
	}()
	select {
	case <-ctx.Done(): // the question may still be open
		return context.Cause(ctx)
	case err = <-ended:
	}
	c.refused.Store(errors.Is(err, windows.ERROR_CANCELLED))
	if err != nil {
		return fmt.Errorf("%s with an administrator's rights: %w", todo, err)
	}
	return nil
}
