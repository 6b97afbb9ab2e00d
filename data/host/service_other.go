//go:build unix && !linux && !darwin

package host

import (
	"context"
	"errors"
)

var usual = []string{"/usr/local/bin"}

func (c *Cluster) serve(ctx context.Context, p Programs) error { return c.start(ctx, p) }

func (c *Cluster) forget(context.Context) error { return nil }

// Lasting says whether the server goes on without this program, and starts with the
// computer. If not, the error says why.
func (c *Cluster) Lasting(context.Context) (bool, error) {
	return false, errors.New("nothing starts it with the computer")
}
