package shell

import (
	"maps"
	"sync"

	"anteroom/data/desk"
)

// unsavedText is what was typed at desks that were closed as the practice was moved, and could not
// be saved before. The same users' next desks begin with it. It can be used from any goroutine.
type unsavedText struct {
	mu      sync.Mutex
	texts   map[string]*desk.Unwritten // by user id
	closing bool                       // desks at which something was typed are being closed
}

// begin notes before desks are closed whether anything was typed there.
func (c *unsavedText) begin(typed bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closing = typed
}

// end takes what is left of the desks that are closed now.
func (c *unsavedText) end(left map[string]*desk.Unwritten) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.texts == nil {
		c.texts = map[string]*desk.Unwritten{}
	}
	maps.Copy(c.texts, left)
	c.closing = false
}

// take gives what a user has typed, and keeps it no longer; nil: nothing.
func (c *unsavedText) take(user string) *desk.Unwritten {
	c.mu.Lock()
	defer c.mu.Unlock()
	text := c.texts[user]
	delete(c.texts, user)
	return text
}

// clear forgets all of it.
func (c *unsavedText) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.texts = nil
}

// typed says whether there is text among it, or may be.
func (c *unsavedText) typed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, text := range c.texts {
		if text.Typed() {
			return true
		}
	}
	return c.closing
}
