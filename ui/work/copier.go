package work

import (
	"context"
	"time"
)

// CopiedFor is how long a copied secret stays on the clipboard.
const CopiedFor = 60 * time.Second

// Clipboard is where secrets are copied to; fyne.Clipboard is one.
type Clipboard interface {
	Content() string
	SetContent(string)
}

// Copier copies secrets and takes them off the clipboard again, whatever
// screen is shown by then. Its methods belong on the UI goroutine.
type Copier struct {
	runner    Runner
	clipboard Clipboard
	copied    string
	stop      context.CancelFunc
}

// NewCopier makes a Copier for a clipboard.
func NewCopier(r Runner, c Clipboard) *Copier {
	return &Copier{runner: r, clipboard: c, stop: func() {}}
}

// Copy copies a secret, for CopiedFor.
func (c *Copier) Copy(secret string) {
	c.stop()
	c.clipboard.SetContent(secret)
	c.copied = secret
	ctx, stop := context.WithCancel(context.Background())
	c.stop = stop
	c.runner.After(ctx, CopiedFor, c.TakeBack)
}

// TakeBack clears the clipboard if it still holds what was copied here.
func (c *Copier) TakeBack() {
	c.stop()
	if c.copied != "" && c.clipboard.Content() == c.copied {
		c.clipboard.SetContent("")
	}
	c.copied = ""
}
